package dev.jacobi.cli;

/** A program that does not compile; the message is what javac says about it, with the lines. */
final class CompileException extends Exception {
  private static final long serialVersionUID = 1L;

  CompileException(String message) {
    super(message);
  }
}
