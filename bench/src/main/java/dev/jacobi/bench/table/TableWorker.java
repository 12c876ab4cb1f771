package dev.jacobi.bench.table;

import dev.jacobi.bench.work.Stopwatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The process that measures our side: arguments are the table, the size and the rows. */
public final class TableWorker {
  private TableWorker() {}

  public static void main(String[] arguments) throws Exception {
    Set<String> wanted = Set.of(arguments).stream().collect(java.util.stream.Collectors.toSet());
    int size = Integer.parseInt(arguments[1]);
    List<Functions> all = Functions.read(Path.of(arguments[0]));
    // The JVM compiles the way of a call meanwhile, which would count for the first row otherwise.
    Stopwatch.bestMicros(all.getFirst().prepared(size));
    for (Functions f : all) {
      if (wanted.contains(f.row())) {
        double us = Stopwatch.shortMicros(f.prepared(size));
        System.out.printf(Locale.ROOT, "{\"name\": \"%s\", \"us\": %.3f}%n", f.row(), us);
      }
    }
  }
}
