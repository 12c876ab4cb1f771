package dev.jacobi.transform;

/** A function or an argument that cannot be differentiated. */
public final class GradientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GradientException(String message) {
    super(message);
  }
}
