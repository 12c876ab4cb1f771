package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * Cauchy's distribution with median loc and half width scale. Where no loc and scale are given they
 * are 0 and 1; arguments broadcast, and integers become floating point.
 */
public final class Cauchy {
  private Cauchy() {}

  /** The logarithm of the density. {@code Cauchy.logpdf(scalar(0.5f))} is {@code -1.3678734}. */
  public static Array logpdf(Array x) {
    return Law.standard("cauchy.logpdf", Cauchy::logDensity, 2, x);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array loc, Array scale) {
    return Programs.real("cauchy.logpdf", Cauchy::logDensity, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double loc, double scale) {
    return logpdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The density. {@code Cauchy.pdf(scalar(0.5f))} is {@code 0.2546479}. */
  public static Array pdf(Array x) {
    return Law.standard("cauchy.pdf", Law.exp(Cauchy::logDensity), 2, x);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array loc, Array scale) {
    return Programs.real("cauchy.pdf", Law.exp(Cauchy::logDensity), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double loc, double scale) {
    return pdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of at most x. {@code Cauchy.cdf(scalar(0.5f))} is {@code 0.64758354}. */
  public static Array cdf(Array x) {
    return Law.standard("cauchy.cdf", Cauchy::below, 2, x);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array loc, Array scale) {
    return Programs.real("cauchy.cdf", Cauchy::below, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double loc, double scale) {
    return cdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The logarithm of the probability of at most x. {@code Cauchy.logcdf(scalar(0.5f))} is {@code
   * -0.43450737}.
   */
  public static Array logcdf(Array x) {
    return Law.standard("cauchy.logcdf", Cauchy::logBelow, 2, x);
  }

  /** The logarithm of the probability of at most x, moved by loc and scaled. */
  public static Array logcdf(Array x, Array loc, Array scale) {
    return Programs.real("cauchy.logcdf", Cauchy::logBelow, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double loc, double scale) {
    return logcdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of more than x. {@code Cauchy.sf(scalar(0.5f))} is {@code 0.3524164}. */
  public static Array sf(Array x) {
    return Law.standard("cauchy.sf", Cauchy::above, 2, x);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array loc, Array scale) {
    return Programs.real("cauchy.sf", Cauchy::above, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array sf(Array x, double loc, double scale) {
    return sf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The logarithm of the probability of more than x. {@code Cauchy.logsf(scalar(0.5f))} is {@code
   * -1.0429418}.
   */
  public static Array logsf(Array x) {
    return Law.standard("cauchy.logsf", Cauchy::logAbove, 2, x);
  }

  /** The logarithm of the probability of more than x, moved by loc and scaled. */
  public static Array logsf(Array x, Array loc, Array scale) {
    return Programs.real("cauchy.logsf", Cauchy::logAbove, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double loc, double scale) {
    return logsf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The value at most which lies with probability q. {@code Cauchy.ppf(scalar(0.25f))} is {@code
   * -1.0}.
   */
  public static Array ppf(Array q) {
    return Law.standard("cauchy.ppf", Cauchy::quantile, 2, q);
  }

  /** The value at most which lies with probability q, moved by loc and scaled. */
  public static Array ppf(Array q, Array loc, Array scale) {
    return Programs.real("cauchy.ppf", Cauchy::quantile, q, loc, scale);
  }

  /** The same for numbers. */
  public static Array ppf(Array q, double loc, double scale) {
    return ppf(q, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The value above which lies with probability q. {@code Cauchy.isf(scalar(0.25f))} is {@code
   * 1.0}.
   */
  public static Array isf(Array q) {
    return Law.standard("cauchy.isf", Cauchy::inverseAbove, 2, q);
  }

  /** The value above which lies with probability q, moved by loc and scaled. */
  public static Array isf(Array q, Array loc, Array scale) {
    return Programs.real("cauchy.isf", Cauchy::inverseAbove, q, loc, scale);
  }

  /** The same for numbers. */
  public static Array isf(Array q, double loc, double scale) {
    return isf(q, Jnp.weak(loc), Jnp.weak(scale));
  }

  private static Array logDensity(Array[] a) {
    Array z = Law.z(a);
    Array log = Elementary.log(a[2].times(Math.PI));
    return Arithmetic.neg(log.plus(Elementary.log1p(z.times(z))));
  }

  private static Array below(Array[] a) {
    return angle(Arithmetic.neg(Law.z(a)));
  }

  private static Array above(Array[] a) {
    return angle(Law.z(a));
  }

  private static Array logBelow(Array[] a) {
    return logAngle(Arithmetic.neg(Law.z(a)));
  }

  private static Array logAbove(Array[] a) {
    return logAngle(Law.z(a));
  }

  /** Of angles near half a turn by what is left of it. */
  private static Array logAngle(Array x) {
    Array small = x.gt(0);
    Array nearer = angle(Arithmetic.abs(x));
    Array rest = Elementary.log1p(Arithmetic.neg(nearer));
    return where(small, Elementary.log(nearer), rest);
  }

  /** The angle of (x, 1) as a share of half a turn: small ones keep their digits. */
  private static Array angle(Array x) {
    return Jnp.arctan2(Jnp.onesLike(x), x).times(1 / Math.PI);
  }

  private static Array quantile(Array[] a) {
    return a[1].minus(cotangent(a[0]).times(a[2]));
  }

  private static Array inverseAbove(Array[] a) {
    return a[1].plus(cotangent(a[0]).times(a[2]));
  }

  /** {@code cot(pi q)} for q from 0 to 1, from the nearest of 0, 1/2 and 1. */
  private static Array cotangent(Array q) {
    Array low = q.lt(0.25);
    Array high = q.gt(0.75);
    Array end = Arithmetic.abs(where(low, q, Jnp.minus(1, q)));
    Array outer =
        Jnp.div(1, Elementary.tan(where(low, end, where(high, end, 0.25)).times(Math.PI)));
    Array inner = Elementary.tan(Jnp.minus(0.5, q).times(Math.PI));
    Array value = where(low, outer, where(high, Arithmetic.neg(outer), inner));
    return Law.ifProbability(q, value);
  }
}
