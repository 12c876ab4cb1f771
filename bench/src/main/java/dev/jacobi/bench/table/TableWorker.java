package dev.jacobi.bench.table;

import dev.jacobi.bench.work.Stopwatch;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** The process that measures our side: arguments are the table, the size and the rows. */
public final class TableWorker {
  private TableWorker() {}

  public static void main(String[] arguments) throws Exception {
    Set<String> wanted = Set.of(arguments).stream().collect(java.util.stream.Collectors.toSet());
    int size = Integer.parseInt(arguments[1]);
    for (Functions f : Functions.read(Path.of(arguments[0]))) {
      if (wanted.contains(f.row())) {
        double us = Stopwatch.shortMicros(f.prepared(size));
        System.out.printf(Locale.ROOT, "{\"name\": \"%s\", \"us\": %.3f}%n", f.row(), us);
      }
    }
  }
}
