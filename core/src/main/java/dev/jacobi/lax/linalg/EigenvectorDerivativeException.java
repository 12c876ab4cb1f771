package dev.jacobi.lax.linalg;

import dev.jacobi.trace.UserCode;

/** Eigenvectors of a general matrix were differentiated without asking for it. */
public final class EigenvectorDerivativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EigenvectorDerivativeException() {
    super(
        "eig at "
            + UserCode.line()
            + ": derivatives of eigenvectors of general matrices hold only if all eigenvalues"
            + " differ and no vector has two largest components, which nobody checks. Ask for"
            + " them with enableEigvecDerivs, or for eigenvalues only, as in JAX.");
  }
}
