package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.Loc;

/**
 * The sizes of the arguments break a condition that the program states: its own words say which.
 */
public final class ShapeAssertionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ShapeAssertionException(String message, Loc loc) {
    super(message + (loc.isKnown() ? " (" + loc + ")" : ""));
  }
}
