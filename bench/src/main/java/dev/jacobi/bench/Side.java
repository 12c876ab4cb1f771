package dev.jacobi.bench;

import dev.jacobi.hlo.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One side of the comparison: a program that measures a row in a process of its own. */
sealed interface Side {
  /** A row's figure as a side printed it. */
  record Figure(String version, double micros, Optional<Double> firstMicros) {}

  String name();

  List<String> command(String row);

  /** Where it starts, if not here. */
  default Optional<Path> folder() {
    return Optional.empty();
  }

  /** The environment's changes. */
  default Map<String, String> environment(String row) {
    return Map.of();
  }

  /**
   * Jacobi: a fresh JVM with the options of this one. Compilations get a cache folder of their own.
   */
  record Ours(Path cache) implements Side {
    @Override
    public String name() {
      return "jacobi";
    }

    @Override
    public List<String> command(String row) {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      if (isCompilation(row)) {
        command.add("-Djacobi.bench.owncache=true");
      }
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(Worker.class.getName(), row));
      return command;
    }

    @Override
    public Map<String, String> environment(String row) {
      return isCompilation(row) ? Map.of("JACOBI_CACHE", cache.toString()) : Map.of();
    }

    private static boolean isCompilation(String row) {
      return row.startsWith("compile_");
    }
  }

  /** A peer's scripts, in the Python that {@code JACOBI_PYTHON} names. */
  record Peer(String name, List<Path> scripts) implements Side {
    /** A peer whose scripts lie in the folder of all. */
    static Peer of(String name, String... scripts) {
      return new Peer(name, Stream.of(scripts).map(Home.peers()::resolve).toList());
    }

    @Override
    public List<String> command(String row) {
      Path script = script(row).orElseThrow();
      return List.of(Config.get("python").orElse("python3"), script.toString(), row);
    }

    @Override
    public Optional<Path> folder() {
      return Optional.of(scripts.getFirst().toAbsolutePath().getParent());
    }

    boolean has(String row) {
      return script(row).isPresent();
    }

    /** The script that has the row: it names its workloads in its text. */
    private Optional<Path> script(String row) {
      String family = row.replaceFirst("_\\d+$", "_");
      return scripts.stream()
          .filter(
              script -> {
                String text = text(script);
                return text.contains("\"" + row + "\"") || text.contains("f\"" + family + "{n}\"");
              })
          .findFirst();
    }

    private static String text(Path script) {
      try {
        return Files.readString(script);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Runs the side's program on one row; empty if it ran well but has no such row. */
  default Optional<Figure> measure(String row, Path log) throws InterruptedException {
    var builder =
        new ProcessBuilder(command(row))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment(row));
    folder().ifPresent(folder -> builder.directory(folder.toFile()));
    try {
      Process process = builder.start();
      Optional<Figure> figure = Optional.empty();
      try (var reader = process.inputReader()) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          var fields = Report.parse(line);
          if (row.equals(fields.get("name"))) {
            figure = Optional.of(figure(fields));
          }
        }
      }
      int code = process.waitFor();
      if (code != 0) {
        throw new SideFailedException(name(), row, code, log);
      }
      return figure;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Figure figure(Map<String, String> fields) {
    return new Figure(
        fields.getOrDefault("version", "?"),
        Double.parseDouble(fields.get("us")),
        Optional.ofNullable(fields.get("first_us")).map(Double::parseDouble));
  }

  /** Whether the peer's library can be imported at all. */
  static boolean works(Peer peer) throws InterruptedException {
    String python = Config.get("python").orElse("python3");
    try {
      var process =
          new ProcessBuilder(python, "-c", "import " + peer.name())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // No such Python: the caller says so.
    }
  }
}
