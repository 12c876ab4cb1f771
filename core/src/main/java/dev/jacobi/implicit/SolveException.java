package dev.jacobi.implicit;

/** A function of an equation or its solver that gives another structure or type than it must. */
public final class SolveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SolveException(String message) {
    super(message);
  }
}
