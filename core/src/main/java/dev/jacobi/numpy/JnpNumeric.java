package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/** More elementwise functions: parts of numbers, and questions about them. */
public abstract class JnpNumeric extends JnpCreate {
  JnpNumeric() {}

  /** A number as fraction and whole part, both with its sign. */
  public record Modf(Array fraction, Array whole) {}

  /** A quotient rounded down and what is left. */
  public record Divmod(Array quotient, Array remainder) {}

  /** A number as {@code mantissa 2^exponent}; the exponent is i32. */
  public record Frexp(Array mantissa, Array exponent) {}

  private static Array real(String function, Array x) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException(function, "takes real numbers, not " + x.aval());
    }
    return inexact(x);
  }

  /**
   * {@code x^y} in floating point, integers too: {@code floatPower(array(2), array(-1))} is 0.5.
   * {@code floatPower(array(2), array(-1))} is {@code [0.5]}.
   */
  public static Array floatPower(Array x, Array y) {
    return floating("floatPower", Powers::pow, x, y);
  }

  /**
   * The magnitude of real numbers as floating-point numbers. {@code fabs(array(-1.5f))} is {@code
   * [1.5]}.
   */
  public static Array fabs(Array x) {
    return Arithmetic.abs(real("fabs", x));
  }

  /** The array itself, as {@code +x}. {@code positive(array(1, -2))} is {@code [ 1 -2]}. */
  public static Array positive(Array x) {
    return x;
  }

  /**
   * The nearest whole number as a floating-point number, halves to the even one. {@code
   * rint(array(0.5f, 1.5f))} is {@code [0. 2.]}.
   */
  public static Array rint(Array x) {
    if (x.dtype().isComplex()) {
      return dev.jacobi.lax.Complexes.complex(rint(JnpMath.real(x)), rint(imag(x)));
    }
    return floating(Elementary::roundEven, x);
  }

  /**
   * Fraction and whole part of real numbers: {@code modf(array(-2.5))} is (-0.5, -2). {@code
   * modf(array(1.5f, -2.25f))} is {@code Modf[fraction=[ 0.5 -0.25], whole=[ 1. -2.]]}.
   */
  public static Modf modf(Array x) {
    Array value = real("modf", x);
    List<Array> parts =
        NamedJit.call(
            "modf",
            "",
            a -> {
              Array v = a.getFirst();
              Array up = Compare.ge(v, Scalars.like(v, 0));
              Array whole = Compare.select(up, Elementary.floor(v), Elementary.ceil(v));
              return List.of(Arithmetic.sub(v, whole), whole);
            },
            List.of(value));
    return new Modf(parts.get(0), parts.get(1));
  }

  /**
   * {@link #floorDivide} and {@link #remainder} together: Python's {@code divmod}. {@code
   * divmod(array(7), array(3))} is {@code Divmod[quotient=[2], remainder=[1]]}.
   */
  public static Divmod divmod(Array x, Array y) {
    Promotion.checkScalars(Promotion.join(List.of(x.aval(), y.aval())), x, y);
    List<Array> parts =
        NamedJit.call(
            "divmod",
            "",
            a ->
                List.of(
                    Integral.floorDivide(a.get(0), a.get(1)),
                    Integral.remainder(a.get(0), a.get(1))),
            Promotion.together(x, y));
    return new Divmod(parts.get(0), parts.get(1));
  }

  /**
   * Real numbers as {@code mantissa 2^exponent}, the mantissa's magnitude in [0.5, 1); zeros,
   * infinities and NaN are their own mantissa, with exponent 0. {@code frexp(array(8f))} is {@code
   * Frexp[mantissa=[0.5], exponent=[4]]}.
   */
  public static Frexp frexp(Array x) {
    Array value = real("frexp", x);
    FloatBits bits = FloatBits.of("frexp", value.dtype());
    List<Array> parts =
        NamedJit.call("frexp", "", a -> bits.frexp(a.getFirst()), Promotion.together(value));
    return new Frexp(parts.get(0), parts.get(1));
  }

  /**
   * {@code x 2^n} for integers n, rounded once, also where {@code 2^n} is out of range. {@code
   * ldexp(array(0.5f), array(4))} is {@code [8.]}.
   */
  public static Array ldexp(Array x, Array n) {
    if (!n.dtype().isInteger() && !n.dtype().isBool()) {
      throw new LaxTypeException("ldexp", "exponents must be integers, but have " + n.aval());
    }
    Array value = real("ldexp", x);
    FloatBits bits = FloatBits.of("ldexp", value.dtype());
    return jitted(
        "ldexp",
        "",
        a -> {
          Array[] all = Promotion.broadcast("ldexp", a.get(0), within(a.get(1)));
          return bits.ldexp(all[0], all[1]);
        },
        value,
        n);
  }

  /** Integers as i32; ones that i32 cannot hold are too large for any exponent. */
  private static Array within(Array n) {
    boolean wide = n.dtype().bits() >= 32 && n.dtype() != DType.I32;
    Array some =
        wide && n.dtype().isUnsigned()
            ? Arithmetic.min(n, Scalars.ofLong(n.dtype(), 1 << 20))
            : wide
                ? Compare.clamp(
                    Scalars.ofLong(n.dtype(), -(1 << 20)), n, Scalars.ofLong(n.dtype(), 1 << 20))
                : n;
    return Convert.convertElementType(some, DType.I32);
  }

  /**
   * The distance from real numbers to the next ones away from zero; of infinities it is NaN. {@code
   * spacing(array(1f))} is {@code [1.1920929e-07]}.
   */
  public static Array spacing(Array x) {
    Array value = real("spacing", x);
    FloatBits bits = FloatBits.of("spacing", value.dtype());
    return jitted("spacing", "", a -> bits.spacing(a.getFirst()), value);
  }

  /**
   * Where the imaginary part is 0; everywhere for real numbers. {@code isreal(array(1f, 2f))} is
   * {@code [ True True]}.
   */
  public static Array isreal(Array x) {
    return x.dtype().isComplex() ? equal(imag(x), weak(0)) : everywhere(x, true);
  }

  /**
   * Where the imaginary part is not 0; nowhere for real numbers. {@code iscomplex(array(1f, 2f))}
   * is {@code [False False]}.
   */
  public static Array iscomplex(Array x) {
    return x.dtype().isComplex() ? notEqual(imag(x), weak(0)) : everywhere(x, false);
  }

  /**
   * Where real numbers are infinity. {@code isposinf(array(1f, Float.POSITIVE_INFINITY))} is {@code
   * [False True]}.
   */
  public static Array isposinf(Array x) {
    return infinite("isposinf", x, Double.POSITIVE_INFINITY);
  }

  /**
   * Where real numbers are minus infinity. {@code isneginf(array(1f, Float.NEGATIVE_INFINITY))} is
   * {@code [False True]}.
   */
  public static Array isneginf(Array x) {
    return infinite("isneginf", x, Double.NEGATIVE_INFINITY);
  }

  private static Array infinite(String function, Array x, double infinity) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException(function, "takes real numbers, not " + x.aval());
    }
    return x.dtype().isFloat() ? Compare.eq(x, Scalars.like(x, infinity)) : everywhere(x, false);
  }

  /** Whether the element type is complex. {@code iscomplexobj(array(1f))} is {@code false}. */
  public static boolean iscomplexobj(Array x) {
    return x.dtype().isComplex();
  }

  /** Whether the element type is not complex. {@code isrealobj(array(1f))} is {@code true}. */
  public static boolean isrealobj(Array x) {
    return !x.dtype().isComplex();
  }

  /** Whether the array has no dimensions. {@code isscalar(scalar(1f))} is {@code true}. */
  public static boolean isscalar(Array x) {
    return x.rank() == 0;
  }

  /**
   * Sorted along the last dimension, as complex numbers. {@code sortComplex(array(2f, 1f))} is
   * {@code [1.+0.j 2.+0.j]}.
   */
  public static Array sortComplex(Array x) {
    Array sorted = sort(x);
    DType t = x.dtype();
    boolean wide = t.bits() == 64 && !t.isComplex();
    return t.isComplex()
        ? sorted
        : Convert.convertElementType(sorted, wide ? DType.C128 : DType.C64);
  }

  /**
   * Angles without jumps along the last dimension: multiples of 2 pi make neighbours differ by at
   * most pi. {@code unwrap(array(0f, 3f, -3f))} is {@code [0. 3. 3.2831855]}.
   */
  public static Array unwrap(Array x) {
    return unwrap(x, -1, 2 * Math.PI);
  }

  /** Numbers without jumps along a dimension: neighbours differ by at most half a period. */
  public static Array unwrap(Array x, int axis, double period) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException("unwrap", "takes real numbers, not " + x.aval());
    }
    int d = axis("unwrap", x.rank(), axis);
    if (x.dim(d) == 0) {
      return x;
    }
    boolean whole = !x.dtype().isInexact() && period == Math.rint(period);
    Array p = whole ? weak((long) period) : weak(period);
    return jitted("unwrap", d, a -> unwrapped(a.get(0), a.get(1), d), x, p);
  }

  private static Array unwrapped(Array x, Array period, int d) {
    Promotion.Type type = Promotion.join(List.of(x.aval(), period.aval()));
    Array values = Promotion.convert(x, type.dtype(), false);
    Array full = Promotion.convert(period, type.dtype(), false);
    boolean whole = !type.dtype().isInexact();
    Array half = whole ? floorDivide(full, weak(2)) : trueDivide(full, weak(2));
    Array jump = trueDivide(full, weak(2));
    Array later = part(values, d, from(1));
    Array step = subtract(later, part(values, d, until(-1)));
    Array small = subtract(remainder(add(step, half), full), half);
    Array atEdge = logicalAnd(equal(small, negative(half)), greater(step, weak(0)));
    Array kept = where(atEdge, half, small);
    Array moved = subtract(kept, step);
    Array correction = where(less(abs(step), jump), Scalars.like(moved, 0), moved);
    Array rest = add(later, cumsum(correction, d));
    return concatenate(List.of(part(values, d, until(1)), rest), d);
  }
}
