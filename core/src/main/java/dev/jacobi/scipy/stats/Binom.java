package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;

/**
 * The number of successes in n trials, each with probability p. Where no loc is given it is 0;
 * arguments broadcast, and integers become floating point.
 */
public final class Binom {
  private Binom() {}

  /**
   * The logarithm of the probability of k. {@code Binom.logpmf(scalar(1), scalar(4),
   * scalar(0.25f))} is {@code -0.86304593}.
   */
  public static Array logpmf(Array k, Array n, Array p) {
    return Law.standard("binom.logpmf", Binom::logProbability, 1, k, n, p);
  }

  /** The logarithm of the probability of k, moved by loc. */
  public static Array logpmf(Array k, Array n, Array p, Array loc) {
    return Programs.real("binom.logpmf", Binom::logProbability, k, n, p, loc);
  }

  /** The same for numbers. */
  public static Array logpmf(Array k, double n, double p, double loc) {
    return logpmf(k, Jnp.weak(n), Jnp.weak(p), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array logpmf(Array k, double n, double p) {
    return logpmf(k, Jnp.weak(n), Jnp.weak(p));
  }

  /**
   * The probability of k. {@code Binom.pmf(scalar(1), scalar(4), scalar(0.25f))} is {@code
   * 0.42187512}.
   */
  public static Array pmf(Array k, Array n, Array p) {
    return Law.standard("binom.pmf", Law.exp(Binom::logProbability), 1, k, n, p);
  }

  /** The probability of k, moved by loc. */
  public static Array pmf(Array k, Array n, Array p, Array loc) {
    return Programs.real("binom.pmf", Law.exp(Binom::logProbability), k, n, p, loc);
  }

  /** The same for numbers. */
  public static Array pmf(Array k, double n, double p, double loc) {
    return pmf(k, Jnp.weak(n), Jnp.weak(p), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array pmf(Array k, double n, double p) {
    return pmf(k, Jnp.weak(n), Jnp.weak(p));
  }

  private static Array logProbability(Array[] a) {
    Array y = a[0].minus(a[3]);
    Array inside = Bits.and(y.ge(0), y.le(a[1]));
    Array k = where(inside, y, 0.0);
    Array n = where(inside, a[1], 0.0);
    Array rest = n.minus(k);
    Array choices = SpecialFunctions.lgamma(n.plus(1)).minus(SpecialFunctions.lgamma(k.plus(1)));
    choices = choices.minus(SpecialFunctions.lgamma(rest.plus(1)));
    Array linear = Entropies.xlogy(k, a[2]).plus(Entropies.xlog1py(rest, Arithmetic.neg(a[2])));
    return where(inside, choices.plus(linear), Double.NEGATIVE_INFINITY);
  }
}
