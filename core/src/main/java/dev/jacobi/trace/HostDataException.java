package dev.jacobi.trace;

/** Values or memory that Java and an array cannot exchange in the way that was asked for. */
public final class HostDataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public HostDataException(String message) {
    super(message);
  }
}
