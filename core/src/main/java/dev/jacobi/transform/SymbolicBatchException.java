package dev.jacobi.transform;

/** A function for any size of the batch was called with no batch, or needs its size as a number. */
public final class SymbolicBatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SymbolicBatchException(String message) {
    super(message);
  }

  SymbolicBatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
