package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Betas;
import dev.jacobi.scipy.special.Programs;

/**
 * The number of successes in n trials whose probability is drawn from the beta distribution with
 * shapes a and b. Where no loc is given it is 0; arguments broadcast, and integers become floating
 * point.
 */
public final class Betabinom {
  private Betabinom() {}

  /**
   * The logarithm of the probability of k. {@code Betabinom.logpmf(scalar(1), scalar(4),
   * scalar(2f), scalar(3f))} is {@code -1.2527626}.
   */
  public static Array logpmf(Array k, Array n, Array a, Array b) {
    return Law.standard("betabinom.logpmf", Betabinom::logProbability, 1, k, n, a, b);
  }

  /** The logarithm of the probability of k, moved by loc. */
  public static Array logpmf(Array k, Array n, Array a, Array b, Array loc) {
    return Programs.real("betabinom.logpmf", Betabinom::logProbability, k, n, a, b, loc);
  }

  /** The same for numbers. */
  public static Array logpmf(Array k, double n, double a, double b, double loc) {
    return logpmf(k, Jnp.weak(n), Jnp.weak(a), Jnp.weak(b), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array logpmf(Array k, double n, double a, double b) {
    return logpmf(k, Jnp.weak(n), Jnp.weak(a), Jnp.weak(b));
  }

  /**
   * The probability of k. {@code Betabinom.pmf(scalar(1), scalar(4), scalar(2f), scalar(3f))} is
   * {@code 0.28571442}.
   */
  public static Array pmf(Array k, Array n, Array a, Array b) {
    return Law.standard("betabinom.pmf", Law.exp(Betabinom::logProbability), 1, k, n, a, b);
  }

  /** The probability of k, moved by loc. */
  public static Array pmf(Array k, Array n, Array a, Array b, Array loc) {
    return Programs.real("betabinom.pmf", Law.exp(Betabinom::logProbability), k, n, a, b, loc);
  }

  /** The same for numbers. */
  public static Array pmf(Array k, double n, double a, double b, double loc) {
    return pmf(k, Jnp.weak(n), Jnp.weak(a), Jnp.weak(b), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array pmf(Array k, double n, double a, double b) {
    return pmf(k, Jnp.weak(n), Jnp.weak(a), Jnp.weak(b));
  }

  private static Array logProbability(Array[] p) {
    Array n = p[1];
    Array y = Elementary.floor(p[0]).minus(p[4]);
    Array possible = Bits.and(y.ge(0), y.le(n));
    Array valid = Bits.and(Bits.and(n.ge(0), p[2].gt(0)), p[3].gt(0));
    Array inside = Bits.and(possible, valid);
    Array k = where(inside, y, 0.0);
    Array rest = where(inside, n.minus(y), 0.0);
    Array choices = Elementary.log1p(n).plus(Betas.log(rest.plus(1), k.plus(1)));
    Array successes = Betas.log(k.plus(p[2]), rest.plus(p[3])).minus(Betas.log(p[2], p[3]));
    Array value = where(possible, successes.minus(choices), Double.NEGATIVE_INFINITY);
    return where(valid, value, Programs.constant(value, Double.NaN));
  }
}
