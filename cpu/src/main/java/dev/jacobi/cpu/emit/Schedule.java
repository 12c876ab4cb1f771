package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.fuse.Cost;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.cpu.loop.Nest.Loops;
import dev.jacobi.cpu.loop.Node;

/**
 * How a nest runs on a machine: lanes, and how its work divides into units of which a thread takes
 * several.
 *
 * @param lanes elements per vector; 0 for scalar code
 * @param units how many independent pieces there are
 * @param splitInner whether a unit is a block of the inner loop instead of a row
 * @param nanos about how long the whole nest takes on one thread
 * @param streaming whether stores should bypass the caches
 */
record Schedule(int lanes, long units, boolean splitInner, double nanos, boolean streaming) {
  /** Elements of a block when the inner loop is split. */
  static final int BLOCK = 1024;

  /** Lanes in the fixed tree of a row reduction. */
  static final int TREE = 32;

  private static final int WIDE_COST = 400;

  /** What the memory that a nest writes is like, which decides whether to bypass the caches. */
  enum Target {
    /** An operand's own: its lines are in the cache when they are written. */
    IN_PLACE(Long.MAX_VALUE),
    /** An intermediate result's: if it is larger than the caches, it leaves them anyway. */
    TEMPORARY(32L << 20),
    /**
     * A result's that the program does not read. It was dropped some time ago and is cold: to store
     * it through the caches reads it first, which costs what a reader of a streamed result pays.
     */
    RESULT(256L << 10);

    private final long streamBytes;

    Target(long streamBytes) {
      this.streamBytes = streamBytes;
    }
  }

  static Schedule of(Nest nest, int vectorBytes, Target target) {
    int widest = 1;
    int cost = 0;
    long bytesPerElement = 0;
    long bytesStored = 0;
    for (Node n : nest.nodes()) {
      widest =
          Math.max(
              widest,
              n.dtype().real().bytes() == 2 && n.dtype().isFloat() ? 4 : n.dtype().real().bytes());
      cost += n instanceof Node.Apply a ? Cost.of(a.fn()) : 1;
      if (n instanceof Node.Load || n instanceof Node.Fetch) {
        bytesPerElement += n.dtype().bytes();
      }
    }
    for (Nest.Store s : nest.stores()) {
      bytesStored += s.perRow() ? 0 : nest.params().get(s.param()).dtype().bytes();
    }
    bytesPerElement += bytesStored;
    long elements = 1;
    for (long e : nest.loops().extents()) {
      elements *= e;
    }
    int lanes = vectorBytes / widest;
    double cycles = elements * Math.max((double) cost / lanes, bytesPerElement / 12.0);
    long bytes = elements * (target == Target.TEMPORARY ? bytesPerElement : bytesStored);
    boolean streaming = bytes >= target.streamBytes;
    return switch (nest.loops()) {
      case Loops.Rows r -> rows(nest, r, lanes, cost, cycles / 3, streaming);
      case Loops.Columns c -> {
        int vector = Math.min(lanes, ceilPowerOfTwo(c.lanes()));
        long outer = c.outer().stream().reduce(1L, Math::multiplyExact);
        long stripe = (long) vector * stripes(c, vector, cost);
        yield new Schedule(
            vector == 1 ? 0 : vector,
            outer * Math.ceilDiv(c.lanes(), stripe),
            false,
            cycles / 3,
            false);
      }
    };
  }

  private static Schedule rows(
      Nest nest, Loops.Rows r, int lanes, int cost, double nanos, boolean streaming) {
    boolean reduces = !nest.reductions().isEmpty();
    int vector = lanes;
    if (!nest.reductionsCommute()) {
      vector = 1;
    } else if (reduces) {
      vector = (int) Math.min(lanes, Math.min(TREE, Long.highestOneBit(r.inner())));
    } else {
      // Two vectors per iteration hide latency; very long bodies would run out of registers.
      vector = cost <= WIDE_COST && r.inner() >= 64L * lanes ? 2 * lanes : lanes;
      vector = Math.min(vector, ceilPowerOfTwo(r.inner()));
    }
    boolean split = !reduces && r.rows() < 16 && r.inner() >= 4 * BLOCK;
    long units = split ? Math.ceilDiv(r.inner(), BLOCK) : r.rows();
    return new Schedule(vector == 1 ? 0 : vector, units, split, nanos, streaming);
  }

  /** Vectors side by side in a columns nest: independent sums hide the latency of addition. */
  static int stripes(Loops.Columns c, int vector, int cost) {
    long fit = c.lanes() / vector;
    return (int) Math.max(1, Math.min(fit, cost > 64 ? 1 : 4));
  }

  static int ceilPowerOfTwo(long n) {
    return n >= 1 << 20 ? 1 << 20 : n <= 1 ? 1 : Integer.highestOneBit((int) n - 1) << 1;
  }

  /** Tasks for a thread pool: 1 if that is not worth it. */
  long tasks() {
    return tasks(nanos, units);
  }

  /** The same of any work that divides into units. */
  static long tasks(double nanos, long units) {
    if (nanos < 10_000 || units < 2) {
      return 1;
    }
    return Math.max(2, Math.min(units, Math.min(256, (long) (nanos / 15_000))));
  }
}
