package dev.jacobi.cli;

import dev.jacobi.cli.check.HloCommand;
import dev.jacobi.cli.doctor.DoctorCommand;
import dev.jacobi.cli.plugin.PluginCommand;
import dev.jacobi.cli.site.DocsCommand;
import dev.jacobi.hlo.config.Config;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The commands with options of their own; the launcher itself deals with files, the REPL and {@code
 * test}.
 */
@Command(
    name = "jacobi",
    header = "NumPy-like arrays and composable transformations of pure Java functions.%n",
    synopsisHeading = "",
    customSynopsis = {
      "./jacobi                       start a REPL",
      "./jacobi FILE.java [ARG...]    compile a Java file against the library, and run it",
      "./jacobi test [fast|long|xla]  run the tests: a minute's worth, the default, all, or on XLA",
      "./jacobi COMMAND [OPTION...]   one of the commands below",
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nSettings (environment):%n",
    subcommands = {
      BenchCommand.class,
      HloCommand.class,
      PluginCommand.class,
      DoctorCommand.class,
      DocsCommand.class,
      HelpCommand.class
    })
public final class Main implements Callable<Integer> {
  private static final int WIDTH = 110;

  @Spec private CommandSpec spec;

  private Main() {}

  /** Called by the launcher. */
  public static void main(String[] args) {
    System.exit(run(writer(System.out), writer(System.err), args));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /** Runs one command and returns the exit code: 0, 1 for a failure, 2 for a wrong command line. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    var line = new CommandLine(new Main());
    line.setUsageHelpWidth(WIDTH);
    line.getCommandSpec().usageMessage().footer(settings());
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> {
          err.print(UserTrace.of(error));
          err.flush();
          return 1;
        });
    return line.setOut(out).setErr(err).execute(args);
  }

  private static String[] settings() {
    var rows = new LinkedHashMap<String, String>();
    Config.SETTINGS.forEach(setting -> rows.put(setting.variable(), setting.meaning()));
    rows.put("JACOBI_JAVA_OPTIONS", "options for the JVM, such as -Xmx2g");
    rows.put("JACOBI_TRACE", "full: stack traces with the frames of Jacobi and the JDK");
    return rows.entrySet().stream()
        .map(row -> "  %-21s %s".formatted(row.getKey(), row.getValue()))
        .toArray(String[]::new);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
