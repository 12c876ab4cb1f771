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
 * The gamma distribution of shape a from loc on, in units of scale. Where no loc and scale are
 * given they are 0 and 1; arguments broadcast, and integers become floating point.
 */
public final class Gamma {
  private Gamma() {}

  /**
   * The logarithm of the density. {@code Gamma.logpdf(scalar(0.5f), scalar(2f))} is {@code
   * -1.1931472}.
   */
  public static Array logpdf(Array x, Array a) {
    return Law.standard("gamma.logpdf", Gamma::logDensity, 2, x, a);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array a, Array loc, Array scale) {
    return Programs.real("gamma.logpdf", Gamma::logDensity, x, a, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double a, double loc, double scale) {
    return logpdf(x, Jnp.weak(a), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double a) {
    return logpdf(x, Jnp.weak(a));
  }

  /** The density. {@code Gamma.pdf(scalar(0.5f), scalar(2f))} is {@code 0.30326533}. */
  public static Array pdf(Array x, Array a) {
    return Law.standard("gamma.pdf", Law.exp(Gamma::logDensity), 2, x, a);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array a, Array loc, Array scale) {
    return Programs.real("gamma.pdf", Law.exp(Gamma::logDensity), x, a, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double a, double loc, double scale) {
    return pdf(x, Jnp.weak(a), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double a) {
    return pdf(x, Jnp.weak(a));
  }

  /**
   * The probability of at most x. {@code Gamma.cdf(scalar(0.5f), scalar(2f))} is {@code
   * 0.09020401}.
   */
  public static Array cdf(Array x, Array a) {
    return Law.standard("gamma.cdf", Gamma::below, 2, x, a);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array a, Array loc, Array scale) {
    return Programs.real("gamma.cdf", Gamma::below, x, a, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double a, double loc, double scale) {
    return cdf(x, Jnp.weak(a), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double a) {
    return cdf(x, Jnp.weak(a));
  }

  /**
   * The logarithm of the probability of at most x. {@code Gamma.logcdf(scalar(0.5f), scalar(2f))}
   * is {@code -2.4056814}.
   */
  public static Array logcdf(Array x, Array a) {
    return Law.standard("gamma.logcdf", Law.log(Gamma::below), 2, x, a);
  }

  /** The logarithm of the probability of at most x, moved by loc and scaled. */
  public static Array logcdf(Array x, Array a, Array loc, Array scale) {
    return Programs.real("gamma.logcdf", Law.log(Gamma::below), x, a, loc, scale);
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double a, double loc, double scale) {
    return logcdf(x, Jnp.weak(a), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double a) {
    return logcdf(x, Jnp.weak(a));
  }

  /**
   * The probability of more than x. {@code Gamma.sf(scalar(0.5f), scalar(2f))} is {@code 0.909796}.
   */
  public static Array sf(Array x, Array a) {
    return Law.standard("gamma.sf", Gamma::above, 2, x, a);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array a, Array loc, Array scale) {
    return Programs.real("gamma.sf", Gamma::above, x, a, loc, scale);
  }

  /** The same for numbers. */
  public static Array sf(Array x, double a, double loc, double scale) {
    return sf(x, Jnp.weak(a), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array sf(Array x, double a) {
    return sf(x, Jnp.weak(a));
  }

  /**
   * The logarithm of the probability of more than x. {@code Gamma.logsf(scalar(0.5f), scalar(2f))}
   * is {@code -0.09453488}.
   */
  public static Array logsf(Array x, Array a) {
    return Law.standard("gamma.logsf", Law.log(Gamma::above), 2, x, a);
  }

  /** The logarithm of the probability of more than x, moved by loc and scaled. */
  public static Array logsf(Array x, Array a, Array loc, Array scale) {
    return Programs.real("gamma.logsf", Law.log(Gamma::above), x, a, loc, scale);
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double a, double loc, double scale) {
    return logsf(x, Jnp.weak(a), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double a) {
    return logsf(x, Jnp.weak(a));
  }

  private static Array logDensity(Array[] a) {
    Array inside = a[0].ge(a[2]);
    Array y = where(inside, Law.z(a), 1.0);
    Array linear = Entropies.xlogy(a[1].minus(1), y).minus(y);
    Array shape = SpecialFunctions.lgamma(a[1]).plus(Elementary.log(a[3]));
    return where(inside, linear.minus(shape), Double.NEGATIVE_INFINITY);
  }

  private static Array below(Array[] a) {
    return IncompleteGamma.igamma(a[1], Law.positive(Law.z(a)));
  }

  private static Array above(Array[] a) {
    return IncompleteGamma.igammac(a[1], Law.positive(Law.z(a)));
  }
}
