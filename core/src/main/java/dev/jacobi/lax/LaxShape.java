package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.numpy.ShapeMismatchException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Making arrays, and the same elements under another shape: {@code jax.lax}. */
public abstract class LaxShape extends LaxElementary {
  /** More dimensions than anybody means. */
  private static final int MAX_RANK = 1000;

  LaxShape() {}

  /** A dimension counted from the end if it is negative. */
  static int axis(String function, int axis, int rank) {
    int from = axis < 0 ? axis + rank : axis;
    if (from < 0 || from >= rank) {
      throw new LaxTypeException(
          function, "an array of " + rank + " dimensions has no dimension " + axis);
    }
    return from;
  }

  private static Axes axes(String function, int rank, int... axes) {
    return Axes.of(Arrays.stream(axes).map(a -> axis(function, a, rank)).sorted().toArray());
  }

  /**
   * Repeated along new leading dimensions of these sizes. {@code Lax.broadcast(array(1, 2), 2)} is
   * {@code [[1 2] [1 2]]}.
   */
  public static Array broadcast(Array x, long... sizes) {
    Shape shape = Dims.shape("broadcast", sizes).concat(x.shape());
    return Shapes.broadcastInDim(x, shape, Axes.range(sizes.length, shape.rank()));
  }

  /**
   * Repeated to a shape, of which {@code broadcastDimensions[i]} is the dimension i of the operand;
   * sizes of 1 stretch. {@code Lax.broadcastInDim(array(1, 2), shape(2, 2), 0)} is {@code [[1 1] [2
   * 2]]}.
   */
  public static Array broadcastInDim(Array x, Shape shape, int... broadcastDimensions) {
    return Shapes.broadcastInDim(x, shape, Axes.of(broadcastDimensions));
  }

  /**
   * Repeated to the shape of another array by NumPy's rule. {@code Lax.broadcastLike(scalar(1),
   * array(1, 2))} is {@code [1 1]}.
   */
  public static Array broadcastLike(Array x, Array like) {
    return Promotion.broadcastTo(x, like.shape());
  }

  /**
   * The shape to which arrays of these shapes broadcast by NumPy's rule. {@code
   * Lax.broadcastShapes(shape(2, 1), shape(3))} is {@code (2, 3)}.
   *
   * @throws ShapeMismatchException if there is none
   */
  public static Shape broadcastShapes(Shape... shapes) {
    Array[] empty =
        Arrays.stream(shapes)
            .map(s -> dev.jacobi.Jacobi.spec(DType.BOOL, s.toArray()))
            .toArray(Array[]::new);
    return Promotion.commonShape("broadcastShapes", empty);
  }

  /**
   * With as many leading dimensions of size 1 as {@code rank} dimensions need. {@code
   * Lax.broadcastToRank(array(1, 2), 2)} is {@code [[1 2]]}.
   */
  public static Array broadcastToRank(Array x, int rank) {
    if (rank < x.rank() || rank > MAX_RANK) {
      throw new LaxTypeException(
          "broadcast_to_rank", x.shape() + " cannot have " + rank + " dimensions");
    }
    long[] ones = new long[rank - x.rank()];
    Arrays.fill(ones, 1);
    return broadcast(x, ones);
  }

  /**
   * The elements in row-major order under another shape. {@code Lax.reshape(arange(4), 2, 2)} is
   * {@code [[0 1] [2 3]]}.
   */
  public static Array reshape(Array x, long... newSizes) {
    return Shapes.reshape(x, Dims.shape("reshape", newSizes));
  }

  /** The elements under another shape after their dimensions were put in an order. */
  public static Array reshape(Array x, Shape newSizes, int... dimensions) {
    return Shapes.reshape(transpose(x, dimensions), newSizes);
  }

  /**
   * Dimensions from {@code start} up to {@code stop} (without it) as one. {@code
   * Lax.collapse(ones(2, 3, 4), 0, 2).shape()} is {@code (6, 4)}.
   */
  public static Array collapse(Array x, int startDimension, int stopDimension) {
    int from = startDimension < 0 ? Math.max(startDimension + x.rank(), 0) : startDimension;
    int to = stopDimension < 0 ? stopDimension + x.rank() : stopDimension;
    int last = Math.min(to, x.rank());
    if (last < from) {
      throw new LaxTypeException(
          "collapse", x.shape() + " has no dimensions " + startDimension + ":" + stopDimension);
    }
    Shape shape = x.shape();
    Shape head = shape.select(Axes.range(from));
    Shape tail = shape.select(Axes.range(last, x.rank()));
    long size = shape.select(Axes.range(from, last)).size();
    return Shapes.reshape(x, head.concat(Shape.of(size)).concat(tail));
  }

  /**
   * Dimension i of the result is {@code permutation[i]} of the operand. {@code
   * Lax.transpose(ones(2, 3), 1, 0).shape()} is {@code (3, 2)}.
   */
  public static Array transpose(Array x, int... permutation) {
    return Shapes.transpose(x, Axes.of(permutation));
  }

  /**
   * Without these dimensions of size 1; negative ones count from the end. {@code
   * Lax.squeeze(ones(1, 2), 0)} is {@code [1. 1.]}.
   */
  public static Array squeeze(Array x, int... dimensions) {
    return Shapes.squeeze(x, axes("squeeze", x.rank(), dimensions));
  }

  /**
   * With new dimensions of size 1 at these places of the result. {@code Lax.expandDims(array(1, 2),
   * 0)} is {@code [[1 2]]}.
   */
  public static Array expandDims(Array x, int... dimensions) {
    return Shapes.expandDims(x, axes("expand_dims", x.rank() + dimensions.length, dimensions));
  }

  /**
   * Arrays one after the other along a dimension. {@code Lax.concatenate(List.of(array(1, 2),
   * array(3)), 0)} is {@code [1 2 3]}.
   */
  public static Array concatenate(List<Array> operands, int dimension) {
    return Concatenation.concatenate(operands, dimension);
  }

  /**
   * Arrays of one shape beside each other along a new dimension. {@code Lax.stack(List.of(array(1,
   * 2), array(3, 4)), 0)} is {@code [[1 2] [3 4]]}.
   */
  public static Array stack(List<Array> operands, int axis) {
    int rank = operands.isEmpty() ? 1 : operands.getFirst().rank() + 1;
    return Stacking.stack(operands, axis("stack", axis, rank));
  }

  /**
   * The entries along a dimension. {@code Lax.unstack(array(new int[][] {{1, 2}, {3, 4}}), 0)} is
   * {@code [[1 2], [3 4]]}.
   */
  public static List<Array> unstack(Array x, int axis) {
    return Stacking.unstack(x, axis("unstack", axis, x.rank()));
  }

  /**
   * Parts of these sizes along a dimension, which they must fill. {@code Lax.split(arange(5),
   * Longs.of(2, 3), 0)} is {@code [[0 1], [2 3 4]]}.
   */
  public static List<Array> split(Array x, Longs sizes, int axis) {
    return Stacking.split(x, axis("split", axis, x.rank()), sizes);
  }

  /** Repeated along each dimension. {@code Lax.tile(array(1, 2), 2)} is {@code [1 2 1 2]}. */
  public static Array tile(Array x, long... reps) {
    return Stacking.tile(x, Longs.of(reps));
  }

  /** Backwards along these dimensions. {@code Lax.rev(array(1, 2, 3), 0)} is {@code [3 2 1]}. */
  public static Array rev(Array x, int... dimensions) {
    return Concatenation.rev(x, Axes.of(dimensions));
  }

  /**
   * Padded with a scalar. {@code Lax.pad(array(1, 2), scalar(0), new long[] {1, 1, 1})} is {@code
   * [0 1 0 2 0]}.
   *
   * @param paddingConfig per dimension how many elements come before, after, and between two;
   *     negative numbers before and after trim
   */
  public static Array pad(Array x, Array paddingValue, long[]... paddingConfig) {
    if (Arrays.stream(paddingConfig).anyMatch(c -> c.length != 3)) {
      throw new LaxTypeException("pad", "each dimension needs three numbers: low, high, interior");
    }
    return Slices.pad(
        x,
        paddingValue,
        column(paddingConfig, 0),
        column(paddingConfig, 1),
        column(paddingConfig, 2));
  }

  private static Longs column(long[][] rows, int i) {
    return Longs.of(Arrays.stream(rows).mapToLong(row -> row[i]).toArray());
  }

  /** 0, 1, 2, ... {@code Lax.iota(DType.I32, 3)} is {@code [0 1 2]}. */
  public static Array iota(DType dtype, long size) {
    return Shapes.iota(dtype, Dims.shape("iota", size), 0);
  }

  /**
   * 0, 1, 2, ... along a dimension of a shape. {@code Lax.broadcastedIota(DType.I32, shape(2, 2),
   * 1)} is {@code [[0 1] [0 1]]}.
   */
  public static Array broadcastedIota(DType dtype, Shape shape, int dimension) {
    return Shapes.iota(dtype, shape, dimension);
  }

  /** A scalar everywhere. {@code Lax.full(shape(2), scalar(7))} is {@code [7 7]}. */
  public static Array full(Shape shape, Array fillValue) {
    return Zeros.full(fillValue, shape);
  }

  /** A number everywhere; weakly typed, f32 as long as it meets no other type. */
  public static Array full(Shape shape, double fillValue) {
    return Zeros.full(Jnp.weak(fillValue), shape);
  }

  /** A whole number everywhere; weakly typed, i32 as long as it meets no other type. */
  public static Array full(Shape shape, long fillValue) {
    return Zeros.full(Jnp.weak(fillValue), shape);
  }

  /** A number everywhere. */
  public static Array full(Shape shape, double fillValue, DType dtype) {
    return Zeros.full(Scalars.of(dtype, fillValue), shape);
  }

  /** A whole number everywhere. */
  public static Array full(Shape shape, long fillValue, DType dtype) {
    return Zeros.full(Scalars.ofLong(dtype, fillValue), shape);
  }

  /**
   * A number everywhere in an array of the shape and type of another. {@code Lax.fullLike(array(1,
   * 2), 7)} is {@code [7 7]}.
   */
  public static Array fullLike(Array x, double fillValue) {
    return full(x.shape(), fillValue, x.dtype());
  }

  /** A whole number everywhere in an array of the shape and type of another. */
  public static Array fullLike(Array x, long fillValue) {
    return full(x.shape(), fillValue, x.dtype());
  }

  /** Every other dimension of a rank. */
  static Longs with(int rank, long value, int at, long there) {
    return Longs.of(IntStream.range(0, rank).mapToLong(d -> d == at ? there : value).toArray());
  }
}
