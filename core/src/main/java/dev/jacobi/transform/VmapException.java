package dev.jacobi.transform;

/** Batches that do not fit each other or the function. */
public final class VmapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VmapException(String message) {
    super(message);
  }
}
