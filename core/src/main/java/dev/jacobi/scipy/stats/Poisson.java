package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.IncompleteGamma;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;

/**
 * Poisson's distribution with mean mu. Where no loc is given it is 0; arguments broadcast, and
 * integers become floating point.
 */
public final class Poisson {
  private Poisson() {}

  /**
   * The logarithm of the probability of k. {@code Poisson.logpmf(scalar(1), scalar(2f))} is {@code
   * -1.3068528}.
   */
  public static Array logpmf(Array k, Array mu) {
    return Law.standard("poisson.logpmf", Poisson::logProbability, 1, k, mu);
  }

  /** The logarithm of the probability of k, moved by loc. */
  public static Array logpmf(Array k, Array mu, Array loc) {
    return Programs.real("poisson.logpmf", Poisson::logProbability, k, mu, loc);
  }

  /** The same for numbers. */
  public static Array logpmf(Array k, double mu, double loc) {
    return logpmf(k, Jnp.weak(mu), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array logpmf(Array k, double mu) {
    return logpmf(k, Jnp.weak(mu));
  }

  /** The probability of k. {@code Poisson.pmf(scalar(1), scalar(2f))} is {@code 0.27067056}. */
  public static Array pmf(Array k, Array mu) {
    return Law.standard("poisson.pmf", Law.exp(Poisson::logProbability), 1, k, mu);
  }

  /** The probability of k, moved by loc. */
  public static Array pmf(Array k, Array mu, Array loc) {
    return Programs.real("poisson.pmf", Law.exp(Poisson::logProbability), k, mu, loc);
  }

  /** The same for numbers. */
  public static Array pmf(Array k, double mu, double loc) {
    return pmf(k, Jnp.weak(mu), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array pmf(Array k, double mu) {
    return pmf(k, Jnp.weak(mu));
  }

  /**
   * The probability of at most k. {@code Poisson.cdf(scalar(1), scalar(2f))} is {@code 0.40600586}.
   */
  public static Array cdf(Array k, Array mu) {
    return Law.standard("poisson.cdf", Poisson::below, 1, k, mu);
  }

  /** The probability of at most k, moved by loc. */
  public static Array cdf(Array k, Array mu, Array loc) {
    return Programs.real("poisson.cdf", Poisson::below, k, mu, loc);
  }

  /** The same for numbers. */
  public static Array cdf(Array k, double mu, double loc) {
    return cdf(k, Jnp.weak(mu), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array cdf(Array k, double mu) {
    return cdf(k, Jnp.weak(mu));
  }

  /** The entropy. {@code Poisson.entropy(scalar(2f))} is {@code 1.7048827}. */
  public static Array entropy(Array mu) {
    return Programs.real("poisson.entropy", a -> Entropy.ofPoisson(a[0]), mu);
  }

  static Array logProbability(Array[] a) {
    Array x = a[0].minus(a[2]);
    Array whole = x.eq(Elementary.roundEven(x));
    Array inside = Bits.and(x.ge(0), whole);
    Array y = where(inside, x, 0.0);
    Array linear = Entropies.xlogy(y, a[1]);
    Array value = linear.minus(SpecialFunctions.lgamma(y.plus(1))).minus(a[1]);
    return where(inside, value, Double.NEGATIVE_INFINITY);
  }

  private static Array below(Array[] a) {
    Array x = a[0].minus(a[2]);
    Array counted = where(x.lt(0), 1.0, Elementary.floor(x.plus(1)));
    return where(x.lt(0), 0.0, IncompleteGamma.igammac(counted, a[1]));
  }
}
