package dev.jacobi.bench;

import dev.jacobi.hlo.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ./jacobi bench cold}: the time from starting a process to the first printed gradient of
 * {@code tanh(x) sin(x)}, with an empty cache folder and again with the folder that the first run
 * left; medians of the rounds. It starts the class file as the launcher does, bash included.
 */
public record Cold(boolean peers, Optional<Path> json, int rounds) {
  /** Starts the launcher's own functions on a main class. */
  private static final String LAUNCH =
      """
      set -euo pipefail
      root=$1
      cache=$JACOBI_CACHE
      . "$root/bin/jdk.sh"
      . "$root/bin/build.sh"
      . "$root/bin/launch.sh"
      find_jdk
      launch dev.jacobi.bench.FirstGradient
      """;

  private static final long TRAINING_SECONDS = 60;

  /** Measures and prints; returns the exit code. */
  public int run(PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
    var empty = new ArrayList<Double>();
    var second = new ArrayList<Double>();
    var jax = new ArrayList<Double>();
    boolean measurePeer = peers;
    if (measurePeer && !Side.works(Side.Peer.of("jax", "jax_peer.py"))) {
      err.println("not measured: the Python of JACOBI_PYTHON (else python3) lacks jax");
      measurePeer = false;
    }
    for (int round = 0; round < rounds; round++) {
      if (measurePeer) {
        jax.add(seconds(peer(), Map.of()));
      }
      Path cache = Files.createTempDirectory("jacobi-cold");
      var environment = Map.of("JACOBI_CACHE", cache.toString());
      empty.add(seconds(ours(), environment));
      awaitTraining(cache);
      second.add(seconds(ours(), environment));
      delete(cache);
    }
    var fields = new LinkedHashMap<String, Object>();
    report(fields, "cold_empty", empty, jax, out);
    report(fields, "cold_second", second, jax, out);
    fields.put("machine", Machine.description());
    if (json.isPresent()) {
      Files.writeString(json.get(), Report.line(fields) + "\n");
    }
    return 0;
  }

  private static void report(
      Map<String, Object> fields,
      String name,
      List<Double> ours,
      List<Double> jax,
      PrintWriter out) {
    double seconds = median(ours);
    fields.put(name + "_us", seconds * 1e6);
    String text = String.format(Locale.ROOT, "%-12s %8.3f s", name, seconds);
    if (!jax.isEmpty()) {
      fields.put(name + "_jax_us", median(jax) * 1e6);
      fields.put(name + "_jax_ratio", seconds / median(jax));
      text +=
          String.format(Locale.ROOT, "   jax %8.3f s  %5.2f", median(jax), seconds / median(jax));
    }
    out.println(text);
  }

  private static double median(List<Double> values) {
    return Row.median(values.stream().mapToDouble(Double::doubleValue));
  }

  private static List<String> ours() {
    return List.of("bash", "-c", LAUNCH, "jacobi", Home.root().toAbsolutePath().toString());
  }

  private static List<String> peer() {
    String script = Home.peers().resolve("first_gradient.py").toString();
    return List.of(Config.get("python").orElse("python3"), script);
  }

  /** Seconds from starting a process until it has printed its line. */
  private static double seconds(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    try (var reader = process.inputReader()) {
      String line = reader.readLine();
      double seconds = (System.nanoTime() - start) / 1e9;
      int code = process.waitFor();
      if (line == null || code != 0) {
        throw new IOException("%s printed %s and ended with %d".formatted(command, line, code));
      }
      return seconds;
    }
  }

  /** The launcher records an AOT cache after the first run ends: the second run is a later one. */
  private static void awaitTraining(Path cache) throws IOException, InterruptedException {
    Path folder = cache.resolve("aot");
    long end = System.nanoTime() + TRAINING_SECONDS * 1_000_000_000L;
    Thread.sleep(1000); // The training waits for the end of the run by half seconds.
    while (System.nanoTime() < end && isTraining(folder)) {
      Thread.sleep(200);
    }
  }

  private static boolean isTraining(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".lock"));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
