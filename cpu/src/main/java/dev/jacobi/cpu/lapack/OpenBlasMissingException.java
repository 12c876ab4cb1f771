package dev.jacobi.cpu.lapack;

/** The OpenBLAS library is not there or cannot be loaded; the message says what to do. */
public final class OpenBlasMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String ADVICE =
      " Linear algebra (cholesky, lu, qr, svd, eigh, ...) needs it. Add"
          + " org.bytedeco:openblas:0.3.31-1.5.13 with this platform's classifier to the class"
          + " path, or set JACOBI_OPENBLAS to the path of an OpenBLAS with LAPACK and 32-bit"
          + " integers, or run without it: JACOBI_BACKEND=interpreter. `./jacobi doctor` shows"
          + " what was looked for.";

  OpenBlasMissingException(String why) {
    super(why + ADVICE);
  }

  OpenBlasMissingException(String why, Throwable cause) {
    super(why + ADVICE, cause);
  }
}
