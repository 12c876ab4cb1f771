package dev.jacobi.lax;

import dev.jacobi.trace.UserCode;

/** A function was differentiated in an operand in which its derivative is not known. */
public final class NoDerivativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The primitive, the operand's name, and the operands in which it has derivatives. */
  public NoDerivativeException(String primitive, String operand, String others) {
    super(
        primitive
            + " at "
            + UserCode.line()
            + " has no derivative in "
            + operand
            + ", only in "
            + others
            + ", as in JAX. If it does not matter, hold it fixed with stopGradient("
            + operand
            + ").");
  }
}
