package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;

/**
 * Mathematical functions of vectors (or scalars) of half, bfloat, float or double. The 16-bit types
 * are computed in float and rounded once at the end. NaN, infinities, signed zeros and subnormals
 * are exact; errors are listed in {@code docs/math.md}.
 */
public final class VecMath {
  private VecMath() {}

  private interface Unary {
    Val emit(Num m, Val x);
  }

  private static Val unary(FnEmitter f, Val x, Unary fn) {
    LType type = x.type();
    return switch (type.elem()) {
      case HALF, BFLOAT -> {
        Val wide = Convert.toFloat(f, x);
        yield Convert.fromFloat(f, fn.emit(new Num(f, wide.type()), wide), type);
      }
      case FLOAT, DOUBLE -> fn.emit(new Num(f, type), x);
      case VOID, I1, I8, I16, I32, I64, I128, PTR ->
          throw new IllegalArgumentException("not a floating type: " + type);
    };
  }

  private interface Binary {
    Val emit(Num m, Val x, Val y);
  }

  private static Val binary(FnEmitter f, Val x, Val y, Binary fn) {
    LType type = x.type();
    if (type.bits() != 16) {
      return fn.emit(new Num(f, type), x, y);
    }
    Num m = new Num(f, type.with(LType.FLOAT));
    return Convert.fromFloat(f, fn.emit(m, Convert.toFloat(f, x), Convert.toFloat(f, y)), type);
  }

  /** e to the power x. */
  public static Val exp(FnEmitter f, Val x) {
    return unary(f, x, Exp::exp);
  }

  /** 2 to the power x. */
  public static Val exp2(FnEmitter f, Val x) {
    return unary(f, x, Exp::exp2);
  }

  /** exp(x) - 1, exact near zero. */
  public static Val expm1(FnEmitter f, Val x) {
    return unary(f, x, Exp::expm1);
  }

  /** 1 / (1 + exp(-x)). */
  public static Val logistic(FnEmitter f, Val x) {
    return unary(f, x, Exp::logistic);
  }

  /** Natural logarithm; -inf at zero, NaN below. */
  public static Val log(FnEmitter f, Val x) {
    return unary(f, x, Log::log);
  }

  /** log(1 + x), exact near zero. */
  public static Val log1p(FnEmitter f, Val x) {
    return unary(f, x, Log::log1p);
  }

  /** Square root, correctly rounded. */
  public static Val sqrt(FnEmitter f, Val x) {
    return unary(f, x, Roots::sqrt);
  }

  /** 1 / sqrt(x). */
  public static Val rsqrt(FnEmitter f, Val x) {
    return unary(f, x, Roots::rsqrt);
  }

  /** Cube root. */
  public static Val cbrt(FnEmitter f, Val x) {
    return unary(f, x, Roots::cbrt);
  }

  /** Sine; the right value for arguments of any size. */
  public static Val sin(FnEmitter f, Val x) {
    return unary(f, x, Trig::sin);
  }

  /** Cosine; the right value for arguments of any size. */
  public static Val cos(FnEmitter f, Val x) {
    return unary(f, x, Trig::cos);
  }

  /** Tangent; the right value for arguments of any size. */
  public static Val tan(FnEmitter f, Val x) {
    return unary(f, x, Trig::tan);
  }

  /** Arc sine; NaN outside [-1, 1]. */
  public static Val asin(FnEmitter f, Val x) {
    return unary(f, x, ArcTrig::asin);
  }

  /** Arc cosine; NaN outside [-1, 1]. */
  public static Val acos(FnEmitter f, Val x) {
    return unary(f, x, ArcTrig::acos);
  }

  /** Arc tangent. */
  public static Val atan(FnEmitter f, Val x) {
    return unary(f, x, ArcTrig::atan);
  }

  /** Hyperbolic sine. */
  public static Val sinh(FnEmitter f, Val x) {
    return unary(f, x, Hyperbolic::sinh);
  }

  /** Hyperbolic cosine. */
  public static Val cosh(FnEmitter f, Val x) {
    return unary(f, x, Hyperbolic::cosh);
  }

  /** Hyperbolic tangent. */
  public static Val tanh(FnEmitter f, Val x) {
    return unary(f, x, Hyperbolic::tanh);
  }

  /** Inverse hyperbolic sine. */
  public static Val asinh(FnEmitter f, Val x) {
    return unary(f, x, Hyperbolic::asinh);
  }

  /** Inverse hyperbolic cosine; NaN below 1. */
  public static Val acosh(FnEmitter f, Val x) {
    return unary(f, x, Hyperbolic::acosh);
  }

  /** Inverse hyperbolic tangent; infinite at -1 and 1, NaN outside. */
  public static Val atanh(FnEmitter f, Val x) {
    return unary(f, x, Hyperbolic::atanh);
  }

  /** The error function. */
  public static Val erf(FnEmitter f, Val x) {
    return unary(f, x, Erf::erf);
  }

  /** 1 - erf(x), with full relative precision in the tail. */
  public static Val erfc(FnEmitter f, Val x) {
    return unary(f, x, Erf::erfc);
  }

  /** The inverse of erf; infinite at -1 and 1, NaN outside. */
  public static Val erfInv(FnEmitter f, Val x) {
    return unary(f, x, ErfInv::erfInv);
  }

  /** log |Gamma(x)|; infinite at the poles 0, -1, ... */
  public static Val lgamma(FnEmitter f, Val x) {
    return unary(f, x, Gamma::lgamma);
  }

  /** The derivative of lgamma; NaN at the poles 0, -1, ... */
  public static Val digamma(FnEmitter f, Val x) {
    return unary(f, x, Gamma::digamma);
  }

  /** exp(-|x|) I1(x), I1 the modified Bessel function. */
  public static Val besselI1e(FnEmitter f, Val x) {
    return unary(f, x, Bessel::i1e);
  }

  /** The largest integer not above x. */
  public static Val floor(FnEmitter f, Val x) {
    return unary(f, x, Rounding::floor);
  }

  /** The least integer not below x. */
  public static Val ceil(FnEmitter f, Val x) {
    return unary(f, x, Rounding::ceil);
  }

  /** x without its fraction. */
  public static Val trunc(FnEmitter f, Val x) {
    return unary(f, x, Rounding::trunc);
  }

  /** The nearest integer, halves to even. */
  public static Val roundEven(FnEmitter f, Val x) {
    return unary(f, x, Rounding::roundEven);
  }

  /** The nearest integer, halves away from zero. */
  public static Val roundAway(FnEmitter f, Val x) {
    return unary(f, x, Rounding::roundAway);
  }

  /** -1, 1, or the zero or NaN itself. */
  public static Val sign(FnEmitter f, Val x) {
    return unary(f, x, Rounding::sign);
  }

  /** The angle of the point (x, y), in (-pi, pi], by the signs of both. */
  public static Val atan2(FnEmitter f, Val y, Val x) {
    return binary(f, y, x, ArcTrig::atan2);
  }

  /** x to the power y; C's special cases: pow(x, 0) = pow(1, y) = 1 even for NaN. */
  public static Val pow(FnEmitter f, Val x, Val y) {
    return binary(f, x, y, Pow::pow);
  }

  /** The sum of (q + k)^-s from k = 0 on. */
  public static Val zeta(FnEmitter f, Val s, Val q) {
    return binary(f, s, q, Zeta::zeta);
  }

  /** The n-th derivative of digamma; NaN where n is not 0, 1, 2, ... */
  public static Val polygamma(FnEmitter f, Val n, Val x) {
    return binary(f, n, x, Zeta::polygamma);
  }

  /** The remainder of x / y with the sign of x, exact: C's fmod. */
  public static Val rem(FnEmitter f, Val x, Val y) {
    return binary(f, x, y, Remainder::rem);
  }

  /** The next representable number after x toward y. */
  public static Val nextAfter(FnEmitter f, Val x, Val y) {
    return Rounding.nextAfter(f, x, y);
  }

  /** Whether x is neither infinite nor NaN, as an i1 of the same width. */
  public static Val isFinite(FnEmitter f, Val x) {
    Val wide = Convert.atLeastFloat(f, x);
    Num m = new Num(f, wide.type());
    return m.lt(m.abs(wide), m.inf());
  }
}
