package dev.jacobi.cpu.lapack;

/** A matrix is too large for LAPACK, which counts elements in 32 bits. */
public final class LapackSizeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LapackSizeException(String call, String what, long elements) {
    super(
        call
            + ": "
            + what
            + " has "
            + elements
            + " elements, but LAPACK counts to 2147483647. Work on smaller matrices, or divide"
            + " this one into blocks.");
  }
}
