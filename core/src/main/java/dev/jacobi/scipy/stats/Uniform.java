package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * The uniform distribution between loc and loc + scale. Where no loc and scale are given they are 0
 * and 1; arguments broadcast, and integers become floating point.
 */
public final class Uniform {
  private Uniform() {}

  /** The logarithm of the density. {@code Uniform.logpdf(scalar(0.5f))} is {@code -0.0}. */
  public static Array logpdf(Array x) {
    return Law.standard("uniform.logpdf", Uniform::logDensity, 2, x);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array loc, Array scale) {
    return Programs.real("uniform.logpdf", Uniform::logDensity, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double loc, double scale) {
    return logpdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The density. {@code Uniform.pdf(scalar(0.5f))} is {@code 1.0}. */
  public static Array pdf(Array x) {
    return Law.standard("uniform.pdf", Law.exp(Uniform::logDensity), 2, x);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array loc, Array scale) {
    return Programs.real("uniform.pdf", Law.exp(Uniform::logDensity), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double loc, double scale) {
    return pdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of at most x. {@code Uniform.cdf(scalar(0.5f))} is {@code 0.5}. */
  public static Array cdf(Array x) {
    return Law.standard("uniform.cdf", Uniform::below, 2, x);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array loc, Array scale) {
    return Programs.real("uniform.cdf", Uniform::below, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double loc, double scale) {
    return cdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The value at most which lies with probability q. {@code Uniform.ppf(scalar(0.25f))} is {@code
   * 0.25}.
   */
  public static Array ppf(Array q) {
    return Law.standard("uniform.ppf", Uniform::quantile, 2, q);
  }

  /** The value at most which lies with probability q, moved by loc and scaled. */
  public static Array ppf(Array q, Array loc, Array scale) {
    return Programs.real("uniform.ppf", Uniform::quantile, q, loc, scale);
  }

  /** The same for numbers. */
  public static Array ppf(Array q, double loc, double scale) {
    return ppf(q, Jnp.weak(loc), Jnp.weak(scale));
  }

  private static Array logDensity(Array[] a) {
    Array outside = Bits.or(a[0].gt(a[1].plus(a[2])), a[0].lt(a[1]));
    Array log = Arithmetic.neg(Elementary.log(Law.full(a, a[2])));
    return where(outside, Double.NEGATIVE_INFINITY, log);
  }

  private static Array below(Array[] a) {
    Array above = where(a[0].gt(a[1].plus(a[2])), 1.0, Law.z(a));
    return where(a[0].lt(a[1]), 0.0, above);
  }

  private static Array quantile(Array[] a) {
    return Law.ifProbability(a[0], a[1].plus(a[2].times(a[0])));
  }
}
