package dev.jacobi.bench;

import dev.jacobi.bench.Side.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The figures of one row over the rounds, and the medians that the table shows. */
final class Row {
  private final String name;
  private final Map<String, List<Figure>> rounds = new LinkedHashMap<>();

  Row(String name) {
    this.name = name;
  }

  void add(String side, Figure figure) {
    rounds.computeIfAbsent(side, s -> new ArrayList<>()).add(figure);
  }

  double micros(String side) {
    return median(figures(side).stream().mapToDouble(Figure::micros));
  }

  boolean has(String side) {
    return rounds.containsKey(side);
  }

  /** The median over the rounds of our time over theirs. */
  double ratio(String peer) {
    var ours = figures("jacobi");
    var theirs = figures(peer);
    int n = Math.min(ours.size(), theirs.size());
    return median(
        java.util.stream.IntStream.range(0, n)
            .mapToDouble(i -> ours.get(i).micros() / theirs.get(i).micros()));
  }

  /**
   * The fields of the JSON line: times, ratios, versions, and the first compilation where there is
   * one.
   */
  Map<String, Object> fields(String machine) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("name", name);
    rounds.forEach(
        (side, figures) -> {
          fields.put(side + "_us", micros(side));
          if (!side.equals("jacobi") && has("jacobi")) {
            fields.put(side + "_ratio", ratio(side));
          }
          fields.put(side + "_version", figures.getFirst().version());
        });
    var first =
        figures("jacobi").stream()
            .flatMap(figure -> figure.firstMicros().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (first.length > 0) {
      fields.put("first_compile_us", median(DoubleStream.of(first)));
    }
    fields.put("rounds", rounds.values().stream().mapToInt(List::size).max().orElse(0));
    fields.put("machine", machine);
    return fields;
  }

  private List<Figure> figures(String side) {
    return rounds.getOrDefault(side, List.of());
  }

  static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
