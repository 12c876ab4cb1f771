package dev.jacobi.scipy.operands;

import dev.jacobi.Array;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Slices;
import java.util.Arrays;

/** The last dimension of an array: parts of it, and other sizes. */
public final class Rows {
  private Rows() {}

  /** Cut, or padded with zeros at the end. */
  public static Array sized(Array x, long n) {
    long[] low = new long[x.rank()];
    long[] high = new long[x.rank()];
    high[x.rank() - 1] = n - x.dim(-1); // a negative one cuts
    return n == x.dim(-1)
        ? x
        : Slices.pad(x, Scalars.like(x, 0), Longs.of(low), Longs.of(high), Longs.of(low));
  }

  public static Array part(Array x, long from, long to) {
    return part(x, from, to, 1);
  }

  /** The elements from one to another. */
  public static Array part(Array x, long from, long to, long step) {
    return Slices.inDim(x, from, to, step, x.rank() - 1);
  }

  /** The last dimension as two. */
  public static Array split(Array x, long outer, long inner) {
    long[] sizes = Arrays.copyOf(x.shape().toArray(), x.rank() + 1);
    sizes[x.rank() - 1] = outer;
    sizes[x.rank()] = inner;
    return x.reshape(sizes);
  }

  /** The last two dimensions as one. */
  public static Array merged(Array x) {
    Shape shape = x.shape();
    long[] sizes = Arrays.copyOf(shape.toArray(), x.rank() - 1);
    sizes[x.rank() - 2] = shape.dim(x.rank() - 2) * shape.dim(x.rank() - 1);
    return x.reshape(sizes);
  }
}
