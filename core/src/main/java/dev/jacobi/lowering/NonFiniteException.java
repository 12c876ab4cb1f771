package dev.jacobi.lowering;

/** The first operation of a program that gave a NaN (or an infinity, if these are looked for). */
public final class NonFiniteException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  NonFiniteException(String message) {
    super(message);
  }
}
