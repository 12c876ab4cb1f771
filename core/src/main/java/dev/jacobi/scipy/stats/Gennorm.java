package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.IncompleteGamma;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * The generalised normal distribution of exponent beta. Arguments broadcast, and integers become
 * floating point.
 */
public final class Gennorm {
  private Gennorm() {}

  /**
   * The logarithm of the density. {@code Gennorm.logpdf(scalar(0.5f), scalar(2f))} is {@code
   * -0.8223649}.
   */
  public static Array logpdf(Array x, Array beta) {
    return Programs.real("gennorm.logpdf", Gennorm::logDensity, x, beta);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double beta) {
    return logpdf(x, Jnp.weak(beta));
  }

  /** The density. {@code Gennorm.pdf(scalar(0.5f), scalar(2f))} is {@code 0.4393913}. */
  public static Array pdf(Array x, Array beta) {
    return Programs.real("gennorm.pdf", Law.exp(Gennorm::logDensity), x, beta);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double beta) {
    return pdf(x, Jnp.weak(beta));
  }

  /**
   * The probability of at most x. {@code Gennorm.cdf(scalar(0.5f), scalar(2f))} is {@code
   * 0.7602499}.
   */
  public static Array cdf(Array x, Array beta) {
    return Programs.real("gennorm.cdf", Gennorm::below, x, beta);
  }

  /** The same for numbers. */
  public static Array cdf(Array x, double beta) {
    return cdf(x, Jnp.weak(beta));
  }

  private static Array logDensity(Array[] a) {
    Array norm = SpecialFunctions.lgamma(Jnp.div(1, a[1]));
    Array power = Jnp.power(Arithmetic.abs(a[0]), a[1]);
    return Elementary.log(a[1].times(0.5)).minus(norm).minus(power);
  }

  private static Array below(Array[] a) {
    Array power = Jnp.power(Arithmetic.abs(a[0]), a[1]);
    Array inverse = Jnp.div(1, a[1]);
    Array tail = IncompleteGamma.igammac(inverse, power).times(0.5);
    return where(a[0].lt(0), tail, Jnp.minus(1, tail));
  }
}
