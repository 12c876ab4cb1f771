package dev.jacobi.hlo.linalg;

/**
 * Eigenvalues and vectors of a Hermitian matrix: reflections to tridiagonal form, then implicit QL
 * or QR with Wilkinson's shift. Source: Golub, Van Loan, section 8.3; the order of operations is
 * that of LAPACK's sytd2 and steqr, which fixes the signs up to order 25. Above, LAPACK divides and
 * conquers, and the signs of vectors are free.
 */
final class SymmetricEigen {
  private static final int SWEEPS = 30; // per eigenvalue, at most

  private SymmetricEigen() {}

  /** {@code a = q t q^H} with real tridiagonal t; {@code a} keeps the reflections. */
  record Tridiagonal(Matrix a, double[] d, double[] e, Matrix taus, boolean lower) {
    static Tridiagonal of(Matrix a, boolean lower) {
      int n = a.rows();
      int off = Math.max(n - 1, 0);
      var t = new Tridiagonal(a, new double[n], new double[off], new Matrix(off, 1), lower);
      for (int i = 0; i < n; i++) {
        a.set(i, i, a.re(i, i));
      }
      for (int step = 0; step < off; step++) {
        t.reflect(lower ? step : off - 1 - step);
      }
      for (int i = 0; i < n; i++) {
        t.d[i] = a.re(i, i);
      }
      return t;
    }

    /** The rows and columns that reflection i acts on, its own (v = 1) first. */
    private int at(int i, int k) {
      return lower ? i + 1 + k : i - k;
    }

    private int length(int i) {
      return lower ? a.rows() - 1 - i : i + 1;
    }

    private int column(int i) {
      return lower ? i : i + 1;
    }

    /** Element of the Hermitian matrix, of which one triangle is stored. */
    private Complex get(int i, int j) {
      return lower == i >= j ? a.get(i, j) : a.get(j, i).conjugate();
    }

    private void reflect(int i) {
      int n = length(i);
      int col = column(i);
      Matrix x = new Matrix(n, 1);
      for (int k = 0; k < n; k++) {
        x.set(k, 0, a.get(at(i, k), col));
      }
      Complex tau = Householder.column(x, 0, 0);
      e[i] = x.re(0, 0);
      taus.set(i, 0, tau);
      Complex[] v = Householder.vector(x, 0, 0);
      for (int k = 0; k < n; k++) {
        a.set(at(i, k), col, k == 0 ? Complex.real(e[i]) : v[k]);
      }
      update(i, v, tau);
    }

    /** {@code a - v w^H - w v^H}. */
    private void update(int i, Complex[] v, Complex tau) {
      int n = v.length;
      Complex[] w = new Complex[n];
      Complex dot = Complex.ZERO;
      for (int r = 0; r < n; r++) {
        Complex sum = Complex.ZERO;
        for (int k = 0; k < n; k++) {
          sum = sum.plus(get(at(i, r), at(i, k)).times(v[k]));
        }
        w[r] = tau.times(sum);
        dot = dot.plus(w[r].conjugate().times(v[r]));
      }
      Complex half = tau.times(dot).times(-0.5);
      for (int r = 0; r < n; r++) {
        w[r] = w[r].plus(half.times(v[r]));
      }
      for (int r = 0; r < n; r++) {
        for (int k = 0; k < n; k++) {
          int row = at(i, r);
          int col = at(i, k);
          if (lower ? row >= col : row <= col) {
            Complex z = v[r].times(w[k].conjugate()).plus(w[r].times(v[k].conjugate()));
            a.add(row, col, z.negate());
          }
        }
        a.set(at(i, r), at(i, r), a.re(at(i, r), at(i, r)));
      }
    }

    Matrix basis() {
      int n = a.rows();
      Matrix q = Matrix.identity(n);
      for (int step = taus.rows() - 1; step >= 0; step--) {
        int i = lower ? step : taus.rows() - 1 - step;
        int length = length(i);
        for (int j = 0; j < n; j++) {
          Complex sum = q.get(at(i, 0), j);
          for (int k = 1; k < length; k++) {
            sum = sum.plus(a.get(at(i, k), column(i)).conjugate().times(q.get(at(i, k), j)));
          }
          Complex factor = taus.get(i, 0).times(sum).negate();
          q.add(at(i, 0), j, factor);
          for (int k = 1; k < length; k++) {
            q.add(at(i, k), j, a.get(at(i, k), column(i)).times(factor));
          }
        }
      }
      return q;
    }
  }

  /**
   * Replaces {@code d} by the eigenvalues, ascending, of the tridiagonal matrix, and multiplies
   * {@code z} by its eigenvectors.
   *
   * @return 0, or how many off-diagonal elements did not converge
   */
  static int implicitQl(double[] d, double[] e, Matrix z, Precision precision) {
    int left = SWEEPS * d.length;
    for (int first = 0; first < d.length; ) {
      int last = first;
      while (last < d.length - 1 && !splits(d, e, last, precision)) {
        last++;
      }
      if (last < d.length - 1) {
        e[last] = 0;
      }
      left = block(d, e, z, first, last, left, precision);
      first = last + 1;
    }
    int failed = 0;
    for (double x : e) {
      failed += x != 0 ? 1 : 0;
    }
    if (failed == 0) {
      sort(d, z);
    }
    return failed;
  }

  private static boolean splits(double[] d, double[] e, int m, Precision precision) {
    double around = Math.sqrt(Math.abs(d[m])) * Math.sqrt(Math.abs(d[m + 1]));
    return Math.abs(e[m]) <= around * precision.eps();
  }

  /** One unreduced block; seen from its smaller end, QL and QR are the same algorithm. */
  private static int block(
      double[] d, double[] e, Matrix z, int first, int last, int budget, Precision precision) {
    int step = Math.abs(d[last]) < Math.abs(d[first]) ? -1 : 1;
    int l = step > 0 ? first : last;
    int end = step > 0 ? last : first;
    int left = budget;
    while (step * (end - l) >= 0) {
      int m = l;
      while (m != end && !isSmall(d, e, m, m + step, precision)) {
        m += step;
      }
      if (m != end) {
        e[Math.min(m, m + step)] = 0;
      }
      if (m == l) {
        l += step;
      } else if (m == l + step) {
        pair(d, e, z, Math.min(l, m));
        l += 2 * step;
      } else if (left-- > 0) {
        sweep(d, e, z, l, m, step);
      } else {
        return 0;
      }
    }
    return left;
  }

  private static boolean isSmall(double[] d, double[] e, int i, int k, Precision precision) {
    double x = Math.abs(e[Math.min(i, k)]);
    return x * x
        <= precision.eps() * precision.eps() * Math.abs(d[i]) * Math.abs(d[k])
            + precision.smallest();
  }

  private static void sweep(double[] d, double[] e, Matrix z, int l, int m, int step) {
    double g = (d[l + step] - d[l]) / (2 * off(e, l, step));
    double r = StrictMath.hypot(g, 1);
    g = d[m] - d[l] + off(e, l, step) / (g + Math.copySign(r, g));
    double s = 1;
    double c = 1;
    double p = 0;
    for (int i = m - step; step * (i - l) >= 0; i -= step) {
      double f = s * off(e, i, step);
      double b = c * off(e, i, step);
      Rotation rotation = Rotation.of(g, f);
      c = rotation.c();
      s = rotation.s();
      if (i != m - step) {
        e[Math.min(i + step, i + 2 * step)] = rotation.r();
      }
      g = d[i + step] - p;
      double t = (d[i] - g) * s + 2 * c * b;
      p = s * t;
      d[i + step] = g + p;
      g = c * t - b;
      z.rotateCols(i + step, i, c, s, 0, z.rows());
    }
    d[l] -= p;
    e[Math.min(l, l + step)] = g;
  }

  private static double off(double[] e, int i, int step) {
    return e[Math.min(i, i + step)];
  }

  /** The block of order 2 at i: its eigenvalues, the larger in magnitude first (laev2). */
  private static void pair(double[] d, double[] e, Matrix z, int i) {
    double a = d[i];
    double b = e[i];
    double c = d[i + 1];
    double sum = a + c;
    double difference = a - c;
    double root = StrictMath.hypot(difference, 2 * b);
    double larger = sum < 0 ? 0.5 * (sum - root) : 0.5 * (sum + root);
    double big = Math.abs(a) > Math.abs(c) ? a : c;
    double small = Math.abs(a) > Math.abs(c) ? c : a;
    d[i] = larger;
    d[i + 1] = sum == 0 ? -0.5 * root : big / larger * small - b / larger * b;
    e[i] = 0;
    double cs = difference >= 0 ? difference + root : difference - root;
    double cosine;
    double sine;
    if (Math.abs(cs) > Math.abs(2 * b)) {
      double ct = -2 * b / cs;
      sine = 1 / Math.sqrt(1 + ct * ct);
      cosine = ct * sine;
    } else {
      double tn = b == 0 ? 0 : -cs / (2 * b);
      cosine = 1 / Math.sqrt(1 + tn * tn);
      sine = tn * cosine;
    }
    if (sum < 0 == difference < 0) {
      double t = cosine;
      cosine = -sine;
      sine = t;
    }
    z.rotateCols(i, i + 1, cosine, sine, 0, z.rows());
  }

  private static void sort(double[] d, Matrix z) {
    for (int i = 0; i < d.length - 1; i++) {
      int k = i;
      for (int j = i + 1; j < d.length; j++) {
        k = d[j] < d[k] ? j : k;
      }
      if (k != i) {
        double x = d[i];
        d[i] = d[k];
        d[k] = x;
        z.swapCols(i, k);
      }
    }
  }
}
