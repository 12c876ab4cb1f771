package dev.jacobi.control;

/**
 * The branches of a {@code cond} or {@code switchCase} give different structures or types, or there
 * is none of that number.
 */
public final class BranchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BranchException(String message) {
    super(message);
  }
}
