package dev.jacobi.cli.check;

import dev.jacobi.hlo.spi.Engines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;

/** The other end of a {@link WorkerProcess}: reads requests, answers with outcomes. */
final class Worker {
  private Worker() {}

  /** Started with the name of a backend, and for random programs a folder for those that fail. */
  public static void main(String[] args) throws IOException {
    var backend = Engines.find(args[0]);
    if (args.length > 1) {
      serve(new SeedChecker(backend, Path.of(args[1]))::check);
    } else {
      var checker = new SelfChecker(backend);
      serve(file -> checker.check(Path.of(file)));
    }
  }

  /** Answers until the input ends. What else the process prints goes to its error stream. */
  static void serve(Function<String, Outcome> checker) throws IOException {
    var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var request = requests.readLine(); request != null; request = requests.readLine()) {
      answers.println(outcome(checker, request).line());
    }
  }

  private static Outcome outcome(Function<String, Outcome> checker, String request) {
    try {
      return checker.apply(request);
    } catch (Throwable e) {
      // Also errors such as a stack overflow: they concern this request only, and are reported.
      return new Outcome.Failed(e.toString());
    }
  }
}
