package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Slices;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.ConcretizationException;
import dev.jacobi.trace.UserCode;
import java.util.Arrays;

/** From how often each entry is repeated to the position that each copy comes from. */
final class Repetition {
  private Repetition() {}

  /** One count per entry; a single one stands for all. */
  static Array counts(Array times, long entries) {
    JnpIndex.integers("repeat", times);
    if (times.rank() > 1 || times.rank() == 1 && times.dim(0) != entries && times.dim(0) != 1) {
      throw new LaxTypeException(
          "repeat",
          "counts of shape " + times.shape() + " do not fit a dimension of size " + entries);
    }
    return Promotion.broadcastTo(times, Shape.of(entries));
  }

  /** Positions of all copies, from counts that have values. */
  static Array positions(Array counts) {
    if (!(counts.underlying() instanceof ConcreteArray)) {
      throw new ConcretizationException(
          "repeat at "
              + UserCode.line()
              + ": the size of the result depends on the counts, which have no values while a"
              + " function is traced. Pass counts from outside, or the size as totalLength");
    }
    long[] times = counts.underlying().toLongArray();
    long total = 0;
    for (long t : times) {
      if (t < 0) {
        throw new LaxTypeException("repeat", "a count is negative: " + Arrays.toString(times));
      }
      total += t;
    }
    int[] positions = new int[Math.toIntExact(total)];
    int next = 0;
    for (int i = 0; i < times.length; i++) {
      Arrays.fill(positions, next, next + (int) times[i], i);
      next += (int) times[i];
    }
    return JnpCreate.array(positions);
  }

  /**
   * Positions of {@code total} copies, from any counts, as JAX computes them: each entry marks
   * where its copies start, and the marks are summed up.
   */
  static Array positions(Array counts, int total) {
    Array starts = sums(exclusive(Promotion.convert(counts, DType.I32, false)));
    Array none = JnpCreate.zeros(Shape.of(total), DType.I32);
    Array one = Scalars.of(DType.I32, 1);
    Array marks = none.at(JnpIndex.ix(starts)).add(one, Mode.FILL); // behind the end: dropped
    return Arithmetic.sub(sums(marks), one);
  }

  /** The entries moved on by one, a zero in front. */
  private static Array exclusive(Array x) {
    return shifted(x, 1);
  }

  /** Cumulative sums in a logarithmic number of steps. */
  private static Array sums(Array x) {
    Array y = x;
    for (long step = 1; step < x.dim(0); step *= 2) {
      y = Arithmetic.add(y, shifted(y, step));
    }
    return y;
  }

  private static Array shifted(Array x, long by) {
    Array zero = Scalars.of(x.dtype(), 0);
    return Slices.pad(x, zero, Longs.of(by), Longs.of(-by), Longs.of(0));
  }
}
