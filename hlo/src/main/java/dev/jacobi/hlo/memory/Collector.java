package dev.jacobi.hlo.memory;

import java.lang.ref.PhantomReference;

/**
 * Asks the garbage collector to find dropped arrays, in the cheaper of two ways.
 *
 * <p>Whether to ask or to take fresh memory is the ski-rental problem: asking costs a little each
 * time, fresh pages cost much once (0.25 to 0.6 ns per byte) and make collections rarer for ever.
 * So memory grows when asking has cost as much as growing would, until asking takes less than a
 * twentieth of the time. At the full price that is at most twice what a clairvoyant would pay.
 *
 * <p>{@code System.gc()} costs 1 ms on a tiny heap and half a millisecond per live megabyte. But
 * dropped results are young objects: filling the rest of the young generation with garbage starts a
 * young collection, whose cost does not grow with the heap, only with the young generation's size
 * (1 ms at 16 MB). Which is cheaper depends on the user's heap and flags, so both are timed.
 */
final class Collector {
  private static final int DUTY = 20;

  /** Below what new pages cost, so that a loop's memory has its size sooner. */
  private static final double GROWTH_NANOS_PER_BYTE = 0.1;

  private static final double MAX_SPENT = 1e8; // ns
  private static final int GARBAGE_BYTES = 1 << 14;
  private static final int MAX_GARBAGE = 48 << 20;
  private static final long WORTH_TRYING = 2_000_000; // ns
  private static final int RETRY = 64;

  @SuppressWarnings("unused")
  private static volatile Object garbage;

  private long systemCost;
  private long youngCost = Long.MAX_VALUE;
  private int youngRetry; // Asks until the young way is tried again.
  private boolean wasYoung;
  private long cost;
  private double spent; // On asking since memory last grew, in ns.
  private long lastEnd;
  private volatile long asked;

  long asked() {
    return asked;
  }

  /**
   * Asks, unless growing is the better buy.
   *
   * @param asksBefore how often the collector had been asked when the caller found that it needs it
   * @param bytes the fresh memory that would do instead
   * @param handedOut bytes that may be unreachable
   * @param much bytes above which growing is out of the question
   * @return whether there was a collection since {@code asksBefore}
   */
  synchronized boolean askIfDue(long asksBefore, long bytes, long handedOut, long much) {
    if (asked > asksBefore) {
      return true; // Another thread was faster.
    }
    boolean cheap = System.nanoTime() - lastEnd >= DUTY * cost;
    double growing = bytes * GROWTH_NANOS_PER_BYTE;
    if (!cheap && handedOut < much && spent >= growing) {
      spent -= growing;
      return false;
    }
    ask();
    if (!cheap) {
      spent = Math.min(spent + cost, MAX_SPENT);
    }
    return true;
  }

  private void ask() {
    long start = System.nanoTime();
    wasYoung = youngCost < systemCost || (systemCost > WORTH_TRYING && youngRetry-- <= 0);
    if (wasYoung && !collectYoung()) {
      wasYoung = false;
      youngCost = Long.MAX_VALUE;
      youngRetry = RETRY;
    } else if (wasYoung) {
      youngCost = System.nanoTime() - start;
    }
    if (!wasYoung) {
      long before = System.nanoTime();
      System.gc();
      systemCost = System.nanoTime() - before;
    }
    lastEnd = System.nanoTime();
    cost = Math.min(lastEnd - start, cost + cost / 4 + 100_000); // One slow sample means little.
    asked++;
  }

  /** Learns how much of what might have been unreachable was. */
  synchronized void report(long freed, long handedOut) {
    if (freed < handedOut / 4) {
      spent =
          Math.min(
              spent + 8.0 * cost,
              MAX_SPENT); // The user keeps what he makes: let it grow for a while.
    }
    if (wasYoung && freed < handedOut / 2) {
      youngCost = Long.MAX_VALUE; // The dropped ones have grown old: look everywhere next time.
      youngRetry = 4;
    }
  }

  /** Fills the young generation; false if no collection came after a good deal of garbage. */
  private static boolean collectYoung() {
    var sentinel = new PhantomReference<>(new Object(), null);
    for (int bytes = 0; bytes < MAX_GARBAGE; bytes += GARBAGE_BYTES) {
      if (sentinel.refersTo(null)) {
        return true;
      }
      garbage = new byte[GARBAGE_BYTES];
    }
    garbage = null;
    return sentinel.refersTo(null);
  }
}
