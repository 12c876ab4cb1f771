package dev.jacobi.remat;

import dev.jacobi.jaxpr.Aval;

/**
 * An array that is kept from the way there for the way back.
 *
 * @param type its type
 * @param source where it comes from
 */
public record SavedResidual(Aval type, String source) {
  /** How much memory it takes. */
  public long bytes() {
    return type.physical().byteSize();
  }

  /** JAX's line: {@code f32[3] named 'a' from Net.java:12}. */
  @Override
  public String toString() {
    return type + " " + source;
  }
}
