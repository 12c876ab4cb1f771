package dev.jacobi.hlo.linalg;

import dev.jacobi.hlo.LinalgOp.Transpose;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** LAPACK's routines on one matrix of a batch: results are laid out as LAPACK lays them out. */
public final class Lapack {
  private final LapackCall call;
  private final Matrix a;
  private final boolean isComplex;
  private final Precision precision;

  private Lapack(LapackCall call, Matrix a) {
    this.call = call;
    this.a = a;
    this.isComplex = call.dtype().isComplex();
    this.precision = Precision.of(call.dtype());
  }

  /**
   * Runs a routine.
   *
   * @param operands one per operand of the call, which are overwritten; vectors as columns
   * @return one per result, numbers as matrices of order 1. Results that the routine leaves
   *     undefined (vectors that were not asked for) are 0.
   */
  public static List<Matrix> run(LapackCall call, List<Matrix> operands) {
    return new Lapack(call, operands.getFirst()).run(operands);
  }

  private List<Matrix> run(List<Matrix> in) {
    return switch (call.routine()) {
      case TRSM -> List.of(trsm(in.get(1)));
      case GETRF -> {
        int[] pivots = new int[Math.min(a.rows(), a.cols())];
        int info = Factors.lu(a, pivots);
        yield List.of(a, column(Arrays.stream(pivots).map(p -> p + 1)), number(info));
      }
      case POTRF -> List.of(a, number(Factors.cholesky(a, isLower())));
      case GEQRF -> {
        Matrix taus = Householder.qr(a);
        yield List.of(a, taus);
      }
      case GEQP3 -> {
        int[] pivots = new int[a.cols()];
        Arrays.setAll(pivots, j -> (int) in.get(1).re(j, 0));
        Matrix taus = Householder.pivotedQr(a, pivots);
        yield List.of(a, column(Arrays.stream(pivots)), taus);
      }
      case ORGQR -> List.of(Householder.product(a, in.get(1)));
      case ORMQR -> {
        Matrix c = in.get(2);
        Householder.multiply(a, in.get(1), c, call.flag("left"), call.flag("transpose"));
        yield List.of(c);
      }
      case GESDD, GESVD -> svd();
      case SYEVD -> symmetric();
      case GEEV -> eigen();
      case GEES -> schur();
      case GEHRD -> {
        Matrix taus = Householder.hessenberg(a, call.number("low") - 1, call.number("high") - 1);
        yield List.of(a, taus, number(0));
      }
      case SYTRD -> {
        var t = SymmetricEigen.Tridiagonal.of(a, isLower());
        yield List.of(a, Matrix.column(t.d()), Matrix.column(t.e()), t.taus(), number(0));
      }
      case GTSV -> tridiagonal(in);
    };
  }

  private boolean isLower() {
    return call.letter("uplo", "LU") == 'L';
  }

  private static Matrix number(int x) {
    return Matrix.column(x);
  }

  private static Matrix column(java.util.stream.IntStream values) {
    return Matrix.column(values.asDoubleStream().toArray());
  }

  private Matrix trsm(Matrix b) {
    boolean unit = call.letter("diag", "NU") == 'U';
    Transpose op =
        switch (call.letter("trans_x", "NTC")) {
          case 'N' -> Transpose.NO_TRANSPOSE;
          case 'T' -> Transpose.TRANSPOSE;
          default -> Transpose.ADJOINT;
        };
    if (call.letter("side", "LR") == 'R') {
      return Factors.solveRight(a, b, isLower(), unit, op);
    }
    Factors.solve(a, b, isLower(), unit, op);
    return b;
  }

  private List<Matrix> svd() {
    int exponent = precision.exponent(a);
    a.scaleBy(exponent);
    Svd svd = Svd.of(a, isComplex, precision);
    Matrix s = Matrix.column(svd.s());
    s.scaleBy(-exponent);
    boolean vectors = call.letter("mode", "ASN") != 'N';
    Matrix u = new Matrix(a.rows(), call.cols(call.results().get(2)));
    Matrix vt = new Matrix(call.rows(call.results().get(3)), a.cols());
    if (vectors) {
      u = svd.u().resized(u.rows(), u.cols());
      vt = svd.vt().resized(vt.rows(), vt.cols());
    }
    return List.of(a, s, u, vt, number(svd.info()));
  }

  private List<Matrix> symmetric() {
    int exponent = precision.exponent(a);
    a.scaleBy(exponent);
    var t = SymmetricEigen.Tridiagonal.of(a, isLower());
    Matrix z = t.basis();
    int info = SymmetricEigen.implicitQl(t.d(), t.e(), z, precision);
    Matrix w = Matrix.column(t.d());
    w.scaleBy(-exponent);
    return List.of(z, w, number(info));
  }

  private List<Matrix> eigen() {
    int n = a.rows();
    if (!a.isFinite()) { // As JAX's handler does: LAPACK might not return.
      Complex[] values = new Complex[n];
      Arrays.fill(values, Complex.ZERO);
      return values(values, List.of(), List.of(new Matrix(n, n), new Matrix(n, n), number(-4)));
    }
    int exponent = precision.exponent(a);
    a.scaleBy(exponent);
    Eigen e = Eigen.of(a, isComplex, true, precision);
    Matrix none = new Matrix(n, n);
    boolean ok = e.info() == 0;
    Matrix left = ok && call.letter("compute_left", "NV") == 'V' ? e.vectors(true) : none;
    Matrix right = ok && call.letter("compute_right", "NV") == 'V' ? e.vectors(false) : none;
    return values(scaled(e, -exponent), List.of(), List.of(left, right, number(e.info())));
  }

  private List<Matrix> schur() {
    int n = a.rows();
    if (!a.isFinite()) {
      Complex[] values = new Complex[n];
      Arrays.fill(values, Complex.ZERO);
      return values(values, List.of(a, new Matrix(n, n)), List.of(number(0), number(-4)));
    }
    int exponent = precision.exponent(a);
    a.scaleBy(exponent);
    Eigen e = Eigen.of(a, isComplex, false, precision);
    boolean vectors = call.letter("mode", "NV") == 'V';
    Matrix basis = vectors ? e.schurVectors() : new Matrix(n, n);
    e.t().scaleBy(-exponent);
    Complex[] values = scaled(e, -exponent);
    return values(values, List.of(e.t(), basis), List.of(number(0), number(e.info())));
  }

  private static Complex[] scaled(Eigen e, int exponent) {
    Complex[] out = new Complex[e.values().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = e.values()[i].scaledBy(exponent);
    }
    return out;
  }

  /** Some results, the eigenvalues (of a real matrix in two parts), and more results. */
  private List<Matrix> values(Complex[] w, List<Matrix> before, List<Matrix> after) {
    Matrix re = new Matrix(w.length, 1);
    Matrix im = new Matrix(w.length, 1);
    for (int i = 0; i < w.length; i++) {
      re.set(i, 0, isComplex ? w[i] : Complex.real(w[i].re()));
      im.set(i, 0, w[i].im());
    }
    return Stream.of(before, isComplex ? List.of(re) : List.of(re, im), after)
        .flatMap(List::stream)
        .toList();
  }

  /** JAX's lower diagonal begins with an element that is not used. */
  private List<Matrix> tridiagonal(List<Matrix> in) {
    int n = in.get(1).rows();
    Matrix dl = new Matrix(Math.max(n - 1, 0), 1);
    for (int i = 1; i < n; i++) {
      dl.set(i - 1, 0, a.get(i, 0));
    }
    int info = Factors.tridiagonalSolve(dl, in.get(1), in.get(2), in.get(3));
    for (int i = 1; i < n; i++) {
      a.set(i, 0, dl.get(i - 1, 0));
    }
    return List.of(a, in.get(1), in.get(2), in.get(3), number(info));
  }
}
