package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;

/**
 * The number of failures before the n-th success, each trial with probability p. Where no loc is
 * given it is 0; arguments broadcast, and integers become floating point.
 */
public final class Nbinom {
  private Nbinom() {}

  /**
   * The logarithm of the probability of k. {@code Nbinom.logpmf(scalar(1), scalar(4),
   * scalar(0.25f))} is {@code -4.4465647}.
   */
  public static Array logpmf(Array k, Array n, Array p) {
    return Law.standard("nbinom.logpmf", Nbinom::logProbability, 1, k, n, p);
  }

  /** The logarithm of the probability of k, moved by loc. */
  public static Array logpmf(Array k, Array n, Array p, Array loc) {
    return Programs.real("nbinom.logpmf", Nbinom::logProbability, k, n, p, loc);
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
   * The probability of k. {@code Nbinom.pmf(scalar(1), scalar(4), scalar(0.25f))} is {@code
   * 0.011718756}.
   */
  public static Array pmf(Array k, Array n, Array p) {
    return Law.standard("nbinom.pmf", Law.exp(Nbinom::logProbability), 1, k, n, p);
  }

  /** The probability of k, moved by loc. */
  public static Array pmf(Array k, Array n, Array p, Array loc) {
    return Programs.real("nbinom.pmf", Law.exp(Nbinom::logProbability), k, n, p, loc);
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
    Array inside = a[0].ge(a[3]);
    Array y = where(inside, a[0].minus(a[3]), 0.0);
    Array ways = SpecialFunctions.lgamma(y.plus(a[1])).minus(SpecialFunctions.lgamma(a[1]));
    ways = ways.minus(SpecialFunctions.lgamma(y.plus(1)));
    Array linear = Entropies.xlogy(a[1], a[2]);
    linear = linear.plus(Entropies.xlog1py(y, Arithmetic.neg(a[2])));
    return where(inside, ways.plus(linear), Double.NEGATIVE_INFINITY);
  }
}
