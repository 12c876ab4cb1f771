package dev.jacobi.bench.table;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every function of the table, jitted on the CPU engine, in turn with NumPy, SciPy and JAX: twenty
 * rows at a time in one process of each side, on a million elements and on a hundred. A row's
 * figure is the best over the rounds.
 *
 * @param python the peers' Python
 * @param peers the folder of the table and of the peers' script
 * @param rounds how often each row is measured
 */
public record TableBench(String python, Path peers, int rounds) {
  private static final int LARGE = 1_000_000;
  private static final int SMALL = 100;
  private static final int AT_ONCE = 20;
  private static final double NO_SLOWER = 1.1;
  private static final double TWICE = 2;
  private static final Pattern LINE =
      Pattern.compile("\"name\": \"([^\"]+)\".*\"us\": ([-+.\\dEe]+)");

  /** The figures of one row by side, in microseconds. */
  private record Times(Map<String, Double> bySide) {
    double ours() {
      return bySide.getOrDefault("jacobi", Double.NaN);
    }

    /** Ours over the fastest peer's. */
    double ratio() {
      return ours()
          / bySide.entrySet().stream()
              .filter(e -> !e.getKey().equals("jacobi"))
              .mapToDouble(Map.Entry::getValue)
              .min()
              .orElse(Double.NaN);
    }

    double toJax() {
      return ours() / bySide.getOrDefault("jax", Double.NaN);
    }
  }

  /** Measures and prints; returns the exit code. */
  public int run(PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
    List<Functions> all = Functions.read(peers.resolve("table.tsv"));
    Path log = Files.createTempFile("jacobi-table", ".log");
    for (int size : new int[] {LARGE, SMALL}) {
      Map<String, Times> times = new LinkedHashMap<>();
      for (int from = 0; from < all.size(); from += AT_ONCE) {
        measure(all.subList(from, Math.min(from + AT_ONCE, all.size())), size, times, log);
      }
      print(out, size, times);
    }
    err.println("errors, if any, are in " + log);
    return 0;
  }

  private void measure(List<Functions> rows, int size, Map<String, Times> times, Path log)
      throws IOException, InterruptedException {
    List<String> names = rows.stream().map(Functions::row).toList();
    names.forEach(name -> times.put(name, new Times(new TreeMap<>())));
    for (int round = 0; round < rounds; round++) {
      for (String peer : List.of("jax", "numpy")) {
        String script = peers.resolve("table_peer.py").toString();
        run(peer, List.of(python, script, peer, "" + size), names, times, log);
      }
      run("jacobi", ours(size), names, times, log);
    }
  }

  private List<String> ours(int size) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TableWorker.class.getName(), peers.resolve("table.tsv").toString()));
    command.add("" + size);
    return command;
  }

  private static void run(
      String side, List<String> command, List<String> rows, Map<String, Times> times, Path log)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(command);
    all.addAll(rows);
    Process process =
        new ProcessBuilder(all)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try (var reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        var found = LINE.matcher(line);
        if (found.find()) {
          double us = Double.parseDouble(found.group(2));
          times.get(found.group(1)).bySide.merge(side, us, Math::min);
        }
      }
    }
    process.waitFor();
  }

  private static void print(PrintWriter out, int size, Map<String, Times> times) {
    out.printf("%nrow on %,d elements, us: ours, the others', ours over the fastest%n", size);
    times.forEach(
        (name, t) ->
            out.printf(
                Locale.ROOT,
                "%-24s %12.3f %12.3f %12.3f %7.2f%n",
                name,
                t.ours(),
                t.bySide.getOrDefault("jax", Double.NaN),
                t.bySide.getOrDefault("numpy", Double.NaN),
                t.ratio()));
    long measured = times.values().stream().filter(t -> !Double.isNaN(t.ratio())).count();
    out.printf("%d functions of %d measured on all sides%n", measured, times.size());
    count(out, times, "no slower than the fastest", t -> t.ratio() <= NO_SLOWER, measured);
    count(out, times, "no slower than JAX", t -> t.toJax() <= NO_SLOWER, measured);
    count(out, times, "more than twice slower", t -> t.ratio() > TWICE, measured);
  }

  private static void count(
      PrintWriter out,
      Map<String, Times> times,
      String what,
      java.util.function.Predicate<Times> is,
      long of) {
    long n = times.values().stream().filter(is).count();
    out.printf(Locale.ROOT, "%s: %d, %.1f %%%n", what, n, 100.0 * n / of);
  }
}
