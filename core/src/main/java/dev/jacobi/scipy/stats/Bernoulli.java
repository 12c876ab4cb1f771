package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;

/**
 * A single trial that succeeds (1) with probability p. Where no loc is given it is 0; arguments
 * broadcast, and integers become floating point.
 */
public final class Bernoulli {
  private Bernoulli() {}

  /**
   * The logarithm of the probability of k. {@code Bernoulli.logpmf(scalar(1), scalar(0.25f))} is
   * {@code -1.3862944}.
   */
  public static Array logpmf(Array k, Array p) {
    return Law.standard("bernoulli.logpmf", Bernoulli::logProbability, 1, k, p);
  }

  /** The logarithm of the probability of k, moved by loc. */
  public static Array logpmf(Array k, Array p, Array loc) {
    return Programs.real("bernoulli.logpmf", Bernoulli::logProbability, k, p, loc);
  }

  /** The same for numbers. */
  public static Array logpmf(Array k, double p, double loc) {
    return logpmf(k, Jnp.weak(p), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array logpmf(Array k, double p) {
    return logpmf(k, Jnp.weak(p));
  }

  /** The probability of k. {@code Bernoulli.pmf(scalar(1), scalar(0.25f))} is {@code 0.25}. */
  public static Array pmf(Array k, Array p) {
    return Law.standard("bernoulli.pmf", Law.exp(Bernoulli::logProbability), 1, k, p);
  }

  /** The probability of k, moved by loc. */
  public static Array pmf(Array k, Array p, Array loc) {
    return Programs.real("bernoulli.pmf", Law.exp(Bernoulli::logProbability), k, p, loc);
  }

  /** The same for numbers. */
  public static Array pmf(Array k, double p, double loc) {
    return pmf(k, Jnp.weak(p), Jnp.weak(loc));
  }

  /** The same for numbers. */
  public static Array pmf(Array k, double p) {
    return pmf(k, Jnp.weak(p));
  }

  /**
   * The probability of at most k. {@code Bernoulli.cdf(scalar(1), scalar(0.25f))} is {@code 1.0}.
   */
  public static Array cdf(Array k, Array p) {
    return Programs.real("bernoulli.cdf", Bernoulli::below, k, p);
  }

  /** The same for numbers. */
  public static Array cdf(Array k, double p) {
    return cdf(k, Jnp.weak(p));
  }

  /**
   * The value at most which lies with probability q. {@code Bernoulli.ppf(scalar(0.9f),
   * scalar(0.25f))} is {@code 1.0}.
   */
  public static Array ppf(Array q, Array p) {
    return Programs.real("bernoulli.ppf", Bernoulli::quantile, q, p);
  }

  /** The same for numbers. */
  public static Array ppf(Array q, double p) {
    return ppf(q, Jnp.weak(p));
  }

  private static Array logProbability(Array[] a) {
    Array x = a[0].minus(a[2]);
    Array success = Entropies.xlogy(x, a[1]);
    Array failure = Entropies.xlog1py(Jnp.minus(1, x), Arithmetic.neg(a[1]));
    Array outside = Bits.or(x.lt(0), x.gt(1));
    return where(outside, Double.NEGATIVE_INFINITY, success.plus(failure));
  }

  private static Array below(Array[] a) {
    Array failure = where(a[0].lt(1), Jnp.minus(1, a[1]), 1.0);
    return ifDefined(a, Jnp.isnan(a[0]), where(a[0].lt(0), 0.0, failure));
  }

  private static Array quantile(Array[] a) {
    Array one = Programs.constant(a[0], 1);
    Array value = where(a[0].le(Jnp.minus(1, a[1])), 0.0, one);
    Array bad = Bits.not(Bits.and(a[0].ge(0), a[0].le(1)));
    return ifDefined(a, bad, value);
  }

  private static Array ifDefined(Array[] a, Array bad, Array value) {
    Array valid = Bits.and(a[1].ge(0), a[1].le(1));
    Array undefined = Bits.or(bad, Bits.not(valid));
    return where(undefined, Programs.constant(value, Double.NaN), value);
  }
}
