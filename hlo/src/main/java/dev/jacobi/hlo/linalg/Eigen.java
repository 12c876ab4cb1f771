package dev.jacobi.hlo.linalg;

/**
 * Eigenvalues, Schur form and eigenvectors of a square matrix: balanced, reduced to Hessenberg
 * form, then QR. Orders and phases are LAPACK's as far as its algorithm for small matrices fixes
 * them; from order 76 on it deflates in another order.
 *
 * @param values in the order of the Schur form's diagonal; of a real matrix, pairs of complex ones
 *     stand together, the one with positive imaginary part first
 * @param t the Schur form: triangular, or for a real matrix with blocks of order 2
 * @param q its basis, in terms of the balanced matrix
 * @param info 0, or k if eigenvalue k did not converge
 */
record Eigen(Complex[] values, Matrix t, Matrix q, Balance balance, boolean isComplex, int info) {
  static Eigen of(Matrix given, boolean isComplex, boolean scales) {
    int n = given.rows();
    Matrix a = given.copy();
    Balance balance = Balance.of(a, scales);
    Matrix taus = Householder.hessenberg(a, balance.low(), balance.high());
    Matrix q = Householder.hessenbergBasis(a, taus, balance.low(), balance.high());
    Complex[] values = new Complex[n];
    int info;
    if (isComplex) {
      info = ComplexSchur.run(a, q, balance.low(), balance.high());
      for (int i = 0; i < n; i++) {
        values[i] = a.get(i, i);
      }
    } else {
      double[] wr = new double[n];
      double[] wi = new double[n];
      info = RealSchur.run(a, q, balance.low(), balance.high(), wr, wi);
      for (int i = 0; i < n; i++) {
        values[i] = new Complex(wr[i], wi[i]);
      }
    }
    return new Eigen(values, a, q, balance, isComplex, info);
  }

  /** The Schur vectors of the matrix itself; it must not have been scaled. */
  Matrix schurVectors() {
    Matrix z = q.copy();
    balance.undo(z, false);
    return z;
  }

  /** The eigenvectors as columns, of norm 1 and with their largest component real. */
  Matrix vectors(boolean left) {
    Matrix triangle = t.copy();
    Matrix basis = q.copy();
    for (int i = 1; i < values.length; i++) {
      if (!isComplex && !t.get(i, i - 1).isZero()) {
        triangularise(triangle, basis, i);
      }
    }
    Matrix out = basis.times(left ? leftVectors(triangle) : rightVectors(triangle));
    balance.undo(out, left);
    for (int j = 0; j < values.length; j++) {
      normalise(out, j);
    }
    return out;
  }

  /** Makes the block of order 2 that ends at i triangular, its first eigenvalue on top. */
  private void triangularise(Matrix a, Matrix basis, int i) {
    Complex x = values[i - 1].minus(a.get(i, i));
    double length = StrictMath.hypot(x.abs(), a.get(i, i - 1).abs());
    Complex c = x.times(1 / length);
    Complex s = a.get(i, i - 1).times(1 / length);
    for (int j = 0; j < a.cols(); j++) {
      Complex p = a.get(i - 1, j);
      Complex r = a.get(i, j);
      a.set(i - 1, j, c.conjugate().times(p).plus(s.conjugate().times(r)));
      a.set(i, j, c.times(r).minus(s.times(p)));
    }
    for (Matrix m : new Matrix[] {a, basis}) {
      for (int j = 0; j < a.rows(); j++) {
        Complex p = m.get(j, i - 1);
        Complex r = m.get(j, i);
        m.set(j, i - 1, c.times(p).plus(s.times(r)));
        m.set(j, i, c.conjugate().times(r).minus(s.conjugate().times(p)));
      }
    }
    a.set(i, i - 1, 0);
  }

  private static Matrix rightVectors(Matrix t) {
    int n = t.rows();
    Matrix x = new Matrix(n, n);
    double small = smallest(t);
    for (int k = 0; k < n; k++) {
      x.set(k, k, 1);
      for (int i = k - 1; i >= 0; i--) {
        Complex sum = Complex.ZERO;
        for (int j = i + 1; j <= k; j++) {
          sum = sum.minus(t.get(i, j).times(x.get(j, k)));
        }
        x.set(i, k, sum.dividedBy(gap(t, i, k, small)));
      }
    }
    return x;
  }

  private static Matrix leftVectors(Matrix t) {
    int n = t.rows();
    Matrix y = new Matrix(n, n);
    double small = smallest(t);
    for (int k = 0; k < n; k++) {
      y.set(k, k, 1);
      for (int i = k + 1; i < n; i++) {
        Complex sum = Complex.ZERO;
        for (int j = k; j < i; j++) {
          sum = sum.minus(t.get(j, i).conjugate().times(y.get(j, k)));
        }
        y.set(i, k, sum.dividedBy(gap(t, i, k, small).conjugate()));
      }
    }
    return y;
  }

  private static double smallest(Matrix t) {
    double norm = Double.MIN_NORMAL;
    for (int i = 0; i < t.rows(); i++) {
      for (int j = i; j < t.cols(); j++) {
        norm = Math.max(norm, t.get(i, j).abs());
      }
    }
    return norm * 0x1p-53;
  }

  /** Equal eigenvalues are taken to be a little apart, as LAPACK does. */
  private static Complex gap(Matrix t, int i, int k, double small) {
    Complex gap = t.get(i, i).minus(t.get(k, k));
    return gap.abs1() < small ? Complex.real(small) : gap;
  }

  private void normalise(Matrix v, int j) {
    double norm = 0;
    int largest = 0;
    for (int i = 0; i < v.rows(); i++) {
      norm = StrictMath.hypot(norm, v.get(i, j).abs());
      largest = v.get(i, j).abs() > v.get(largest, j).abs() * (1 + 0x1p-40) ? i : largest;
    }
    Complex top = v.get(largest, j);
    boolean isReal = !isComplex && values[j].im() == 0;
    Complex phase = isReal ? Complex.ONE : top.conjugate().times(1 / top.abs());
    for (int i = 0; i < v.rows(); i++) {
      Complex z = v.get(i, j).times(phase).times(1 / norm);
      v.set(i, j, isReal || i == largest ? Complex.real(z.re()) : z);
    }
  }
}
