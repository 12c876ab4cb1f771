package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.SpecialFunctions;
import java.util.ArrayList;
import java.util.List;

/** Differences and sums in place of derivatives and integrals, and windows for spectra. */
public abstract class JnpCalculus extends JnpPolynomial {
  JnpCalculus() {}

  /**
   * Slopes along each dimension, elements at distance 1: central differences, one-sided at ends.
   * {@code gradient(array(1f, 2f, 4f, 7f))} is {@code [[1. 1.5 2.5 3. ]]}.
   */
  public static List<Array> gradient(Array x) {
    return gradient(x, weak(1.0));
  }

  /** Slopes along dimensions, all if none is given, elements at one distance. */
  public static List<Array> gradient(Array x, Array distance, int... axes) {
    Axes over = axes.length == 0 ? Axes.range(x.rank()) : axes("gradient", x.rank(), axes);
    return gradient(x, java.util.Collections.nCopies(over.size(), distance), axes);
  }

  /** Slopes along dimensions, elements at distances (scalars) or coordinates (vectors) for each. */
  public static List<Array> gradient(Array x, List<Array> spacing, int... axes) {
    Axes over = axes.length == 0 ? Axes.range(x.rank()) : axes("gradient", x.rank(), axes);
    if (spacing.size() != over.size()) {
      throw new LaxTypeException("gradient", spacing.size() + " distances for dimensions " + over);
    }
    List<Array> all = new ArrayList<>(spacing);
    all.add(x);
    DType t = inexactType(Promotion.join(all.stream().map(Array::aval).toList()).dtype());
    Array values = Promotion.convert(x, t, false);
    List<Array> slopes = new ArrayList<>();
    for (int k = 0; k < over.size(); k++) {
      int d = over.get(k);
      Array h = Promotion.convert(spacing.get(k), t, false);
      if (x.dim(d) < 2 || h.rank() > 1 || h.rank() == 1 && h.dim(0) != x.dim(d)) {
        throw new LaxTypeException(
            "gradient", "distances " + h.aval() + " along dimension " + d + " of " + x.aval());
      }
      slopes.add(jitted("gradient", d, a -> slope(a.get(0), a.get(1), d), values, h));
    }
    return slopes;
  }

  /** Second-order differences; source: Fornberg, Generation of finite difference formulas. */
  private static Array slope(Array x, Array h, int d) {
    Array first = subtract(part(x, d, range(1, 2)), part(x, d, range(0, 1)));
    Array last = subtract(part(x, d, from(-1)), part(x, d, range(-2, -1)));
    if (h.rank() == 0) {
      Array both = subtract(part(x, d, from(2)), part(x, d, until(-2)));
      Array inner = trueDivide(multiply(both, weak(0.5)), h);
      return Concatenation.concatenate(
          List.of(trueDivide(first, h), inner, trueDivide(last, h)), d);
    }
    long[] sizes = dev.jacobi.hlo.Longs.fill(x.rank(), 1).toArray();
    sizes[d] = h.dim(0);
    Array at = Shapes.reshape(h, Shape.of(sizes));
    Array step = subtract(part(at, d, from(1)), part(at, d, until(-1)));
    Array before = part(step, d, until(-1));
    Array behind = part(step, d, from(1));
    Array sum = add(before, behind);
    Array a = trueDivide(negative(behind), multiply(before, sum));
    Array b = trueDivide(subtract(behind, before), multiply(before, behind));
    Array c = trueDivide(before, multiply(behind, sum));
    Array inner =
        add(
            add(multiply(a, part(x, d, until(-2))), multiply(b, part(x, d, range(1, -1)))),
            multiply(c, part(x, d, from(2))));
    return Concatenation.concatenate(
        List.of(
            trueDivide(first, part(step, d, until(1))),
            inner,
            trueDivide(last, part(step, d, from(-1)))),
        d);
  }

  /**
   * The integral along the last dimension by the trapezoidal rule, elements at distance 1. {@code
   * trapezoid(array(1f, 2f, 3f))} is {@code 4.0}.
   */
  public static Array trapezoid(Array y) {
    return trapezoid(y, 1.0, -1);
  }

  /** The integral along a dimension by the trapezoidal rule, elements at one distance. */
  public static Array trapezoid(Array y, double distance, int axis) {
    int d = axis("trapezoid", y.rank(), axis);
    Array values = inexact(y);
    return jitted(
        "trapezoid",
        d,
        a -> {
          Array last = moveaxis(a.get(0), d, -1);
          int end = last.rank() - 1;
          Array ends = add(at(last, end, 0), at(last, end, -1));
          return multiply(a.get(1), subtract(sum(last, end), multiply(weak(0.5), ends)));
        },
        values,
        weak(distance));
  }

  private static Array at(Array x, int d, int position) {
    long from = position < 0 ? x.dim(d) + position : position;
    return Shapes.squeeze(part(x, d, range(from, from + 1)), Axes.of(d));
  }

  /** The same at coordinates: a vector along the dimension, or an array like y. */
  public static Array trapezoid(Array y, Array x, int axis) {
    int d = axis("trapezoid", y.rank(), axis);
    boolean fits = x.rank() == 1 && x.dim(0) == y.dim(d) || x.shape().equals(y.shape());
    if (!fits) {
      throw new ShapeMismatchException(
          "trapezoid", "must be equal, or x a vector along dimension " + d, List.of(y, x));
    }
    DType t = inexactType(Promotion.join(List.of(x.aval(), y.aval())).dtype());
    return jitted(
        "trapezoid",
        List.of("x", d),
        a -> {
          Array values = moveaxis(Promotion.convert(a.get(0), t, false), d, -1);
          Array places = Promotion.convert(a.get(1), t, false);
          Array step = diff(places.rank() == 1 ? places : moveaxis(places, d, -1));
          int end = values.rank() - 1;
          Array pairs = add(part(values, end, from(1)), part(values, end, until(-1)));
          return multiply(weak(0.5), sum(multiply(step, pairs), end));
        },
        y,
        x);
  }

  /**
   * A triangle of n numbers, 0 at its ends, as f32. {@code bartlett(5)} is {@code [0. 0.5 1. 0.5 0.
   * ]}.
   */
  public static Array bartlett(long n) {
    Array at = places("bartlett", n);
    Array distance = abs(subtract(multiply(at, weak(2.0)), weak(n - 1.0)));
    return n <= 1 ? at : narrow(subtract(weak(1.0), trueDivide(distance, weak(n - 1.0))));
  }

  /**
   * Blackman's window of n numbers, as f32. {@code blackman(3)} is {@code [-1.3877788e-17
   * 1.0000000e+00 -1.3877788e-17]}.
   */
  public static Array blackman(long n) {
    Array at = places("blackman", n);
    Array first = multiply(wave(at, n, 1), weak(0.5));
    Array second = multiply(wave(at, n, 2), weak(0.08));
    return n <= 1 ? at : narrow(add(subtract(weak(0.42), first), second));
  }

  /** Hamming's window of n numbers, as f32. {@code hamming(3)} is {@code [0.08 1. 0.08]}. */
  public static Array hamming(long n) {
    Array at = places("hamming", n);
    return n <= 1 ? at : narrow(subtract(weak(0.54), multiply(wave(at, n, 1), weak(0.46))));
  }

  /** Von Hann's window of n numbers, as f32. {@code hanning(3)} is {@code [0. 1. 0.]}. */
  public static Array hanning(long n) {
    Array at = places("hanning", n);
    return n <= 1 ? at : narrow(subtract(weak(0.5), multiply(wave(at, n, 1), weak(0.5))));
  }

  /**
   * Kaiser's window of n numbers, as f32; beta 0 is flat, greater ones fall faster. {@code
   * kaiser(3, 0)} is {@code [1. 1. 1.]}.
   */
  public static Array kaiser(long n, double beta) {
    Array at = places("kaiser", n);
    if (n <= 1) {
      return at;
    }
    double half = 0.5 * (n - 1);
    Array x = trueDivide(subtract(at, weak(half)), weak(half));
    Array root = sqrt(maximum(subtract(weak(1.0), square(x)), weak(0.0)));
    Array top = bessel(multiply(root, weak(beta)));
    Array bottom = bessel(Scalars.of(DType.F64, beta));
    return narrow(trueDivide(top, bottom));
  }

  /** 0 to n - 1 in f64, which keeps all digits of f32; ones if there is one at most. */
  private static Array places(String function, long n) {
    Shape shape = Dims.shape(function, n);
    return n <= 1 ? ones(shape, DType.F32) : Shapes.iota(DType.F64, shape, 0);
  }

  private static Array wave(Array at, long n, int times) {
    return cos(multiply(at, weak(2 * Math.PI * times / Math.max(1, n - 1))));
  }

  private static Array narrow(Array x) {
    return astype(x, DType.F32);
  }

  /**
   * The modified Bessel function of order 0. {@code i0(array(0f, 1f))} is {@code [1.0000001
   * 1.266066 ]}.
   */
  public static Array i0(Array x) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException("i0", "takes real numbers, not " + x.aval());
    }
    return bessel(inexact(x));
  }

  private static Array bessel(Array x) {
    Array growth = Elementary.exp(Arithmetic.abs(x));
    return Arithmetic.mul(growth, SpecialFunctions.besselI0e(x));
  }

  /**
   * Products of matrices (..., n, m) and vectors (..., m), which broadcast: (..., n). {@code
   * matvec(eye(2), array(3f, 4f))} is {@code [3. 4.]}.
   */
  public static Array matvec(Array x, Array y) {
    if (x.rank() < 2 || y.rank() < 1 || x.dim(-1) != y.dim(-1)) {
      throw new ShapeMismatchException("matvec", "must be (..., n, m) and (..., m)", List.of(x, y));
    }
    Array column = Shapes.expandDims(y, Axes.of(y.rank()));
    Array product = matmul(x, column);
    return Shapes.squeeze(product, Axes.of(product.rank() - 1));
  }

  /**
   * Products of conjugated vectors (..., n) and matrices (..., n, m), which broadcast: (..., m).
   * {@code vecmat(array(3f, 4f), eye(2))} is {@code [3. 4.]}.
   */
  public static Array vecmat(Array x, Array y) {
    if (x.rank() < 1 || y.rank() < 2 || x.dim(-1) != y.dim(-2)) {
      throw new ShapeMismatchException("vecmat", "must be (..., n) and (..., n, m)", List.of(x, y));
    }
    Array row = Shapes.expandDims(conj(x), Axes.of(x.rank() - 1));
    Array product = matmul(row, y);
    return Shapes.squeeze(product, Axes.of(product.rank() - 2));
  }
}
