package dev.jacobi.lax;

import dev.jacobi.trace.UserCode;

/** A function was differentiated where its derivative is not known. */
public final class NoDerivativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of a primitive without any derivative. */
  public NoDerivativeException(String primitive) {
    super(
        primitive
            + " at "
            + UserCode.line()
            + " has no derivative, as in JAX. If it does not matter, hold its operands fixed with"
            + " stopGradient.");
  }

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
