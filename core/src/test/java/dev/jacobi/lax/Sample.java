package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Primitive;
import java.util.List;
import java.util.function.Function;

/**
 * A row of the table of laws: a primitive and operands in its domain.
 *
 * @param operands draws operands
 * @param follows whether the derivative is that of the values; false where JAX decides otherwise
 */
record Sample(
    String label, Primitive primitive, Function<Draw, List<Array>> operands, boolean follows) {
  static Sample of(String label, Primitive primitive, Function<Draw, List<Array>> operands) {
    return new Sample(label, primitive, operands, true);
  }

  /** The derivative is zero by decision, where that of the values is not. */
  Sample decided() {
    return new Sample(label, primitive, operands, false);
  }

  @Override
  public String toString() {
    return primitive.name() + "/" + label;
  }
}
