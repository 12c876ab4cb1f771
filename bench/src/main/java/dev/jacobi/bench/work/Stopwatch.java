package dev.jacobi.bench.work;

import java.util.function.Supplier;

/**
 * The protocol of {@code bench/peers/common.py}: the best of seven means, in microseconds. Before
 * them come two seconds of calls, in which the JVM compiles the caller and the pool of arrays finds
 * its size; a peer has its machine code from the start and frees by counting references.
 */
public final class Stopwatch {
  private static final int REPEATS = 7;
  private static final double BUDGET_SECONDS = 0.3;
  private static final double WARM_UP_SECONDS = 2.0;
  private static final int COMPILES = 20;

  /** The last result, so that no call can be left out. */
  @SuppressWarnings("UnusedVariable") // Written so that no result is optimised away.
  private static volatile Object sink;

  private Stopwatch() {}

  /** The best mean time of one call of {@code run} in microseconds. Calls end with their result. */
  public static double bestMicros(Supplier<?> run) {
    return best(run, warmUp(run, WARM_UP_SECONDS), BUDGET_SECONDS);
  }

  private static double best(Supplier<?> run, double once, double budget) {
    long calls = Math.max(1, (long) (budget / REPEATS / once));
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      Object result = null;
      for (long c = 0; c < calls; c++) {
        result = run.get();
      }
      best = Math.min(best, (System.nanoTime() - start) / 1e3 / calls);
      sink = result;
    }
    return best;
  }

  /** The same with an eighth of the warm-up and half the time, for tables of many rows. */
  public static double shortMicros(Supplier<?> run) {
    return best(run, warmUp(run, WARM_UP_SECONDS / 8), BUDGET_SECONDS / 2);
  }

  /** The mean seconds of a call at the end of the warm-up. */
  private static double warmUp(Supplier<?> run, double warmUpSeconds) {
    long begin = System.nanoTime();
    long batch = 1;
    while (true) {
      long start = System.nanoTime();
      for (long c = 0; c < batch; c++) {
        sink = run.get();
      }
      double seconds = Math.max(System.nanoTime() - start, 100) / 1e9;
      if ((System.nanoTime() - begin) / 1e9 > warmUpSeconds) {
        return seconds / batch;
      }
      // Batches of about a tenth of the warm-up keep the clock out of short calls.
      batch = Math.clamp((long) (batch * warmUpSeconds / 10 / seconds), 1, batch * 2);
    }
  }

  /**
   * The first and the best of seven compilations after twenty, in microseconds; {@code before} runs
   * outside the clock.
   */
  static Compiling compiling(Runnable before, Supplier<?> compile) {
    double first = once(before, compile);
    for (int i = 1; i < COMPILES; i++) {
      once(before, compile);
    }
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPEATS; i++) {
      best = Math.min(best, once(before, compile));
    }
    return new Compiling(first, best);
  }

  private static double once(Runnable before, Supplier<?> run) {
    before.run();
    long start = System.nanoTime();
    sink = run.get();
    return (System.nanoTime() - start) / 1e3;
  }

  /** Microseconds of a process's first compilation, and of one when everything is warm. */
  record Compiling(double first, double warm) {}
}
