package dev.jacobi.hlo.grid;

/**
 * A program on several devices whose collectives do not fit together: a group names a device that
 * is not there, or devices run different collectives and would wait for each other for ever.
 */
public final class CollectiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CollectiveException(String message) {
    super(message);
  }
}
