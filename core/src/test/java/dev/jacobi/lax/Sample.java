package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Primitive;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A row of the table of laws: a primitive and operands in its domain.
 *
 * @param operands draws operands
 * @param follows whether the derivative is that of the values; false where JAX decides otherwise
 * @param fixed operands in which it has no derivative
 */
record Sample(
    String label,
    Primitive primitive,
    Function<Draw, List<Array>> operands,
    boolean follows,
    Set<Integer> fixed) {
  static Sample of(String label, Primitive primitive, Function<Draw, List<Array>> operands) {
    return new Sample(label, primitive, operands, true, Set.of());
  }

  /** The derivative is zero by decision, where that of the values is not. */
  Sample decided() {
    return new Sample(label, primitive, operands, false, fixed);
  }

  /** Has no derivative in these operands. */
  Sample fixing(Integer... operand) {
    return new Sample(label, primitive, operands, follows, Set.of(operand));
  }

  @Override
  public String toString() {
    return primitive.name() + "/" + label;
  }
}
