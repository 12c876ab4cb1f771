package dev.jacobi.scipy.stats;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Normals;
import dev.jacobi.scipy.special.Programs;

/**
 * The normal distribution with mean loc and standard deviation scale. Where no loc and scale are
 * given they are 0 and 1; arguments broadcast, and integers become floating point.
 */
public final class Norm {
  private Norm() {}

  /** The logarithm of the density. {@code Norm.logpdf(scalar(0.5f))} is {@code -1.0439385}. */
  public static Array logpdf(Array x) {
    return Law.standard("norm.logpdf", Norm::logDensity, 2, x);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array loc, Array scale) {
    return Programs.real("norm.logpdf", Norm::logDensity, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double loc, double scale) {
    return logpdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The density. {@code Norm.pdf(scalar(0.5f))} is {@code 0.35206532}. */
  public static Array pdf(Array x) {
    return Law.standard("norm.pdf", Law.exp(Norm::logDensity), 2, x);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array loc, Array scale) {
    return Programs.real("norm.pdf", Law.exp(Norm::logDensity), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double loc, double scale) {
    return pdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of at most x. {@code Norm.cdf(scalar(0.5f))} is {@code 0.69146246}. */
  public static Array cdf(Array x) {
    return Law.standard("norm.cdf", Norm::below, 2, x);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array loc, Array scale) {
    return Programs.real("norm.cdf", Norm::below, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double loc, double scale) {
    return cdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The logarithm of the probability of at most x. {@code Norm.logcdf(scalar(0.5f))} is {@code
   * -0.36894643}.
   */
  public static Array logcdf(Array x) {
    return Law.standard("norm.logcdf", Norm::logBelow, 2, x);
  }

  /** The logarithm of the probability of at most x, moved by loc and scaled. */
  public static Array logcdf(Array x, Array loc, Array scale) {
    return Programs.real("norm.logcdf", Norm::logBelow, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double loc, double scale) {
    return logcdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of more than x. {@code Norm.sf(scalar(0.5f))} is {@code 0.30853754}. */
  public static Array sf(Array x) {
    return Law.standard("norm.sf", Norm::above, 2, x);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array loc, Array scale) {
    return Programs.real("norm.sf", Norm::above, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array sf(Array x, double loc, double scale) {
    return sf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The logarithm of the probability of more than x. {@code Norm.logsf(scalar(0.5f))} is {@code
   * -1.1759118}.
   */
  public static Array logsf(Array x) {
    return Law.standard("norm.logsf", Norm::logAbove, 2, x);
  }

  /** The logarithm of the probability of more than x, moved by loc and scaled. */
  public static Array logsf(Array x, Array loc, Array scale) {
    return Programs.real("norm.logsf", Norm::logAbove, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double loc, double scale) {
    return logsf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The value at most which lies with probability q. {@code Norm.ppf(scalar(0.25f))} is {@code
   * -0.6744898}.
   */
  public static Array ppf(Array q) {
    return Law.standard("norm.ppf", Norm::quantile, 2, q);
  }

  /** The value at most which lies with probability q, moved by loc and scaled. */
  public static Array ppf(Array q, Array loc, Array scale) {
    return Programs.real("norm.ppf", Norm::quantile, q, loc, scale);
  }

  /** The same for numbers. */
  public static Array ppf(Array q, double loc, double scale) {
    return ppf(q, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The value above which lies with probability q. {@code Norm.isf(scalar(0.25f))} is {@code
   * 0.6744898}.
   */
  public static Array isf(Array q) {
    return Law.standard("norm.isf", Norm::inverseAbove, 2, q);
  }

  /** The value above which lies with probability q, moved by loc and scaled. */
  public static Array isf(Array q, Array loc, Array scale) {
    return Programs.real("norm.isf", Norm::inverseAbove, q, loc, scale);
  }

  /** The same for numbers. */
  public static Array isf(Array q, double loc, double scale) {
    return isf(q, Jnp.weak(loc), Jnp.weak(scale));
  }

  static Array logDensity(Array[] a) {
    Array z = Law.z(a);
    Array quadratic = z.times(z).plus(Math.log(2 * Math.PI)).times(-0.5);
    return quadratic.minus(Elementary.log(a[2]));
  }

  private static Array below(Array[] a) {
    return Normals.ndtr(Law.z(a));
  }

  private static Array logBelow(Array[] a) {
    return Normals.logNdtr(Law.z(a));
  }

  private static Array above(Array[] a) {
    return Normals.ndtr(Arithmetic.neg(Law.z(a)));
  }

  private static Array logAbove(Array[] a) {
    return Normals.logNdtr(Arithmetic.neg(Law.z(a)));
  }

  private static Array quantile(Array[] a) {
    return Normals.ndtri(a[0]).times(a[2]).plus(a[1]);
  }

  private static Array inverseAbove(Array[] a) {
    return a[1].minus(Normals.ndtri(a[0]).times(a[2]));
  }
}
