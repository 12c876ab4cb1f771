package dev.jacobi.hlo.linalg;

/**
 * Makes eigenvalues easier to compute: permutes the matrix so that those that stand alone move to
 * the corners, and scales rows and columns by powers of two to similar norms. Source: Osborne, On
 * pre-conditioning of matrices; LAPACK's gebal.
 *
 * @param low first row of the part that is not triangular yet
 * @param high its last row
 * @param scale per row, the factor or the row it was exchanged with
 */
record Balance(int low, int high, double[] scale) {
  /** Balances {@code a} in place. */
  static Balance of(Matrix a, boolean scales) {
    int n = a.rows();
    double[] scale = new double[n];
    java.util.Arrays.fill(scale, 1);
    int low = 0;
    int high = n - 1;
    for (int i = high; i >= 0 && high > 0; ) {
      if (rowStandsAlone(a, i, high)) {
        exchange(a, scale, i, high);
        high--;
        i = high;
      } else {
        i--;
      }
    }
    for (int j = low; j <= high && high > 0; ) {
      if (columnStandsAlone(a, j, low, high)) {
        exchange(a, scale, j, low);
        low++;
        j = low;
      } else {
        j++;
      }
    }
    if (scales) {
      scale(a, scale, low, high);
    }
    return new Balance(low, high, scale);
  }

  private static boolean rowStandsAlone(Matrix a, int i, int high) {
    for (int j = 0; j <= high; j++) {
      if (j != i && !a.get(i, j).isZero()) {
        return false;
      }
    }
    return true;
  }

  private static boolean columnStandsAlone(Matrix a, int j, int low, int high) {
    for (int i = low; i <= high; i++) {
      if (i != j && !a.get(i, j).isZero()) {
        return false;
      }
    }
    return true;
  }

  private static void exchange(Matrix a, double[] scale, int i, int to) {
    scale[to] = i;
    if (i != to) {
      a.swapRows(i, to);
      a.swapCols(i, to);
    }
  }

  private static void scale(Matrix a, double[] scale, int low, int high) {
    boolean again = high > low;
    while (again) {
      again = false;
      for (int i = low; i <= high; i++) {
        double c = 0;
        double r = 0;
        for (int k = low; k <= high; k++) {
          c = StrictMath.hypot(c, a.get(k, i).abs());
          r = StrictMath.hypot(r, a.get(i, k).abs());
        }
        double f = factor(c, r);
        if (f != 1) {
          again = true;
          scale[i] *= f;
          for (int k = 0; k < a.rows(); k++) {
            a.scale(i, k, Complex.real(1 / f));
            a.scale(k, i, Complex.real(f));
          }
        }
      }
    }
  }

  /** The power of two for a column of norm c and a row of norm r; 1 if it would change little. */
  private static double factor(double c, double r) {
    if (c == 0 || r == 0) {
      return 1;
    }
    double f = 1;
    double column = c;
    double row = r;
    while (column < row / 2 && f < 0x1p500) {
      f *= 2;
      column *= 2;
      row /= 2;
    }
    while (column / 2 >= row && f > 0x1p-500) {
      f /= 2;
      column /= 2;
      row *= 2;
    }
    return column + row >= 0.95 * (c + r) ? 1 : f;
  }

  /** Vectors of the balanced matrix become those of the original one. */
  void undo(Matrix v, boolean left) {
    for (int i = low; i <= high; i++) {
      Complex f = Complex.real(left ? 1 / scale[i] : scale[i]);
      for (int j = 0; j < v.cols(); j++) {
        v.scale(i, j, f);
      }
    }
    for (int i = low - 1; i >= 0; i--) {
      v.swapRows(i, (int) scale[i]);
    }
    for (int i = high + 1; i < v.rows(); i++) {
      v.swapRows(i, (int) scale[i]);
    }
  }
}
