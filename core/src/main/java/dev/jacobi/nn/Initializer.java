package dev.jacobi.nn;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;

/** Makes the first values of a layer's weights: a function of a key, a shape and a type. */
@FunctionalInterface
public interface Initializer {
  /**
   * Values of {@code shape} and {@code dtype}, which is floating or complex.
   *
   * @throws dev.jacobi.lax.LaxTypeException if the shape or the type does not fit
   */
  Array init(Key key, Shape shape, DType dtype);

  /** The same as f32. */
  default Array init(Key key, Shape shape) {
    return init(key, shape, DType.F32);
  }
}
