package dev.jacobi.scipy.stats;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * Student's distribution with df degrees of freedom, moved by loc and scaled. Where no loc and
 * scale are given they are 0 and 1; arguments broadcast, and integers become floating point.
 */
public final class T {
  private T() {}

  /**
   * The logarithm of the density. {@code T.logpdf(scalar(0.5f), scalar(3f))} is {@code -1.1609743}.
   */
  public static Array logpdf(Array x, Array df) {
    return Law.standard("t.logpdf", T::logDensity, 2, x, df);
  }

  /** The logarithm of the density, moved by loc and scaled. */
  public static Array logpdf(Array x, Array df, Array loc, Array scale) {
    return Programs.real("t.logpdf", T::logDensity, x, df, loc, scale);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double df, double loc, double scale) {
    return logpdf(x, Jnp.weak(df), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double df) {
    return logpdf(x, Jnp.weak(df));
  }

  /** The density. {@code T.pdf(scalar(0.5f), scalar(3f))} is {@code 0.31318092}. */
  public static Array pdf(Array x, Array df) {
    return Law.standard("t.pdf", Law.exp(T::logDensity), 2, x, df);
  }

  /** The density, moved by loc and scaled. */
  public static Array pdf(Array x, Array df, Array loc, Array scale) {
    return Programs.real("t.pdf", Law.exp(T::logDensity), x, df, loc, scale);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double df, double loc, double scale) {
    return pdf(x, Jnp.weak(df), Jnp.weak(loc), Jnp.weak(scale));
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double df) {
    return pdf(x, Jnp.weak(df));
  }

  private static Array logDensity(Array[] a) {
    Array z = Law.z(a);
    Array half = a[1].times(0.5);
    Array upper = half.plus(0.5);
    Array norm = Elementary.log(a[1].times(Math.PI)).times(0.5).plus(Elementary.log(a[3]));
    norm = norm.plus(SpecialFunctions.lgamma(half)).minus(SpecialFunctions.lgamma(upper));
    Array quadratic = Elementary.log1p(z.times(z).div(a[1]));
    return Arithmetic.neg(norm.plus(upper.times(quadratic)));
  }
}
