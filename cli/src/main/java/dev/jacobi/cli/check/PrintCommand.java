package dev.jacobi.cli.check;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.bytecode.BytecodeWriter;
import dev.jacobi.hlo.bytecode.VhloVersion;
import dev.jacobi.hlo.text.HloPrinter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./jacobi hlo print}: reads a program and writes it in StableHLO's usual form. */
@Command(
    name = "print",
    description = {
      "Reads a StableHLO program, in text (pretty or generic) or portable bytecode, and prints it"
          + " in pretty form.",
      "With --bytecode it becomes portable bytecode (MLIR's, with VHLO), as JAX and XLA read it."
    })
final class PrintCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "the program")
  private Path file;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "where to write it, instead of printing")
  private @Nullable Path out;

  @Option(names = "--bytecode", description = "write portable bytecode; needs -o")
  private boolean bytecode;

  @Option(
      names = "--target",
      paramLabel = "VERSION",
      description = "VHLO's version for --bytecode (default: 1.10.0, or what the program needs)")
  private @Nullable String target;

  @Spec private CommandSpec spec;

  private PrintCommand() {}

  @Override
  public Integer call() {
    if (bytecode && out == null) {
      throw new ParameterException(spec.commandLine(), "--bytecode needs -o FILE.");
    }
    if (!bytecode && target != null) {
      throw new ParameterException(spec.commandLine(), "--target needs --bytecode.");
    }
    return Programs.with(spec, file, this::print);
  }

  private void print(HloModule module) throws IOException {
    if (out != null) {
      Files.write(out, bytes(module));
      return;
    }
    var text = spec.commandLine().getOut();
    text.print(HloPrinter.print(module));
    text.flush();
  }

  private byte[] bytes(HloModule module) {
    if (!bytecode) {
      return HloPrinter.print(module).getBytes(StandardCharsets.UTF_8);
    }
    return target == null
        ? BytecodeWriter.write(module)
        : BytecodeWriter.write(module, VhloVersion.parse(target));
  }
}
