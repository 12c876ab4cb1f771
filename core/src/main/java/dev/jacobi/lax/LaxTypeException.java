package dev.jacobi.lax;

import dev.jacobi.trace.UserCode;

/** A primitive was given operands or parameters that its shape rule forbids. */
public final class LaxTypeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LaxTypeException(String primitive, String problem) {
    super(primitive + " at " + UserCode.line() + ": " + problem);
  }
}
