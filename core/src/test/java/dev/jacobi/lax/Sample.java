package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Flat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A row of the table of laws: a primitive and operands in its domain.
 *
 * @param operands draws operands
 * @param follows whether the derivative is that of the values; false where JAX decides otherwise
 * @param fixed operands in which it has no derivative
 * @param function what derivatives and vmap are tested on: as a rule the primitive itself
 */
record Sample(
    String label,
    Primitive primitive,
    Function<Draw, List<Array>> operands,
    boolean follows,
    Set<Integer> fixed,
    Flat function) {
  static Sample of(String label, Primitive primitive, Function<Draw, List<Array>> operands) {
    Flat itself = xs -> Bind.bind(primitive, xs);
    return new Sample(label, primitive, operands, true, Set.of(), itself);
  }

  /** Laws of derivatives and of vmap hold for a function that binds the primitive. */
  Sample through(Flat other) {
    return new Sample(label, primitive, operands, follows, fixed, other);
  }

  /** The derivative is zero by decision, where that of the values is not. */
  Sample decided() {
    return new Sample(label, primitive, operands, false, fixed, function);
  }

  /** Has no derivative in these operands. */
  Sample fixing(Integer... operand) {
    return new Sample(label, primitive, operands, follows, Set.of(operand), function);
  }

  @Override
  public String toString() {
    return primitive.name() + "/" + label;
  }
}
