package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import java.util.function.BinaryOperator;

/** Transcendental functions and rounding, elementwise. Integers become floating point. */
public abstract class JnpElementary extends JnpLogic {
  JnpElementary() {}

  /** e to the power of each element. {@code exp(array(0f, 1f))} is {@code [1. 2.7182817]}. */
  public static Array exp(Array x) {
    return floating(Elementary::exp, x);
  }

  /** {@code 2^x}. {@code exp2(array(0f, 3f))} is {@code [1. 8.]}. */
  public static Array exp2(Array x) {
    return floating(Elementary::exp2, x);
  }

  /**
   * {@code e^x - 1} without cancellation near 0. {@code expm1(array(0f, 1e-6f))} is {@code
   * [0.0000000e+00 1.0000005e-06]}.
   */
  public static Array expm1(Array x) {
    return floating(Elementary::expm1, x);
  }

  /** The natural logarithm. {@code log(array(1f, 10f))} is {@code [0. 2.3025851]}. */
  public static Array log(Array x) {
    return floating(Elementary::log, x);
  }

  /**
   * {@code log(1 + x)} without cancellation near 0. {@code log1p(array(0f, 1e-6f))} is {@code
   * [0.000000e+00 9.999995e-07]}.
   */
  public static Array log1p(Array x) {
    return floating(Elementary::log1p, x);
  }

  /** The logarithm to base 2. {@code log2(array(1f, 8f))} is {@code [0. 3.]}. */
  public static Array log2(Array x) {
    Array value = inexact(x);
    return Arithmetic.div(Elementary.log(value), Elementary.log(Scalars.like(value, 2)));
  }

  /** The logarithm to base 10. {@code log10(array(1f, 100f))} is {@code [0. 2.]}. */
  public static Array log10(Array x) {
    Array value = inexact(x);
    return Arithmetic.mul(Elementary.log(value), Scalars.like(value, 1 / Math.log(10)));
  }

  /** The sine of angles in radians. {@code sin(array(0f, 1f))} is {@code [0. 0.841471]}. */
  public static Array sin(Array x) {
    return floating(Elementary::sin, x);
  }

  /** The cosine of angles in radians. {@code cos(array(0f, 1f))} is {@code [1. 0.5403023]}. */
  public static Array cos(Array x) {
    return floating(Elementary::cos, x);
  }

  /** The tangent of angles in radians. {@code tan(array(0f, 1f))} is {@code [0. 1.5574077]}. */
  public static Array tan(Array x) {
    return floating(Elementary::tan, x);
  }

  /**
   * The angle in radians, from -pi/2 to pi/2, with this sine. {@code arcsin(array(0f, 1f))} is
   * {@code [0. 1.5707964]}.
   */
  public static Array arcsin(Array x) {
    return floating(Elementary::asin, x);
  }

  /**
   * The angle in radians, from 0 to pi, with this cosine. {@code arccos(array(0f, 1f))} is {@code
   * [1.5707964 0. ]}.
   */
  public static Array arccos(Array x) {
    return floating(Elementary::acos, x);
  }

  /**
   * The angle in radians, from -pi/2 to pi/2, with this tangent. {@code arctan(array(0f, 1f))} is
   * {@code [0. 0.7853982]}.
   */
  public static Array arctan(Array x) {
    return floating(Elementary::atan, x);
  }

  /**
   * The angle of the point (x, y), in (-pi, pi]. {@code arctan2(array(1f, -1f), array(1f, -1f))} is
   * {@code [ 0.7853982 -2.3561945]}.
   */
  public static Array arctan2(Array y, Array x) {
    return floating("arctan2", Elementary::atan2, y, x);
  }

  /** The hyperbolic sine. {@code sinh(array(0f, 1f))} is {@code [0. 1.1752012]}. */
  public static Array sinh(Array x) {
    return floating(Elementary::sinh, x);
  }

  /** The hyperbolic cosine. {@code cosh(array(0f, 1f))} is {@code [1. 1.5430806]}. */
  public static Array cosh(Array x) {
    return floating(Elementary::cosh, x);
  }

  /** The hyperbolic tangent. {@code tanh(array(0f, 1f))} is {@code [0. 0.7615942]}. */
  public static Array tanh(Array x) {
    return floating(Elementary::tanh, x);
  }

  /**
   * The inverse of the hyperbolic sine. {@code arcsinh(array(0f, 1f))} is {@code [0. 0.8813736]}.
   */
  public static Array arcsinh(Array x) {
    return floating(Elementary::asinh, x);
  }

  /**
   * The inverse of the hyperbolic cosine; NaN below 1. {@code arccosh(array(1f, 2f))} is {@code [0.
   * 1.316958]}.
   */
  public static Array arccosh(Array x) {
    return jitted("arccosh", "", a -> Elementary.acosh(inexact(a.getFirst())), x);
  }

  /**
   * The inverse of the hyperbolic tangent; NaN beyond 1. {@code arctanh(array(0f, 0.5f))} is {@code
   * [0. 0.54930615]}.
   */
  public static Array arctanh(Array x) {
    return floating(Elementary::atanh, x);
  }

  /** The error function. {@code erf(array(0f, 1f))} is {@code [0. 0.8427008]}. */
  public static Array erf(Array x) {
    return floating(Elementary::erf, x);
  }

  /**
   * {@code 1 - erf(x)} without cancellation for large x. {@code erfc(array(0f, 1f))} is {@code [1.
   * 0.1572992]}.
   */
  public static Array erfc(Array x) {
    return floating(Elementary::erfc, x);
  }

  /** The inverse of {@link #erf}. {@code erfinv(array(0f, 0.5f))} is {@code [0. 0.47693628]}. */
  public static Array erfinv(Array x) {
    return floating(Elementary::erfInv, x);
  }

  static Array floating(String name, BinaryOperator<Array> f, Array x, Array y) {
    Array[] xy = Promotion.promote(name, x, y);
    return f.apply(inexact(xy[0]), inexact(xy[1]));
  }

  /**
   * The greatest whole number not above x; integers are their own. {@code floor(array(-1.5f,
   * 1.5f))} is {@code [-2. 1.]}.
   */
  public static Array floor(Array x) {
    return x.dtype().isFloat() ? Elementary.floor(x) : whole(x);
  }

  /** The least whole number not below x. {@code ceil(array(-1.5f, 1.5f))} is {@code [-1. 2.]}. */
  public static Array ceil(Array x) {
    return x.dtype().isFloat() ? Elementary.ceil(x) : whole(x);
  }

  /**
   * The whole number next to x toward zero. {@code trunc(array(-1.5f, 1.5f))} is {@code [-1. 1.]}.
   */
  public static Array trunc(Array x) {
    if (!x.dtype().isFloat()) {
      return whole(x);
    }
    return jitted(
        "trunc",
        "",
        a -> {
          Array value = a.getFirst();
          Array negative = Compare.lt(value, Scalars.like(value, 0));
          return where(negative, Elementary.ceil(value), Elementary.floor(value));
        },
        x);
  }

  private static Array whole(Array x) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException("floor", "complex numbers have no order");
    }
    return x;
  }

  /**
   * The nearest whole number, halves to the even one. {@code round(array(0.5f, 1.5f, 2.4f))} is
   * {@code [0. 2. 2.]}.
   */
  public static Array round(Array x) {
    return round(x, 0);
  }

  /** Rounds to this many decimals, halves to even. */
  public static Array round(Array x, int decimals) {
    if (x.dtype().isBool() || x.dtype().isInteger()) {
      if (decimals < 0 || x.dtype().isBool()) {
        throw new LaxTypeException(
            "round", x.dtype() + " cannot be rounded to " + decimals + " decimals");
      }
      return x;
    }
    return jitted("round", decimals, a -> rounded(a.getFirst(), decimals), x);
  }

  private static Array rounded(Array x, int decimals) {
    if (x.dtype().isComplex()) {
      Array re = rounded(real(x), decimals);
      return Complexes.complex(re, rounded(imag(x), decimals));
    }
    if (decimals == 0) {
      return Elementary.roundEven(x);
    }
    boolean half = x.dtype() == DType.F16 || x.dtype() == DType.BF16;
    Array wide = half ? Convert.convertElementType(x, DType.F32) : x;
    Array factor = Scalars.like(wide, Math.pow(10, decimals));
    Array scaled = Elementary.roundEven(Arithmetic.mul(wide, factor));
    return Convert.convertElementType(Arithmetic.div(scaled, factor), x.dtype());
  }

  /**
   * {@code sqrt(x^2 + y^2)} without overflow. {@code hypot(array(3f), array(4f))} is {@code [5.]}.
   */
  public static Array hypot(Array x, Array y) {
    if (x.dtype().isComplex() || y.dtype().isComplex()) {
      throw new LaxTypeException("hypot", "takes real numbers");
    }
    return jitted("hypot", "", a -> floating("hypot", Special::hypot, a.get(0), a.get(1)), x, y);
  }

  /**
   * {@code log(e^x + e^y)} without overflow. {@code logaddexp(array(0f), array(0f))} is {@code
   * [0.6931472]}.
   */
  public static Array logaddexp(Array x, Array y) {
    return floating("logaddexp", Special::logaddexp, x, y);
  }

  /**
   * {@code log2(2^x + 2^y)} without overflow. {@code logaddexp2(array(0f), array(0f))} is {@code
   * [1.]}.
   */
  public static Array logaddexp2(Array x, Array y) {
    return floating("logaddexp2", Special::logaddexp2, x, y);
  }

  /**
   * {@code sin(pi x) / (pi x)}, 1 at 0. {@code sinc(array(0f, 0.5f))} is {@code [1. 0.63661975]}.
   */
  public static Array sinc(Array x) {
    return jitted("sinc", "", a -> Special.sinc(inexact(a.getFirst())), x);
  }

  /** Degrees as radians. {@code deg2rad(array(0f, 180f))} is {@code [0. 3.1415927]}. */
  public static Array deg2rad(Array x) {
    Array value = inexact(x);
    return Arithmetic.mul(value, Scalars.like(value, Math.PI / 180));
  }

  /** Radians as degrees. {@code rad2deg(array(0f, 1f))} is {@code [ 0. 57.29578]}. */
  public static Array rad2deg(Array x) {
    Array value = inexact(x);
    return Arithmetic.mul(value, Scalars.like(value, 180 / Math.PI));
  }

  /**
   * 0 below zero, 1 above, {@code y} at zero. {@code heaviside(array(-1f, 0f, 1f), scalar(0.5f))}
   * is {@code [0. 0.5 1. ]}.
   */
  public static Array heaviside(Array x, Array y) {
    return floating("heaviside", Special::heaviside, x, y);
  }

  /**
   * The magnitude of x with the sign of y. {@code copysign(array(1f, 2f), array(-1f, 1f))} is
   * {@code [-1. 2.]}.
   */
  public static Array copysign(Array x, Array y) {
    return floating("copysign", (p, q) -> where(signbit(q), negative(abs(p)), abs(p)), x, y);
  }

  /**
   * Whether the sign bit is set; so it is for -0.0. {@code signbit(array(-0f, 1f))} is {@code [
   * True False]}.
   */
  public static Array signbit(Array x) {
    return Special.signbit(x);
  }

  /**
   * The greater element; the other one if one is NaN. {@code fmax(array(1f, Float.NaN), array(2f,
   * 0f))} is {@code [2. 0.]}.
   */
  public static Array fmax(Array x, Array y) {
    Array[] xy = Promotion.promote("fmax", x, y);
    Array[] all = Promotion.broadcast("fmax", xy);
    Array first = Bits.or(Compare.gt(all[0], all[1]), isnan(all[1]));
    return where(first, all[0], all[1]);
  }

  /**
   * The lesser element; the other one if one is NaN. {@code fmin(array(1f, Float.NaN), array(2f,
   * 0f))} is {@code [1. 0.]}.
   */
  public static Array fmin(Array x, Array y) {
    Array[] all = Promotion.promote("fmin", x, y);
    Array first = Bits.or(Compare.lt(all[0], all[1]), isnan(all[1]));
    return where(first, all[0], all[1]);
  }

  /**
   * The representable number next to x on the way to y. {@code nextafter(array(1f), array(2f))} is
   * {@code [1.0000001]}.
   */
  public static Array nextafter(Array x, Array y) {
    return floating("nextafter", Elementary::nextafter, x, y);
  }
}
