package dev.jacobi.trace;

import dev.jacobi.jaxpr.Aval;

/** An array was used after its memory had been given away. */
public final class DeletedArrayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeletedArrayException(Aval aval) {
    super(
        "an array of type "
            + aval
            + " is used at "
            + UserCode.line()
            + " after its memory was given away: it was donated to a jitted function, or closed."
            + " Use the function's result instead, or do not donate the array.");
  }
}
