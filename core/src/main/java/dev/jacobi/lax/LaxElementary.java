package dev.jacobi.lax;

import dev.jacobi.Array;

/**
 * Elementary and special functions of {@code jax.lax}, elementwise, of floating numbers and, up to
 * {@code rsqrt}, of complex ones. {@link ResultAccuracy} has those to which an accuracy can be
 * given.
 */
public abstract class LaxElementary extends LaxArithmetic {
  LaxElementary() {}

  public static Array exp(Array x) {
    return Elementary.exp(x);
  }

  public static Array exp2(Array x) {
    return Elementary.exp2(x);
  }

  /** {@code exp(x) - 1}, exact near 0. */
  public static Array expm1(Array x) {
    return Elementary.expm1(x);
  }

  public static Array log(Array x) {
    return Elementary.log(x);
  }

  /** {@code log(1 + x)}, exact near 0. */
  public static Array log1p(Array x) {
    return Elementary.log1p(x);
  }

  public static Array sin(Array x) {
    return Elementary.sin(x);
  }

  public static Array cos(Array x) {
    return Elementary.cos(x);
  }

  public static Array tan(Array x) {
    return Elementary.tan(x);
  }

  public static Array asin(Array x) {
    return Elementary.asin(x);
  }

  public static Array acos(Array x) {
    return Elementary.acos(x);
  }

  public static Array atan(Array x) {
    return Elementary.atan(x);
  }

  /** The angle of the point (y, x): the tangent is {@code x / y}. */
  public static Array atan2(Array x, Array y) {
    return Elementary.atan2(x, y);
  }

  public static Array sinh(Array x) {
    return Elementary.sinh(x);
  }

  public static Array cosh(Array x) {
    return Elementary.cosh(x);
  }

  public static Array tanh(Array x) {
    return Elementary.tanh(x);
  }

  public static Array asinh(Array x) {
    return Elementary.asinh(x);
  }

  public static Array acosh(Array x) {
    return Elementary.acosh(x);
  }

  public static Array atanh(Array x) {
    return Elementary.atanh(x);
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public static Array logistic(Array x) {
    return Elementary.logistic(x);
  }

  public static Array sqrt(Array x) {
    return Powers.sqrt(x);
  }

  /** {@code 1 / sqrt(x)}. */
  public static Array rsqrt(Array x) {
    return Powers.rsqrt(x);
  }

  /** The cube root of real numbers. */
  public static Array cbrt(Array x) {
    return Powers.cbrt(x);
  }

  public static Array erf(Array x) {
    return Elementary.erf(x);
  }

  /** {@code 1 - erf(x)}, exact for large x. */
  public static Array erfc(Array x) {
    return Elementary.erfc(x);
  }

  /** The inverse of erf. */
  public static Array erfInv(Array x) {
    return Elementary.erfInv(x);
  }

  public static Array floor(Array x) {
    return Elementary.floor(x);
  }

  public static Array ceil(Array x) {
    return Elementary.ceil(x);
  }

  /**
   * Rounded to whole numbers, halves away from zero; {@code
   * RoundingMethod.TO_NEAREST_EVEN.round(x)} is the other way.
   */
  public static Array round(Array x) {
    return RoundingMethod.AWAY_FROM_ZERO.round(x);
  }

  /** Where elements are neither infinite nor NaN. */
  public static Array isFinite(Array x) {
    return Elementary.isFinite(x);
  }

  /** The logarithm of the magnitude of the gamma function. */
  public static Array lgamma(Array x) {
    return SpecialFunctions.lgamma(x);
  }

  /** The derivative of {@link #lgamma}. */
  public static Array digamma(Array x) {
    return SpecialFunctions.digamma(x);
  }

  /** The derivative of order m of {@link #digamma}. */
  public static Array polygamma(Array m, Array x) {
    return SpecialFunctions.polygamma(m, x);
  }

  /** The zeta function of Hurwitz: the sum over k of {@code (k + q)^-x}. */
  public static Array zeta(Array x, Array q) {
    return SpecialFunctions.zeta(x, q);
  }

  /** The modified Bessel function of order 0, times {@code exp(-|x|)}. */
  public static Array besselI0e(Array x) {
    return SpecialFunctions.besselI0e(x);
  }

  /** The modified Bessel function of order 1, times {@code exp(-|x|)}. */
  public static Array besselI1e(Array x) {
    return SpecialFunctions.besselI1e(x);
  }

  /** The lower incomplete gamma function, regularized. */
  public static Array igamma(Array a, Array x) {
    return IncompleteGamma.igamma(a, x);
  }

  /** The upper incomplete gamma function, regularized. */
  public static Array igammac(Array a, Array x) {
    return IncompleteGamma.igammac(a, x);
  }

  /** The derivative of {@link #igamma} in a. */
  public static Array igammaGradA(Array a, Array x) {
    return IncompleteGamma.igammaGradA(a, x);
  }

  /** The derivative in a of a sample x of the gamma law with parameter a. */
  public static Array randomGammaGrad(Array a, Array x) {
    return IncompleteGamma.randomGammaGrad(a, x);
  }

  /** The incomplete beta function, regularized. */
  public static Array betainc(Array a, Array b, Array x) {
    return IncompleteBeta.betainc(a, b, x);
  }
}
