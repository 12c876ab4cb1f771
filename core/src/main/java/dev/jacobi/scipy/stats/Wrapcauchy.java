package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * Cauchy's distribution wrapped around the circle, of angles from 0 to 2 pi, with c between 0 and
 * 1. Arguments broadcast, and integers become floating point.
 */
public final class Wrapcauchy {
  private Wrapcauchy() {}

  /**
   * The logarithm of the density. {@code Wrapcauchy.logpdf(scalar(0.5f), scalar(0.5f))} is {@code
   * -1.1378193}.
   */
  public static Array logpdf(Array x, Array c) {
    return Programs.real("wrapcauchy.logpdf", Wrapcauchy::logDensity, x, c);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double c) {
    return logpdf(x, Jnp.weak(c));
  }

  /** The density. {@code Wrapcauchy.pdf(scalar(0.5f), scalar(0.5f))} is {@code 0.3205172}. */
  public static Array pdf(Array x, Array c) {
    return Programs.real("wrapcauchy.pdf", Law.exp(Wrapcauchy::logDensity), x, c);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double c) {
    return pdf(x, Jnp.weak(c));
  }

  private static Array logDensity(Array[] a) {
    Array c = a[1];
    Array square = c.times(c);
    Array below = square.plus(1).minus(c.times(2).times(Elementary.cos(a[0])));
    Array value = Elementary.log1p(Arithmetic.neg(square)).minus(Elementary.log(below));
    value = value.minus(Math.log(2 * Math.PI));
    Array inside = Bits.and(a[0].ge(0), a[0].le(2 * Math.PI));
    value = where(inside, value, Double.NEGATIVE_INFINITY);
    Array valid = Bits.and(c.gt(0), c.lt(1));
    return where(valid, value, Programs.constant(value, Double.NaN));
  }
}
