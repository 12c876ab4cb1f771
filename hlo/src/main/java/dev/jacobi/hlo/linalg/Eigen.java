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
record Eigen(
    Complex[] values,
    Matrix t,
    Matrix q,
    Balance balance,
    boolean isComplex,
    Precision precision,
    int info) {
  static Eigen of(Matrix given, boolean isComplex, boolean scales, Precision precision) {
    int n = given.rows();
    Matrix a = given.copy();
    Balance balance = Balance.of(a, scales);
    Matrix taus = Householder.hessenberg(a, balance.low(), balance.high());
    Matrix q = Householder.hessenbergBasis(a, taus, balance.low(), balance.high());
    Complex[] values = new Complex[n];
    int info;
    if (isComplex) {
      info = ComplexSchur.run(a, q, balance.low(), balance.high(), precision);
      for (int i = 0; i < n; i++) {
        values[i] = a.get(i, i);
      }
    } else {
      double[] wr = new double[n];
      double[] wi = new double[n];
      info = RealSchur.run(a, q, balance.low(), balance.high(), wr, wi, precision);
      for (int i = 0; i < n; i++) {
        values[i] = new Complex(wr[i], wi[i]);
      }
    }
    return new Eigen(values, a, q, balance, isComplex, precision, info);
  }

  /** The Schur vectors of the matrix itself; it must not have been scaled. */
  Matrix schurVectors() {
    Matrix z = q.copy();
    balance.undo(z, false);
    return z;
  }

  /**
   * The eigenvectors as columns, of norm 1 and with their largest component real. Of a real matrix
   * they keep the sign that LAPACK's trevc gives them.
   */
  Matrix vectors(boolean left) {
    int n = values.length;
    Matrix triangle = t.copy();
    Matrix turn = Matrix.identity(n);
    for (int i = 1; i < n; i++) {
      if (startsPair(i - 1)) {
        triangularise(triangle, turn, i);
      }
    }
    Matrix x = turn.times(left ? leftVectors(triangle) : rightVectors(triangle));
    for (int j = 0; j < n; j++) {
      if (startsPair(j)) {
        direct(x, j, left);
      }
    }
    Matrix out = q.times(x);
    balance.undo(out, left);
    for (int j = 0; j < n; j++) {
      normalise(out, j);
      if (j > 0 && startsPair(j - 1)) {
        for (int i = 0; i < n; i++) {
          out.set(i, j, out.get(i, j - 1).conjugate());
        }
      }
    }
    return out;
  }

  /** Whether the values j and j + 1 of a real matrix are conjugate. */
  private boolean startsPair(int j) {
    return !isComplex && j + 1 < values.length && !t.get(j + 1, j).isZero();
  }

  /** Turns vector j so that its component j is real, with the sign from which trevc starts. */
  private void direct(Matrix x, int j, boolean left) {
    boolean upper = Math.abs(t.re(j, j + 1)) >= Math.abs(t.re(j + 1, j));
    double sign = 1;
    if (left && upper) {
      sign = Math.signum(t.re(j, j + 1));
    } else if (!left && !upper) {
      sign = -Math.signum(t.re(j + 1, j));
    }
    Complex now = x.get(j, j);
    Complex phase = now.conjugate().times(sign / now.abs());
    for (int i = 0; i < x.rows(); i++) {
      x.scale(i, j, phase);
    }
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

  private Matrix rightVectors(Matrix t) {
    int n = t.rows();
    Matrix x = new Matrix(n, n);
    for (int k = 0; k < n; k++) {
      x.set(k, k, 1);
      double small = small(k);
      for (int i = k - 1; i >= 0; i--) {
        Complex sum = Complex.ZERO;
        for (int j = i + 1; j <= k; j++) {
          sum = sum.minus(t.get(i, j).times(x.get(j, k)));
        }
        divide(x, i, k, sum, gap(t, i, k, small));
      }
    }
    return x;
  }

  private Matrix leftVectors(Matrix t) {
    int n = t.rows();
    Matrix y = new Matrix(n, n);
    for (int k = 0; k < n; k++) {
      y.set(k, k, 1);
      double small = small(k);
      for (int i = k + 1; i < n; i++) {
        Complex sum = Complex.ZERO;
        for (int j = k; j < i; j++) {
          sum = sum.minus(t.get(j, i).conjugate().times(y.get(j, k)));
        }
        divide(y, i, k, sum, gap(t, i, k, small).conjugate());
      }
    }
    return y;
  }

  /** How far apart, at least, LAPACK takes other eigenvalues to be from eigenvalue k. */
  private double small(int k) {
    double least = precision.smallest() * values.length / precision.ulp();
    return Math.max(precision.ulp() * values[k].abs1(), least);
  }

  /** Vectors of a defective matrix grow with every step: makes column k smaller in time. */
  private static void divide(Matrix x, int i, int k, Complex sum, Complex gap) {
    int growth = Math.getExponent(sum.abs1()) - Math.getExponent(gap.abs1());
    int exponent = growth > 400 ? -growth : 0;
    for (int r = 0; r < x.rows() && exponent != 0; r++) {
      x.set(r, k, x.get(r, k).scaledBy(exponent));
    }
    x.set(i, k, sum.scaledBy(exponent).dividedBy(gap));
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
    double sign = !isComplex && top.re() < 0 ? -1 : 1;
    Complex phase = isReal ? Complex.ONE : top.conjugate().times(sign / top.abs());
    for (int i = 0; i < v.rows(); i++) {
      Complex z = v.get(i, j).times(phase).times(1 / norm);
      v.set(i, j, isReal || i == largest ? Complex.real(z.re()) : z);
    }
  }
}
