package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Index;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.trace.NullArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Functions with what Python's callers give by keywords: element types, ends, sorters. */
public abstract class JnpKeywords extends JnpOptions {
  JnpKeywords() {}

  /** {@link #cumsum(Array, int)} of the elements in another type, which the result has. */
  public static Array cumsum(Array x, int axis, DType dtype) {
    return cumsum(as(x, dtype), axis);
  }

  /** {@link #cumprod(Array, int)} of the elements in another type, which the result has. */
  public static Array cumprod(Array x, int axis, DType dtype) {
    return cumprod(as(x, dtype), axis);
  }

  /** {@link #nancumsum(Array, int)} of the elements in another type, which the result has. */
  public static Array nancumsum(Array x, int axis, DType dtype) {
    return cumsum(as(numbers(x, 0), dtype), axis);
  }

  /** {@link #nancumprod(Array, int)} of the elements in another type, which the result has. */
  public static Array nancumprod(Array x, int axis, DType dtype) {
    return cumprod(as(numbers(x, 1), dtype), axis);
  }

  /** {@link #cumulativeSum(Array, int, boolean)} in another type. */
  public static Array cumulativeSum(Array x, int axis, boolean includeInitial, DType dtype) {
    Array sums = cumsum(as(x, dtype), axis);
    return includeInitial ? after(sums, axis, 0) : sums;
  }

  /** {@link #cumulativeProd(Array, int, boolean)} in another type. */
  public static Array cumulativeProd(Array x, int axis, boolean includeInitial, DType dtype) {
    Array products = cumprod(as(x, dtype), axis);
    return includeInitial ? after(products, axis, 1) : products;
  }

  private static Array after(Array x, int axis, double first) {
    Shape one = x.shape().with(axis("cumulative", x.rank(), axis), 1);
    return concatenate(List.of(full(one, first, x.dtype()), x), axis);
  }

  private static Array numbers(Array x, double instead) {
    return x.dtype().isInexact() ? where(isnan(x), Scalars.like(x, instead), x) : x;
  }

  private static Array as(Array x, DType dtype) {
    return Promotion.convert(x, dtype, false);
  }

  private static List<Array> as(String function, List<Array> arrays, DType dtype) {
    NullArgumentException.requireArrays(function, arrays.toArray());
    return arrays.stream().map(a -> as(a, dtype)).toList();
  }

  /** {@link #concatenate(List, int)} in an element type. */
  public static Array concatenate(List<Array> arrays, int axis, DType dtype) {
    return concatenate(as("concatenate", arrays, dtype), axis);
  }

  /** {@link #stack(List, int)} in an element type. */
  public static Array stack(List<Array> arrays, int axis, DType dtype) {
    return stack(as("stack", arrays, dtype), axis);
  }

  /** {@link #vstack} in an element type. */
  public static Array vstack(List<Array> arrays, DType dtype) {
    return vstack(as("vstack", arrays, dtype).toArray(Array[]::new));
  }

  /** {@link #hstack} in an element type. */
  public static Array hstack(List<Array> arrays, DType dtype) {
    return hstack(as("hstack", arrays, dtype).toArray(Array[]::new));
  }

  /** {@link #dstack} in an element type. */
  public static Array dstack(List<Array> arrays, DType dtype) {
    return dstack(as("dstack", arrays, dtype).toArray(Array[]::new));
  }

  /**
   * Powers of a base from {@code base^start} to {@code base^stop} for the elements of two arrays,
   * along a new dimension.
   */
  public static Array logspace(
      Array start, Array stop, long count, boolean endpoint, Array base, int axis) {
    return power(base, linspace(start, stop, count, endpoint, axis));
  }

  /**
   * f32 numbers at equal ratios.
   *
   * @param endpoint whether the last one is stop
   */
  public static Array geomspace(double start, double stop, long count, boolean endpoint) {
    if (start == 0 || stop == 0 || start < 0 != stop < 0) {
      return geomspace(start, stop, count); // says what is wrong
    }
    return geomspace(full(Shape.scalar(), start), full(Shape.scalar(), stop), count, endpoint, 0);
  }

  /**
   * Numbers at equal ratios between the elements of two arrays, along a new dimension; elements
   * that belong together have one sign and are not 0, else results are NaN.
   *
   * @param endpoint whether the last one is stop
   */
  public static Array geomspace(Array start, Array stop, long count, boolean endpoint, int axis) {
    DType t = inexactType(Promotion.join(List.of(start.aval(), stop.aval())).dtype());
    if (t.isComplex()) {
      throw new LaxTypeException("geomspace", "takes real numbers, not " + t);
    }
    Array[] ends = Promotion.broadcast("geomspace", as(start, t), as(stop, t));
    Array both = logicalAnd(less(ends[0], weak(0)), less(ends[1], weak(0)));
    Array sign = where(both, Scalars.of(t, -1), Scalars.of(t, 1));
    Array from = log10(multiply(sign, ends[0]));
    Array to = log10(multiply(sign, ends[1]));
    Array ratios = power(Scalars.of(t, 10), linspace(from, to, count, endpoint, 0));
    Array all = multiply(sign, ratios);
    if (count > 1) { // the ends exactly
      Array rest = part(all, 0, endpoint ? range(1, -1) : from(1));
      Array first = expandDims(ends[0], 0);
      Array last = expandDims(ends[1], 0);
      List<Array> parts = endpoint ? List.of(first, rest, last) : List.of(first, rest);
      all = Concatenation.concatenate(parts, 0);
    }
    return moveaxis(all, 0, axis);
  }

  /**
   * {@link #fillDiagonal(Array, Array)}; in a matrix with more rows than columns the diagonal
   * begins again after a row without it, as in NumPy (JAX does not have this).
   */
  public static Array fillDiagonal(Array x, Array values, boolean wrap) {
    if (!wrap || x.rank() != 2 || x.dim(0) <= x.dim(1)) {
      return fillDiagonal(x, values);
    }
    long step = x.dim(1) + 1;
    Array places = arange(0, x.size(), step);
    Array some = values.rank() == 0 ? values : Places.tiled("fillDiagonal", values, places.dim(0));
    Array flat = ravel(x).at(JnpIndex.ix(places)).unique().set(as(some, x.dtype()));
    return flat.reshape(x.shape().toArray());
  }

  /** {@link #polymul(Array, Array)} without zeros in front of operands, whose values are known. */
  public static Array polymul(Array x, Array y, boolean trimLeadingZeros) {
    boolean trims = trimLeadingZeros && x.rank() == 1 && y.rank() == 1;
    return trims ? polymul(led(x), led(y)) : polymul(x, y);
  }

  private static Array led(Array x) {
    return trimZeros(x, true, false);
  }

  /**
   * {@link #polydiv(Array, Array)} whose remainder has no zeros in front but for its last element;
   * values must be known. Zero is what is less than the root of the type's epsilon.
   */
  public static JnpPolynomial.Polydiv polydiv(Array u, Array v, boolean trimLeadingZeros) {
    JnpPolynomial.Polydiv division = polydiv(u, v);
    if (!trimLeadingZeros) {
      return division;
    }
    Array rest = division.remainder();
    double least = Math.sqrt(Finfo.of(rest.dtype()).eps());
    Array some = greaterEqual(abs(rest), weak(least));
    boolean[] set =
        Concrete.value("polydiv", some, "Call it without trimming, which keeps zeros in front.")
            .toBooleanArray();
    int zeros =
        IntStream.range(0, set.length)
            .filter(k -> set[k])
            .findFirst()
            .orElse(Math.max(0, set.length - 1));
    return new JnpPolynomial.Polydiv(division.quotient(), part(rest, 0, from(zeros)));
  }

  /**
   * {@link #searchsorted(Array, Array, Side)} in a vector that a sorter sorts: {@code
   * searchsorted(x, elements, Side.LEFT, argsort(x))}.
   */
  public static Array searchsorted(Array vector, Array elements, Side side, Array sorter) {
    return searchsorted(take(vector, sorter, 0), elements, side);
  }

  /**
   * The step of {@code linspace(start, stop, count, endpoint)}: NumPy's {@code retstep}. {@code
   * linspaceStep(0, 1, 5, true)} is {@code 0.25}.
   */
  public static double linspaceStep(double start, double stop, long count, boolean endpoint) {
    long steps = endpoint ? count - 1 : count;
    return steps < 1 ? Double.NaN : (stop - start) / steps;
  }

  /** {@link #take(Array, Array, int)} with a value for indices out of bounds. */
  public static Array take(Array x, Array indices, int axis, double fill) {
    int d = axis("take", x.rank(), axis);
    Index[] place = new Index[d + 1];
    Arrays.fill(place, all());
    place[d] = ix(indices);
    return x.at(place).getOr(fill);
  }

  /** {@link #countNonzero(Array, int...)} with options. */
  public static Array countNonzero(Array x, Over options) {
    return sum(truth(x), options);
  }
}
