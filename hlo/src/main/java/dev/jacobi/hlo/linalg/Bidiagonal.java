package dev.jacobi.hlo.linalg;

/**
 * The singular values of a real bidiagonal matrix by implicit QR, without shift where that keeps
 * small values exact. Source: Demmel, Kahan, Accurate singular values of bidiagonal matrices; the
 * order of operations is that of LAPACK's bdsqr, which fixes the signs.
 */
final class Bidiagonal {
  private static final int SWEEPS = 6; // times n squared, at most

  private final double[] d;
  private final double[] e;
  private final Matrix u;
  private final Matrix vt;
  private final double eps;
  private final double tolerance;
  private final double smallest;
  private int from; // the block that is being worked on
  private int to;
  private boolean down; // whether its larger end is its first

  /**
   * @param d the diagonal, which becomes the singular values, descending
   * @param e the elements beside it
   * @param u columns that take part in what happens from the left
   * @param vt rows that take part in what happens from the right
   */
  Bidiagonal(double[] d, double[] e, Matrix u, Matrix vt, Precision precision) {
    this.d = d;
    this.e = e;
    this.u = u;
    this.vt = vt;
    this.eps = precision.eps();
    this.tolerance = eps * Math.clamp(Math.pow(eps, -0.125), 10, 100);
    this.smallest = precision.smallest();
  }

  /** Turns a lower bidiagonal matrix into an upper one. */
  void lowerToUpper() {
    for (int i = 0; i < d.length - 1; i++) {
      Rotation r = Rotation.of(d[i], e[i]);
      d[i] = r.r();
      e[i] = r.s() * d[i + 1];
      d[i + 1] *= r.c();
      u.rotateCols(i, i + 1, r.c(), r.s(), 0, u.rows());
    }
  }

  /** Runs the iteration; returns 0, or how many elements did not converge. */
  int run() {
    int n = d.length;
    if (n == 1) { // LAPACK's bdsdc gives the sign to the left vector here.
      for (int i = 0; i < u.rows(); i++) {
        u.set(i, 0, u.get(i, 0).times(Math.copySign(1, d[0])));
      }
      d[0] = Math.abs(d[0]);
      return 0;
    }
    double threshold = threshold();
    long left = (long) SWEEPS * n * n;
    int oldFrom = -1;
    int oldTo = -1;
    for (int m = n - 1; m > 0; ) {
      int k = m - 1;
      double largest = Math.abs(d[m]);
      while (k >= 0 && !(Math.abs(e[k]) <= threshold)) {
        largest = Math.max(largest, Math.max(Math.abs(d[k]), Math.abs(e[k])));
        k--;
      }
      if (k >= 0) {
        e[k] = 0;
      }
      if (k == m - 1) {
        m--;
        continue;
      }
      from = k + 1;
      to = m;
      if (from == m - 1) {
        pair(from);
        m -= 2;
        continue;
      }
      if (from > oldTo || to < oldFrom) {
        down = Math.abs(d[from]) >= Math.abs(d[to]);
      }
      double smallest = converge();
      if (smallest < 0) {
        continue;
      }
      oldFrom = from;
      oldTo = to;
      left -= to - from;
      if (left < 0 || Double.isNaN(largest)) {
        return unconverged();
      }
      sweep(shift(smallest, largest), threshold);
    }
    finish();
    return 0;
  }

  private int unconverged() {
    int count = 0;
    for (double x : e) {
      count += x != 0 ? 1 : 0;
    }
    return count;
  }

  private double threshold() {
    double least = d.length == 0 ? 0 : Math.abs(d[0]);
    double mu = least;
    for (int i = 1; i < d.length && least != 0; i++) {
      mu = Math.abs(d[i]) * (mu / (mu + Math.abs(e[i - 1])));
      least = Math.min(least, mu);
    }
    return Math.max(
        tolerance * least / Math.sqrt(d.length), SWEEPS * smallest * d.length * d.length);
  }

  // The block seen from its larger end: there, both directions are the same algorithm.

  private int at(int k) {
    return down ? from + k : to - k;
  }

  private int beside(int k) {
    return down ? from + k : to - 1 - k;
  }

  private void rotate(int k, double c, double s, boolean left) {
    if (left == down) {
      u.rotateCols(at(k), at(k + 1), c, s, 0, u.rows());
    } else {
      vt.rotateRows(at(k), at(k + 1), c, s, 0, vt.cols());
    }
  }

  /** Sets what has converged to 0 and gives -1; else a lower bound of the singular values. */
  private double converge() {
    int n = to - from;
    if (Math.abs(e[beside(n - 1)]) <= tolerance * Math.abs(d[at(n)])) {
      e[beside(n - 1)] = 0;
      return -1;
    }
    double mu = Math.abs(d[at(0)]);
    double least = mu;
    for (int k = 0; k < n; k++) {
      double x = Math.abs(e[beside(k)]);
      if (x <= tolerance * mu) {
        e[beside(k)] = 0;
        return -1;
      }
      mu = Math.abs(d[at(k + 1)]) * (mu / (mu + x));
      least = Math.min(least, mu);
    }
    return least;
  }

  private double shift(double smallest, double largest) {
    if (d.length * tolerance * (smallest / largest) <= Math.max(eps, 0.01 * tolerance)) {
      return 0;
    }
    int n = to - from;
    double first = Math.abs(d[at(0)]);
    double f = d[Math.min(at(n - 1), at(n))];
    double h = d[Math.max(at(n - 1), at(n))];
    double shift = smaller(Math.abs(f), Math.abs(e[beside(n - 1)]), Math.abs(h));
    double ratio = shift / first;
    return first > 0 && ratio * ratio < eps ? 0 : shift;
  }

  /** The smaller singular value of a triangular matrix of order 2 (las2). */
  private static double smaller(double f, double g, double h) {
    double low = Math.min(f, h);
    double high = Math.max(f, h);
    if (low == 0) {
      return 0;
    }
    double as = 1 + low / high;
    double at = (high - low) / high;
    if (g < high) {
      double au = g / high * (g / high);
      return low * (2 / (Math.sqrt(as * as + au) + Math.sqrt(at * at + au)));
    }
    double au = high / g;
    if (au == 0) {
      return low * high / g;
    }
    double x = as * au;
    double y = at * au;
    return 2 * (low / (Math.sqrt(1 + x * x) + Math.sqrt(1 + y * y)) * au);
  }

  private void sweep(double shift, double threshold) {
    int n = to - from;
    if (shift == 0) {
      unshifted(n);
    } else {
      shifted(n, shift);
    }
    if (Math.abs(e[beside(n - 1)]) <= threshold) {
      e[beside(n - 1)] = 0;
    }
  }

  private void unshifted(int n) {
    Rotation inner = new Rotation(1, 0, 0);
    Rotation outer = new Rotation(1, 0, 0);
    for (int k = 0; k < n; k++) {
      inner = Rotation.of(d[at(k)] * inner.c(), e[beside(k)]);
      if (k > 0) {
        e[beside(k - 1)] = outer.s() * inner.r();
      }
      outer = Rotation.of(outer.c() * inner.r(), d[at(k + 1)] * inner.s());
      d[at(k)] = outer.r();
      rotate(k, inner.c(), inner.s(), false);
      rotate(k, outer.c(), outer.s(), true);
    }
    double h = d[at(n)] * inner.c();
    d[at(n)] = h * outer.c();
    e[beside(n - 1)] = h * outer.s();
  }

  private void shifted(int n, double shift) {
    double first = d[at(0)];
    double f = (Math.abs(first) - shift) * (Math.copySign(1, first) + shift / first);
    double g = e[beside(0)];
    for (int k = 0; k < n; k++) {
      Rotation r = Rotation.of(f, g);
      if (k > 0) {
        e[beside(k - 1)] = r.r();
      }
      f = r.c() * d[at(k)] + r.s() * e[beside(k)];
      e[beside(k)] = r.c() * e[beside(k)] - r.s() * d[at(k)];
      g = r.s() * d[at(k + 1)];
      d[at(k + 1)] *= r.c();
      rotate(k, r.c(), r.s(), false);
      Rotation l = Rotation.of(f, g);
      d[at(k)] = l.r();
      f = l.c() * e[beside(k)] + l.s() * d[at(k + 1)];
      d[at(k + 1)] = l.c() * d[at(k + 1)] - l.s() * e[beside(k)];
      if (k < n - 1) {
        g = l.s() * e[beside(k + 1)];
        e[beside(k + 1)] *= l.c();
      }
      rotate(k, l.c(), l.s(), true);
    }
    e[beside(n - 1)] = f;
  }

  /** The block of order 2 at i (lasv2). */
  private void pair(int i) {
    double f = d[i];
    double g = e[i];
    double h = d[i + 1];
    boolean swap = Math.abs(h) > Math.abs(f);
    double ft = swap ? h : f;
    double ht = swap ? f : h;
    double fa = Math.abs(ft);
    double ha = Math.abs(ht);
    double ga = Math.abs(g);
    double difference = fa - ha;
    double l = difference == fa ? 1 : difference / fa;
    double m = g / ft;
    double t = 2 - l;
    double s = StrictMath.hypot(t, m);
    double r = StrictMath.hypot(l, m);
    double a = 0.5 * (s + r);
    double low = ha / a;
    double high = fa * a;
    double clt;
    double slt;
    double crt;
    double srt;
    if (fa / ga < eps) { // g dwarfs the diagonal
      high = ga;
      low = ha > 1 ? fa / (ga / ha) : fa / ga * ha;
      clt = 1;
      slt = ht / g;
      srt = 1;
      crt = ft / g;
    } else {
      if (m * m == 0) {
        t =
            l == 0
                ? Math.copySign(2, ft) * Math.copySign(1, g)
                : g / Math.copySign(difference, ft) + m / t;
      } else {
        t = (m / (s + t) + m / (r + l)) * (1 + a);
      }
      double length = Math.sqrt(t * t + 4);
      crt = 2 / length;
      srt = t / length;
      clt = (crt + srt * m) / a;
      slt = ht / ft * srt / a;
    }
    double csl = swap ? srt : clt;
    double snl = swap ? crt : slt;
    double csr = swap ? slt : crt;
    double snr = swap ? clt : srt;
    double sign =
        ga > fa
            ? sign(snr) * sign(csl) * sign(g)
            : swap ? sign(snr) * sign(snl) * sign(h) : sign(csr) * sign(csl) * sign(f);
    d[i] = Math.copySign(high, sign);
    d[i + 1] = Math.copySign(low, sign * sign(f) * sign(h));
    e[i] = 0;
    vt.rotateRows(i, i + 1, csr, snr, 0, vt.cols());
    u.rotateCols(i, i + 1, csl, snl, 0, u.rows());
  }

  private static double sign(double x) {
    return Math.copySign(1, x);
  }

  /** Makes the values positive and sorts them. */
  private void finish() {
    for (int i = 0; i < d.length; i++) {
      if (d[i] < 0 || 1 / d[i] < 0) {
        d[i] = -d[i];
        for (int j = 0; j < vt.cols(); j++) {
          vt.set(i, j, vt.get(i, j).negate());
        }
      }
    }
    for (int end = d.length - 1; end > 0; end--) {
      int k = 0;
      for (int j = 1; j <= end; j++) {
        k = d[j] <= d[k] ? j : k;
      }
      if (k != end) {
        double x = d[k];
        d[k] = d[end];
        d[end] = x;
        u.swapCols(k, end);
        vt.swapRows(k, end);
      }
    }
  }
}
