package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;

/** Shapes and element types. */
public abstract class JnpShape extends JnpMath {
  JnpShape() {}

  /** Another element type; a double-to-integer conversion rounds toward zero. */
  public static Array astype(Array x, DType dtype) {
    return Promotion.convert(x, dtype, false);
  }

  /** Another shape with the same elements in row-major order; one size may be -1. */
  public static Array reshape(Array x, long... sizes) {
    long known = 1;
    int unknown = -1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == -1 && unknown < 0) {
        unknown = i;
      } else {
        known = Math.multiplyExact(known, sizes[i]);
      }
    }
    long[] all = sizes.clone();
    if (unknown >= 0) {
      if (known == 0 || x.size() % known != 0) {
        throw new LaxTypeException(
            "reshape",
            "no size for -1 makes shape "
                + x.shape()
                + " into "
                + java.util.Arrays.toString(sizes));
      }
      all[unknown] = x.size() / known;
    }
    return Shapes.reshape(x, Shape.of(all));
  }

  /** Dimensions in the given order; in reverse order if none is given. */
  public static Array transpose(Array x, int... axes) {
    int rank = x.rank();
    Axes order =
        axes.length == 0 ? Axes.range(rank).map(d -> rank - 1 - d) : axes("transpose", rank, axes);
    return Shapes.transpose(x, order);
  }

  /** The element or sub-array at static indices of the leading dimensions. */
  public static Array index(Array x, int... indices) {
    int rank = x.rank();
    if (indices.length > rank) {
      throw new LaxTypeException(
          "get", indices.length + " indices for an array of shape " + x.shape());
    }
    long[] start = new long[rank];
    long[] limit = x.shape().toArray();
    for (int d = 0; d < indices.length; d++) {
      long i = indices[d] < 0 ? indices[d] + limit[d] : indices[d];
      if (i < 0 || i >= limit[d]) {
        throw new IndexOutOfBoundsException(
            "index "
                + indices[d]
                + " at "
                + dev.jacobi.trace.UserCode.line()
                + " is out of bounds for dimension "
                + d
                + " of shape "
                + x.shape());
      }
      start[d] = i;
      limit[d] = i + 1;
    }
    Array box = Slices.slice(x, Longs.of(start), Longs.of(limit), Longs.fill(rank, 1));
    return Shapes.squeeze(box, Axes.range(indices.length));
  }

  /** Dimensions that may count from the end, as numbers from 0; checks range and repeats. */
  static Axes axes(String function, int rank, int... axes) {
    Axes normal = Axes.of(axes).map(a -> a < 0 ? a + rank : a);
    if (normal.stream().anyMatch(a -> a < 0 || a >= rank)) {
      throw new LaxTypeException(
          function, "axes " + Axes.of(axes) + " are out of range for an array of rank " + rank);
    }
    if (normal.stream().distinct().count() != normal.size()) {
      throw new LaxTypeException(function, "axes " + Axes.of(axes) + " name a dimension twice");
    }
    return normal;
  }
}
