package dev.jacobi.cli.check;

import dev.jacobi.hlo.text.HloPrinter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./jacobi hlo print}: reads a program and writes it in StableHLO's usual form. */
@Command(
    name = "print",
    description =
        "Reads a StableHLO program, in pretty or generic form, and prints it in pretty form.")
final class PrintCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "the program")
  private Path file;

  @Spec private CommandSpec spec;

  private PrintCommand() {}

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    return Programs.with(
        spec,
        file,
        module -> {
          out.print(HloPrinter.print(module));
          out.flush();
        });
  }
}
