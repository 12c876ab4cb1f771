package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Shapes and element types. */
public abstract class JnpShape extends JnpElementary {
  JnpShape() {}

  /**
   * Another element type; a double-to-integer conversion rounds toward zero. {@code
   * astype(array(1.7f, 2f), DType.I32)} is {@code [1 2]}.
   */
  public static Array astype(Array x, DType dtype) {
    return Promotion.convert(x, dtype, false);
  }

  /**
   * Another shape with the same elements in row-major order; one size may be -1. {@code
   * reshape(arange(4), 2, 2)} is {@code [[0 1] [2 3]]}.
   */
  public static Array reshape(Array x, long... sizes) {
    long known = 1;
    int unknown = -1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == -1 && unknown < 0) {
        unknown = i;
      } else if (sizes[i] < 0) {
        throw new LaxTypeException(
            "reshape", "sizes " + java.util.Arrays.toString(sizes) + " are negative");
      } else {
        // saturates: so many elements no array has
        known =
            sizes[i] > 0 && known > Long.MAX_VALUE / sizes[i] ? Long.MAX_VALUE : known * sizes[i];
      }
    }
    long[] all = sizes.clone();
    if (unknown >= 0 && isOpen(x, known)) {
      all[unknown] = Shape.DYNAMIC;
    } else if (unknown >= 0) {
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

  /** Whether -1 may stand for the only unknown size: the other sizes hold a row. */
  private static boolean isOpen(Array x, long known) {
    long[] sizes = x.shape().toArray();
    long row = 1;
    for (long n : sizes) {
      row *= n == Shape.DYNAMIC ? 1 : n;
    }
    return row == known
        && java.util.Arrays.stream(sizes).filter(n -> n == Shape.DYNAMIC).count() == 1;
  }

  /**
   * Dimensions in the given order; in reverse order if none is given. {@code transpose(ones(2,
   * 3)).shape()} is {@code (3, 2)}.
   */
  public static Array transpose(Array x, int... axes) {
    int rank = x.rank();
    Axes order =
        axes.length == 0 ? Axes.range(rank).map(d -> rank - 1 - d) : axes("transpose", rank, axes);
    return Shapes.transpose(x, order);
  }

  /**
   * All elements in row-major order as a vector. {@code ravel(eye(2))} is {@code [1. 0. 0. 1.]}.
   */
  public static Array ravel(Array x) {
    return x.rank() == 1 ? x : Shapes.reshape(x, Shape.of(x.size()));
  }

  /** Two dimensions change places. {@code swapaxes(ones(2, 3), 0, 1).shape()} is {@code (3, 2)}. */
  public static Array swapaxes(Array x, int first, int second) {
    int a = axis("swapaxes", x.rank(), first);
    int b = axis("swapaxes", x.rank(), second);
    return Shapes.transpose(x, Axes.range(x.rank()).map(d -> d == a ? b : d == b ? a : d));
  }

  /**
   * Dimension {@code from} becomes dimension {@code to}; the others keep their order. {@code
   * moveaxis(ones(2, 3, 4), 0, 2).shape()} is {@code (3, 4, 2)}.
   */
  public static Array moveaxis(Array x, int from, int to) {
    return moveaxis(x, new int[] {from}, new int[] {to});
  }

  /** Each dimension of {@code from} becomes the one of {@code to}; the others keep their order. */
  public static Array moveaxis(Array x, int[] from, int[] to) {
    if (from.length != to.length) {
      throw new LaxTypeException("moveaxis", "needs as many targets as sources");
    }
    Axes sources = axes("moveaxis", x.rank(), from);
    Axes targets = axes("moveaxis", x.rank(), to);
    Axes others = sources.complement(x.rank());
    Axes free = targets.complement(x.rank());
    return Shapes.transpose(
        x,
        Axes.range(x.rank())
            .map(
                d ->
                    targets.contains(d)
                        ? sources.get(targets.indexOf(d))
                        : others.get(free.indexOf(d))));
  }

  /**
   * New dimensions of size 1 at these places of the result. {@code expandDims(arange(2), 0)} is
   * {@code [[0 1]]}.
   */
  public static Array expandDims(Array x, int... places) {
    return Shapes.expandDims(x, axes("expandDims", x.rank() + places.length, places));
  }

  /**
   * Without the given dimensions, which must have size 1; without all of size 1 if none is given.
   * {@code squeeze(ones(1, 2, 1))} is {@code [1. 1.]}.
   */
  public static Array squeeze(Array x, int... dims) {
    Axes ones = Axes.of(IntStream.range(0, x.rank()).filter(d -> x.shape().dim(d) == 1).toArray());
    return Shapes.squeeze(x, dims.length == 0 ? ones : axes("squeeze", x.rank(), dims).sorted());
  }

  /**
   * Repeated to a shape, by NumPy's rule. {@code broadcastTo(arange(2), 2, 2)} is {@code [[0 1] [0
   * 1]]}.
   */
  public static Array broadcastTo(Array x, long... sizes) {
    return Promotion.broadcastTo(x, Shape.of(sizes));
  }

  /**
   * All arrays repeated to their common shape. {@code broadcastArrays(arange(2), scalar(5))} is
   * {@code [[0 1], [5 5]]}.
   */
  public static List<Array> broadcastArrays(Array... arrays) {
    Shape common = Promotion.commonShape("broadcastArrays", arrays);
    return Stream.of(arrays).map(a -> Promotion.broadcastTo(a, common)).toList();
  }

  /**
   * Scalars as vectors of one element; other arrays unchanged. {@code atleast1d(scalar(1f))} is
   * {@code [1.]}.
   */
  public static Array atleast1d(Array x) {
    return jitted("atleast_1d", "", a -> x.rank() > 0 ? a.getFirst() : ravel(a.getFirst()), x);
  }

  /**
   * Scalars and vectors as matrices of one row. {@code atleast2d(arange(2))} is {@code [[0 1]]}.
   */
  public static Array atleast2d(Array x) {
    int missing = Math.max(0, 2 - x.rank());
    return jitted("atleast_2d", "", a -> Shapes.expandDims(a.getFirst(), Axes.range(missing)), x);
  }

  /**
   * With three dimensions: a vector becomes (1, n, 1), a matrix (m, n, 1). {@code
   * atleast3d(arange(2)).shape()} is {@code (1, 2, 1)}.
   */
  public static Array atleast3d(Array x) {
    return switch (x.rank()) {
      case 0 -> Shapes.expandDims(x, Axes.range(3));
      case 1 -> Shapes.expandDims(x, Axes.of(0, 2));
      case 2 -> Shapes.expandDims(x, Axes.of(2));
      default -> x;
    };
  }

  /**
   * The order of elements reversed along the given dimensions, or all. {@code flip(arange(3))} is
   * {@code [2 1 0]}.
   */
  public static Array flip(Array x, int... dims) {
    Axes over = dims.length == 0 ? Axes.range(x.rank()) : axes("flip", x.rank(), dims);
    return jitted("_flip", over, a -> Concatenation.rev(a.getFirst(), over), x);
  }

  /**
   * A matrix turned by {@code times} quarters, from the first dimension to the second. {@code
   * rot90(array(new int[][] {{1, 2}, {3, 4}}), 1)} is {@code [[2 4] [1 3]]}.
   */
  public static Array rot90(Array x, int times) {
    if (x.rank() < 2) {
      throw new LaxTypeException("rot90", "needs two dimensions, but the shape is " + x.shape());
    }
    int k = Math.floorMod(times, 4);
    return jitted(
        "rot90",
        k,
        a -> {
          Array m = a.getFirst();
          return switch (k) {
            case 1 -> swapaxes(flip(m, 1), 0, 1);
            case 2 -> flip(flip(m, 0), 1);
            case 3 -> flip(swapaxes(m, 0, 1), 1);
            default -> m;
          };
        },
        x);
  }

  /** One dimension that may count from the end. */
  static int axis(String function, int rank, int axis) {
    return axes(function, rank, axis).get(0);
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
