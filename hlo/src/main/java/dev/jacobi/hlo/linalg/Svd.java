package dev.jacobi.hlo.linalg;

/**
 * Singular values and vectors: reflections to bidiagonal form (after a QR factorisation where the
 * matrix is long), then {@link Bidiagonal}. Source: Golub, Van Loan, section 8.6, in the order of
 * LAPACK's gesdd, which fixes the signs up to order 25. Above, LAPACK divides and conquers, and the
 * common sign (or phase) of a pair of vectors is free.
 *
 * @param u all left vectors
 * @param s the values, descending
 * @param vt all right vectors, as conjugated rows
 * @param info 0, or how many values did not converge
 */
record Svd(Matrix u, double[] s, Matrix vt, int info) {
  static Svd of(Matrix a, boolean isComplex, Precision precision) {
    if (!a.isFinite()) {
      return notFinite(a);
    }
    int small = Math.min(a.rows(), a.cols());
    int large = Math.max(a.rows(), a.cols());
    int isLong = isComplex ? (int) (small * 17.0 / 9) : (int) (small * 11.0 / 6);
    if (large == small || large < isLong) {
      return a.rows() >= a.cols()
          ? direct(a, false, precision)
          : direct(a.adjoint(), true, precision);
    }
    boolean wide = a.cols() > a.rows();
    Matrix q = wide ? a.adjoint() : a.copy();
    Matrix taus = Householder.qr(q);
    Matrix r = new Matrix(small, small);
    for (int i = 0; i < small; i++) {
      for (int j = i; j < small; j++) {
        r.set(i, j, q.get(i, j));
      }
    }
    Svd inner = direct(wide ? r.adjoint() : r, false, precision);
    Matrix full =
        Householder.product(q.resized(large, large), taus); // the columns of R do not matter
    return wide
        ? new Svd(
            inner.u, inner.s, inner.vt.resized(large, large).times(full.adjoint()), inner.info)
        : new Svd(full.times(inner.u.resized(large, large)), inner.s, inner.vt, inner.info);
  }

  private static Svd notFinite(Matrix a) {
    double[] s = new double[Math.min(a.rows(), a.cols())];
    java.util.Arrays.fill(s, Double.NaN);
    Matrix u = new Matrix(a.rows(), a.rows());
    Matrix vt = new Matrix(a.cols(), a.cols());
    u.fill(Double.NaN);
    vt.fill(Double.NaN);
    return new Svd(u, s, vt, -4);
  }

  /** Of a matrix with at least as many rows as columns, or of its adjoint. */
  private static Svd direct(Matrix given, boolean adjoint, Precision precision) {
    Matrix a = given.copy();
    int m = a.rows();
    int n = a.cols();
    Matrix q = Matrix.identity(m);
    Matrix p = Matrix.identity(n);
    double[] d = new double[n];
    double[] e = new double[Math.max(n - 1, 0)];
    for (int i = 0; i < n; i++) {
      Complex tau = Householder.column(a, i, i);
      d[i] = a.re(i, i);
      Complex[] v = Householder.vector(a, i, i);
      Householder.left(a, v, tau.conjugate(), i, i + 1);
      Householder.right(q, v, tau, 0, i);
      if (i < n - 1) {
        Matrix row = new Matrix(n, 1);
        for (int j = i + 1; j < n; j++) {
          row.set(j, 0, a.get(i, j).conjugate());
        }
        tau = Householder.column(row, i + 1, 0);
        e[i] = row.re(i + 1, 0);
        v = Householder.vector(row, i + 1, 0);
        Householder.right(a, v, tau, i + 1, i + 1);
        Householder.right(p, v, tau, 0, i + 1);
      }
    }
    Matrix inner = Matrix.identity(n);
    Matrix innerT = Matrix.identity(n);
    Bidiagonal b = new Bidiagonal(d, e, inner, innerT, precision);
    if (adjoint) {
      b.lowerToUpper();
    }
    int info = b.run();
    return adjoint
        ? new Svd(p.times(inner), d, innerT.resized(m, m).times(q.adjoint()), info)
        : new Svd(q.times(inner.resized(m, m)), d, innerT.times(p.adjoint()), info);
  }
}
