package dev.jacobi.scipy.stats;

import dev.jacobi.Array;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;

/**
 * Von Mises's distribution of angles around 0 with concentration kappa. Arguments broadcast, and
 * integers become floating point.
 */
public final class Vonmises {
  private Vonmises() {}

  /**
   * The logarithm of the density. {@code Vonmises.logpdf(scalar(0.5f), scalar(1f))} is {@code
   * -1.196209}.
   */
  public static Array logpdf(Array x, Array kappa) {
    return Programs.real("vonmises.logpdf", Vonmises::logDensity, x, kappa);
  }

  /** The same for numbers. */
  public static Array logpdf(Array x, double kappa) {
    return logpdf(x, Jnp.weak(kappa));
  }

  /** The density. {@code Vonmises.pdf(scalar(0.5f), scalar(1f))} is {@code 0.3023382}. */
  public static Array pdf(Array x, Array kappa) {
    return Programs.real("vonmises.pdf", Law.exp(Vonmises::logDensity), x, kappa);
  }

  /** The same for numbers. */
  public static Array pdf(Array x, double kappa) {
    return pdf(x, Jnp.weak(kappa));
  }

  private static Array logDensity(Array[] a) {
    Array norm = Elementary.log(SpecialFunctions.besselI0e(a[1]).times(2 * Math.PI));
    Array half = Elementary.sin(a[0].times(0.5));
    Array value = a[1].times(half.times(half).times(-2)).minus(norm);
    return Law.ifPositive(a[1], value);
  }
}
