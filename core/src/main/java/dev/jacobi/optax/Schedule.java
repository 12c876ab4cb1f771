package dev.jacobi.optax;

import dev.jacobi.Array;
import dev.jacobi.numpy.Jnp;
import java.io.Serializable;

/** A number that changes from step to step, such as a learning rate. */
@FunctionalInterface
public interface Schedule extends Serializable {
  /**
   * The value at a step.
   *
   * @param count how many steps were taken before, as i32 of any shape; as i64 where the value is
   *     for parameters of 64 bits, so that it comes with their precision
   */
  Array at(Array count);

  /** The value at a step. */
  default double at(int count) {
    return at(Jnp.array(count)).item();
  }
}
