package dev.jacobi.hlo.interpret;

/** A program that the interpreter cannot run, or that was interrupted. */
public final class HloInterpretException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HloInterpretException(String message) {
    super(message);
  }
}
