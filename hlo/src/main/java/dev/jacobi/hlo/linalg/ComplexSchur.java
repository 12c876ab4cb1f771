package dev.jacobi.hlo.linalg;

/**
 * The Schur form of a complex Hessenberg matrix by QR with Wilkinson's shift. Source: Golub, Van
 * Loan, section 7.5; LAPACK's lahqr.
 */
final class ComplexSchur {
  private static final int STEPS = 30; // per eigenvalue, at most

  private final Matrix h;
  private final Matrix z;
  private final double ulp;
  private final double small;

  private ComplexSchur(Matrix h, Matrix z, Precision precision) {
    this.h = h;
    this.z = z;
    this.ulp = precision.ulp();
    this.small = precision.smallest() * h.rows() / ulp;
  }

  /**
   * Replaces the Hessenberg matrix h by its triangular Schur form, and z by z times the basis.
   *
   * @return 0, or k if eigenvalue k did not converge
   */
  static int run(Matrix h, Matrix z, int low, int high, Precision precision) {
    ComplexSchur s = new ComplexSchur(h, z, precision);
    for (int j = 0; j < h.cols(); j++) {
      for (int i = j + 2; i < h.rows(); i++) {
        h.set(i, j, 0);
      }
    }
    for (int i = low + 1; i <= high; i++) {
      s.makeReal(i, Math.min(i + 1, high));
    }
    int i = high;
    while (i >= low) {
      int l = low;
      boolean converged = false;
      for (int step = 1; step <= 1 + STEPS * Math.max(10, high - low + 1); step++) {
        l = s.split(l, i);
        if (l > low) {
          h.set(l, l - 1, 0);
        }
        if (l >= i) {
          converged = true;
          break;
        }
        s.sweep(l, i, s.shift(l, i, step));
      }
      if (!converged) {
        return i + 1;
      }
      i = l - 1;
    }
    return 0;
  }

  /** Turns the phase of row i so that the element before its diagonal is real. */
  private void makeReal(int i, int lastRow) {
    Complex x = h.get(i, i - 1);
    if (x.im() == 0) {
      return;
    }
    double length = x.abs();
    Complex phase = x.conjugate().times(1 / length);
    for (int j = i; j < h.cols(); j++) {
      h.scale(i, j, phase);
    }
    h.set(i, i - 1, length);
    for (int r = 0; r <= lastRow; r++) {
      h.scale(r, i, phase.conjugate());
    }
    for (int r = 0; r < z.rows(); r++) {
      z.scale(r, i, phase.conjugate());
    }
  }

  /** The row at which the last unreduced block up to i begins. */
  private int split(int from, int i) {
    int k = i;
    while (k > from && !isSmall(k)) {
      k--;
    }
    return k;
  }

  private boolean isSmall(int k) {
    double x = h.get(k, k - 1).abs1();
    if (x <= small) {
      return true;
    }
    double around = h.get(k - 1, k - 1).abs1() + h.get(k, k).abs1();
    if (around == 0) {
      around = k >= 2 ? Math.abs(h.re(k - 1, k - 2)) : 0;
      around += k + 1 < h.rows() ? Math.abs(h.re(k + 1, k)) : 0;
    }
    if (x > ulp * around) {
      return false;
    }
    double y = h.get(k - 1, k).abs1();
    double last = h.get(k, k).abs1();
    double gap = h.get(k - 1, k - 1).minus(h.get(k, k)).abs1();
    double aa = Math.max(last, gap);
    double s = aa + Math.max(x, y);
    return Math.min(x, y) * (Math.max(x, y) / s)
        <= Math.max(small, ulp * (Math.min(last, gap) * (aa / s)));
  }

  private Complex shift(int l, int i, int step) {
    if (step % 20 == 0) {
      return h.get(i, i).plus(Complex.real(0.75 * Math.abs(h.re(i, i - 1))));
    }
    if (step % 10 == 0) {
      return h.get(l, l).plus(Complex.real(0.75 * Math.abs(h.re(l + 1, l))));
    }
    Complex t = h.get(i, i);
    Complex u = sqrt(h.get(i - 1, i)).times(sqrt(h.get(i, i - 1)));
    double s = u.abs1();
    if (s == 0) {
      return t;
    }
    Complex x = h.get(i - 1, i - 1).minus(t).times(0.5);
    s = Math.max(s, x.abs1());
    Complex a = x.times(1 / s);
    Complex b = u.times(1 / s);
    Complex y = sqrt(a.times(a).plus(b.times(b))).times(s);
    if (x.re() * y.re() + x.im() * y.im() < 0) {
      y = y.negate();
    }
    return t.minus(u.times(u.dividedBy(x.plus(y))));
  }

  /** Where a sweep may begin: after two small elements in a row, or at l. */
  private int start(int l, int i, Complex shift) {
    for (int m = i - 1; m > l; m--) {
      Complex first = h.get(m, m).minus(shift);
      double below = h.re(m + 1, m);
      double s = first.abs1() + Math.abs(below);
      double around = h.get(m, m).abs1() + h.get(m + 1, m + 1).abs1();
      double before = Math.abs(h.re(m, m - 1)) * Math.abs(below / s);
      if (before <= ulp * (first.abs1() / s * around)) {
        return m;
      }
    }
    return l;
  }

  private void sweep(int l, int i, Complex shift) {
    int m = start(l, i, shift);
    for (int k = m; k < i; k++) {
      Complex alpha = k == m ? h.get(m, m).minus(shift) : h.get(k, k - 1);
      Complex below = k == m ? h.get(m + 1, m) : h.get(k + 1, k - 1);
      Householder.Reflector r = Householder.Reflector.of(alpha, below.abs());
      Complex[] v = {Complex.ONE, below.times(r.scale())};
      if (k > m) {
        h.set(k, k - 1, r.beta());
        h.set(k + 1, k - 1, 0);
      }
      Householder.left(h, v, r.tau().conjugate(), k, k);
      rightAbove(h, v, r.tau(), Math.min(k + 2, i) + 1, k);
      rightAbove(z, v, r.tau(), z.rows(), k);
      if (k == m && m > l) {
        Complex rest = Complex.ONE.minus(r.tau());
        keepReal(m, i, rest.times(1 / rest.abs()));
      }
    }
    Complex x = h.get(i, i - 1);
    if (x.im() != 0) {
      turn(i, x);
    }
  }

  /** A sweep that begins at m turned the element before it: rows and columns turn it back. */
  private void keepReal(int m, int i, Complex phase) {
    h.scale(m + 1, m, phase.conjugate());
    if (m + 2 <= i) {
      h.scale(m + 2, m + 1, phase);
    }
    for (int j = m; j <= i; j++) {
      if (j != m + 1) {
        for (int c = j + 1; c < h.cols(); c++) {
          h.scale(j, c, phase);
        }
        for (int r = 0; r < j; r++) {
          h.scale(r, j, phase.conjugate());
        }
        for (int r = 0; r < z.rows(); r++) {
          z.scale(r, j, phase.conjugate());
        }
      }
    }
  }

  /** Makes the last element of a sweep real. */
  private void turn(int i, Complex x) {
    double length = x.abs();
    Complex phase = x.times(1 / length);
    h.set(i, i - 1, length);
    for (int j = i + 1; j < h.cols(); j++) {
      h.scale(i, j, phase.conjugate());
    }
    for (int r = 0; r < i; r++) {
      h.scale(r, i, phase);
    }
    for (int r = 0; r < z.rows(); r++) {
      z.scale(r, i, phase);
    }
  }

  private static void rightAbove(Matrix c, Complex[] v, Complex tau, int rows, int col) {
    for (int i = 0; i < rows; i++) {
      Complex sum = tau.times(c.get(i, col).plus(c.get(i, col + 1).times(v[1])));
      c.add(i, col, sum.negate());
      c.add(i, col + 1, v[1].conjugate().times(sum).negate());
    }
  }

  /** The root in the right half plane. */
  static Complex sqrt(Complex z) {
    double r = z.abs();
    if (r == 0) {
      return Complex.ZERO;
    }
    double a = Math.sqrt((r + Math.abs(z.re())) / 2);
    double b = Math.abs(z.im()) / (2 * a);
    return z.re() >= 0
        ? new Complex(a, Math.copySign(b, z.im()))
        : new Complex(b, Math.copySign(a, z.im()));
  }
}
