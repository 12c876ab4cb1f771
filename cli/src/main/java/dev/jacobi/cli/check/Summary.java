package dev.jacobi.cli.check;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** Counts outcomes and prints the report. Thread-safe. */
final class Summary {
  private final PrintWriter out;
  private int passed;
  private final Map<String, String> failures = new TreeMap<>();
  private final Map<String, Integer> skips = new TreeMap<>();
  private int skipped;

  Summary(PrintWriter out) {
    this.out = out;
  }

  synchronized void add(String name, Outcome outcome) {
    switch (outcome) {
      case Outcome.Passed() -> passed++;
      case Outcome.Failed(var reason) -> failures.put(name, reason);
      case Outcome.Skipped(var reason) -> {
        skips.merge(reason, 1, Integer::sum);
        skipped++;
      }
    }
  }

  synchronized int done() {
    return passed + failures.size() + skipped;
  }

  /** Prints failures, then what was skipped by reason, then the counts; returns the exit code. */
  synchronized int print() {
    failures.forEach((name, reason) -> out.printf("FAILED %s: %s%n", name, reason));
    skips.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(skip -> out.printf("SKIPPED %d: %s%n", skip.getValue(), skip.getKey()));
    out.printf("%d passed, %d failed, %d skipped%n", passed, failures.size(), skipped);
    return failures.isEmpty() ? 0 : 1;
  }
}
