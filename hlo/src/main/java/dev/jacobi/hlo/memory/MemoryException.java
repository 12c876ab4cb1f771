package dev.jacobi.hlo.memory;

/** There is not enough native memory; the message says how much was asked for and what is used. */
public final class MemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MemoryException(String message) {
    super(message);
  }
}
