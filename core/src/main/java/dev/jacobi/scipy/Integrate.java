package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.numpy.Jnp;

/** SciPy's integration, {@code jax.scipy.integrate}. */
public final class Integrate {
  private Integrate() {}

  /**
   * The integral along the last dimension by the trapezoidal rule, elements at distance 1. {@code
   * Integrate.trapezoid(array(1f, 2f, 4f))} is {@code 4.5}.
   */
  public static Array trapezoid(Array y) {
    return Jnp.trapezoid(y);
  }

  /** The integral along a dimension, elements at one distance. */
  public static Array trapezoid(Array y, double dx, int axis) {
    return Jnp.trapezoid(y, dx, axis);
  }

  /** The integral along a dimension, elements at places: a vector, or an array like y. */
  public static Array trapezoid(Array y, Array x, int axis) {
    return Jnp.trapezoid(y, x, axis);
  }
}
