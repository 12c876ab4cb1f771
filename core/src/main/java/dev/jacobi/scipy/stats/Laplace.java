package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * Laplace's distribution with mean loc and width scale. Where no loc and scale are given they are 0
 * and 1; arguments broadcast, and integers become floating point.
 */
public final class Laplace {
  private Laplace() {}

  /** The logarithm of the density. {@code Laplace.logpdf(scalar(0.5f))} is {@code -1.1931472}. */
  public static Array logpdf(Array x) {
    return Law.standard("laplace.logpdf", Laplace::logDensity, 2, x);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array loc, Array scale) {
    return Programs.real("laplace.logpdf", Laplace::logDensity, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double loc, double scale) {
    return logpdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The density. {@code Laplace.pdf(scalar(0.5f))} is {@code 0.30326533}. */
  public static Array pdf(Array x) {
    return Law.standard("laplace.pdf", Law.exp(Laplace::logDensity), 2, x);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array loc, Array scale) {
    return Programs.real("laplace.pdf", Law.exp(Laplace::logDensity), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double loc, double scale) {
    return pdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of at most x. {@code Laplace.cdf(scalar(0.5f))} is {@code 0.69673467}. */
  public static Array cdf(Array x) {
    return Law.standard("laplace.cdf", Laplace::below, 2, x);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array loc, Array scale) {
    return Programs.real("laplace.cdf", Laplace::below, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double loc, double scale) {
    return cdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  private static Array logDensity(Array[] a) {
    Array log = Elementary.log(a[2].times(2));
    return Arithmetic.neg(Arithmetic.abs(Law.z(a)).plus(log));
  }

  private static Array below(Array[] a) {
    Array z = Law.z(a);
    Array tail = Elementary.exp(Arithmetic.neg(Arithmetic.abs(z))).times(0.5);
    return where(z.le(0), tail, Jnp.minus(1, tail));
  }
}
