package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Index;
import dev.jacobi.Mode;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Sort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What functions of the classes before this one do with Python's other keyword arguments. */
public abstract class JnpOptions extends JnpTypes {
  JnpOptions() {}

  /** {@link #nanToNum(Array)} with another number in place of NaN. */
  public static Array nanToNum(Array x, double nan) {
    double most = x.dtype().isInexact() ? Special.largest(x.dtype().real()) : 0;
    return nanToNum(x, nan, most, -most);
  }

  /** The same with other numbers in place of infinities, too; in both parts of complex numbers. */
  public static Array nanToNum(Array x, double nan, double posinf, double neginf) {
    if (x.dtype().isComplex()) {
      return Complexes.complex(
          nanToNum(real(x), nan, posinf, neginf), nanToNum(imag(x), nan, posinf, neginf));
    }
    if (!x.dtype().isFloat()) {
      return x;
    }
    Array number = where(isnan(x), Scalars.like(x, nan), x);
    Array below = where(isposinf(number), Scalars.like(x, posinf), number);
    return where(isneginf(below), Scalars.like(x, neginf), below);
  }

  /** {@link #angle(Array)} in degrees, or in radians. */
  public static Array angle(Array x, boolean degrees) {
    return degrees ? rad2deg(angle(x)) : angle(x);
  }

  /**
   * {@link #interp(Array, Array, Array)} with other values beyond the points, or of a periodic
   * function.
   */
  public static Array interp(Array x, Array xs, Array ys, InterpOptions options) {
    if (xs.rank() != 1 || !xs.shape().equals(ys.shape()) || xs.dim(0) < 1) {
      throw new ShapeMismatchException(
          "interp", "must be vectors of one size from 1", List.of(xs, ys));
    }
    Array at = inexact(x);
    Array points = inexact(xs);
    Array values = inexact(ys);
    if (options.period() != null) {
      Array period = abs(options.period());
      List<Array> sorted = Sort.sort(List.of(remainder(points, period), values), 0, true, 1);
      Array p = sorted.get(0);
      Array v = sorted.get(1);
      Array before = subtract(part(p, 0, from(-1)), period);
      Array after = add(part(p, 0, until(1)), period);
      points = concatenate(List.of(before, p, after), 0);
      values = concatenate(List.of(part(v, 0, from(-1)), v, part(v, 0, until(1))), 0);
      return Spaces.inside(remainder(at, period), points, values);
    }
    Array inside = Spaces.inside(at, points, values);
    if (options.extrapolates()) {
      return inside;
    }
    Array left = options.left() == null ? values.get(0) : options.left();
    Array right = options.right() == null ? values.get(-1) : options.right();
    Array some = where(less(at, points.get(0)), left, inside);
    return where(greater(at, points.get(-1)), right, some);
  }

  /** Around each dimension what {@code how} says: {@code pad(x, widths, Pad.linearRamp(0))}. */
  public static Array pad(Array x, int[][] widths, Pad how) {
    checkPad(x, widths);
    return Padded.of(x, widths, how);
  }

  /** The same number of elements on both sides of every dimension. */
  public static Array pad(Array x, int width, Pad how) {
    int[][] widths = new int[x.rank()][];
    Arrays.fill(widths, new int[] {width, width});
    return pad(x, widths, how);
  }

  /** The vector product along a dimension of both, and of the result. */
  public static Array cross(Array x, Array y, int axis) {
    return cross(x, y, axis, axis, axis);
  }

  /**
   * The vector product along a dimension of each. Vectors of size 2 lie in a plane; the product of
   * two such is a number.
   *
   * @throws ShapeMismatchException unless these dimensions have size 2 or 3
   */
  public static Array cross(Array x, Array y, int axisx, int axisy, int axisResult) {
    Array a = moveaxis(x, axis("cross", x.rank(), axisx), -1);
    Array b = moveaxis(y, axis("cross", y.rank(), axisy), -1);
    if (!isVector(a) || !isVector(b)) {
      throw new ShapeMismatchException(
          "cross", "must have sizes 2 or 3 in these dimensions", List.of(x, y));
    }
    Array a0 = component(a, 0);
    Array a1 = component(a, 1);
    Array b0 = component(b, 0);
    Array b1 = component(b, 1);
    Array last = subtract(multiply(a0, b1), multiply(a1, b0));
    if (a.dim(-1) == 2 && b.dim(-1) == 2) {
      return last;
    }
    Array a2 = a.dim(-1) == 2 ? zerosLike(a0) : component(a, 2);
    Array b2 = b.dim(-1) == 2 ? zerosLike(b0) : component(b, 2);
    Array first = subtract(multiply(a1, b2), multiply(a2, b1));
    Array second = subtract(multiply(a2, b0), multiply(a0, b2));
    return stack(List.of(first, second, last), axisResult);
  }

  private static boolean isVector(Array x) {
    return x.rank() > 0 && (x.dim(-1) == 2 || x.dim(-1) == 3);
  }

  private static Array component(Array x, int i) {
    return Shapes.squeeze(part(x, x.rank() - 1, range(i, i + 1)), Axes.of(x.rank() - 1));
  }

  /** {@link #isclose(Array, Array, double, double)}; two NaNs are close too, or are not. */
  public static Array isclose(Array x, Array y, double rtol, double atol, boolean equalNan) {
    Array close = isclose(x, y, rtol, atol);
    return equalNan ? logicalOr(close, logicalAnd(isnan(x), isnan(y))) : close;
  }

  /** Whether all elements are close. */
  public static Array allclose(Array x, Array y, double rtol, double atol, boolean equalNan) {
    return all(isclose(x, y, rtol, atol, equalNan));
  }

  /** {@link #arrayEqual(Array, Array)}; two NaNs are equal too, or are not. */
  public static Array arrayEqual(Array x, Array y, boolean equalNan) {
    if (!equalNan || !x.shape().equals(y.shape())) {
      return arrayEqual(x, y);
    }
    return all(logicalOr(equal(x, y), logicalAnd(isnan(x), isnan(y))));
  }

  /** {@link #argmax(Array, int)}; the dimension may stay with size 1. */
  public static Array argmax(Array x, int axis, boolean keepDims) {
    return kept(argmax(x, axis), x, axis, keepDims);
  }

  /** {@link #argmin(Array, int)}; the dimension may stay with size 1. */
  public static Array argmin(Array x, int axis, boolean keepDims) {
    return kept(argmin(x, axis), x, axis, keepDims);
  }

  /** {@link #nanargmax(Array, int)}; the dimension may stay with size 1. */
  public static Array nanargmax(Array x, int axis, boolean keepDims) {
    return kept(nanargmax(x, axis), x, axis, keepDims);
  }

  /** {@link #nanargmin(Array, int)}; the dimension may stay with size 1. */
  public static Array nanargmin(Array x, int axis, boolean keepDims) {
    return kept(nanargmin(x, axis), x, axis, keepDims);
  }

  private static Array kept(Array found, Array x, int axis, boolean keepDims) {
    Axes reduced = Axes.of(axis("argmax", x.rank(), axis));
    return keepDims ? Shapes.expandDims(found, reduced) : found;
  }

  /** {@link #isin(Array, Array)}, or its opposite. */
  public static Array isin(Array x, Array values, boolean invert) {
    return invert ? logicalNot(isin(x, values)) : isin(x, values);
  }

  /** {@link #ptp(Array, int...)} with dimensions kept. */
  public static Array ptp(Array x, Over options) {
    return subtract(max(x, options), min(x, options));
  }

  /** A matrix with all elements of an array on diagonal k. */
  public static Array diagflat(Array x, int k) {
    return diag(ravel(x), k);
  }

  /**
   * One array per vector, of the same shape, in which the vector runs along one dimension.
   *
   * @param sparse whether the other dimensions have size 1
   */
  public static List<Array> meshgrid(List<Array> vectors, GridOrder order, boolean sparse) {
    int rank = vectors.size();
    boolean swaps = order == GridOrder.XY && rank >= 2;
    long[] sizes = new long[rank];
    for (int k = 0; k < rank; k++) {
      if (vectors.get(k).rank() != 1) {
        throw new LaxTypeException("meshgrid", "takes vectors, not " + vectors.get(k).aval());
      }
      sizes[along(k, swaps)] = vectors.get(k).dim(0);
    }
    List<Array> grids = new ArrayList<>();
    for (int k = 0; k < rank; k++) {
      int d = along(k, swaps);
      Shape alone = Shape.of(Longs.fill(rank, 1)).with(d, sizes[d]);
      Shape shape = sparse ? alone : Shape.of(sizes);
      grids.add(Shapes.broadcastInDim(vectors.get(k), shape, Axes.of(d)));
    }
    return grids;
  }

  private static int along(int k, boolean swaps) {
    return swaps && k < 2 ? 1 - k : k;
  }

  /**
   * Per dimension the positions along it as i32, with size 1 in the other dimensions. {@code
   * sparseIndices(2, 2)} is {@code [[[0] [1]], [[0 1]]]}.
   */
  public static List<Array> sparseIndices(long... sizes) {
    List<Array> vectors = new ArrayList<>();
    for (long size : sizes) {
      vectors.add(arange(size).astype(DType.I32));
    }
    return meshgrid(vectors, GridOrder.IJ, true);
  }

  /** {@link #takeAlongAxis(Array, Array, int)} with a mode for positions out of bounds. */
  public static Array takeAlongAxis(Array x, Array indices, int axis, Mode mode) {
    return x.at(place("takeAlongAxis", x, indices, axis)).get(mode);
  }

  /** {@link #putAlongAxis(Array, Array, Array, int)} with a mode for positions out of bounds. */
  public static Array putAlongAxis(Array x, Array indices, Array values, int axis, Mode mode) {
    return x.at(place("putAlongAxis", x, indices, axis)).set(values, mode);
  }

  private static Index[] place(String function, Array x, Array indices, int axis) {
    if (!indices.dtype().isInteger() || indices.rank() != x.rank()) {
      throw new LaxTypeException(
          function, "indices must be integers of rank " + x.rank() + ", not " + indices.aval());
    }
    int d = axis(function, x.rank(), axis);
    Index[] place = new Index[x.rank()];
    for (int k = 0; k < place.length; k++) {
      long size = indices.dim(k) == 1 && k != d ? x.dim(k) : indices.dim(k);
      Shape along = Shape.of(Longs.fill(x.rank(), 1)).with(k, size);
      Array count = Shapes.iota(DType.I32, Shape.of(size), 0);
      place[k] = new Index.Positions(k == d ? indices : Shapes.reshape(count, along));
    }
    return place;
  }

  /**
   * Numbers at equal distances between the elements of two arrays, along a new dimension.
   *
   * @param endpoint whether the last one is stop
   */
  public static Array linspace(Array start, Array stop, long count, boolean endpoint, int axis) {
    DType t = inexactType(Promotion.join(List.of(start.aval(), stop.aval())).dtype());
    Array[] ends =
        Promotion.broadcast(
            "linspace", Promotion.convert(start, t, false), Promotion.convert(stop, t, false));
    int rank = ends[0].rank() + 1;
    int d = axis("linspace", rank, axis);
    long steps = endpoint ? count - 1 : count;
    long[] line = new long[rank];
    Arrays.fill(line, 1);
    line[d] = count;
    Array k = arange(count).astype(t).reshape(line);
    Array part = steps > 0 ? k.div(Scalars.of(t, steps)) : zerosLike(k);
    Array from = Shapes.expandDims(ends[0], Axes.of(d));
    Array to = Shapes.expandDims(ends[1], Axes.of(d));
    Array inside = add(multiply(from, minus(1, part)), multiply(to, part));
    Array last = greaterEqual(k, Scalars.of(t, count - 1));
    return endpoint && count > 1 ? where(last, to, inside) : inside;
  }

  /** f32 powers of a base: from {@code base^start} to {@code base^stop}. */
  public static Array logspace(
      double start, double stop, long count, boolean endpoint, double base) {
    Array exponents = linspace(start, stop, count, endpoint, DType.F32);
    return power(full(Shape.scalar(), base), exponents);
  }

  /** {@link #unwrap(Array, int, double)}; only jumps of at least so much are taken out. */
  public static Array unwrap(Array x, int axis, double period, double discont) {
    if (discont <= period / 2) {
      return unwrap(x, axis, period);
    }
    int d = axis("unwrap", x.rank(), axis);
    Array values = inexact(x);
    Array later = part(values, d, from(1));
    Array step = subtract(later, part(values, d, until(-1)));
    Array small = subtract(remainder(add(step, weak(period / 2)), weak(period)), weak(period / 2));
    Array atEdge = logicalAnd(equal(small, weak(-period / 2)), greater(step, weak(0)));
    Array moved = subtract(where(atEdge, weak(period / 2), small), step);
    Array correction = where(less(abs(step), weak(discont)), Scalars.like(moved, 0), moved);
    Array rest = add(later, cumsum(correction, d));
    return concatenate(List.of(part(values, d, until(1)), rest), d);
  }

  /** {@link #topK(Array, long, int)}, or the k least elements, the least first. */
  public static TopK topK(Array x, long k, int axis, boolean smallest) {
    if (!smallest) {
      return topK(x, k, axis);
    }
    int d = axis("topK", x.rank(), axis);
    if (k < 0 || k > x.dim(d)) {
      throw new LaxTypeException("topK", k + " of " + x.dim(d) + " elements cannot be taken");
    }
    Array order = part(argsort(x, d), d, until(k));
    return new TopK(takeAlongAxis(x, order, d), order);
  }
}
