package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.LinalgOp.Transpose;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.linalg.Complex;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Factors of matrices depend on rounding as their condition lets them, but what defines them holds
 * to some eps of the norms whatever the condition is (Higham, "Accuracy and stability of numerical
 * algorithms", chapters 8 to 10 and 19): {@code a = l l^H}, {@code p a = l u}, {@code a = q r}.
 * Only matrices of ordinary numbers are compared.
 */
final class Residuals {
  private static final double LARGE = 0x1p30;

  private final double eps;
  private final List<Matrix> in;
  private final List<Matrix> out;
  private final List<Matrix> expected;
  private String wrong;

  private Residuals(DType dtype, List<Matrix> in, List<Matrix> out, List<Matrix> expected) {
    int n = in.stream().mapToInt(m -> m.rows() + m.cols()).max().orElse(0);
    this.eps = 20 * (n + 1) * Closeness.eps(dtype);
    this.in = in;
    this.out = out;
    this.expected = expected;
  }

  /** The first matrix of a batch whose results are not what they should be, in words. */
  static Optional<String> check(Alone alone) {
    List<Literal> operands = alone.instr().op().operands().stream().map(alone::value).toList();
    TensorType first = operands.getFirst().type();
    LapackCall call =
        alone.instr().op() instanceof ControlOp.CustomCall o
            ? LapackCall.of(o).orElseThrow()
            : null;
    int rank = call == null ? first.rank() - 2 : call.batch().rank();
    List<Literal> expected = alone.interpreted();
    long batches = first.shape().size() == 0 ? 0 : product(first, 0, rank);
    for (int i = 0; i < batches; i++) {
      Residuals one =
          new Residuals(
              first.dtype(),
              matrices(operands, rank, i),
              matrices(alone.results(), rank, i),
              matrices(expected, rank, i));
      if (one.in.stream().allMatch(Residuals::isOrdinary)) {
        one.check(alone, call);
      }
      if (one.wrong != null) {
        return Optional.of("matrix " + i + " of " + first + ": " + one.wrong);
      }
    }
    return Optional.empty();
  }

  private static long product(TensorType t, int from, int to) {
    long n = 1;
    for (int d = from; d < to; d++) {
      n *= t.dim(d);
    }
    return n;
  }

  private static List<Matrix> matrices(List<Literal> literals, int batchRank, int batch) {
    List<Matrix> matrices = new ArrayList<>();
    for (Literal l : literals) {
      int rank = l.type().rank();
      int rows = rank > batchRank ? (int) l.type().dim(batchRank) : 1;
      int cols = rank > batchRank + 1 ? (int) l.type().dim(batchRank + 1) : 1;
      Matrix m = new Matrix(rows, cols);
      long at = (long) batch * rows * cols;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < cols; j++, at++) {
          m.set(i, j, l.getDouble(at), l.getImag(at));
        }
      }
      matrices.add(m);
    }
    return matrices;
  }

  /** Whether no sum or product of some of the elements leaves the range. */
  private static boolean isOrdinary(Matrix m) {
    for (int i = 0; i < m.rows(); i++) {
      for (int j = 0; j < m.cols(); j++) {
        double a = m.get(i, j).abs();
        if (!(a == 0 || a > 1 / LARGE && a < LARGE)) {
          return false;
        }
      }
    }
    return true;
  }

  private void check(Alone alone, LapackCall call) {
    if (call != null) {
      lapack(call);
      return;
    }
    switch (alone.instr().op()) {
      case LinalgOp.Cholesky o -> cholesky(o.lower(), !isFinite(out.getFirst()));
      case LinalgOp.TriangularSolve o ->
          solve(o.leftSide(), o.lower(), o.unitDiagonal(), o.transposeA());
      default -> throw new IllegalArgumentException(alone.instr().op().mnemonic());
    }
  }

  private void lapack(LapackCall call) {
    switch (call.routine()) {
      case POTRF -> cholesky(call.letter("uplo", "LU") == 'L', out.getLast().re(0, 0) != 0);
      case TRSM ->
          solve(
              call.letter("side", "LR") == 'L',
              call.letter("uplo", "LU") == 'L',
              call.letter("diag", "NU") == 'U',
              Transpose.values()["NTC".indexOf(call.letter("trans_x", "NTC"))]);
      case GETRF -> lu();
      case GEQRF -> qr(in.getFirst(), out.getLast());
      case GEQP3 -> {
        Matrix a = in.getFirst();
        Matrix moved = new Matrix(a.rows(), a.cols());
        for (int j = 0; j < a.cols(); j++) {
          int from = (int) out.get(1).re(j, 0) - 1;
          for (int i = 0; i < a.rows(); i++) {
            moved.set(i, j, a.get(i, from));
          }
        }
        qr(moved, out.getLast());
      }
      case ORMQR -> near("q c", expected.getFirst(), out.getFirst(), norm(in.getLast()));
      case GEEV ->
          eigen(
              call.letter("compute_left", "NV") == 'V', call.letter("compute_right", "NV") == 'V');
      case GEES -> schur(call.letter("mode", "NV") == 'V');
      case ORGQR -> near("q", out.getFirst(), expected.getFirst(), 1);
      case SYEVD -> symmetric(call.letter("uplo", "LU") == 'L', call.letter("mode", "NV") == 'V');
      case GESDD, GESVD -> svd(call.letter("mode", "ASN"));
      case GTSV -> tridiagonal();
      case GEHRD -> hessenberg();
      case SYTRD -> tridiagonalForm();
    }
  }

  // --- laws ---

  private void cholesky(boolean lower, boolean failed) {
    Matrix a = hermitian(in.getFirst(), lower);
    Matrix l = part(failed ? expected.getFirst() : out.getFirst(), lower);
    if (!isFinite(l)) {
      return; // Neither finds a factor.
    }
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < l.rows(); i++) {
      least = Math.min(least, l.re(i, i));
    }
    boolean clear = least * least > 10 * eps * norm(a);
    if (clear && (failed || !isFinite(expected.getFirst()))) {
      wrong = failed ? "no factor is found" : "there is no factor";
    }
    near("a = l l^H", a, lower ? l.times(l.adjoint()) : l.adjoint().times(l), norm(a));
  }

  private void solve(boolean left, boolean lower, boolean unit, Transpose op) {
    Matrix a = part(in.getFirst(), lower);
    for (int i = 0; i < a.rows() && unit; i++) {
      a.set(i, i, 1);
    }
    a =
        switch (op) {
          case NO_TRANSPOSE -> a;
          case TRANSPOSE -> a.transpose();
          case ADJOINT -> a.adjoint();
        };
    Matrix x = out.getFirst();
    if (isOrdinary(expected.getFirst())) {
      Matrix b = left ? a.times(x) : x.times(a);
      near("a x = b", in.get(1), b, norm(a) * norm(x) + norm(b));
    }
  }

  private void lu() {
    Matrix a = in.getFirst().copy();
    Matrix f = out.getFirst();
    int k = Math.min(a.rows(), a.cols());
    int zero = 0;
    for (int i = k - 1; i >= 0; i--) {
      zero = f.get(i, i).isZero() ? i + 1 : zero;
    }
    for (int i = 0; i < k; i++) {
      int p = (int) out.get(1).re(i, 0) - 1;
      if (p < i || p >= a.rows()) {
        wrong = "pivot " + i + " is " + (p + 1);
        return;
      }
      exchange(a, i, p);
    }
    Matrix l = filled(a.rows(), k, f, (i, j) -> i > j);
    for (int i = 0; i < k; i++) {
      l.set(i, i, 1);
    }
    Matrix u = filled(k, a.cols(), f, (i, j) -> i <= j);
    near("p a = l u", a, l.times(u), norm(l) * norm(u));
    if (zero != (int) out.getLast().re(0, 0)) {
      wrong = "info is " + out.getLast().re(0, 0) + ", but the first pivot of 0 is " + zero;
    }
  }

  private static void exchange(Matrix a, int i, int p) {
    for (int j = 0; j < a.cols(); j++) {
      Complex z = a.get(i, j);
      a.set(i, j, a.get(p, j));
      a.set(p, j, z);
    }
  }

  private void qr(Matrix a, Matrix taus) {
    Matrix f = out.getFirst();
    Matrix q = product(f, taus, 0);
    near("a = q r", a, q.times(filled(a.rows(), a.cols(), f, (i, j) -> i <= j)), norm(a));
    near("q^H q = 1", Matrix.identity(a.rows()), q.adjoint().times(q), 1);
  }

  /** The product of reflections whose vectors stand below the diagonal, or further below. */
  private static Matrix product(Matrix f, Matrix taus, int below) {
    Matrix q = Matrix.identity(f.rows());
    for (int j = taus.rows() - 1; j >= 0; j--) {
      int one = j + below;
      Matrix v = filled(f.rows(), 1, column(f, j), (i, _) -> i > one);
      v.set(one, 0, 1);
      q = minus(q, v.times(v.adjoint().times(q)), taus.get(j, 0));
    }
    return q;
  }

  private void hessenberg() {
    Matrix a = in.getFirst();
    Matrix f = out.getFirst();
    Matrix h = filled(a.rows(), a.rows(), f, (i, j) -> i <= j + 1);
    similar(a, product(f, out.get(1), 1), h);
  }

  private void tridiagonalForm() {
    Matrix a = hermitian(in.getFirst(), true);
    Matrix t = diagonal(out.get(1), a.rows(), a.rows());
    for (int i = 1; i < a.rows(); i++) {
      t.set(i, i - 1, out.get(2).get(i - 1, 0));
      t.set(i - 1, i, out.get(2).get(i - 1, 0));
    }
    similar(a, product(out.getFirst(), out.get(3), 1), t);
  }

  private void similar(Matrix a, Matrix q, Matrix t) {
    near("a = q t q^H", a, q.times(t).times(q.adjoint()), norm(a));
    near("q^H q = 1", Matrix.identity(a.rows()), q.adjoint().times(q), 1);
  }

  private static Matrix column(Matrix a, int j) {
    Matrix out = new Matrix(a.rows(), 1);
    for (int i = 0; i < a.rows(); i++) {
      out.set(i, 0, a.get(i, j));
    }
    return out;
  }

  private static Matrix minus(Matrix a, Matrix b, Complex times) {
    Matrix out = a.copy();
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.cols(); j++) {
        out.set(i, j, a.get(i, j).minus(times.times(b.get(i, j))));
      }
    }
    return out;
  }

  private void symmetric(boolean lower, boolean vectors) {
    Matrix a = hermitian(in.getFirst(), lower);
    Matrix w = out.get(1);
    near("eigenvalues", expected.get(1), w, norm(a));
    if (vectors) {
      Matrix v = out.getFirst();
      near("a v = v w", a.times(v), v.times(diagonal(w, w.rows(), w.rows())), norm(a));
      near("v^H v = 1", Matrix.identity(v.rows()), v.adjoint().times(v), 1);
    }
  }

  /** Columns of v for eigenvalues in order; real matrices give these in two parts. */
  private void eigen(boolean left, boolean right) {
    Matrix a = in.getFirst();
    int n = a.rows();
    int parts = out.size() - 3;
    if (out.getLast().re(0, 0) != 0) {
      return;
    }
    Matrix w = new Matrix(n, 1);
    for (int i = 0; i < n; i++) {
      w.set(
          i,
          0,
          out.getFirst().re(i, 0),
          parts == 1 ? out.getFirst().im(i, 0) : out.get(1).re(i, 0));
    }
    Matrix diagonal = diagonal(w, n, n);
    if (right) {
      Matrix v = out.get(parts + 1);
      near("a v = v w", a.times(v), v.times(diagonal), norm(a));
    }
    if (left) {
      Matrix u = out.get(parts).adjoint();
      near("u^H a = w u^H", u.times(a), diagonal.times(u), norm(a));
    }
  }

  private void schur(boolean vectors) {
    Matrix a = in.getFirst();
    Matrix z = out.get(1);
    if (vectors && out.getLast().re(0, 0) == 0) {
      similar(a, z, out.getFirst());
    }
  }

  private void svd(char mode) {
    Matrix a = in.getFirst();
    Matrix s = out.get(1);
    near("singular values", expected.get(1), s, norm(a));
    if (mode != 'N') {
      Matrix u = out.get(2);
      Matrix vt = out.get(3);
      near("a = u s v^H", a, u.times(diagonal(s, u.cols(), vt.rows())).times(vt), norm(a));
      near("u^H u = 1", Matrix.identity(u.cols()), u.adjoint().times(u), 1);
      near("v^H v = 1", Matrix.identity(vt.rows()), vt.times(vt.adjoint()), 1);
    }
  }

  private void tridiagonal() {
    int n = in.get(1).rows();
    Matrix a = new Matrix(n, n);
    for (int i = 0; i < n; i++) {
      a.set(i, i, in.get(1).get(i, 0));
      if (i > 0) {
        a.set(i, i - 1, in.getFirst().get(i, 0));
        a.set(i - 1, i, in.get(2).get(i - 1, 0));
      }
    }
    Matrix x = out.get(3);
    if (isOrdinary(expected.get(3))) {
      near("a x = b", in.get(3), a.times(x), norm(a) * norm(x));
    }
  }

  // --- matrices ---

  private void near(String law, Matrix x, Matrix y, double scale) {
    double error = norm(minus(x, y, Complex.ONE));
    if (!(error <= eps * (scale + Float.MIN_NORMAL)) && wrong == null) {
      wrong = law + " misses by " + error + ", where " + eps * scale + " is allowed";
    }
  }

  private static double norm(Matrix m) {
    double sum = 0;
    for (int i = 0; i < m.rows(); i++) {
      for (int j = 0; j < m.cols(); j++) {
        double a = m.get(i, j).abs();
        sum += a * a;
      }
    }
    return Math.sqrt(sum);
  }

  private static boolean isFinite(Matrix m) {
    return Double.isFinite(norm(m));
  }

  private static Matrix filled(int rows, int cols, Matrix from, BiPredicate<Integer, Integer> at) {
    Matrix out = new Matrix(rows, cols);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        if (at.test(i, j)) {
          out.set(i, j, from.get(i, j));
        }
      }
    }
    return out;
  }

  /** One triangle with the diagonal. */
  private static Matrix part(Matrix a, boolean lower) {
    return filled(a.rows(), a.cols(), a, (i, j) -> lower ? i >= j : i <= j);
  }

  private static Matrix hermitian(Matrix a, boolean lower) {
    Matrix half = part(a, lower);
    Matrix out = half.copy();
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.cols(); j++) {
        if (i != j && lower == j > i) {
          out.set(i, j, half.get(j, i).conjugate());
        }
      }
      out.set(i, i, half.re(i, i));
    }
    return out;
  }

  private static Matrix diagonal(Matrix column, int rows, int cols) {
    Matrix out = new Matrix(rows, cols);
    for (int i = 0; i < column.rows(); i++) {
      out.set(i, i, column.get(i, 0));
    }
    return out;
  }
}
