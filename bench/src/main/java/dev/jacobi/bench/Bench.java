package dev.jacobi.bench;

import dev.jacobi.bench.table.TableBench;
import dev.jacobi.bench.work.Workloads;
import dev.jacobi.hlo.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code ./jacobi bench}: measures rows of Jacobi, and with {@code --peers} the same rows of JAX,
 * PyTorch and NumPy. Every round starts a fresh process of each side in turn, on the same cores; a
 * round's figure is the best mean of seven, a ratio the median over the rounds.
 *
 * @param words rows whose names contain one of them; all without words
 * @param peers whether the peers are measured too
 * @param json where one JSON object per row is written
 * @param rounds how often each row is measured
 */
public record Bench(List<String> words, boolean peers, Optional<Path> json, int rounds) {
  /** Measures and prints; returns the exit code, 0 if every row of Jacobi was measured. */
  public int run(PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
    List<String> names = Workloads.matching(words);
    if (names.isEmpty()) {
      err.println("No row's name contains one of: " + String.join(", ", words));
      return 2;
    }
    Path temporary = Files.createTempDirectory("jacobi-bench");
    Path log = temporary.resolve("errors.log");
    var ours = new Side.Ours(temporary.resolve("cache"));
    var others = peers ? available(err) : List.<Side.Peer>of();
    if (json.isPresent()) {
      Files.writeString(json.get(), "");
    }
    int failed = 0;
    out.println(heading(others));
    for (String name : names) {
      Row row = new Row(name);
      try {
        measure(row, name, ours, others, log);
      } catch (SideFailedException e) {
        err.println(e.getMessage());
        failed++;
      }
      out.println(text(name, row, others));
      if (json.isPresent()) {
        String line = Report.line(row.fields(Machine.description())) + "\n";
        Files.writeString(json.get(), line, StandardOpenOption.APPEND);
      }
    }
    return failed == 0 ? 0 : 1;
  }

  /** The benchmark over the table of functions. */
  public static TableBench table(int rounds) {
    return new TableBench(Config.get("python").orElse("python3"), Home.peers(), rounds);
  }

  private void measure(Row row, String name, Side.Ours ours, List<Side.Peer> others, Path log)
      throws InterruptedException {
    if (name.startsWith("compile_")) {
      ours.measure(name, log); // Unpacks the native libraries into the row's cache folder.
    }
    for (int round = 0; round < rounds; round++) {
      for (var peer : others) {
        if (peer.has(name)) {
          peer.measure(name, log).ifPresent(figure -> row.add(peer.name(), figure));
        }
      }
      ours.measure(name, log).ifPresent(figure -> row.add(ours.name(), figure));
    }
  }

  private static List<Side.Peer> available(PrintWriter err) throws InterruptedException {
    var found = new ArrayList<Side.Peer>();
    var all =
        List.of(
            Side.Peer.of("jax", "jax_peer.py", "jax_loops.py"),
            Side.Peer.of("torch", "torch_peer.py"),
            Side.Peer.of("numpy", "numpy_peer.py"));
    for (var peer : all) {
      if (Side.works(peer)) {
        found.add(peer);
      } else {
        err.println(
            "not measured: the Python of JACOBI_PYTHON (else python3) lacks " + peer.name());
      }
    }
    return found;
  }

  private static String heading(List<Side.Peer> others) {
    var text = new StringBuilder("%-22s %12s".formatted("row", "jacobi us"));
    others.forEach(peer -> text.append(" %12s %7s".formatted(peer.name() + " us", "ratio")));
    return text.toString();
  }

  private static String text(String name, Row row, List<Side.Peer> others) {
    var text = new StringBuilder("%-22s %12s".formatted(name, number(row.micros("jacobi"), 3)));
    for (var peer : others) {
      boolean has = row.has(peer.name());
      text.append(
          " %12s %7s"
              .formatted(
                  has ? number(row.micros(peer.name()), 3) : "",
                  has ? number(row.ratio(peer.name()), 2) : ""));
    }
    return text.toString();
  }

  private static String number(double value, int decimals) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
