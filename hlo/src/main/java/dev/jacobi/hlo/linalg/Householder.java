package dev.jacobi.hlo.linalg;

/**
 * Reflections {@code H = I - tau v v^H} with {@code v[0] = 1}, and the factorisations made of them,
 * stored as LAPACK does: v below the diagonal (or right of it), tau beside. Source: Golub, Van
 * Loan, section 5.1, with LAPACK's choice of signs.
 */
final class Householder {
  private Householder() {}

  /** A reflection: {@code H^H (alpha, x) = (beta, 0)} with real {@code beta}. */
  record Reflector(double beta, Complex tau, Complex scale) {
    /** Made for {@code alpha} and the norm of {@code x}; {@code v} is {@code scale x}. */
    static Reflector of(Complex alpha, double norm) {
      if (norm == 0 && alpha.im() == 0) {
        return new Reflector(alpha.re(), Complex.ZERO, Complex.ONE);
      }
      double length = StrictMath.hypot(alpha.abs(), norm);
      double beta = alpha.re() >= 0 && !isMinusZero(alpha.re()) ? -length : length;
      Complex tau = new Complex((beta - alpha.re()) / beta, -alpha.im() / beta);
      Complex scale = Complex.ONE.dividedBy(new Complex(alpha.re() - beta, alpha.im()));
      return new Reflector(beta, tau, scale);
    }

    private static boolean isMinusZero(double x) {
      return x == 0 && 1 / x < 0;
    }
  }

  /** Annihilates column {@code j} of {@code a} below {@code row}; v takes its place. */
  static Complex column(Matrix a, int row, int j) {
    double norm = 0;
    for (int i = row + 1; i < a.rows(); i++) {
      norm = StrictMath.hypot(norm, a.get(i, j).abs());
    }
    Reflector h = Reflector.of(a.get(row, j), norm);
    for (int i = row + 1; i < a.rows(); i++) {
      a.scale(i, j, h.scale);
    }
    a.set(row, j, h.beta);
    return h.tau;
  }

  /** The vector v that stands in column {@code j} from {@code row} on. */
  static Complex[] vector(Matrix a, int row, int j) {
    Complex[] v = new Complex[a.rows() - row];
    v[0] = Complex.ONE;
    for (int i = 1; i < v.length; i++) {
      v[i] = a.get(row + i, j);
    }
    return v;
  }

  /** {@code (I - tau v v^H) c} on rows from {@code row} and columns from {@code col}. */
  static void left(Matrix c, Complex[] v, Complex tau, int row, int col) {
    for (int j = col; j < c.cols(); j++) {
      Complex sum = Complex.ZERO;
      for (int i = 0; i < v.length; i++) {
        sum = sum.plus(v[i].conjugate().times(c.get(row + i, j)));
      }
      Complex factor = tau.times(sum).negate();
      for (int i = 0; i < v.length; i++) {
        c.add(row + i, j, v[i].times(factor));
      }
    }
  }

  /** {@code c (I - tau v v^H)} on rows from {@code row} and columns from {@code col}. */
  static void right(Matrix c, Complex[] v, Complex tau, int row, int col) {
    for (int i = row; i < c.rows(); i++) {
      Complex sum = Complex.ZERO;
      for (int j = 0; j < v.length; j++) {
        sum = sum.plus(c.get(i, col + j).times(v[j]));
      }
      Complex factor = tau.times(sum).negate();
      for (int j = 0; j < v.length; j++) {
        c.add(i, col + j, v[j].conjugate().times(factor));
      }
    }
  }

  /** Replaces a by R and the reflections whose product is Q; returns their tau. */
  static Matrix qr(Matrix a) {
    int k = Math.min(a.rows(), a.cols());
    Matrix taus = new Matrix(k, 1);
    for (int j = 0; j < k; j++) {
      step(a, taus, j);
    }
    return taus;
  }

  private static void step(Matrix a, Matrix taus, int j) {
    Complex tau = column(a, j, j);
    taus.set(j, 0, tau);
    left(a, vector(a, j, j), tau.conjugate(), j, j + 1);
  }

  /**
   * QR with column pivoting: columns with a nonzero entry of {@code pivots} come first, then always
   * the one with the largest remainder. {@code pivots} becomes the permutation, counted from 1.
   */
  static Matrix pivotedQr(Matrix a, int[] pivots) {
    int k = Math.min(a.rows(), a.cols());
    Matrix taus = new Matrix(k, 1);
    int fixed = 0;
    for (int j = 0; j < a.cols(); j++) {
      boolean first = pivots[j] != 0;
      pivots[j] = j + 1;
      if (first) {
        exchange(a, pivots, fixed++, j);
      }
    }
    for (int j = 0; j < k; j++) {
      if (j >= fixed) {
        exchange(a, pivots, j, longest(a, j));
      }
      step(a, taus, j);
    }
    return taus;
  }

  private static void exchange(Matrix a, int[] pivots, int i, int j) {
    a.swapCols(i, j);
    int p = pivots[i];
    pivots[i] = pivots[j];
    pivots[j] = p;
  }

  private static int longest(Matrix a, int from) {
    int best = from;
    double longest = -1;
    for (int j = from; j < a.cols(); j++) {
      double norm = 0;
      for (int i = from; i < a.rows(); i++) {
        norm = StrictMath.hypot(norm, a.get(i, j).abs());
      }
      if (norm > longest) {
        longest = norm;
        best = j;
      }
    }
    return best;
  }

  /** The columns of {@code H_0 H_1 ...}: as many as {@code a} has, which holds the reflections. */
  static Matrix product(Matrix a, Matrix taus) {
    Matrix q = Matrix.identity(a.rows()).resized(a.rows(), a.cols());
    for (int j = taus.rows() - 1; j >= 0; j--) {
      left(q, vector(a, j, j), taus.get(j, 0), j, 0);
    }
    return q;
  }

  /** {@code Q c}, {@code Q^H c}, {@code c Q} or {@code c Q^H}, without forming Q. */
  static void multiply(Matrix a, Matrix taus, Matrix c, boolean left, boolean adjoint) {
    int k = taus.rows();
    boolean backwards = left != adjoint;
    for (int step = 0; step < k; step++) {
      int j = backwards ? k - 1 - step : step;
      Complex tau = adjoint ? taus.get(j, 0).conjugate() : taus.get(j, 0);
      if (left) {
        left(c, vector(a, j, j), tau, j, 0);
      } else {
        right(c, vector(a, j, j), tau, 0, j);
      }
    }
  }

  /**
   * Replaces rows and columns low..high of a by their Hessenberg form {@code Q^H a Q}, with the
   * reflections below the subdiagonal.
   */
  static Matrix hessenberg(Matrix a, int low, int high) {
    Matrix taus = new Matrix(Math.max(a.rows() - 1, 0), 1);
    for (int j = low; j < high; j++) {
      Matrix part = rows(a, high + 1, j);
      Complex tau = column(part, j + 1, 0);
      for (int i = j + 1; i <= high; i++) {
        a.set(i, j, part.get(i, 0));
      }
      taus.set(j, 0, tau);
      Complex[] v = vector(part, j + 1, 0);
      rightAbove(a, v, tau, high + 1, j + 1);
      left(a, v, tau.conjugate(), j + 1, j + 1);
    }
    return taus;
  }

  private static void rightAbove(Matrix a, Complex[] v, Complex tau, int rows, int col) {
    for (int i = 0; i < rows; i++) {
      Complex sum = Complex.ZERO;
      for (int j = 0; j < v.length; j++) {
        sum = sum.plus(a.get(i, col + j).times(v[j]));
      }
      for (int j = 0; j < v.length; j++) {
        a.add(i, col + j, v[j].conjugate().times(tau.times(sum)).negate());
      }
    }
  }

  private static Matrix rows(Matrix a, int rows, int j) {
    Matrix out = new Matrix(rows, 1);
    for (int i = 0; i < rows; i++) {
      out.set(i, 0, a.get(i, j));
    }
    return out;
  }

  /** The unitary matrix of {@link #hessenberg}. */
  static Matrix hessenbergBasis(Matrix a, Matrix taus, int low, int high) {
    int n = a.rows();
    Matrix q = Matrix.identity(n);
    for (int j = high - 1; j >= low; j--) {
      left(q, vector(rows(a, high + 1, j), j + 1, 0), taus.get(j, 0), j + 1, j + 1);
    }
    return q;
  }
}
