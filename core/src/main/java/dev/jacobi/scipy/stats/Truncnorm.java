package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Normals;
import dev.jacobi.scipy.special.Programs;

/**
 * The normal distribution cut off below a and above b, both in units of scale from loc. Where no
 * loc and scale are given they are 0 and 1; arguments broadcast, and integers become floating
 * point.
 */
public final class Truncnorm {
  private Truncnorm() {}

  /**
   * The logarithm of the density. {@code Truncnorm.logpdf(scalar(0.5f), scalar(-1f), scalar(1f))}
   * is {@code -0.66222334}.
   */
  public static Array logpdf(Array x, Array a, Array b) {
    return Law.standard("truncnorm.logpdf", Truncnorm::logDensity, 2, x, a, b);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("truncnorm.logpdf", Truncnorm::logDensity, x, a, b, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double a, double b, double loc, double scale) {
    return logpdf(x, Jnp.weak(a), Jnp.weak(b), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double a, double b) {
    return logpdf(x, Jnp.weak(a), Jnp.weak(b));
  }

  /**
   * The density. {@code Truncnorm.pdf(scalar(0.5f), scalar(-1f), scalar(1f))} is {@code 0.5157035}.
   */
  public static Array pdf(Array x, Array a, Array b) {
    return Law.standard("truncnorm.pdf", Law.exp(Truncnorm::logDensity), 2, x, a, b);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("truncnorm.pdf", Law.exp(Truncnorm::logDensity), x, a, b, loc, scale);
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
   * The probability of at most x. {@code Truncnorm.cdf(scalar(0.5f), scalar(-1f), scalar(1f))} is
   * {@code 0.7804532}.
   */
  public static Array cdf(Array x, Array a, Array b) {
    return Law.standard("truncnorm.cdf", Law.exp(Truncnorm::logBelow), 2, x, a, b);
  }

  /** The probability of at most x, moved by loc and scaled. */
  public static Array cdf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("truncnorm.cdf", Law.exp(Truncnorm::logBelow), x, a, b, loc, scale);
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
   * The logarithm of the probability of at most x. {@code Truncnorm.logcdf(scalar(0.5f),
   * scalar(-1f), scalar(1f))} is {@code -0.24788049}.
   */
  public static Array logcdf(Array x, Array a, Array b) {
    return Law.standard("truncnorm.logcdf", Truncnorm::logBelow, 2, x, a, b);
  }

  /** The logarithm of the probability of at most x, moved by loc and scaled. */
  public static Array logcdf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("truncnorm.logcdf", Truncnorm::logBelow, x, a, b, loc, scale);
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
   * The probability of more than x. {@code Truncnorm.sf(scalar(0.5f), scalar(-1f), scalar(1f))} is
   * {@code 0.21954674}.
   */
  public static Array sf(Array x, Array a, Array b) {
    return Law.standard("truncnorm.sf", Law.exp(Truncnorm::logAbove), 2, x, a, b);
  }

  /** The probability of more than x, moved by loc and scaled. */
  public static Array sf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("truncnorm.sf", Law.exp(Truncnorm::logAbove), x, a, b, loc, scale);
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
   * The logarithm of the probability of more than x. {@code Truncnorm.logsf(scalar(0.5f),
   * scalar(-1f), scalar(1f))} is {@code -1.5161902}.
   */
  public static Array logsf(Array x, Array a, Array b) {
    return Law.standard("truncnorm.logsf", Truncnorm::logAbove, 2, x, a, b);
  }

  /** The logarithm of the probability of more than x, moved by loc and scaled. */
  public static Array logsf(Array x, Array a, Array b, Array loc, Array scale) {
    return Programs.real("truncnorm.logsf", Truncnorm::logAbove, x, a, b, loc, scale);
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
    Array value = Norm.logDensity(new Array[] {a[0], a[3], a[4]}).minus(logMass(a[1], a[2]));
    Array outside = Bits.or(z.lt(a[1]), z.gt(a[2]));
    return ifOrdered(a, where(outside, Double.NEGATIVE_INFINITY, value));
  }

  private static Array logBelow(Array[] a) {
    return ifOrdered(a, share(Law.z(a), Law.full(a, a[1]), Law.full(a, a[2])));
  }

  private static Array logAbove(Array[] a) {
    Array low = Arithmetic.neg(Law.full(a, a[2]));
    return ifOrdered(a, share(Arithmetic.neg(Law.z(a)), low, Arithmetic.neg(Law.full(a, a[1]))));
  }

  private static Array ifOrdered(Array[] a, Array value) {
    return where(a[1].ge(a[2]), Programs.constant(value, Double.NaN), value);
  }

  /** The logarithm of the mass from a to z as a share of that up to b. */
  private static Array share(Array z, Array a, Array b) {
    Array inside = Bits.and(z.gt(a), z.lt(b));
    Array x = where(inside, z, where(z.le(a), a, b));
    Array whole = logMass(a, b);
    Array low = logMass(a, where(inside, x, b)).minus(whole);
    Array high = logMass(where(inside, x, a), b).minus(whole);
    // near the whole, what is above says more
    Array near = Elementary.log1p(Arithmetic.neg(Elementary.exp(where(low.gt(-0.1), high, -1.0))));
    Array value = where(low.gt(-0.1), near, low);
    value = where(z.le(a), Double.NEGATIVE_INFINITY, value);
    return where(z.ge(b), 0.0, value);
  }

  /** The logarithm of the normal mass from a to b, of tails by their mirror image below 0. */
  private static Array logMass(Array a, Array b) {
    Array right = a.gt(0);
    Array tail = Bits.or(right, b.le(0));
    Array low = where(right, Arithmetic.neg(b), a);
    Array high = where(right, Arithmetic.neg(a), b);
    Array logLow = Normals.logNdtr(where(tail, low, -2.0));
    Array logHigh = Normals.logNdtr(where(tail, high, -1.0));
    Array distance = where(logLow.eq(Double.NEGATIVE_INFINITY), 800.0, logHigh.minus(logLow));
    Array ofTail = logHigh.plus(Law.log1mexp(distance));
    Array outside = Normals.ndtr(a).plus(Normals.ndtr(Arithmetic.neg(b)));
    return where(tail, ofTail, Elementary.log1p(Arithmetic.neg(where(tail, 0.5, outside))));
  }
}
