package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * Gumbel's distribution of the largest of many numbers, with mode loc and width scale. Where no loc
 * and scale are given they are 0 and 1; arguments broadcast, and integers become floating point.
 */
public final class GumbelR {
  private GumbelR() {}

  /** The logarithm of the density. {@code GumbelR.logpdf(scalar(0.5f))} is {@code -1.1065307}. */
  public static Array logpdf(Array x) {
    return Law.standard("gumbel_r.logpdf", GumbelR::logDensity, 2, x);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_r.logpdf", GumbelR::logDensity, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double loc, double scale) {
    return logpdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The density. {@code GumbelR.pdf(scalar(0.5f))} is {@code 0.3307043}. */
  public static Array pdf(Array x) {
    return Law.standard("gumbel_r.pdf", Law.exp(GumbelR::logDensity), 2, x);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_r.pdf", Law.exp(GumbelR::logDensity), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double loc, double scale) {
    return pdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of at most x. {@code GumbelR.cdf(scalar(0.5f))} is {@code 0.5452392}. */
  public static Array cdf(Array x) {
    return Law.standard("gumbel_r.cdf", Law.exp(GumbelR::logBelow), 2, x);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_r.cdf", Law.exp(GumbelR::logBelow), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double loc, double scale) {
    return cdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The logarithm of the probability of at most x. {@code GumbelR.logcdf(scalar(0.5f))} is {@code
   * -0.60653067}.
   */
  public static Array logcdf(Array x) {
    return Law.standard("gumbel_r.logcdf", GumbelR::logBelow, 2, x);
  }

  /** The logarithm of the probability of at most x, moved by loc and scaled. */
  public static Array logcdf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_r.logcdf", GumbelR::logBelow, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double loc, double scale) {
    return logcdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of more than x. {@code GumbelR.sf(scalar(0.5f))} is {@code 0.4547608}. */
  public static Array sf(Array x) {
    return Law.standard("gumbel_r.sf", GumbelR::above, 2, x);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_r.sf", GumbelR::above, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array sf(Array x, double loc, double scale) {
    return sf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The logarithm of the probability of more than x. {@code GumbelR.logsf(scalar(0.5f))} is {@code
   * -0.7879837}.
   */
  public static Array logsf(Array x) {
    return Law.standard("gumbel_r.logsf", GumbelR::logAbove, 2, x);
  }

  /** The logarithm of the probability of more than x, moved by loc and scaled. */
  public static Array logsf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_r.logsf", GumbelR::logAbove, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double loc, double scale) {
    return logsf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The value at most which lies with probability p. {@code GumbelR.ppf(scalar(0.25f))} is {@code
   * -0.32663426}.
   */
  public static Array ppf(Array p) {
    return Law.standard("gumbel_r.ppf", GumbelR::quantile, 2, p);
  }

  /** The value at most which lies with probability p, moved by loc and scaled. */
  public static Array ppf(Array p, Array loc, Array scale) {
    return Programs.real("gumbel_r.ppf", GumbelR::quantile, p, loc, scale);
  }

  /** The same for numbers. */
  public static Array ppf(Array p, double loc, double scale) {
    return ppf(p, Jnp.weak(loc), Jnp.weak(scale));
  }

  private static Array logDensity(Array[] a) {
    Array z = Arithmetic.neg(Law.z(a));
    Array value = z.minus(Elementary.exp(z)).minus(Elementary.log(a[2]));
    return Law.ifPositive(a[2], value);
  }

  private static Array logBelow(Array[] a) {
    return Law.ifPositive(a[2], Arithmetic.neg(Elementary.exp(Arithmetic.neg(Law.z(a)))));
  }

  private static Array logAbove(Array[] a) {
    return Law.ifPositive(a[2], Law.log1mexp(Elementary.exp(Arithmetic.neg(Law.z(a)))));
  }

  private static Array above(Array[] a) {
    Array value =
        Arithmetic.neg(Elementary.expm1(Arithmetic.neg(Elementary.exp(Arithmetic.neg(Law.z(a))))));
    return Law.ifPositive(a[2], value);
  }

  private static Array quantile(Array[] a) {
    Array inside = Bits.and(a[0].gt(0), a[0].lt(1));
    Array p = where(inside, a[0], 0.5);
    Array log = Elementary.log(Arithmetic.neg(Elementary.log(p)));
    Array value = a[1].minus(a[2].times(log));
    return where(inside, value, Programs.constant(value, Double.NaN));
  }
}
