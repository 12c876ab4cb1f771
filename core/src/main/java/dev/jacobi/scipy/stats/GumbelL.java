package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * Gumbel's distribution of the smallest of many numbers, with mode loc and width scale. Where no
 * loc and scale are given they are 0 and 1; arguments broadcast, and integers become floating
 * point.
 */
public final class GumbelL {
  private GumbelL() {}

  /** The logarithm of the density. {@code GumbelL.logpdf(scalar(0.5f))} is {@code -1.1487212}. */
  public static Array logpdf(Array x) {
    return Law.standard("gumbel_l.logpdf", GumbelL::logDensity, 2, x);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_l.logpdf", GumbelL::logDensity, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double loc, double scale) {
    return logpdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The density. {@code GumbelL.pdf(scalar(0.5f))} is {@code 0.31704193}. */
  public static Array pdf(Array x) {
    return Law.standard("gumbel_l.pdf", Law.exp(GumbelL::logDensity), 2, x);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_l.pdf", Law.exp(GumbelL::logDensity), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double loc, double scale) {
    return pdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of at most x. {@code GumbelL.cdf(scalar(0.5f))} is {@code 0.8077043}. */
  public static Array cdf(Array x) {
    return Law.standard("gumbel_l.cdf", GumbelL::below, 2, x);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_l.cdf", GumbelL::below, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double loc, double scale) {
    return cdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The logarithm of the probability of at most x. {@code GumbelL.logcdf(scalar(0.5f))} is {@code
   * -0.2135592}.
   */
  public static Array logcdf(Array x) {
    return Law.standard("gumbel_l.logcdf", GumbelL::logBelow, 2, x);
  }

  /** The logarithm of the probability of at most x, moved by loc and scaled. */
  public static Array logcdf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_l.logcdf", GumbelL::logBelow, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logcdf(Array x, double loc, double scale) {
    return logcdf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The probability of more than x. {@code GumbelL.sf(scalar(0.5f))} is {@code 0.19229566}. */
  public static Array sf(Array x) {
    return Law.standard("gumbel_l.sf", Law.exp(GumbelL::logAbove), 2, x);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_l.sf", Law.exp(GumbelL::logAbove), x, loc, scale);
  }

  /** The same for numbers. */
  public static Array sf(Array x, double loc, double scale) {
    return sf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The logarithm of the probability of more than x. {@code GumbelL.logsf(scalar(0.5f))} is {@code
   * -1.6487212}.
   */
  public static Array logsf(Array x) {
    return Law.standard("gumbel_l.logsf", GumbelL::logAbove, 2, x);
  }

  /** The logarithm of the probability of more than x, moved by loc and scaled. */
  public static Array logsf(Array x, Array loc, Array scale) {
    return Programs.real("gumbel_l.logsf", GumbelL::logAbove, x, loc, scale);
  }

  /** The same for numbers. */
  public static Array logsf(Array x, double loc, double scale) {
    return logsf(x, Jnp.weak(loc), Jnp.weak(scale));
  }

  /**
   * The value at most which lies with probability p. {@code GumbelL.ppf(scalar(0.25f))} is {@code
   * -1.2458994}.
   */
  public static Array ppf(Array p) {
    return Law.standard("gumbel_l.ppf", GumbelL::quantile, 2, p);
  }

  /** The value at most which lies with probability p, moved by loc and scaled. */
  public static Array ppf(Array p, Array loc, Array scale) {
    return Programs.real("gumbel_l.ppf", GumbelL::quantile, p, loc, scale);
  }

  /** The same for numbers. */
  public static Array ppf(Array p, double loc, double scale) {
    return ppf(p, Jnp.weak(loc), Jnp.weak(scale));
  }

  private static Array logDensity(Array[] a) {
    Array z = Law.z(a);
    Array value = z.minus(Elementary.exp(z)).minus(Elementary.log(a[2]));
    return Law.ifPositive(a[2], value);
  }

  private static Array logAbove(Array[] a) {
    return Law.ifPositive(a[2], Arithmetic.neg(Elementary.exp(Law.z(a))));
  }

  private static Array logBelow(Array[] a) {
    return Law.ifPositive(a[2], Law.log1mexp(Elementary.exp(Law.z(a))));
  }

  private static Array below(Array[] a) {
    Array value = Arithmetic.neg(Elementary.expm1(Arithmetic.neg(Elementary.exp(Law.z(a)))));
    return Law.ifPositive(a[2], value);
  }

  private static Array quantile(Array[] a) {
    Array inside = Bits.and(a[0].gt(0), a[0].lt(1));
    Array p = where(inside, a[0], 0.5);
    Array log = Elementary.log(Arithmetic.neg(Elementary.log1p(Arithmetic.neg(p))));
    Array value = a[1].plus(a[2].times(log));
    return where(inside, value, Programs.constant(value, Double.NaN));
  }
}
