package dev.jacobi.hlo.linalg;

import dev.jacobi.hlo.LinalgOp.Transpose;

/** Triangular factors and what is solved with them. Source: Golub, Van Loan, chapters 3 and 4. */
public final class Factors {
  private Factors() {}

  /**
   * Replaces one triangle of a positive definite matrix by its Cholesky factor; the other one is
   * not looked at.
   *
   * @return 0, or k if the leading minor of order k is not positive; then the rest is unfinished.
   *     NaN is no failure, and spreads.
   */
  public static int cholesky(Matrix a, boolean lower) {
    int n = a.rows();
    for (int j = 0; j < n; j++) {
      double d = a.re(j, j);
      for (int k = 0; k < j; k++) {
        Complex z = lower ? a.get(j, k) : a.get(k, j);
        d -= z.re() * z.re() + z.im() * z.im();
      }
      if (d <= 0) { // NaN goes on, as in OpenBLAS
        a.set(j, j, d);
        return j + 1;
      }
      double root = Math.sqrt(d);
      a.set(j, j, root);
      for (int i = j + 1; i < n; i++) {
        Complex sum = lower ? a.get(i, j) : a.get(j, i);
        for (int k = 0; k < j; k++) {
          sum =
              lower
                  ? sum.minus(a.get(i, k).times(a.get(j, k).conjugate()))
                  : sum.minus(a.get(k, j).conjugate().times(a.get(k, i)));
        }
        a.set(lower ? i : j, lower ? j : i, sum.times(1 / root));
      }
    }
    return 0;
  }

  /**
   * Replaces a matrix by its factors L (ones on the diagonal) and U, rows exchanged so that pivots
   * are largest by {@code |re| + |im|}.
   *
   * @param pivots row i was exchanged with row {@code pivots[i]}
   * @return 0, or k if the k-th pivot is exactly 0
   */
  static int lu(Matrix a, int[] pivots) {
    int info = 0;
    for (int j = 0; j < pivots.length; j++) {
      int p = j;
      for (int i = j + 1; i < a.rows(); i++) {
        if (a.get(i, j).abs1() > a.get(p, j).abs1()) {
          p = i;
        }
      }
      pivots[j] = p;
      if (a.get(p, j).isZero()) {
        info = info == 0 ? j + 1 : info;
        continue;
      }
      a.swapRows(j, p);
      Complex pivot = a.get(j, j);
      for (int i = j + 1; i < a.rows(); i++) {
        Complex factor = a.get(i, j).dividedBy(pivot);
        a.set(i, j, factor);
        for (int k = j + 1; k < a.cols(); k++) {
          a.add(i, k, factor.times(a.get(j, k)).negate());
        }
      }
    }
    return info;
  }

  /** Replaces {@code b} by the solution x of {@code op(a) x = b} for triangular {@code a}. */
  public static void solve(Matrix a, Matrix b, boolean lower, boolean unit, Transpose op) {
    int n = a.rows();
    boolean forward = lower == (op == Transpose.NO_TRANSPOSE);
    for (int c = 0; c < b.cols(); c++) {
      for (int step = 0; step < n; step++) {
        int i = forward ? step : n - 1 - step;
        Complex sum = b.get(i, c);
        for (int k = forward ? 0 : i + 1; k < (forward ? i : n); k++) {
          sum = sum.minus(element(a, i, k, op).times(b.get(k, c)));
        }
        b.set(i, c, unit ? sum : sum.dividedBy(element(a, i, i, op)));
      }
    }
  }

  /** {@code x op(a) = b}, which is {@code op(a)^T x^T = b^T}. */
  public static Matrix solveRight(Matrix a, Matrix b, boolean lower, boolean unit, Transpose op) {
    Matrix x = b.transpose();
    switch (op) {
      case NO_TRANSPOSE -> solve(a, x, lower, unit, Transpose.TRANSPOSE);
      case TRANSPOSE -> solve(a, x, lower, unit, Transpose.NO_TRANSPOSE);
      case ADJOINT -> solve(a.adjoint().transpose(), x, lower, unit, Transpose.NO_TRANSPOSE);
    }
    return x.transpose();
  }

  private static Complex element(Matrix a, int i, int k, Transpose op) {
    return switch (op) {
      case NO_TRANSPOSE -> a.get(i, k);
      case TRANSPOSE -> a.get(k, i);
      case ADJOINT -> a.get(k, i).conjugate();
    };
  }

  /**
   * Solves with a tridiagonal matrix by elimination with partial pivoting; everything is
   * overwritten as LAPACK's gtsv does: {@code dl} holds the second superdiagonal of U afterwards.
   *
   * @param dl n - 1 elements below the diagonal {@code d}
   * @param du n - 1 elements above it
   * @return 0, or k if the k-th pivot is exactly 0
   */
  static int tridiagonalSolve(Matrix dl, Matrix d, Matrix du, Matrix b) {
    int n = d.rows();
    for (int k = 0; k < n - 1; k++) {
      if (dl.get(k, 0).isZero()) {
        if (d.get(k, 0).isZero()) {
          return k + 1;
        }
      } else if (d.get(k, 0).abs1() >= dl.get(k, 0).abs1()) {
        Complex factor = dl.get(k, 0).dividedBy(d.get(k, 0));
        d.add(k + 1, 0, factor.times(du.get(k, 0)).negate());
        eliminate(b, k, factor);
        dl.set(k, 0, 0);
      } else {
        Complex factor = d.get(k, 0).dividedBy(dl.get(k, 0));
        d.set(k, 0, dl.get(k, 0));
        Complex next = d.get(k + 1, 0);
        d.set(k + 1, 0, du.get(k, 0).minus(factor.times(next)));
        if (k < n - 2) {
          dl.set(k, 0, du.get(k + 1, 0));
          du.set(k + 1, 0, factor.times(dl.get(k, 0)).negate());
        } else {
          dl.set(k, 0, 0);
        }
        du.set(k, 0, next);
        b.swapRows(k, k + 1);
        eliminate(b, k, factor);
      }
    }
    if (n > 0 && d.get(n - 1, 0).isZero()) {
      return n;
    }
    substitute(dl, d, du, b);
    return 0;
  }

  private static void eliminate(Matrix b, int k, Complex factor) {
    for (int j = 0; j < b.cols(); j++) {
      b.add(k + 1, j, factor.times(b.get(k, j)).negate());
    }
  }

  private static void substitute(Matrix dl, Matrix d, Matrix du, Matrix b) {
    int n = d.rows();
    for (int j = 0; j < b.cols(); j++) {
      for (int k = n - 1; k >= 0; k--) {
        Complex sum = b.get(k, j);
        if (k + 1 < n) {
          sum = sum.minus(du.get(k, 0).times(b.get(k + 1, j)));
        }
        if (k + 2 < n) {
          sum = sum.minus(dl.get(k, 0).times(b.get(k + 2, j)));
        }
        b.set(k, j, sum.dividedBy(d.get(k, 0)));
      }
    }
  }
}
