package dev.jacobi.lax;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Arithmetic.square;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Powers.rsqrt;

import dev.jacobi.Array;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.LowerContext;

/** Exponentials, logarithms, circular and hyperbolic functions, the error function, rounding. */
public final class Elementary {
  static final Unary EXP = Unary.smooth("exp", Fn.EXP, Domain.INEXACT, (x, y, dx) -> mul(dx, y));
  static final Unary EXP2 =
      Unary.smooth(
          "exp2",
          Elementary::lowerExp2,
          Domain.INEXACT,
          (x, y, dx) -> mul(log(Scalars.like(x, 2)), mul(dx, y)));
  static final Unary EXPM1 =
      Unary.smooth("expm1", Fn.EXPM1, Domain.INEXACT, (x, y, dx) -> mul(dx, add(y, one(y))));
  static final Unary LOG = Unary.smooth("log", Fn.LOG, Domain.INEXACT, (x, y, dx) -> div(dx, x));
  static final Unary LOG1P =
      Unary.smooth("log1p", Fn.LOG1P, Domain.INEXACT, (x, y, dx) -> div(dx, add(x, one(x))));
  static final Unary SIN =
      Unary.smooth("sin", Fn.SIN, Domain.INEXACT, (x, y, dx) -> mul(dx, cos(x)));
  static final Unary COS =
      Unary.smooth("cos", Fn.COS, Domain.INEXACT, (x, y, dx) -> neg(mul(dx, sin(x))));
  static final Unary TAN =
      Unary.smooth("tan", Fn.TAN, Domain.INEXACT, (x, y, dx) -> mul(dx, add(one(y), square(y))));
  static final Unary ASIN =
      Unary.smooth(
          "asin", Fn.ASIN, Domain.INEXACT, (x, y, dx) -> mul(dx, rsqrt(sub(one(x), square(x)))));
  static final Unary ACOS =
      Unary.smooth(
          "acos",
          Fn.ACOS,
          Domain.INEXACT,
          (x, y, dx) -> mul(dx, neg(rsqrt(sub(one(x), square(x))))));
  static final Unary ATAN =
      Unary.smooth("atan", Fn.ATAN, Domain.INEXACT, (x, y, dx) -> div(dx, add(one(x), square(x))));
  static final Unary SINH =
      Unary.smooth("sinh", Fn.SINH, Domain.INEXACT, (x, y, dx) -> mul(dx, cosh(x)));
  static final Unary COSH =
      Unary.smooth("cosh", Fn.COSH, Domain.INEXACT, (x, y, dx) -> mul(dx, sinh(x)));
  static final Unary TANH =
      Unary.smooth(
          "tanh",
          Fn.TANH,
          Domain.INEXACT, // (1 + y)(1 - y) keeps digits where |y| is near 1
          (x, y, dx) -> mul(add(dx, mul(dx, y)), sub(one(y), y)));
  static final Unary ASINH =
      Unary.smooth(
          "asinh", Fn.ASINH, Domain.INEXACT, (x, y, dx) -> mul(dx, rsqrt(add(square(x), one(x)))));
  static final Unary ACOSH =
      Unary.smooth(
          "acosh", Fn.ACOSH, Domain.INEXACT, (x, y, dx) -> mul(dx, rsqrt(sub(square(x), one(x)))));
  static final Unary ATANH =
      Unary.smooth(
          "atanh",
          Fn.ATANH,
          Domain.INEXACT,
          (x, y, dx) -> mul(Powers.reciprocal(add(one(x), x)), div(dx, sub(one(x), x))));
  static final Binary ATAN2 =
      Binary.smooth(
          "atan2",
          Fn.ATAN2,
          Domain.INEXACT,
          (x, y, z, t) -> mul(t, div(y, add(square(x), square(y)))),
          (x, y, z, t) -> mul(t, div(neg(x), add(square(x), square(y)))));
  static final Unary LOGISTIC =
      Unary.smooth(
          "logistic", Fn.LOGISTIC, Domain.INEXACT, (x, y, dx) -> mul(dx, mul(y, sub(one(y), y))));
  static final Unary ERF =
      Unary.smooth(
          "erf",
          Fn.ERF,
          Domain.FLOAT,
          (x, y, dx) -> mul(Scalars.like(x, 2 / Math.sqrt(Math.PI)), mul(dx, exp(neg(square(x))))));
  static final Unary ERFC =
      Unary.smooth(
          "erfc",
          Fn.ERFC,
          Domain.FLOAT,
          (x, y, dx) ->
              mul(Scalars.like(x, -2 / Math.sqrt(Math.PI)), mul(dx, exp(neg(square(x))))));
  static final Unary ERF_INV =
      Unary.smooth(
          "erf_inv",
          Fn.ERF_INV,
          Domain.FLOAT,
          (x, y, dx) -> mul(Scalars.like(x, Math.sqrt(Math.PI) / 2), mul(dx, exp(square(y)))));
  static final Unary FLOOR = Unary.flat("floor", Fn.FLOOR, Domain.FLOAT);
  static final Unary CEIL = Unary.flat("ceil", Fn.CEIL, Domain.FLOAT);
  static final Unary ROUND_AWAY =
      Unary.flat("round", Fn.ROUND_AFZ, Domain.FLOAT).with("rounding_method", 0);
  static final Unary ROUND_EVEN =
      Unary.flat("round", Fn.ROUND_EVEN, Domain.FLOAT).with("rounding_method", 1);
  static final Unary IS_FINITE = Unary.flat("is_finite", Fn.IS_FINITE, Domain.FLOAT);
  static final Binary NEXTAFTER = Binary.flat("nextafter", Fn.NEXT_AFTER, Domain.FLOAT);

  private Elementary() {}

  /** exp2(x) = exp(x ln 2), as JAX lowers it. */
  private static Value lowerExp2(LowerContext context, Value x) {
    HloBuilder b = context.builder();
    Value ln2 = b.full(x.dtype(), x.shape(), Math.log(2));
    return b.pointwise(Fn.EXP, b.pointwise(Fn.MUL, ln2, x));
  }

  private static Array one(Array like) {
    return Scalars.like(like, 1);
  }

  /** Rounds toward zero. */
  static Array truncate(Array x) {
    return x.dtype().isFloat() ? mul(Arithmetic.sign(x), floor(Arithmetic.abs(x))) : x;
  }

  public static Array exp(Array x) {
    return EXP.of(x);
  }

  public static Array exp2(Array x) {
    return EXP2.of(x);
  }

  public static Array expm1(Array x) {
    return EXPM1.of(x);
  }

  public static Array log(Array x) {
    return LOG.of(x);
  }

  public static Array log1p(Array x) {
    return LOG1P.of(x);
  }

  public static Array sin(Array x) {
    return SIN.of(x);
  }

  public static Array cos(Array x) {
    return COS.of(x);
  }

  public static Array tan(Array x) {
    return TAN.of(x);
  }

  public static Array asin(Array x) {
    return ASIN.of(x);
  }

  public static Array acos(Array x) {
    return ACOS.of(x);
  }

  public static Array atan(Array x) {
    return ATAN.of(x);
  }

  public static Array sinh(Array x) {
    return SINH.of(x);
  }

  public static Array cosh(Array x) {
    return COSH.of(x);
  }

  public static Array tanh(Array x) {
    return TANH.of(x);
  }

  public static Array asinh(Array x) {
    return ASINH.of(x);
  }

  public static Array acosh(Array x) {
    return ACOSH.of(x);
  }

  public static Array atanh(Array x) {
    return ATANH.of(x);
  }

  /** The angle of the point (y, x). */
  public static Array atan2(Array y, Array x) {
    return ATAN2.of(y, x);
  }

  public static Array logistic(Array x) {
    return LOGISTIC.of(x);
  }

  public static Array erf(Array x) {
    return ERF.of(x);
  }

  public static Array erfc(Array x) {
    return ERFC.of(x);
  }

  public static Array erfInv(Array x) {
    return ERF_INV.of(x);
  }

  public static Array floor(Array x) {
    return FLOOR.of(x);
  }

  public static Array ceil(Array x) {
    return CEIL.of(x);
  }

  /** Rounds to the nearest whole number, halves to even. */
  public static Array roundEven(Array x) {
    return ROUND_EVEN.of(x);
  }

  /** Rounds to the nearest whole number, halves away from zero. */
  public static Array roundAway(Array x) {
    return ROUND_AWAY.of(x);
  }

  public static Array isFinite(Array x) {
    return IS_FINITE.of(x);
  }

  public static Array nextafter(Array x, Array y) {
    return NEXTAFTER.of(x, y);
  }
}
