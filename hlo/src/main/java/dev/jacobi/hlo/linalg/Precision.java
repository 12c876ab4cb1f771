package dev.jacobi.hlo.linalg;

import dev.jacobi.hlo.DType;

/**
 * When LAPACK takes a number to be 0. Everything is computed in double precision, but iterations
 * for matrices in single precision stop where LAPACK's stop: the number of steps fixes signs and
 * the order in which eigenvalues are found.
 *
 * @param eps half a unit in the last place of 1
 * @param smallest the smallest normal number
 */
record Precision(double eps, double smallest) {
  static final Precision SINGLE = new Precision(0x1p-24, Float.MIN_NORMAL);
  static final Precision DOUBLE = new Precision(0x1p-53, Double.MIN_NORMAL);

  static Precision of(DType dtype) {
    return dtype.real() == DType.F32 ? SINGLE : DOUBLE;
  }

  /**
   * The power of two by which a matrix is multiplied first, as LAPACK does with matrices so large
   * or small that squares would overflow or vanish; 0 if none is needed.
   */
  int exponent(Matrix a) {
    double largest = a.largest();
    double least = Math.sqrt(smallest) / ulp();
    boolean fine = largest == 0 || largest >= least && largest <= 1 / least;
    return fine ? 0 : -Math.getExponent(Math.max(largest, Double.MIN_NORMAL));
  }

  /** One unit in the last place of 1. */
  double ulp() {
    return 2 * eps;
  }
}
