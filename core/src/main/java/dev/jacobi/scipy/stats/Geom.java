package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;

/**
 * The number of trials up to the first success, each with probability p. Where no loc is given it
 * is 0; arguments broadcast, and integers become floating point.
 */
public final class Geom {
  private Geom() {}

  /**
   * The logarithm of the probability of k. {@code Geom.logpmf(scalar(1), scalar(0.25f))} is {@code
   * -1.3862944}.
   */
  public static Array logpmf(Array k, Array p) {
    return Law.standard("geom.logpmf", Geom::logProbability, 1, k, p);
  }

  /** The logarithm of the probability of k, moved by loc. */
  public static Array logpmf(Array k, Array p, Array loc) {
    return Programs.real("geom.logpmf", Geom::logProbability, k, p, loc);
  }

  /** The same for numbers. */
  public static Array logpmf(Array k, double p, double loc) {
    return logpmf(k, Jnp.weak(p), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array logpmf(Array k, double p) {
    return logpmf(k, Jnp.weak(p));
  }

  /** The probability of k. {@code Geom.pmf(scalar(1), scalar(0.25f))} is {@code 0.25}. */
  public static Array pmf(Array k, Array p) {
    return Law.standard("geom.pmf", Law.exp(Geom::logProbability), 1, k, p);
  }

  /** The probability of k, moved by loc. */
  public static Array pmf(Array k, Array p, Array loc) {
    return Programs.real("geom.pmf", Law.exp(Geom::logProbability), k, p, loc);
  }

  /** The same for numbers. */
  public static Array pmf(Array k, double p, double loc) {
    return pmf(k, Jnp.weak(p), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array pmf(Array k, double p) {
    return pmf(k, Jnp.weak(p));
  }

  private static Array logProbability(Array[] a) {
    Array x = a[0].minus(a[2]);
    Array failures = Entropies.xlog1py(x.minus(1), Arithmetic.neg(a[1]));
    Array value = failures.plus(Elementary.log(a[1]));
    return where(x.le(0), Double.NEGATIVE_INFINITY, value);
  }
}
