package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.Loc;

/** A program with unknown sizes does not fit those that its arguments have. */
public final class RefineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefineException(String message, Loc loc) {
    super(message + (loc.isKnown() ? " (" + loc + ")" : ""));
  }
}
