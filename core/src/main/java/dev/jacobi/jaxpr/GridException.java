package dev.jacobi.jaxpr;

/** One program was to run on two sets of devices. */
public final class GridException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GridException(String message) {
    super(message);
  }
}
