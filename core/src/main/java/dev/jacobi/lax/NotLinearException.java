package dev.jacobi.lax;

import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.UserCode;

/** A function was transposed that is not linear in the operand in question. */
public final class NotLinearException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotLinearException(Primitive primitive) {
    super(
        primitive.name()
            + " at "
            + UserCode.line()
            + " is not linear in the operand that is being transposed, so it has no transpose."
            + " Only linear functions can be transposed; linearize gives one.");
  }
}
