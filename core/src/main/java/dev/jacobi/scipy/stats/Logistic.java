package dev.jacobi.scipy.stats;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;

/**
 * The logistic distribution with mean loc and width scale. Where no loc and scale are given they
 * are 0 and 1; arguments broadcast, and integers become floating point.
 */
public final class Logistic {
  private Logistic() {}

  /** The logarithm of the density. {@code Logistic.logpdf(scalar(0.5f))} is {@code -1.448154}. */
  public static Array logpdf(Array x) {
    return Law.standard("logistic.logpdf", Logistic::logDensity, 2, x);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array loc, Array scale) {
    return Programs.real("logistic.logpdf", Logistic::logDensity, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double loc, double scale) {
    return logpdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The density. {@code Logistic.pdf(scalar(0.5f))} is {@code 0.23500371}. */
  public static Array pdf(Array x) {
    return Law.standard("logistic.pdf", Law.exp(Logistic::logDensity), 2, x);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array loc, Array scale) {
    return Programs.real("logistic.pdf", Law.exp(Logistic::logDensity), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double loc, double scale) {
    return pdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of at most x. {@code Logistic.cdf(scalar(0.5f))} is {@code 0.62245935}. */
  public static Array cdf(Array x) {
    return Law.standard("logistic.cdf", Logistic::below, 2, x);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array loc, Array scale) {
    return Programs.real("logistic.cdf", Logistic::below, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double loc, double scale) {
    return cdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of more than x. {@code Logistic.sf(scalar(0.5f))} is {@code 0.37754068}. */
  public static Array sf(Array x) {
    return Law.standard("logistic.sf", Logistic::above, 2, x);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array loc, Array scale) {
    return Programs.real("logistic.sf", Logistic::above, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array sf(Array x, double loc, double scale) {
    return sf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The value at most which lies with probability q. {@code Logistic.ppf(scalar(0.25f))} is {@code
   * -1.0986123}.
   */
  public static Array ppf(Array q) {
    return Law.standard("logistic.ppf", Logistic::quantile, 2, q);
  }

  /** The value at most which lies with probability q, moved by loc and scaled. */
  public static Array ppf(Array q, Array loc, Array scale) {
    return Programs.real("logistic.ppf", Logistic::quantile, q, loc, scale);
  }

  /** The same for numbers. */
  public static Array ppf(Array q, double loc, double scale) {
    return ppf(q, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The value above which lies with probability q. {@code Logistic.isf(scalar(0.25f))} is {@code
   * 1.0986123}.
   */
  public static Array isf(Array q) {
    return Law.standard("logistic.isf", Logistic::inverseAbove, 2, q);
  }

  /** The value above which lies with probability q, moved by loc and scaled. */
  public static Array isf(Array q, Array loc, Array scale) {
    return Programs.real("logistic.isf", Logistic::inverseAbove, q, loc, scale);
  }

  /** The same for numbers. */
  public static Array isf(Array q, double loc, double scale) {
    return isf(q, Jnp.weak(loc), Jnp.weak(scale));
  }

  private static Array logDensity(Array[] a) {
    Array half = Law.z(a).times(0.5);
    Array sum = Jnp.logaddexp(half, Arithmetic.neg(half));
    return sum.times(-2).minus(Elementary.log(a[2]));
  }

  private static Array below(Array[] a) {
    return Elementary.logistic(Law.z(a));
  }

  private static Array above(Array[] a) {
    return Elementary.logistic(Arithmetic.neg(Law.z(a)));
  }

  private static Array quantile(Array[] a) {
    return Entropies.logit(a[0]).times(a[2]).plus(a[1]);
  }

  private static Array inverseAbove(Array[] a) {
    return a[1].minus(Entropies.logit(a[0]).times(a[2]));
  }
}
