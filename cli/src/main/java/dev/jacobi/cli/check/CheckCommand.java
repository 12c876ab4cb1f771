package dev.jacobi.cli.check;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./jacobi hlo check}: runs the self-checking programs under the given paths. */
@Command(
    name = "check",
    description = {
      "Runs the self-checking programs (*.mlir, *.mlirbc) under the given files and folders, and"
          + " prints why each one failed.",
      "The exit code is 1 if any failed."
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "a file, or a folder to search for *.mlir and *.mlirbc")
  private List<Path> paths;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "interpreter",
      description = "interpreter (default), cpu, or pjrt:NAME-OR-PATH")
  private String backend;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "time that one program may take (default: ${DEFAULT-VALUE})")
  private int timeout;

  @Spec private CommandSpec spec;

  private CheckCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Programs.engine(spec, backend);
    var files = find();
    var summary = new Summary(spec.commandLine().getOut());
    var main = List.of(Worker.class.getName(), backend);
    var run =
        new CheckRun(
            () -> new WorkerProcess(main, Duration.ofSeconds(timeout)),
            summary,
            progress(spec.commandLine().getErr(), files.size()));
    run.run(files, Runtime.getRuntime().availableProcessors());
    return summary.print();
  }

  private List<Path> find() throws IOException {
    var files = new ArrayList<Path>();
    for (var path : paths) {
      if (!Files.exists(path)) {
        throw new ParameterException(spec.commandLine(), path + " does not exist.");
      }
      if (Files.isDirectory(path)) {
        try (var found = Files.walk(path)) {
          found
              .filter(file -> file.toString().matches(".*\\.mlir(bc)?"))
              .filter(Files::isRegularFile)
              .sorted()
              .forEach(files::add);
        }
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static IntConsumer progress(PrintWriter err, int all) {
    // Only a person wants to see it move.
    boolean terminal = System.console() != null && System.console().isTerminal();
    return done -> {
      if (terminal) {
        err.printf("\r%d of %d%s", done, all, done == all ? "\n" : "");
        err.flush();
      }
    };
  }
}
