package dev.jacobi.cli.check;

import dev.jacobi.hlo.spi.Backend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The other end of a {@link WorkerProcess}: reads paths, answers with outcomes. */
final class Worker {
  private Worker() {}

  /** Started with the name of a backend. */
  public static void main(String[] args) throws IOException {
    serve(new SelfChecker(backend(args[0]))::check);
  }

  private static Backend backend(String name) {
    return ServiceLoader.load(Backend.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("There is no backend \"" + name + "\"."));
  }

  /** Answers until the input ends. What else the process prints goes to its error stream. */
  static void serve(Function<Path, Outcome> checker) throws IOException {
    var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var file = requests.readLine(); file != null; file = requests.readLine()) {
      answers.println(outcome(checker, Path.of(file)).line());
    }
  }

  private static Outcome outcome(Function<Path, Outcome> checker, Path file) {
    try {
      return checker.apply(file);
    } catch (Throwable e) {
      // Also errors such as a stack overflow: they concern this file only, and are reported.
      return new Outcome.Failed(e.toString());
    }
  }
}
