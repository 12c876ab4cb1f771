package dev.jacobi.cli.check;

import dev.jacobi.hlo.verify.Verifier;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./jacobi hlo verify}: says whether a program keeps StableHLO's rules. */
@Command(
    name = "verify",
    description =
        "Checks a StableHLO program and names the first rule of the specification that it breaks.")
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "the program")
  private Path file;

  @Spec private CommandSpec spec;

  private VerifyCommand() {}

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    return Programs.with(
        spec,
        file,
        module -> {
          Verifier.verify(module);
          out.println(file + " is valid");
        });
  }
}
