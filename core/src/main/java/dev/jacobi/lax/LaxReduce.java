package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.Op2;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.TopK;
import dev.jacobi.transform.Reducers;
import java.util.List;
import java.util.function.BinaryOperator;

/** Reductions, windows, cumulative functions and order: {@code jax.lax}. */
public abstract class LaxReduce extends LaxSlice {
  LaxReduce() {}

  /** The sum of numbers over dimensions. {@code Lax.reduceSum(array(1, 2, 3), 0)} is {@code 6}. */
  public static Array reduceSum(Array x, int... axes) {
    return Reductions.sum(x, Axes.of(axes));
  }

  /**
   * The product of numbers over dimensions. {@code Lax.reduceProd(array(2, 3, 4), 0)} is {@code
   * 24}.
   */
  public static Array reduceProd(Array x, int... axes) {
    return Reductions.prod(x, Axes.of(axes));
  }

  /**
   * The largest element over dimensions; NaN if there is one. {@code Lax.reduceMax(array(1, 3, 2),
   * 0)} is {@code 3}.
   */
  public static Array reduceMax(Array x, int... axes) {
    return Reductions.max(x, Axes.of(axes));
  }

  /**
   * The smallest element over dimensions; NaN if there is one. {@code Lax.reduceMin(array(1, 3, 2),
   * 0)} is {@code 1}.
   */
  public static Array reduceMin(Array x, int... axes) {
    return Reductions.min(x, Axes.of(axes));
  }

  /**
   * And of booleans or bits over dimensions. {@code Lax.reduceAnd(array(6, 3), 0)} is {@code 2}.
   */
  public static Array reduceAnd(Array x, int... axes) {
    return Reductions.and(x, Axes.of(axes));
  }

  /** Or of booleans or bits over dimensions. {@code Lax.reduceOr(array(6, 3), 0)} is {@code 7}. */
  public static Array reduceOr(Array x, int... axes) {
    return Reductions.or(x, Axes.of(axes));
  }

  /**
   * Exclusive or of booleans or bits over dimensions. {@code Lax.reduceXor(array(6, 3), 0)} is
   * {@code 5}.
   */
  public static Array reduceXor(Array x, int... axes) {
    return Reductions.xor(x, Axes.of(axes));
  }

  /**
   * Cumulative sums along a dimension, from its end if reverse. {@code Lax.cumsum(array(1, 2, 3),
   * 0, true)} is {@code [6 5 3]}.
   */
  public static Array cumsum(Array x, int axis, boolean reverse) {
    return Cumulative.cumsum(x, axis, reverse);
  }

  /**
   * Cumulative products along a dimension, from its end if reverse. {@code Lax.cumprod(array(1, 2,
   * 3), 0, false)} is {@code [1 2 6]}.
   */
  public static Array cumprod(Array x, int axis, boolean reverse) {
    return Cumulative.cumprod(x, axis, reverse);
  }

  /**
   * Cumulative maxima along a dimension, from its end if reverse. {@code Lax.cummax(array(1, 3, 2),
   * 0, false)} is {@code [1 3 3]}.
   */
  public static Array cummax(Array x, int axis, boolean reverse) {
    return Cumulative.cummax(x, axis, reverse);
  }

  /**
   * Cumulative minima along a dimension, from its end if reverse. {@code Lax.cummin(array(3, 1, 2),
   * 0, false)} is {@code [3 1 1]}.
   */
  public static Array cummin(Array x, int axis, boolean reverse) {
    return Cumulative.cummin(x, axis, reverse);
  }

  /**
   * Logarithms of cumulative sums of exponentials, without overflow. {@code
   * Lax.cumlogsumexp(array(0f, 0f), 0, false)} is {@code [0. 0.6931472]}.
   */
  public static Array cumlogsumexp(Array x, int axis, boolean reverse) {
    return Cumulative.cumlogsumexp(x, axis, reverse);
  }

  /**
   * Where the largest element along a dimension is; the first NaN, else the first of equals. {@code
   * Lax.argmax(array(1, 3, 2), 0, DType.I32)} is {@code 1}.
   */
  public static Array argmax(Array x, int axis, DType indexDtype) {
    return ArgReductions.argmax(x, axis, indexDtype);
  }

  /**
   * Where the smallest element along a dimension is; the first NaN, else the first of equals.
   * {@code Lax.argmin(array(1, 3, 2), 0, DType.I32)} is {@code 0}.
   */
  public static Array argmin(Array x, int axis, DType indexDtype) {
    return ArgReductions.argmin(x, axis, indexDtype);
  }

  /**
   * Reduces an array over dimensions by a function of two scalars, which forms a monoid with the
   * initial value. {@code Lax.reduce(array(2, 3), scalar(1), (x, y) -> x.times(y), 0)} is {@code
   * 6}.
   */
  public static Array reduce(Array x, Array initValue, Op2 computation, int... dimensions) {
    return Reducers.reduce(x, initValue, computation, Axes.of(dimensions));
  }

  /** Reduces N arrays of one shape together by a function of N scalars and N more. */
  public static List<Array> reduce(
      List<Array> operands,
      List<Array> initValues,
      BinaryOperator<List<Array>> computation,
      int... dimensions) {
    return Reducers.reduce(operands, initValues, computation, Axes.of(dimensions));
  }

  /**
   * Reduces the windows of an array by a function of two scalars; see {@link #reduce}. {@code
   * Lax.reduceWindow(array(1f, 2f, 3f, 4f), scalar(0f), (x, y) -> x.plus(y),
   * dev.jacobi.lax.Window.of(2).withStrides(2))} is {@code [3. 7.]}.
   */
  public static Array reduceWindow(Array x, Array initValue, Op2 computation, Window window) {
    return Reducers.reduceWindow(x, initValue, computation, window);
  }

  /** Reduces the windows of N arrays of one shape together. */
  public static List<Array> reduceWindow(
      List<Array> operands,
      List<Array> initValues,
      BinaryOperator<List<Array>> computation,
      Window window) {
    return Reducers.reduceWindow(operands, initValues, computation, window);
  }

  /**
   * Sorted along a dimension, equal elements in their order. NaNs come last; complex numbers are
   * ordered by their real, then imaginary parts. {@code Lax.sort(array(3, 1, 2), 0)} is {@code [1 2
   * 3]}.
   */
  public static Array sort(Array x, int dimension) {
    return Sort.sort(x, axis("sort", dimension, x.rank()), true);
  }

  /**
   * Arrays of one shape sorted together.
   *
   * @param isStable whether equal elements keep their order
   * @param numKeys how many of the arrays decide, the first one before the others
   */
  public static List<Array> sort(
      List<Array> operands, int dimension, boolean isStable, int numKeys) {
    int rank = operands.isEmpty() ? 0 : operands.getFirst().rank();
    return Sort.sort(operands, axis("sort", dimension, rank), isStable, numKeys);
  }

  /**
   * Keys and values sorted together by the keys along a dimension, equal ones in their order.
   * {@code Lax.sortKeyVal(array(3, 1, 2), array(30, 10, 20), 0)} is {@code [[1 2 3], [10 20 30]]}.
   */
  public static List<Array> sortKeyVal(Array keys, Array values, int dimension) {
    return sort(List.of(keys, values), dimension, true, 1);
  }

  /**
   * The k largest elements along an axis, largest first (NaNs before all), and their places. {@code
   * Lax.topK(array(3, 1, 2), 2, 0).values()} is {@code [3 2]}.
   */
  public static TopK topK(Array x, long k, int axis) {
    List<Array> found = Sort.topK(x, k, axis("top_k", axis, x.rank()));
    return new TopK(found.get(0), found.get(1));
  }
}
