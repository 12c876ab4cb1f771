package dev.jacobi.lax;

import dev.jacobi.Array;

/**
 * Elementary and special functions of {@code jax.lax}, elementwise, of floating numbers and, up to
 * {@code rsqrt}, of complex ones. {@link ResultAccuracy} has those to which an accuracy can be
 * given.
 */
public abstract class LaxElementary extends LaxArithmetic {
  LaxElementary() {}

  /** e to the power of each element. {@code Lax.exp(array(0f, 1f))} is {@code [1. 2.7182817]}. */
  public static Array exp(Array x) {
    return Elementary.exp(x);
  }

  /** 2 to the power of each element. {@code Lax.exp2(array(0f, 1f))} is {@code [1. 2.]}. */
  public static Array exp2(Array x) {
    return Elementary.exp2(x);
  }

  /**
   * {@code exp(x) - 1}, exact near 0. {@code Lax.expm1(array(0f, 1f))} is {@code [0. 1.7182819]}.
   */
  public static Array expm1(Array x) {
    return Elementary.expm1(x);
  }

  /**
   * The natural logarithm; NaN below 0. {@code Lax.log(array(1f, 10f))} is {@code [0. 2.3025851]}.
   */
  public static Array log(Array x) {
    return Elementary.log(x);
  }

  /**
   * {@code log(1 + x)}, exact near 0. {@code Lax.log1p(array(0f, 1f))} is {@code [0. 0.6931472]}.
   */
  public static Array log1p(Array x) {
    return Elementary.log1p(x);
  }

  /** The sine of angles in radians. {@code Lax.sin(array(0f, 1f))} is {@code [0. 0.841471]}. */
  public static Array sin(Array x) {
    return Elementary.sin(x);
  }

  /** The cosine of angles in radians. {@code Lax.cos(array(0f, 1f))} is {@code [1. 0.5403023]}. */
  public static Array cos(Array x) {
    return Elementary.cos(x);
  }

  /** The tangent of angles in radians. {@code Lax.tan(array(0f, 1f))} is {@code [0. 1.5574077]}. */
  public static Array tan(Array x) {
    return Elementary.tan(x);
  }

  /**
   * The angle in radians, from -pi/2 to pi/2, with this sine. {@code Lax.asin(array(0f, 1f))} is
   * {@code [0. 1.5707964]}.
   */
  public static Array asin(Array x) {
    return Elementary.asin(x);
  }

  /**
   * The angle in radians, from 0 to pi, with this cosine. {@code Lax.acos(array(0f, 1f))} is {@code
   * [1.5707964 0. ]}.
   */
  public static Array acos(Array x) {
    return Elementary.acos(x);
  }

  /**
   * The angle in radians, from -pi/2 to pi/2, with this tangent. {@code Lax.atan(array(0f, 1f))} is
   * {@code [0. 0.7853982]}.
   */
  public static Array atan(Array x) {
    return Elementary.atan(x);
  }

  /**
   * The angle of the point (y, x): the tangent is {@code x / y}. {@code Lax.atan2(array(1f),
   * array(-1f))} is {@code [2.3561945]}.
   */
  public static Array atan2(Array x, Array y) {
    return Elementary.atan2(x, y);
  }

  /** The hyperbolic sine. {@code Lax.sinh(array(0f, 1f))} is {@code [0. 1.1752012]}. */
  public static Array sinh(Array x) {
    return Elementary.sinh(x);
  }

  /** The hyperbolic cosine. {@code Lax.cosh(array(0f, 1f))} is {@code [1. 1.5430806]}. */
  public static Array cosh(Array x) {
    return Elementary.cosh(x);
  }

  /** The hyperbolic tangent. {@code Lax.tanh(array(0f, 1f))} is {@code [0. 0.7615942]}. */
  public static Array tanh(Array x) {
    return Elementary.tanh(x);
  }

  /**
   * The inverse of the hyperbolic sine. {@code Lax.asinh(array(0f, 1f))} is {@code [0. 0.8813736]}.
   */
  public static Array asinh(Array x) {
    return Elementary.asinh(x);
  }

  /**
   * The inverse of the hyperbolic cosine; NaN below 1. {@code Lax.acosh(array(1f, 2f))} is {@code
   * [0. 1.316958]}.
   */
  public static Array acosh(Array x) {
    return Elementary.acosh(x);
  }

  /**
   * The inverse of the hyperbolic tangent; NaN beyond 1. {@code Lax.atanh(array(0f, 0.5f))} is
   * {@code [0. 0.54930615]}.
   */
  public static Array atanh(Array x) {
    return Elementary.atanh(x);
  }

  /** {@code 1 / (1 + exp(-x))}. {@code Lax.logistic(array(0f, 2f))} is {@code [0.5 0.8807971]}. */
  public static Array logistic(Array x) {
    return Elementary.logistic(x);
  }

  /** The square root; NaN below 0. {@code Lax.sqrt(array(4f, 9f))} is {@code [2. 3.]}. */
  public static Array sqrt(Array x) {
    return Powers.sqrt(x);
  }

  /** {@code 1 / sqrt(x)}. {@code Lax.rsqrt(array(4f, 16f))} is {@code [0.5 0.25]}. */
  public static Array rsqrt(Array x) {
    return Powers.rsqrt(x);
  }

  /** The cube root of real numbers. {@code Lax.cbrt(array(8f, 27f))} is {@code [2. 3.]}. */
  public static Array cbrt(Array x) {
    return Powers.cbrt(x);
  }

  /** The error function. {@code Lax.erf(array(0f, 1f))} is {@code [0. 0.8427008]}. */
  public static Array erf(Array x) {
    return Elementary.erf(x);
  }

  /**
   * {@code 1 - erf(x)}, exact for large x. {@code Lax.erfc(array(0f, 1f))} is {@code [1.
   * 0.1572992]}.
   */
  public static Array erfc(Array x) {
    return Elementary.erfc(x);
  }

  /** The inverse of erf. {@code Lax.erfInv(array(0f, 0.5f))} is {@code [0. 0.47693628]}. */
  public static Array erfInv(Array x) {
    return Elementary.erfInv(x);
  }

  /** The greatest integer not above. {@code Lax.floor(array(-1.5f, 1.5f))} is {@code [-2. 1.]}. */
  public static Array floor(Array x) {
    return Elementary.floor(x);
  }

  /** The least integer not below. {@code Lax.ceil(array(-1.5f, 1.5f))} is {@code [-1. 2.]}. */
  public static Array ceil(Array x) {
    return Elementary.ceil(x);
  }

  /**
   * Rounded to whole numbers, halves away from zero; {@code
   * RoundingMethod.TO_NEAREST_EVEN.round(x)} is the other way. {@code Lax.round(array(0.5f,
   * -1.5f))} is {@code [ 1. -2.]}.
   */
  public static Array round(Array x) {
    return RoundingMethod.AWAY_FROM_ZERO.round(x);
  }

  /**
   * Where elements are neither infinite nor NaN. {@code Lax.isFinite(array(1f, Float.NaN))} is
   * {@code [ True False]}.
   */
  public static Array isFinite(Array x) {
    return Elementary.isFinite(x);
  }

  /**
   * The logarithm of the magnitude of the gamma function. {@code Lax.lgamma(array(5f, 0.5f))} is
   * {@code [3.178054 0.5723649]}.
   */
  public static Array lgamma(Array x) {
    return SpecialFunctions.lgamma(x);
  }

  /**
   * The derivative of {@link #lgamma}. {@code Lax.digamma(array(1f, 2f))} is {@code [-0.5772157
   * 0.42278433]}.
   */
  public static Array digamma(Array x) {
    return SpecialFunctions.digamma(x);
  }

  /**
   * The derivative of order m of {@link #digamma}. {@code Lax.polygamma(scalar(1f), scalar(2f))} is
   * {@code 0.64493406}.
   */
  public static Array polygamma(Array m, Array x) {
    return SpecialFunctions.polygamma(m, x);
  }

  /**
   * The zeta function of Hurwitz: the sum over k of {@code (k + q)^-x}. {@code Lax.zeta(scalar(2f),
   * scalar(1f))} is {@code 1.644934}.
   */
  public static Array zeta(Array x, Array q) {
    return SpecialFunctions.zeta(x, q);
  }

  /**
   * The modified Bessel function of order 0, times {@code exp(-|x|)}. {@code
   * Lax.besselI0e(array(0f, 1f))} is {@code [1.0000001 0.46575963]}.
   */
  public static Array besselI0e(Array x) {
    return SpecialFunctions.besselI0e(x);
  }

  /**
   * The modified Bessel function of order 1, times {@code exp(-|x|)}. {@code
   * Lax.besselI1e(array(0f, 1f))} is {@code [0. 0.20791043]}.
   */
  public static Array besselI1e(Array x) {
    return SpecialFunctions.besselI1e(x);
  }

  /**
   * The lower incomplete gamma function, regularized. {@code Lax.igamma(scalar(2f), scalar(1f))} is
   * {@code 0.26424113}.
   */
  public static Array igamma(Array a, Array x) {
    return IncompleteGamma.igamma(a, x);
  }

  /**
   * The upper incomplete gamma function, regularized. {@code Lax.igammac(scalar(2f), scalar(1f))}
   * is {@code 0.7357589}.
   */
  public static Array igammac(Array a, Array x) {
    return IncompleteGamma.igammac(a, x);
  }

  /**
   * The derivative of {@link #igamma} in a. {@code Lax.igammaGradA(scalar(2f), scalar(1f))} is
   * {@code -0.27619606}.
   */
  public static Array igammaGradA(Array a, Array x) {
    return IncompleteGamma.igammaGradA(a, x);
  }

  /**
   * The derivative in a of a sample x of the gamma law with parameter a. {@code
   * Lax.randomGammaGrad(scalar(2f), scalar(1f))} is {@code 0.75077873}.
   */
  public static Array randomGammaGrad(Array a, Array x) {
    return IncompleteGamma.randomGammaGrad(a, x);
  }

  /**
   * The incomplete beta function, regularized. {@code Lax.betainc(scalar(2f), scalar(3f),
   * scalar(0.5f))} is {@code 0.6875}.
   */
  public static Array betainc(Array a, Array b, Array x) {
    return IncompleteBeta.betainc(a, b, x);
  }
}
