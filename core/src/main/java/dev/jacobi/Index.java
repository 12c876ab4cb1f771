package dev.jacobi;

import dev.jacobi.lax.LaxTypeException;
import org.jspecify.annotations.Nullable;

/**
 * One entry between NumPy's square brackets. The factories {@code i range from until all newAxis
 * ellipsis ix mask} are static functions of {@link dev.jacobi.numpy.Jnp}.
 */
public sealed interface Index {
  /** One position; the dimension goes away. Negative numbers count from the end. */
  record At(long position) implements Index {}

  /**
   * Every {@code step}-th position from {@code start} to before {@code stop}; null is an open end.
   * Ends beyond the array are cut off, as in Python.
   */
  record Range(@Nullable Long start, @Nullable Long stop, long step) implements Index {
    public Range {
      if (step == 0) {
        throw new LaxTypeException("range", "the step of a range cannot be 0");
      }
    }

    /**
     * The same ends with another step; a negative one walks from the last position to the first.
     */
    public Range step(long other) {
      return new Range(start, stop, other);
    }

    /** The ends in an array of size {@code n}: first position, step, number of positions. */
    public Walk walk(long n) {
      long low = step > 0 ? 0 : -1;
      long high = step > 0 ? n : n - 1;
      long first = start == null ? (step > 0 ? low : high) : cut(start, n, low, high);
      long end = stop == null ? (step > 0 ? high : low) : cut(stop, n, low, high);
      long span = step > 0 ? end - first : first - end;
      long count = span <= 0 ? 0 : 1 + (span - 1) / Math.abs(step);
      return new Walk(first, step, count);
    }

    private static long cut(long end, long n, long low, long high) {
      long from0 = end < 0 ? end + n : end;
      return Math.clamp(from0, low, high);
    }
  }

  /** {@code count} positions from {@code first} in steps of {@code step}. */
  record Walk(long first, long step, long count) {}

  /** A new dimension of size 1. */
  record NewAxis() implements Index {}

  /** As many whole dimensions as the other entries leave over. */
  record Ellipsis() implements Index {}

  /** Positions from an array of integers; several such arrays broadcast against each other. */
  record Positions(Array array) implements Index {
    public Positions {
      if (!array.dtype().isInteger()) {
        throw new LaxTypeException(
            "ix",
            "indices must be integers, but have type "
                + array.aval()
                + "; a boolean array is"
                + " mask(...)");
      }
    }
  }

  /** The positions at which an array of booleans is set; covers as many dimensions as it has. */
  record Mask(Array array) implements Index {
    public Mask {
      if (!array.dtype().isBool()) {
        throw new LaxTypeException("mask", "a mask must be bool, but has type " + array.aval());
      }
    }
  }
}
