package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.IncompleteGamma;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;

/**
 * The chi-squared distribution with df degrees of freedom from loc on, in units of scale. Where no
 * loc and scale are given they are 0 and 1; arguments broadcast, and integers become floating
 * point.
 */
public final class Chi2 {
  private Chi2() {}

  /**
   * The logarithm of the density. {@code Chi2.logpdf(scalar(0.5f), scalar(3f))} is {@code
   * -1.5155121}.
   */
  public static Array logpdf(Array x, Array df) {
    return Law.standard("chi2.logpdf", Chi2::logDensity, 2, x, df);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array df, Array loc, Array scale) {
    return Programs.real("chi2.logpdf", Chi2::logDensity, x, df, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double df, double loc, double scale) {
    return logpdf(x, Jnp.weak(df), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double df) {
    return logpdf(x, Jnp.weak(df));
  }

  /** The density. {@code Chi2.pdf(scalar(0.5f), scalar(3f))} is {@code 0.21969564}. */
  public static Array pdf(Array x, Array df) {
    return Law.standard("chi2.pdf", Law.exp(Chi2::logDensity), 2, x, df);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array df, Array loc, Array scale) {
    return Programs.real("chi2.pdf", Law.exp(Chi2::logDensity), x, df, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double df, double loc, double scale) {
    return pdf(x, Jnp.weak(df), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double df) {
    return pdf(x, Jnp.weak(df));
  }

  /**
   * The probability of at most x. {@code Chi2.cdf(scalar(0.5f), scalar(3f))} is {@code
   * 0.081108585}.
   */
  public static Array cdf(Array x, Array df) {
    return Law.standard("chi2.cdf", Chi2::below, 2, x, df);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array df, Array loc, Array scale) {
    return Programs.real("chi2.cdf", Chi2::below, x, df, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double df, double loc, double scale) {
    return cdf(x, Jnp.weak(df), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double df) {
    return cdf(x, Jnp.weak(df));
  }

  /**
   * The logarithm of the probability of at most x. {@code Chi2.logcdf(scalar(0.5f), scalar(3f))} is
   * {@code -2.5119665}.
   */
  public static Array logcdf(Array x, Array df) {
    return Law.standard("chi2.logcdf", Law.log(Chi2::below), 2, x, df);
  }

  /** The logarithm of the probability of at most x, moved by loc and scaled. */
  public static Array logcdf(Array x, Array df, Array loc, Array scale) {
    return Programs.real("chi2.logcdf", Law.log(Chi2::below), x, df, loc, scale);
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double df, double loc, double scale) {
    return logcdf(x, Jnp.weak(df), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double df) {
    return logcdf(x, Jnp.weak(df));
  }

  /**
   * The probability of more than x. {@code Chi2.sf(scalar(0.5f), scalar(3f))} is {@code
   * 0.91889143}.
   */
  public static Array sf(Array x, Array df) {
    return Law.standard("chi2.sf", Chi2::above, 2, x, df);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array df, Array loc, Array scale) {
    return Programs.real("chi2.sf", Chi2::above, x, df, loc, scale);
  }

  /** The same for numbers. */
  public static Array sf(Array x, double df, double loc, double scale) {
    return sf(x, Jnp.weak(df), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array sf(Array x, double df) {
    return sf(x, Jnp.weak(df));
  }

  /**
   * The logarithm of the probability of more than x. {@code Chi2.logsf(scalar(0.5f), scalar(3f))}
   * is {@code -0.084587306}.
   */
  public static Array logsf(Array x, Array df) {
    return Law.standard("chi2.logsf", Law.log(Chi2::above), 2, x, df);
  }

  /** The logarithm of the probability of more than x, moved by loc and scaled. */
  public static Array logsf(Array x, Array df, Array loc, Array scale) {
    return Programs.real("chi2.logsf", Law.log(Chi2::above), x, df, loc, scale);
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double df, double loc, double scale) {
    return logsf(x, Jnp.weak(df), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double df) {
    return logsf(x, Jnp.weak(df));
  }

  private static Array logDensity(Array[] a) {
    Array inside = a[0].ge(a[2]);
    Array y = where(inside, Law.z(a), 1.0);
    Array half = a[1].times(0.5);
    Array kernel = Entropies.xlogy(half.minus(1), y).minus(y.times(0.5));
    Array norm = SpecialFunctions.lgamma(half).plus(half.times(Math.log(2)));
    Array value = kernel.minus(norm).minus(Elementary.log(a[3]));
    return where(inside, value, Double.NEGATIVE_INFINITY);
  }

  private static Array below(Array[] a) {
    return IncompleteGamma.igamma(a[1].times(0.5), Law.positive(Law.z(a).times(0.5)));
  }

  private static Array above(Array[] a) {
    return IncompleteGamma.igammac(a[1].times(0.5), Law.positive(Law.z(a).times(0.5)));
  }
}
