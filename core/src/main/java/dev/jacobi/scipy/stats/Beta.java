package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.IncompleteBeta;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Betas;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;

/**
 * The beta distribution with shapes a and b between loc and loc + scale. Where no loc and scale are
 * given they are 0 and 1; arguments broadcast, and integers become floating point.
 */
public final class Beta {
  private Beta() {}

  /**
   * The logarithm of the density. {@code Beta.logpdf(scalar(0.5f), scalar(2f), scalar(3f))} is
   * {@code 0.40546536}.
   */
  public static Array logpdf(Array x, Array a, Array b) {
    return Law.standard("beta.logpdf", Beta::logDensity, 2, x, a, b);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("beta.logpdf", Beta::logDensity, x, a, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double a, double b, double loc, double scale) {
    return logpdf(x, Jnp.weak(a), Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double a, double b) {
    return logpdf(x, Jnp.weak(a), Jnp.weak(b));
  }

  /** The density. {@code Beta.pdf(scalar(0.5f), scalar(2f), scalar(3f))} is {@code 1.5000004}. */
  public static Array pdf(Array x, Array a, Array b) {
    return Law.standard("beta.pdf", Law.exp(Beta::logDensity), 2, x, a, b);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("beta.pdf", Law.exp(Beta::logDensity), x, a, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double a, double b, double loc, double scale) {
    return pdf(x, Jnp.weak(a), Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double a, double b) {
    return pdf(x, Jnp.weak(a), Jnp.weak(b));
  }

  /**
   * The probability of at most x. {@code Beta.cdf(scalar(0.5f), scalar(2f), scalar(3f))} is {@code
   * 0.6875}.
   */
  public static Array cdf(Array x, Array a, Array b) {
    return Law.standard("beta.cdf", Beta::below, 2, x, a, b);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("beta.cdf", Beta::below, x, a, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double a, double b, double loc, double scale) {
    return cdf(x, Jnp.weak(a), Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double a, double b) {
    return cdf(x, Jnp.weak(a), Jnp.weak(b));
  }

  /**
   * The logarithm of the probability of at most x. {@code Beta.logcdf(scalar(0.5f), scalar(2f),
   * scalar(3f))} is {@code -0.37469345}.
   */
  public static Array logcdf(Array x, Array a, Array b) {
    return Law.standard("beta.logcdf", Law.log(Beta::below), 2, x, a, b);
  }

  /** The logarithm of the probability of at most x, moved by loc and scaled. */
  public static Array logcdf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("beta.logcdf", Law.log(Beta::below), x, a, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double a, double b, double loc, double scale) {
    return logcdf(x, Jnp.weak(a), Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double a, double b) {
    return logcdf(x, Jnp.weak(a), Jnp.weak(b));
  }

  /**
   * The probability of more than x. {@code Beta.sf(scalar(0.5f), scalar(2f), scalar(3f))} is {@code
   * 0.31250003}.
   */
  public static Array sf(Array x, Array a, Array b) {
    return Law.standard("beta.sf", Beta::above, 2, x, a, b);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("beta.sf", Beta::above, x, a, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array sf(Array x, double a, double b, double loc, double scale) {
    return sf(x, Jnp.weak(a), Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array sf(Array x, double a, double b) {
    return sf(x, Jnp.weak(a), Jnp.weak(b));
  }

  /**
   * The logarithm of the probability of more than x. {@code Beta.logsf(scalar(0.5f), scalar(2f),
   * scalar(3f))} is {@code -1.1631507}.
   */
  public static Array logsf(Array x, Array a, Array b) {
    return Law.standard("beta.logsf", Law.log(Beta::above), 2, x, a, b);
  }

  /** The logarithm of the probability of more than x, moved by loc and scaled. */
  public static Array logsf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("beta.logsf", Law.log(Beta::above), x, a, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double a, double b, double loc, double scale) {
    return logsf(x, Jnp.weak(a), Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double a, double b) {
    return logsf(x, Jnp.weak(a), Jnp.weak(b));
  }

  private static Array logDensity(Array[] a) {
    Array z = Law.z(a);
    Array inside = Bits.and(a[0].ge(a[3]), a[0].le(a[3].plus(a[4])));
    Array y = where(inside, z, 0.5);
    Array low = Entropies.xlogy(a[1].minus(1), y);
    Array high = Entropies.xlog1py(a[2].minus(1), Arithmetic.neg(y));
    Array value = low.plus(high).minus(Betas.log(a[1], a[2])).minus(Elementary.log(a[4]));
    value = where(inside, value, Double.NEGATIVE_INFINITY);
    Array undefined = Bits.or(Bits.or(a[1].le(0), a[2].le(0)), a[4].le(0));
    return where(undefined, Programs.constant(value, Double.NaN), value);
  }

  private static Array below(Array[] a) {
    return IncompleteBeta.betainc(a[1], a[2], Law.unit(Law.z(a)));
  }

  private static Array above(Array[] a) {
    return IncompleteBeta.betainc(a[2], a[1], Jnp.minus(1, Law.unit(Law.z(a))));
  }
}
