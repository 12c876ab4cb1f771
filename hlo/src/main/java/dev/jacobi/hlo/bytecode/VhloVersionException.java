package dev.jacobi.hlo.bytecode;

/** A version of VHLO that is none, is not written, or lacks what a program uses. */
public final class VhloVersionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VhloVersionException(String message) {
    super(message);
  }
}
