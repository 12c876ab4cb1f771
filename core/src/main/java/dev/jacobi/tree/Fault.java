package dev.jacobi.tree;

/**
 * Thrown by the fast code, which knows no paths; whoever entered it catches this and asks {@link
 * Diagnosis} for the named exception.
 */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final Fault FAULT = new Fault();

  private Fault() {
    super("a value that cannot be in a tree", null, false, false);
  }
}
