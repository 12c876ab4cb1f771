package dev.jacobi.bench.work;

import java.util.function.Supplier;

/** One row of the benchmark: how to measure it once in this process. */
public sealed interface Workload {
  /** The row's figure in microseconds, and beside it that of a cold first compilation. */
  record Figure(double micros, double firstMicros) {}

  Figure measure();

  /**
   * Calls of what {@code build} prepares; the figure is the time of one, divided by {@code per}.
   */
  record Calls(Supplier<Supplier<?>> build, int per) implements Workload {
    @Override
    public Figure measure() {
      return new Figure(Stopwatch.bestMicros(build.get()) / per, Double.NaN);
    }
  }

  /** Tracing, lowering and compiling of what {@code build} prepares, with every cache cleared. */
  record Compiles(Supplier<Supplier<?>> build) implements Workload {
    @Override
    public Figure measure() {
      var times = Stopwatch.compiling(Caches::clear, build.get());
      return new Figure(times.warm(), times.first());
    }
  }

  static Workload calls(Supplier<Supplier<?>> build) {
    return new Calls(build, 1);
  }
}
