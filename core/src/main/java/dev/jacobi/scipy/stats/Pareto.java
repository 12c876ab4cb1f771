package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * Pareto's distribution of exponent b from loc + scale on. Where no loc and scale are given they
 * are 0 and 1; arguments broadcast, and integers become floating point.
 */
public final class Pareto {
  private Pareto() {}

  /**
   * The logarithm of the density. {@code Pareto.logpdf(scalar(2f), scalar(3f))} is {@code
   * -1.6739764}.
   */
  public static Array logpdf(Array x, Array b) {
    return Law.standard("pareto.logpdf", Pareto::logDensity, 2, x, b);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array b, Array loc, Array scale) {
    return Programs.real("pareto.logpdf", Pareto::logDensity, x, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double b, double loc, double scale) {
    return logpdf(x, Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double b) {
    return logpdf(x, Jnp.weak(b));
  }

  /** The density. {@code Pareto.pdf(scalar(2f), scalar(3f))} is {@code 0.1875}. */
  public static Array pdf(Array x, Array b) {
    return Law.standard("pareto.pdf", Law.exp(Pareto::logDensity), 2, x, b);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array b, Array loc, Array scale) {
    return Programs.real("pareto.pdf", Law.exp(Pareto::logDensity), x, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double b, double loc, double scale) {
    return pdf(x, Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double b) {
    return pdf(x, Jnp.weak(b));
  }

  /** The probability of at most x. {@code Pareto.cdf(scalar(2f), scalar(3f))} is {@code 0.875}. */
  public static Array cdf(Array x, Array b) {
    return Law.standard("pareto.cdf", Pareto::below, 2, x, b);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array b, Array loc, Array scale) {
    return Programs.real("pareto.cdf", Pareto::below, x, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double b, double loc, double scale) {
    return cdf(x, Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double b) {
    return cdf(x, Jnp.weak(b));
  }

  /**
   * The logarithm of the probability of at most x. {@code Pareto.logcdf(scalar(2f), scalar(3f))} is
   * {@code -0.13353139}.
   */
  public static Array logcdf(Array x, Array b) {
    return Law.standard("pareto.logcdf", Pareto::logBelow, 2, x, b);
  }

  /** The logarithm of the probability of at most x, moved by loc and scaled. */
  public static Array logcdf(Array x, Array b, Array loc, Array scale) {
    return Programs.real("pareto.logcdf", Pareto::logBelow, x, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double b, double loc, double scale) {
    return logcdf(x, Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double b) {
    return logcdf(x, Jnp.weak(b));
  }

  /** The probability of more than x. {@code Pareto.sf(scalar(2f), scalar(3f))} is {@code 0.125}. */
  public static Array sf(Array x, Array b) {
    return Law.standard("pareto.sf", Law.exp(Pareto::logAbove), 2, x, b);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array b, Array loc, Array scale) {
    return Programs.real("pareto.sf", Law.exp(Pareto::logAbove), x, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array sf(Array x, double b, double loc, double scale) {
    return sf(x, Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array sf(Array x, double b) {
    return sf(x, Jnp.weak(b));
  }

  /**
   * The logarithm of the probability of more than x. {@code Pareto.logsf(scalar(2f), scalar(3f))}
   * is {@code -2.0794415}.
   */
  public static Array logsf(Array x, Array b) {
    return Law.standard("pareto.logsf", Pareto::logAbove, 2, x, b);
  }

  /** The logarithm of the probability of more than x, moved by loc and scaled. */
  public static Array logsf(Array x, Array b, Array loc, Array scale) {
    return Programs.real("pareto.logsf", Pareto::logAbove, x, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double b, double loc, double scale) {
    return logsf(x, Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double b) {
    return logsf(x, Jnp.weak(b));
  }

  /**
   * The value at most which lies with probability q. {@code Pareto.ppf(scalar(0.25f), scalar(3f))}
   * is {@code 1.1006424}.
   */
  public static Array ppf(Array q, Array b) {
    return Law.standard("pareto.ppf", Pareto::quantile, 2, q, b);
  }

  /** The value at most which lies with probability q, moved by loc and scaled. */
  public static Array ppf(Array q, Array b, Array loc, Array scale) {
    return Programs.real("pareto.ppf", Pareto::quantile, q, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array ppf(Array q, double b, double loc, double scale) {
    return ppf(q, Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array ppf(Array q, double b) {
    return ppf(q, Jnp.weak(b));
  }

  private static Array logDensity(Array[] a) {
    Array norm = Elementary.log(a[3].div(a[1]));
    Array value = Arithmetic.neg(norm.plus(a[1].plus(1).times(logRatio(a))));
    return where(outside(a), Double.NEGATIVE_INFINITY, value);
  }

  private static Array outside(Array[] a) {
    return a[0].lt(a[2].plus(a[3]));
  }

  /** How often x is the least value, as a logarithm. */
  private static Array logRatio(Array[] a) {
    return Elementary.log(where(outside(a), 1.0, Law.z(a)));
  }

  private static Array logAbove(Array[] a) {
    return Arithmetic.neg(a[1].times(logRatio(a)));
  }

  private static Array below(Array[] a) {
    return Arithmetic.neg(Elementary.expm1(logAbove(a)));
  }

  private static Array logBelow(Array[] a) {
    return Law.log1mexp(Arithmetic.neg(logAbove(a)));
  }

  private static Array quantile(Array[] a) {
    Array ratio = Elementary.exp(Arithmetic.neg(Elementary.log1p(Arithmetic.neg(a[0])).div(a[1])));
    return Law.ifProbability(a[0], a[2].plus(a[3].times(ratio)));
  }
}
