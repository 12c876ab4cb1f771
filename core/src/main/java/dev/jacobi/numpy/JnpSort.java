package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Sort;
import dev.jacobi.lax.Zeros;
import dev.jacobi.transform.NamedJit;
import java.util.ArrayList;
import java.util.List;

/**
 * Order: sorting, selecting, searching, quantiles. NaNs are greater than all numbers; complex
 * numbers are ordered by their real, then their imaginary parts. Positions are i32, or i64 in a
 * dimension of more than 2^31-1 elements.
 */
public abstract class JnpSort extends JnpCumulative {
  JnpSort() {}

  /**
   * What is sorted, for options: {@code sort(x, along(0).descending())}. {@code sort(array(new
   * int[][] {{3, 1}, {2, 4}}), along(0))} is {@code [[2 1] [3 4]]}.
   */
  public static Along along(int axis) {
    return new Along(axis, true, false);
  }

  /** Sorted along the last dimension. {@code sort(array(3, 1, 2))} is {@code [1 2 3]}. */
  public static Array sort(Array x) {
    return sort(x, along(-1));
  }

  /** Sorted along a dimension. */
  public static Array sort(Array x, int axis) {
    return sort(x, along(axis));
  }

  public static Array sort(Array x, Along options) {
    Along along = options.of("sort", x.rank());
    return jitted("sort", along, a -> sorted(a.getFirst(), along), x);
  }

  private static Array sorted(Array x, Along along) {
    Array up = Sort.sort(x, along.axis(), along.isStable());
    return along.isDescending() ? Concatenation.rev(up, Axes.of(along.axis())) : up;
  }

  /**
   * The positions in which the elements of the last dimension are sorted. {@code argsort(array(3,
   * 1, 2))} is {@code [1 2 0]}.
   */
  public static Array argsort(Array x) {
    return argsort(x, along(-1));
  }

  public static Array argsort(Array x, int axis) {
    return argsort(x, along(axis));
  }

  public static Array argsort(Array x, Along options) {
    Along along = options.of("argsort", x.rank());
    return jitted("argsort", along, a -> argsorted(a.getFirst(), along), x);
  }

  private static Array argsorted(Array x, Along along) {
    int d = along.axis();
    Array places = Shapes.iota(index(x.dim(d)), x.shape(), d);
    Axes axes = Axes.of(d);
    // reversed before and after, equal elements keep their order
    boolean twice = along.isDescending() && along.isStable();
    Array keys = twice ? Concatenation.rev(x, axes) : x;
    Array from = twice ? Concatenation.rev(places, axes) : places;
    Array up = Sort.sort(List.of(keys, from), d, along.isStable(), 1).getLast();
    return along.isDescending() ? Concatenation.rev(up, axes) : up;
  }

  private static DType index(long size) {
    return size > Integer.MAX_VALUE ? DType.I64 : DType.I32;
  }

  /**
   * The positions in which arrays of one shape are sorted by the last one, then the one before.
   * {@code lexsort(List.of(array(1, 2, 0), array(0, 0, 1)))} is {@code [0 1 2]}.
   */
  public static Array lexsort(List<Array> keys) {
    return lexsort(keys, -1);
  }

  public static Array lexsort(List<Array> keys, int axis) {
    if (keys.isEmpty()) {
      throw new LaxTypeException("lexsort", "needs a key");
    }
    Shape shape = keys.getFirst().shape();
    if (shape.isScalar()) {
      return Scalars.ofLong(DType.I32, 0);
    }
    int d = axis("lexsort", shape.rank(), axis);
    return NamedJit.call("lexsort", d, a -> List.of(lexsorted(a, d)), keys).getFirst();
  }

  private static Array lexsorted(List<Array> keys, int d) {
    List<Array> all = new ArrayList<>(keys.reversed());
    Shape shape = keys.getFirst().shape();
    all.add(Shapes.iota(index(shape.dim(d)), shape, d));
    return Sort.sort(all, d, true, keys.size()).getLast();
  }

  /**
   * The k largest elements of the last dimension, the largest first, and their positions. {@code
   * topK(array(3, 1, 2), 2).values()} is {@code [3 2]}.
   */
  public static TopK topK(Array x, long k) {
    return topK(x, k, -1);
  }

  public static TopK topK(Array x, long k, int axis) {
    List<Array> found = Sort.topK(x, k, axis("topK", x.rank(), axis));
    return new TopK(found.get(0), found.get(1));
  }

  /**
   * The elements of the last dimension with the one in its place that sorting would put at {@code
   * kth}; those before it are not greater, those after it not less. Neither part is in the order
   * that NumPy gives it. {@code partition(array(3, 1, 2), 1)} is {@code [1 2 3]}.
   */
  public static Array partition(Array x, int kth) {
    return partition(x, kth, -1);
  }

  public static Array partition(Array x, int kth, int axis) {
    int d = axis("partition", x.rank(), axis);
    int k = place("partition", x, kth, d);
    return jitted("partition", List.of(k, d), a -> partitioned(a.getFirst(), k, d), x);
  }

  private static int place(String function, Array x, int kth, int d) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException(function, "takes real numbers, not " + x.aval());
    }
    long k = kth < 0 ? kth + x.dim(d) : kth;
    if (k < 0 || k >= x.dim(d)) {
      throw new LaxTypeException(
          function, "place " + kth + " is outside of dimension " + d + " of shape " + x.shape());
    }
    return Math.toIntExact(k);
  }

  private static Array partitioned(Array x, int k, int d) {
    int last = x.rank() - 1;
    Array rows = swapaxes(x, d, last);
    Array least = mirrored(Sort.topK(mirrored(rows), k + 1L, last).getFirst());
    Array most = Sort.topK(rows, rows.dim(last) - k - 1, last).getFirst();
    return swapaxes(Concatenation.concatenate(List.of(least, most), last), last, d);
  }

  /** In reverse order: the negative; of unsigned numbers, less one, so that 0 becomes the most. */
  private static Array mirrored(Array x) {
    boolean unsigned = x.dtype().isUnsigned();
    return unsigned
        ? Arithmetic.sub(Arithmetic.neg(x), Zeros.full(Scalars.ofLong(x.dtype(), 1), x.shape()))
        : Arithmetic.neg(x);
  }

  /**
   * The positions of what {@link #partition} gives. {@code argpartition(array(3, 1, 2), 1)} is
   * {@code [1 2 0]}.
   */
  public static Array argpartition(Array x, int kth) {
    return argpartition(x, kth, -1);
  }

  public static Array argpartition(Array x, int kth, int axis) {
    int d = axis("argpartition", x.rank(), axis);
    int k = place("argpartition", x, kth, d);
    return jitted("argpartition", List.of(k, d), a -> argpartitioned(a.getFirst(), k, d), x);
  }

  private static Array argpartitioned(Array x, int k, int d) {
    int last = x.rank() - 1;
    Array rows = swapaxes(x, d, last);
    Array least = Sort.topK(mirrored(rows), k + 1L, last).getLast();
    Array others = Zeros.full(Scalars.of(DType.F32, 1), rows.shape());
    others = putAlongAxis(others, least, weak(0), last); // equal elements are not taken twice
    Array most = Sort.topK(others, rows.dim(last) - k - 1, last).getLast();
    return swapaxes(Concatenation.concatenate(List.of(least, most), last), last, d);
  }

  /**
   * Where in a sorted vector each element would go, before its equals. {@code searchsorted(array(1,
   * 3, 5), array(2, 5))} is {@code [1 2]}.
   */
  public static Array searchsorted(Array sorted, Array elements) {
    return searchsorted(sorted, elements, Side.LEFT);
  }

  /** Where in a sorted vector each element would go. */
  public static Array searchsorted(Array sorted, Array elements, Side side) {
    if (sorted.rank() != 1 || sorted.dtype().isComplex() || elements.dtype().isComplex()) {
      throw new LaxTypeException(
          "searchsorted", "searches vectors of real numbers, not " + sorted.aval());
    }
    return jitted(
        "searchsorted",
        side,
        a -> {
          DType t = Promotion.join(List.of(a.get(0).aval(), a.get(1).aval())).dtype();
          return searched(
              Promotion.convert(a.get(0), t, false), Promotion.convert(a.get(1), t, false), side);
        },
        sorted,
        elements);
  }

  /** Halves the range that is left, for all elements at once. */
  private static Array searched(Array sorted, Array x, Side side) {
    long n = sorted.dim(0);
    DType index = index(n);
    Array low = Zeros.full(Scalars.ofLong(index, 0), x.shape());
    Array high = Zeros.full(Scalars.ofLong(index, n), x.shape());
    for (long left = n; left > 0; left /= 2) {
      Array middle = add(low, rightShift(subtract(high, low), weak(1)));
      Array there = take(sorted, middle, 0, Mode.CLIP);
      Array goesLeft = side == Side.LEFT ? logicalNot(before(there, x)) : before(x, there);
      Array next = where(goesLeft, middle, high);
      low = where(goesLeft, low, middle);
      high = next;
    }
    return high;
  }

  /** Whether an element comes before another: NaNs come last. */
  private static Array before(Array x, Array y) {
    return x.dtype().isFloat()
        ? logicalOr(less(x, y), logicalAnd(isnan(y), logicalNot(isnan(x))))
        : less(x, y);
  }

  /**
   * Which of the ranges between the elements of a sorted vector holds each element. {@code
   * digitize(array(0.5f, 1.5f), array(0f, 1f, 2f))} is {@code [1 2]}.
   */
  public static Array digitize(Array x, Array bins) {
    return digitize(x, bins, Side.RIGHT);
  }

  /**
   * Which of the ranges between the elements of a vector, rising or falling, holds each element.
   *
   * @param side where an element goes that is itself a bound
   */
  public static Array digitize(Array x, Array bins, Side side) {
    if (bins.rank() != 1) {
      throw new LaxTypeException("digitize", "bins are a vector, not " + bins.aval());
    }
    if (bins.dim(0) == 0) {
      return Zeros.full(Scalars.ofLong(DType.I32, 0), x.shape());
    }
    return jitted("digitize", side, a -> digitized(a.get(0), a.get(1), side), x, bins);
  }

  private static Array digitized(Array x, Array bins, Side side) {
    Array rising = greaterEqual(bins.get(-1), bins.get(0));
    Array down = Concatenation.rev(bins, Axes.of(0));
    return where(
        rising,
        searchsorted(bins, x, side),
        subtract(weak(bins.dim(0)), searchsorted(down, x, side)));
  }

  /**
   * The middle element, or the mean of the two in the middle; NaN if there is a NaN. {@code
   * median(array(3f, 1f, 2f))} is {@code 2.0}.
   */
  public static Array median(Array x, int... axes) {
    return median(x, over(axes));
  }

  public static Array median(Array x, Over options) {
    Over over = Quantiles.plain("median", options);
    return jitted(
        "median", over.statics(), a -> quantile(a.getFirst(), 0.5, Between.MIDPOINT, over), x);
  }

  /**
   * The element that is at least as great as the part {@code q} of all; q from 0 to 1. {@code
   * quantile(array(1f, 2f, 3f), 0.25)} is {@code 1.5}.
   */
  public static Array quantile(Array x, double q, int... axes) {
    return quantile(x, q, Between.LINEAR, over(axes));
  }

  public static Array quantile(Array x, double q, Between between, Over options) {
    return quantile(x, weak(q), between, options);
  }

  /** The same for every element of a vector q, which becomes the first dimension. */
  public static Array quantile(Array x, Array q, Between between, Over options) {
    Over over = Quantiles.plain("quantile", options);
    return jitted(
        "quantile",
        List.of(between, over.statics()),
        a -> Quantiles.quantile(inexact(a.get(0)), a.get(1), between, over),
        x,
        Quantiles.part(x, q));
  }

  /** {@link #quantile} in hundredths. {@code percentile(array(1f, 2f, 3f), 25)} is {@code 1.5}. */
  public static Array percentile(Array x, double q, int... axes) {
    return percentile(x, weak(q), Between.LINEAR, over(axes));
  }

  public static Array percentile(Array x, Array q, Between between, Over options) {
    Over over = Quantiles.plain("percentile", options);
    return jitted(
        "percentile",
        List.of(between, over.statics()),
        a -> quantile(a.get(0), trueDivide(a.get(1), weak(100)), between, over),
        x,
        Quantiles.part(x, q));
  }
}
