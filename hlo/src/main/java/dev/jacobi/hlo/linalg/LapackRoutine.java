package dev.jacobi.hlo.linalg;

import java.util.Optional;

/** The routines of LAPACK (and one of BLAS) that JAX calls on the CPU. */
public enum LapackRoutine {
  /** Triangular solution. */
  TRSM("trsm", "trsm", 2),
  /** LU factorisation. */
  GETRF("getrf", "getrf", 1),
  /** Cholesky factorisation. */
  POTRF("potrf", "potrf", 1),
  /** QR factorisation. */
  GEQRF("geqrf", "geqrf", 1),
  /** QR factorisation with column pivoting. */
  GEQP3("geqp3", "geqp3", 2),
  /** The orthogonal factor of a QR factorisation. */
  ORGQR("orgqr", "ungqr", 2),
  /** A product with it. */
  ORMQR("ormqr", "unmqr", 3),
  /** Singular values, by dividing and conquering. */
  GESDD("gesdd", "gesdd", 1),
  /** Singular values, by QR. */
  GESVD("gesvd", "gesvd", 1),
  /** Eigenvalues of a symmetric matrix. */
  SYEVD("syevd", "heevd", 1),
  /** Eigenvalues of any square matrix. */
  GEEV("geev", "geev", 1),
  /** Schur form. */
  GEES("gees", "gees", 1),
  /** Hessenberg form. */
  GEHRD("gehrd", "gehrd", 1),
  /** Tridiagonal form of a symmetric matrix. */
  SYTRD("sytrd", "hetrd", 1),
  /** Tridiagonal solution. */
  GTSV("gtsv", "gtsv", 4);

  private final String real;
  private final String complex;
  private final int operands;

  LapackRoutine(String real, String complex, int operands) {
    this.real = real;
    this.complex = complex;
    this.operands = operands;
  }

  int operands() {
    return operands;
  }

  String lapackName(boolean isComplex) {
    return isComplex ? complex : real;
  }

  static Optional<LapackRoutine> find(String name, boolean isComplex) {
    for (LapackRoutine r : values()) {
      if (r.lapackName(isComplex).equals(name)) {
        return Optional.of(r);
      }
    }
    return Optional.empty();
  }
}
