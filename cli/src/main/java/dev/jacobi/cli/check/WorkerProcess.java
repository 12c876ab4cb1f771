package dev.jacobi.cli.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JVM that checks one thing after another: a line goes in (a path, a seed), an {@link Outcome}
 * comes out. It is started when it is first needed, and again after it had to be killed or died.
 * Not thread-safe.
 */
final class WorkerProcess implements AutoCloseable {
  private final List<String> command;
  private final Duration limit;
  private Process process;
  private BufferedReader answers;

  /**
   * @param main options for its JVM, the worker's main class and its arguments
   * @param limit the time that one request may take
   */
  WorkerProcess(List<String> main, Duration limit) {
    this.command = new ArrayList<>(jvm());
    this.command.addAll(main);
    this.limit = limit;
  }

  private static List<String> jvm() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:+DisplayVMOutputToStderr", // What a crash prints is no answer.
        "-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "jacobi_check_%p.log"),
        "-cp",
        System.getProperty("java.class.path"));
  }

  Outcome check(String request) throws InterruptedException {
    try {
      if (process == null) {
        process =
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        answers = process.inputReader();
      }
      var requests = process.outputWriter();
      requests.write(request + "\n");
      requests.flush();
    } catch (IOException e) {
      return died();
    }
    var answer = CompletableFuture.supplyAsync(this::answer, Thread::startVirtualThread);
    try {
      var outcome = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return outcome.isEmpty() ? died() : outcome.get();
    } catch (TimeoutException e) {
      close();
      return new Outcome.Failed("took longer than " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return died();
    }
  }

  /** The next answer; empty at the end of the output. */
  private Optional<Outcome> answer() {
    try {
      Optional<Outcome> outcome = Optional.empty();
      String line;
      while (outcome.isEmpty() && (line = answers.readLine()) != null) {
        outcome = Outcome.parse(line);
      }
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome died() throws InterruptedException {
    var reason = "the process could not be started";
    if (process != null) {
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);
      reason =
          "the process died"
              + (ended ? " with exit code " + process.exitValue() : "")
              + " (see jacobi_check_"
              + process.pid()
              + ".log in the folder of temporary files)";
    }
    close();
    return new Outcome.Failed(reason);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
  }
}
