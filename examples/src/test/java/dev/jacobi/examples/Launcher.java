package dev.jacobi.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./jacobi} as Maven has just built it. */
final class Launcher {
  private static final long SECONDS = 120;

  record Result(int code, String out, String err) {}

  private Launcher() {}

  /** Runs a command with a cache folder below {@code temp}. */
  static Result run(Path temp, String... arguments) throws IOException, InterruptedException {
    return start(temp, command(arguments), "JAVA_HOME", System.getProperty("java.home"));
  }

  private static List<String> command(String... arguments) {
    var command = new ArrayList<>(List.of(Sources.ROOT.resolve("jacobi").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  static Result start(Path temp, List<String> command, String variable, String value)
      throws IOException, InterruptedException {
    return start(temp, command, Map.of(variable, value), SECONDS);
  }

  /** Runs a command with a backend, for as long as it may take. */
  static Result on(Path temp, String backend, long seconds, String... arguments)
      throws IOException, InterruptedException {
    var variables = Map.of("JAVA_HOME", System.getProperty("java.home"), "JACOBI_BACKEND", backend);
    return start(temp, command(arguments), variables, seconds);
  }

  private static Result start(
      Path temp, List<String> command, Map<String, String> variables, long seconds)
      throws IOException, InterruptedException {
    var out = temp.resolve("out").toFile();
    var err = temp.resolve("err").toFile();
    var builder = new ProcessBuilder(command).directory(Sources.ROOT.toFile());
    // The tests use what Maven builds in this moment, and leave nothing running behind them.
    builder.environment().put("JACOBI_BUILT", "1");
    builder.environment().put("JACOBI_AOT", "off");
    builder.environment().put("JACOBI_CACHE", temp.resolve("cache").toString());
    builder.environment().putAll(variables);
    var process = builder.redirectOutput(out).redirectError(err).start();
    process.getOutputStream().close();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " took longer than " + seconds + " s");
    }
    return new Result(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }
}
