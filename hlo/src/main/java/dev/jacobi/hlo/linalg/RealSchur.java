package dev.jacobi.hlo.linalg;

/**
 * The real Schur form of a real Hessenberg matrix by Francis's double-shift QR: pairs of complex
 * eigenvalues stay as blocks of order 2 with equal diagonal elements. Source: Golub, Van Loan,
 * section 7.5; LAPACK's lahqr and lanv2.
 */
final class RealSchur {
  private static final int STEPS = 30; // per eigenvalue, at most

  private final Matrix h;
  private final Matrix z;
  private final double[] wr;
  private final double[] wi;
  private final double[] v = new double[3];
  private final double ulp;
  private final double small;

  private RealSchur(Matrix h, Matrix z, double[] wr, double[] wi, Precision precision) {
    this.h = h;
    this.z = z;
    this.wr = wr;
    this.wi = wi;
    this.ulp = precision.ulp();
    this.small = precision.smallest() * h.rows() / ulp;
  }

  /**
   * Replaces h by its Schur form and z by z times the basis; fills in the eigenvalues.
   *
   * @return 0, or k if eigenvalue k did not converge
   */
  static int run(
      Matrix h, Matrix z, int low, int high, double[] wr, double[] wi, Precision precision) {
    RealSchur s = new RealSchur(h, z, wr, wi, precision);
    for (int j = 0; j < h.cols(); j++) {
      for (int i = j + 2; i < h.rows(); i++) {
        h.set(i, j, 0);
      }
      wr[j] = h.re(j, j);
      wi[j] = 0;
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
        if (l >= i - 1) {
          converged = true;
          break;
        }
        s.iterate(l, i, step);
      }
      if (!converged) {
        return i + 1;
      }
      if (l == i) {
        wr[i] = h.re(i, i);
        wi[i] = 0;
      } else {
        s.standardise(i);
      }
      i = l - 1;
    }
    return 0;
  }

  private int split(int from, int i) {
    int k = i;
    while (k > from && !isSmall(k)) {
      k--;
    }
    return k;
  }

  private boolean isSmall(int k) {
    double x = Math.abs(h.re(k, k - 1));
    if (x <= small) {
      return true;
    }
    double around = Math.abs(h.re(k - 1, k - 1)) + Math.abs(h.re(k, k));
    if (around == 0) {
      around = k >= 2 ? Math.abs(h.re(k - 1, k - 2)) : 0;
      around += k + 1 < h.rows() ? Math.abs(h.re(k + 1, k)) : 0;
    }
    if (x > ulp * around) {
      return false;
    }
    double y = Math.abs(h.re(k - 1, k));
    double last = Math.abs(h.re(k, k));
    double gap = Math.abs(h.re(k - 1, k - 1) - h.re(k, k));
    double aa = Math.max(last, gap);
    double s = aa + Math.max(x, y);
    return Math.min(x, y) * (Math.max(x, y) / s)
        <= Math.max(small, ulp * (Math.min(last, gap) * (aa / s)));
  }

  private void iterate(int l, int i, int step) {
    double h11 = h.re(i - 1, i - 1);
    double h21 = h.re(i, i - 1);
    double h12 = h.re(i - 1, i);
    double h22 = h.re(i, i);
    if (step % 10 == 0) { // An exceptional shift breaks cycles.
      boolean atEnd = step % 20 == 0;
      double s =
          atEnd
              ? Math.abs(h.re(i, i - 1)) + Math.abs(h.re(i - 1, i - 2))
              : Math.abs(h.re(l + 1, l)) + Math.abs(h.re(l + 2, l + 1));
      h11 = 0.75 * s + (atEnd ? h.re(i, i) : h.re(l, l));
      h12 = -0.4375 * s;
      h21 = s;
      h22 = h11;
    }
    int m = start(l, i, shifts(h11, h12, h21, h22));
    sweep(l, m, i);
  }

  /** The two shifts: real and imaginary part of each. */
  private static double[] shifts(double h11, double h12, double h21, double h22) {
    double s = Math.abs(h11) + Math.abs(h12) + Math.abs(h21) + Math.abs(h22);
    if (s == 0) {
      return new double[4];
    }
    double trace = (h11 / s + h22 / s) / 2;
    double det = (h11 / s - trace) * (h22 / s - trace) - h12 / s * (h21 / s);
    double root = Math.sqrt(Math.abs(det));
    if (det >= 0) {
      return new double[] {trace * s, root * s, trace * s, -root * s};
    }
    double a = trace + root;
    double b = trace - root;
    double nearer = (Math.abs(a - h22 / s) <= Math.abs(b - h22 / s) ? a : b) * s;
    return new double[] {nearer, 0, nearer, 0};
  }

  /** Where a sweep may begin, and the first column of its polynomial there. */
  private int start(int l, int i, double[] shift) {
    for (int m = i - 2; ; m--) {
      double below = h.re(m + 1, m);
      double hmm = h.re(m, m);
      double s = Math.abs(hmm - shift[2]) + Math.abs(shift[3]) + Math.abs(below);
      double h21 = below / s;
      v[0] =
          h21 * h.re(m, m + 1)
              + (hmm - shift[0]) * ((hmm - shift[2]) / s)
              - shift[1] * (shift[3] / s);
      v[1] = h21 * (hmm + h.re(m + 1, m + 1) - shift[0] - shift[2]);
      v[2] = h21 * h.re(m + 2, m + 1);
      double sum = Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2]);
      for (int k = 0; k < 3; k++) {
        v[k] /= sum;
      }
      if (m == l
          || Math.abs(h.re(m, m - 1)) * (Math.abs(v[1]) + Math.abs(v[2]))
              <= ulp
                  * Math.abs(v[0])
                  * (Math.abs(h.re(m - 1, m - 1)) + Math.abs(hmm) + Math.abs(h.re(m + 1, m + 1)))) {
        return m;
      }
    }
  }

  private void sweep(int l, int m, int i) {
    for (int k = m; k < i; k++) {
      int n = Math.min(3, i - k + 1);
      if (k > m) {
        for (int r = 0; r < n; r++) {
          v[r] = h.re(k + r, k - 1);
        }
      }
      double norm = n == 3 ? StrictMath.hypot(v[1], v[2]) : Math.abs(v[1]);
      Householder.Reflector r = Householder.Reflector.of(Complex.real(v[0]), norm);
      if (k > m) {
        h.set(k, k - 1, r.beta());
        h.set(k + 1, k - 1, 0);
        if (k < i - 1) {
          h.set(k + 2, k - 1, 0);
        }
      } else if (m > l) {
        h.set(k, k - 1, h.re(k, k - 1) * (1 - r.tau().re()));
      }
      Complex[] w = new Complex[n];
      w[0] = Complex.ONE;
      for (int q = 1; q < n; q++) {
        w[q] = Complex.real(v[q] * r.scale().re());
      }
      Householder.left(h, w, r.tau(), k, k);
      right(h, w, r.tau().re(), Math.min(k + 3, i) + 1, k);
      right(z, w, r.tau().re(), z.rows(), k);
    }
  }

  private static void right(Matrix c, Complex[] w, double tau, int rows, int col) {
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < w.length; j++) {
        sum += c.re(i, col + j) * w[j].re();
      }
      for (int j = 0; j < w.length; j++) {
        c.add(i, col + j, Complex.real(-tau * sum * w[j].re()));
      }
    }
  }

  /** Brings the block that ends at i to standard form: triangular, or with equal diagonal. */
  private void standardise(int i) {
    double a = h.re(i - 1, i - 1);
    double b = h.re(i - 1, i);
    double c = h.re(i, i - 1);
    double d = h.re(i, i);
    double[] turn = turn(a, b, c, d);
    h.rotateRows(i - 1, i, turn[0], turn[1], i - 1, h.cols());
    h.rotateCols(i - 1, i, turn[0], turn[1], 0, i + 1);
    z.rotateCols(i - 1, i, turn[0], turn[1], 0, z.rows());
    boolean real = turn[2] != 0;
    if (real) {
      h.set(i, i - 1, 0);
    } else {
      double mean = (h.re(i - 1, i - 1) + h.re(i, i)) / 2;
      h.set(i - 1, i - 1, mean);
      h.set(i, i, mean);
    }
    wr[i - 1] = h.re(i - 1, i - 1);
    wr[i] = h.re(i, i);
    double root =
        real ? 0 : Math.sqrt(Math.abs(h.re(i - 1, i))) * Math.sqrt(Math.abs(h.re(i, i - 1)));
    wi[i - 1] = root;
    wi[i] = -root;
  }

  /** Cosine, sine, and whether the eigenvalues are real (lanv2). */
  private double[] turn(double a, double b, double c, double d) {
    if (c == 0) {
      return new double[] {1, 0, 1};
    }
    if (b == 0) {
      return new double[] {0, 1, 1};
    }
    double difference = a - d;
    if (difference == 0 && Math.signum(b) != Math.signum(c)) {
      return new double[] {1, 0, 0};
    }
    double p = 0.5 * difference;
    double most = Math.max(Math.abs(b), Math.abs(c));
    double least = Math.min(Math.abs(b), Math.abs(c)) * Math.signum(b) * Math.signum(c);
    double scale = Math.max(Math.abs(p), most);
    double det = p / scale * p + most / scale * least;
    if (det >= 4 * ulp) {
      double root = p + Math.copySign(Math.sqrt(scale) * Math.sqrt(det), p);
      double tau = StrictMath.hypot(c, root);
      return new double[] {root / tau, c / tau, 1};
    }
    double sigma = b + c;
    double tau = StrictMath.hypot(sigma, difference);
    double cs = Math.sqrt(0.5 * (1 + Math.abs(sigma) / tau));
    double sn = -(p / (tau * cs)) * Math.copySign(1, sigma);
    double aa = a * cs + b * sn;
    double bb = -a * sn + b * cs;
    double cc = c * cs + d * sn;
    double dd = -c * sn + d * cs;
    double b2 = bb * cs + dd * sn;
    double c2 = -aa * sn + cc * cs;
    if (c2 == 0) {
      return new double[] {cs, sn, 1};
    }
    if (b2 == 0) {
      return new double[] {-sn, cs, 1};
    }
    if (Math.signum(b2) != Math.signum(c2)) {
      return new double[] {cs, sn, 0};
    }
    double sab = Math.sqrt(Math.abs(b2));
    double sac = Math.sqrt(Math.abs(c2));
    double t = 1 / Math.sqrt(Math.abs(b2 + c2));
    double cs1 = sab * t;
    double sn1 = sac * t;
    return new double[] {cs * cs1 - sn * sn1, cs * sn1 + sn * cs1, 1};
  }
}
