package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * The exponential distribution from loc on, with mean scale beyond it. Where no loc and scale are
 * given they are 0 and 1; arguments broadcast, and integers become floating point.
 */
public final class Expon {
  private Expon() {}

  /** The logarithm of the density. {@code Expon.logpdf(scalar(0.5f))} is {@code -0.5}. */
  public static Array logpdf(Array x) {
    return Law.standard("expon.logpdf", Expon::logDensity, 2, x);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array loc, Array scale) {
    return Programs.real("expon.logpdf", Expon::logDensity, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double loc, double scale) {
    return logpdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The density. {@code Expon.pdf(scalar(0.5f))} is {@code 0.60653067}. */
  public static Array pdf(Array x) {
    return Law.standard("expon.pdf", Law.exp(Expon::logDensity), 2, x);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array loc, Array scale) {
    return Programs.real("expon.pdf", Law.exp(Expon::logDensity), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double loc, double scale) {
    return pdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of at most x. {@code Expon.cdf(scalar(0.5f))} is {@code 0.39346933}. */
  public static Array cdf(Array x) {
    return Law.standard("expon.cdf", Expon::below, 2, x);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array loc, Array scale) {
    return Programs.real("expon.cdf", Expon::below, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double loc, double scale) {
    return cdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The logarithm of the probability of at most x. {@code Expon.logcdf(scalar(0.5f))} is {@code
   * -0.93275213}.
   */
  public static Array logcdf(Array x) {
    return Law.standard("expon.logcdf", Expon::logBelow, 2, x);
  }

  /** The logarithm of the probability of at most x, moved by loc and scaled. */
  public static Array logcdf(Array x, Array loc, Array scale) {
    return Programs.real("expon.logcdf", Expon::logBelow, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double loc, double scale) {
    return logcdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of more than x. {@code Expon.sf(scalar(0.5f))} is {@code 0.60653067}. */
  public static Array sf(Array x) {
    return Law.standard("expon.sf", Law.exp(Expon::logAbove), 2, x);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array loc, Array scale) {
    return Programs.real("expon.sf", Law.exp(Expon::logAbove), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array sf(Array x, double loc, double scale) {
    return sf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The logarithm of the probability of more than x. {@code Expon.logsf(scalar(0.5f))} is {@code
   * -0.5}.
   */
  public static Array logsf(Array x) {
    return Law.standard("expon.logsf", Expon::logAbove, 2, x);
  }

  /** The logarithm of the probability of more than x, moved by loc and scaled. */
  public static Array logsf(Array x, Array loc, Array scale) {
    return Programs.real("expon.logsf", Expon::logAbove, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double loc, double scale) {
    return logsf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The value at most which lies with probability q. {@code Expon.ppf(scalar(0.25f))} is {@code
   * 0.28768206}.
   */
  public static Array ppf(Array q) {
    return Law.standard("expon.ppf", Expon::quantile, 2, q);
  }

  /** The value at most which lies with probability q, moved by loc and scaled. */
  public static Array ppf(Array q, Array loc, Array scale) {
    return Programs.real("expon.ppf", Expon::quantile, q, loc, scale);
  }

  /** The same for numbers. */
  public static Array ppf(Array q, double loc, double scale) {
    return ppf(q, Jnp.weak(loc), Jnp.weak(scale));
  }

  private static Array logDensity(Array[] a) {
    Array log = Arithmetic.neg(Law.z(a).plus(Elementary.log(a[2])));
    return where(a[0].lt(a[1]), Double.NEGATIVE_INFINITY, log);
  }

  private static Array below(Array[] a) {
    return Arithmetic.neg(Elementary.expm1(logAbove(a)));
  }

  private static Array logBelow(Array[] a) {
    return Law.log1mexp(Arithmetic.neg(logAbove(a)));
  }

  private static Array logAbove(Array[] a) {
    return where(a[0].lt(a[1]), 0.0, Arithmetic.neg(Law.z(a)));
  }

  private static Array quantile(Array[] a) {
    Array value = a[1].minus(a[2].times(Elementary.log1p(Arithmetic.neg(a[0]))));
    return Law.ifProbability(a[0], value);
  }
}
