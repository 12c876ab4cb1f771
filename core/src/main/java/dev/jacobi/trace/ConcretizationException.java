package dev.jacobi.trace;

/** A Java number, boolean or array was asked of an array whose value is not known while tracing. */
public final class ConcretizationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConcretizationException(String message) {
    super(message);
  }
}
