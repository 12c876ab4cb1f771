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

  public static Array exp(Array x) {
    return floating(Elementary::exp, x);
  }

  /** {@code 2^x}. */
  public static Array exp2(Array x) {
    return floating(Elementary::exp2, x);
  }

  /** {@code e^x - 1} without cancellation near 0. */
  public static Array expm1(Array x) {
    return floating(Elementary::expm1, x);
  }

  /** The natural logarithm. */
  public static Array log(Array x) {
    return floating(Elementary::log, x);
  }

  /** {@code log(1 + x)} without cancellation near 0. */
  public static Array log1p(Array x) {
    return floating(Elementary::log1p, x);
  }

  public static Array log2(Array x) {
    Array value = inexact(x);
    return Arithmetic.div(Elementary.log(value), Elementary.log(Scalars.like(value, 2)));
  }

  public static Array log10(Array x) {
    Array value = inexact(x);
    return Arithmetic.mul(Elementary.log(value), Scalars.like(value, 1 / Math.log(10)));
  }

  public static Array sin(Array x) {
    return floating(Elementary::sin, x);
  }

  public static Array cos(Array x) {
    return floating(Elementary::cos, x);
  }

  public static Array tan(Array x) {
    return floating(Elementary::tan, x);
  }

  public static Array arcsin(Array x) {
    return floating(Elementary::asin, x);
  }

  public static Array arccos(Array x) {
    return floating(Elementary::acos, x);
  }

  public static Array arctan(Array x) {
    return floating(Elementary::atan, x);
  }

  /** The angle of the point (x, y), in (-pi, pi]. */
  public static Array arctan2(Array y, Array x) {
    return floating("arctan2", Elementary::atan2, y, x);
  }

  public static Array sinh(Array x) {
    return floating(Elementary::sinh, x);
  }

  public static Array cosh(Array x) {
    return floating(Elementary::cosh, x);
  }

  public static Array tanh(Array x) {
    return floating(Elementary::tanh, x);
  }

  public static Array arcsinh(Array x) {
    return floating(Elementary::asinh, x);
  }

  public static Array arccosh(Array x) {
    return jitted("arccosh", "", a -> Elementary.acosh(inexact(a.getFirst())), x);
  }

  public static Array arctanh(Array x) {
    return floating(Elementary::atanh, x);
  }

  public static Array erf(Array x) {
    return floating(Elementary::erf, x);
  }

  /** {@code 1 - erf(x)} without cancellation for large x. */
  public static Array erfc(Array x) {
    return floating(Elementary::erfc, x);
  }

  /** The inverse of {@link #erf}. */
  public static Array erfinv(Array x) {
    return floating(Elementary::erfInv, x);
  }

  static Array floating(String name, BinaryOperator<Array> f, Array x, Array y) {
    Array[] xy = Promotion.promote(name, x, y);
    return f.apply(inexact(xy[0]), inexact(xy[1]));
  }

  /** The greatest whole number not above x; integers are their own. */
  public static Array floor(Array x) {
    return x.dtype().isFloat() ? Elementary.floor(x) : whole(x);
  }

  /** The least whole number not below x. */
  public static Array ceil(Array x) {
    return x.dtype().isFloat() ? Elementary.ceil(x) : whole(x);
  }

  /** The whole number next to x toward zero. */
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

  /** The nearest whole number, halves to the even one. */
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

  /** {@code sqrt(x^2 + y^2)} without overflow. */
  public static Array hypot(Array x, Array y) {
    if (x.dtype().isComplex() || y.dtype().isComplex()) {
      throw new LaxTypeException("hypot", "takes real numbers");
    }
    return jitted("hypot", "", a -> floating("hypot", Special::hypot, a.get(0), a.get(1)), x, y);
  }

  /** {@code log(e^x + e^y)} without overflow. */
  public static Array logaddexp(Array x, Array y) {
    return floating("logaddexp", Special::logaddexp, x, y);
  }

  /** {@code log2(2^x + 2^y)} without overflow. */
  public static Array logaddexp2(Array x, Array y) {
    return floating("logaddexp2", Special::logaddexp2, x, y);
  }

  /** {@code sin(pi x) / (pi x)}, 1 at 0. */
  public static Array sinc(Array x) {
    return jitted("sinc", "", a -> Special.sinc(inexact(a.getFirst())), x);
  }

  public static Array deg2rad(Array x) {
    Array value = inexact(x);
    return Arithmetic.mul(value, Scalars.like(value, Math.PI / 180));
  }

  public static Array rad2deg(Array x) {
    Array value = inexact(x);
    return Arithmetic.mul(value, Scalars.like(value, 180 / Math.PI));
  }

  /** 0 below zero, 1 above, {@code y} at zero. */
  public static Array heaviside(Array x, Array y) {
    return floating("heaviside", Special::heaviside, x, y);
  }

  /** The magnitude of x with the sign of y. */
  public static Array copysign(Array x, Array y) {
    return floating("copysign", (p, q) -> where(signbit(q), negative(abs(p)), abs(p)), x, y);
  }

  /** Whether the sign bit is set; so it is for -0.0. */
  public static Array signbit(Array x) {
    return Special.signbit(x);
  }

  /** The greater element; the other one if one is NaN. */
  public static Array fmax(Array x, Array y) {
    Array[] xy = Promotion.promote("fmax", x, y);
    Array[] all = Promotion.broadcast("fmax", xy);
    Array first = Bits.or(Compare.gt(all[0], all[1]), isnan(all[1]));
    return where(first, all[0], all[1]);
  }

  /** The lesser element; the other one if one is NaN. */
  public static Array fmin(Array x, Array y) {
    Array[] all = Promotion.promote("fmin", x, y);
    Array first = Bits.or(Compare.lt(all[0], all[1]), isnan(all[1]));
    return where(first, all[0], all[1]);
  }

  /** The representable number next to x on the way to y. */
  public static Array nextafter(Array x, Array y) {
    return floating("nextafter", Elementary::nextafter, x, y);
  }
}
