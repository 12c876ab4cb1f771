package dev.jacobi.cli.check;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./jacobi hlo}: what there is to do with StableHLO files. */
@Command(
    name = "hlo",
    description = "Work with StableHLO programs: check, run, print, verify, fuzz.",
    subcommands = {
      CheckCommand.class,
      RunCommand.class,
      PrintCommand.class,
      VerifyCommand.class,
      FuzzCommand.class
    })
public final class HloCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private HloCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
