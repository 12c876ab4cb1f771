package dev.jacobi.control;

/** A loop's body gives back what it carries with another structure, shape or element type. */
public final class CarryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CarryException(String message) {
    super(message);
  }
}
