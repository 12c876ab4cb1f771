package dev.jacobi.scipy.signal;

import dev.jacobi.Array;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.operands.Rows;
import java.util.Arrays;

/** Overlapping segments of rows, and rows from overlapping segments; only slices and reshapes. */
final class Frames {
  private Frames() {}

  /**
   * Segments of a length at distances of {@code step}: (..., n) becomes (..., segments, length).
   */
  static Array of(Array x, long length, long step) {
    long count = (x.dim(-1) - length) / step + 1;
    long parts = (length + step - 1) / step; // of a segment
    long row = (count + parts - 1) * step;
    long[] copies = Arrays.copyOf(x.shape().toArray(), x.rank() + 1);
    copies[x.rank() - 1] = parts;
    copies[x.rank()] = row;
    Array sized = Jnp.expandDims(Rows.sized(x, row), x.rank() - 1);
    Array rows = Rows.merged(Jnp.broadcastTo(sized, copies));
    // In rows that are a step longer, each copy begins a step later.
    Array skewed = Rows.split(Rows.sized(rows, parts * (row + step)), parts, row + step);
    Array blocks = Rows.split(Rows.part(skewed, 0, count * step), count, step);
    return Rows.part(Rows.merged(swapped(blocks)), 0, length);
  }

  /** The sum of segments (..., segments, length) laid at distances of {@code step}: (..., n). */
  static Array overlapped(Array frames, long step) {
    long count = frames.dim(-2);
    long length = frames.dim(-1);
    long parts = (length + step - 1) / step;
    long row = (count + parts - 1) * step;
    Array blocks = swapped(Rows.split(Rows.sized(frames, parts * step), parts, step));
    Array longer = Rows.merged(Rows.sized(Rows.merged(blocks), row + step));
    // In rows that are a step shorter, each part begins a step later.
    Array skewed = Rows.split(Rows.part(longer, 0, parts * row), parts, row);
    return Rows.part(Jnp.sum(skewed, -2), 0, step * (count - 1) + length);
  }

  private static Array swapped(Array x) {
    return Jnp.swapaxes(x, x.rank() - 3, x.rank() - 2);
  }
}
