package dev.jacobi.hlo.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a factorisation promises: its factors have their form, and their product is the matrix. */
class LapackTest {
  private static final double TOLERANCE = 1e-11;

  private final Random random = new Random(42);

  private Matrix random(int rows, int cols, boolean isComplex) {
    Matrix m = new Matrix(rows, cols);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        m.set(i, j, random.nextGaussian(), isComplex ? random.nextGaussian() : 0);
      }
    }
    return m;
  }

  private static DType dtype(boolean isComplex) {
    return isComplex ? DType.C128 : DType.F64;
  }

  private static List<Matrix> run(
      LapackRoutine routine, boolean isComplex, Map<String, String> options, Matrix... operands) {
    List<Value> values = new ArrayList<>();
    List<Matrix> copies = new ArrayList<>();
    for (Matrix m : operands) {
      boolean vector = m.cols() == 1 && !values.isEmpty() && routine != LapackRoutine.TRSM;
      vector &= routine != LapackRoutine.ORMQR || values.size() == 1;
      boolean pivots = routine == LapackRoutine.GEQP3 && vector;
      DType t = pivots ? DType.I32 : dtype(isComplex);
      values.add(
          new Value(vector ? TensorType.of(t, m.rows()) : TensorType.of(t, m.rows(), m.cols())));
      copies.add(m.copy());
    }
    ControlOp.CustomCall op = LapackCall.write(routine, dtype(isComplex), values, options);
    return Lapack.run(LapackCall.of(op).orElseThrow(), copies);
  }

  private static void assertNear(Matrix a, Matrix b) {
    assertThat(a.rows()).isEqualTo(b.rows());
    assertThat(a.cols()).isEqualTo(b.cols());
    double worst = 0;
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.cols(); j++) {
        worst = Math.max(worst, a.get(i, j).minus(b.get(i, j)).abs());
      }
    }
    assertThat(worst).isLessThan(TOLERANCE * (1 + a.rows()));
  }

  private static Matrix triangle(Matrix a, boolean lower, boolean unit, int rows, int cols) {
    Matrix t = new Matrix(rows, cols);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        if (i == j && unit) {
          t.set(i, j, 1);
        } else if (lower ? j <= i : j >= i) {
          t.set(i, j, a.get(i, j));
        }
      }
    }
    return t;
  }

  private static Matrix diagonal(Matrix values, int rows, int cols) {
    Matrix d = new Matrix(rows, cols);
    for (int i = 0; i < values.rows(); i++) {
      d.set(i, i, values.get(i, 0));
    }
    return d;
  }

  private static void assertUnitary(Matrix q) {
    assertNear(q.adjoint().times(q), Matrix.identity(q.cols()));
  }

  @ParameterizedTest
  @CsvSource({"1,false,L", "5,false,U", "5,true,L", "7,true,U", "0,false,L"})
  void choleskyFactorsMultiplyToTheMatrix(int n, boolean isComplex, String uplo) {
    Matrix x = random(n, n + 2, isComplex);
    Matrix a = x.times(x.adjoint());
    List<Matrix> out = run(LapackRoutine.POTRF, isComplex, Map.of("uplo", uplo), a);
    boolean lower = uplo.equals("L");
    Matrix t = triangle(out.getFirst(), lower, false, n, n);
    assertNear(lower ? t.times(t.adjoint()) : t.adjoint().times(t), a);
    assertThat(out.get(1).re(0, 0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"4,4,false", "5,3,true", "3,6,false", "0,2,true"})
  void luFactorsMultiplyToThePermutedMatrix(int m, int n, boolean isComplex) {
    Matrix a = random(m, n, isComplex);
    List<Matrix> out = run(LapackRoutine.GETRF, isComplex, Map.of(), a);
    int k = Math.min(m, n);
    Matrix l = triangle(out.getFirst(), true, true, m, k);
    Matrix u = triangle(out.getFirst(), false, false, k, n);
    Matrix permuted = a.copy();
    for (int i = 0; i < k; i++) {
      permuted.swapRows(i, (int) out.get(1).re(i, 0) - 1);
    }
    assertNear(l.times(u), permuted);
  }

  @ParameterizedTest
  @CsvSource({"L,L,N,N,false", "L,U,T,U,true", "R,L,C,N,true", "R,U,N,N,false", "L,L,C,N,true"})
  void triangularSolutionsSolve(String side, String uplo, String op, String diag, boolean z) {
    Matrix a = random(4, 4, z);
    Matrix b = side.equals("L") ? random(4, 3, z) : random(3, 4, z);
    for (int i = 0; i < 4; i++) {
      a.set(i, i, 3 + i);
    }
    var options = Map.of("side", side, "uplo", uplo, "trans_x", op, "diag", diag);
    Matrix x = run(LapackRoutine.TRSM, z, options, a, b).getFirst();
    Matrix t = triangle(a, uplo.equals("L"), diag.equals("U"), 4, 4);
    Matrix used = op.equals("N") ? t : op.equals("T") ? t.transpose() : t.adjoint();
    assertNear(side.equals("L") ? used.times(x) : x.times(used), b);
  }

  @ParameterizedTest
  @CsvSource({"5,3,false", "4,4,true", "3,5,true", "1,1,false", "2,2,false"})
  void qrFactorsMultiplyToTheMatrix(int m, int n, boolean isComplex) {
    Matrix a = random(m, n, isComplex);
    List<Matrix> out = run(LapackRoutine.GEQRF, isComplex, Map.of(), a);
    int k = Math.min(m, n);
    Matrix r = triangle(out.getFirst(), false, false, k, n);
    Matrix reflections = out.getFirst().resized(m, k);
    Matrix q = run(LapackRoutine.ORGQR, isComplex, Map.of(), reflections, out.get(1)).getFirst();
    assertUnitary(q);
    assertNear(q.times(r), a);
    for (int i = 0; i < k; i++) {
      assertThat(r.im(i, i)).isZero();
    }
    var adjoint = Map.of("left", "true", "transpose", "true");
    Matrix c = run(LapackRoutine.ORMQR, isComplex, adjoint, reflections, out.get(1), a).getFirst();
    assertNear(triangle(c, false, false, k, n), r);
  }

  @ParameterizedTest
  @CsvSource({"5,3,false", "4,4,true", "3,5,true"})
  void pivotedQrSortsTheDiagonal(int m, int n, boolean isComplex) {
    Matrix a = random(m, n, isComplex);
    List<Matrix> out = run(LapackRoutine.GEQP3, isComplex, Map.of(), a, new Matrix(n, 1));
    int k = Math.min(m, n);
    Matrix r = triangle(out.getFirst(), false, false, k, n);
    Matrix q = Householder.product(out.getFirst().resized(m, k), out.get(2));
    Matrix permuted = new Matrix(m, n);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        permuted.set(i, j, a.get(i, (int) out.get(1).re(j, 0) - 1));
      }
    }
    assertNear(q.times(r), permuted);
    for (int i = 1; i < k; i++) {
      assertThat(r.get(i, i).abs()).isLessThanOrEqualTo(r.get(i - 1, i - 1).abs() * (1 + 1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5,3,false",
    "4,4,true",
    "3,5,true",
    "9,2,false",
    "2,9,true",
    "1,1,false",
    "30,20,true"
  })
  void singularValuesAndVectorsMultiplyToTheMatrix(int m, int n, boolean isComplex) {
    Matrix a = random(m, n, isComplex);
    for (String mode : List.of("A", "S")) {
      List<Matrix> out = run(LapackRoutine.GESDD, isComplex, Map.of("mode", mode), a);
      Matrix u = out.get(2);
      Matrix vt = out.get(3);
      assertUnitary(u);
      assertUnitary(vt.adjoint());
      assertNear(u.times(diagonal(out.get(1), u.cols(), vt.rows())).times(vt), a);
      for (int i = 1; i < Math.min(m, n); i++) {
        assertThat(out.get(1).re(i, 0)).isBetween(0.0, out.get(1).re(i - 1, 0));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,false,L", "4,false,U", "5,true,L", "6,true,U", "40,false,L"})
  void symmetricEigenvectorsDiagonalise(int n, boolean isComplex, String uplo) {
    Matrix x = random(n, n, isComplex);
    Matrix a = x.times(x.adjoint());
    var options = Map.of("mode", "V", "uplo", uplo);
    List<Matrix> out = run(LapackRoutine.SYEVD, isComplex, options, a);
    Matrix v = out.getFirst();
    assertUnitary(v);
    assertNear(v.times(diagonal(out.get(1), n, n)), a.times(v));
  }

  @ParameterizedTest
  @CsvSource({"1,false", "4,false", "5,true", "12,false", "12,true", "40,false", "40,true"})
  void eigenvectorsAreMultipliedOnly(int n, boolean isComplex) {
    Matrix a = random(n, n, isComplex);
    var options = Map.of("compute_left", "V", "compute_right", "V");
    List<Matrix> out = run(LapackRoutine.GEEV, isComplex, options, a);
    Matrix w = new Matrix(n, n);
    for (int i = 0; i < n; i++) {
      double im = isComplex ? out.getFirst().im(i, 0) : out.get(1).re(i, 0);
      w.set(i, i, out.getFirst().re(i, 0), im);
    }
    Matrix left = out.get(isComplex ? 1 : 2);
    Matrix right = out.get(isComplex ? 2 : 3);
    assertNear(a.times(right), right.times(w));
    assertNear(left.adjoint().times(a), w.times(left.adjoint()));
  }

  @ParameterizedTest
  @CsvSource({"1,false", "4,false", "5,true", "20,false", "20,true"})
  void schurVectorsTriangularise(int n, boolean isComplex) {
    Matrix a = random(n, n, isComplex);
    List<Matrix> out = run(LapackRoutine.GEES, isComplex, Map.of("mode", "V", "sort", "N"), a);
    Matrix t = out.getFirst();
    Matrix z = out.get(1);
    assertUnitary(z);
    assertNear(z.times(t).times(z.adjoint()), a);
    for (int j = 0; j < n; j++) {
      for (int i = j + 1; i < n; i++) {
        boolean block = !isComplex && i == j + 1;
        assertThat(t.get(i, j).isZero() || block && t.re(j, j) == t.re(i, i)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,false", "4,false", "6,true"})
  void hessenbergFormIsSimilar(int n, boolean isComplex) {
    Matrix a = random(n, n, isComplex);
    var options = Map.of("low", "1", "high", Integer.toString(n));
    List<Matrix> out = run(LapackRoutine.GEHRD, isComplex, options, a);
    Matrix q = Householder.hessenbergBasis(out.getFirst(), out.get(1), 0, n - 1);
    Matrix h = out.getFirst().copy();
    for (int j = 0; j < n; j++) {
      for (int i = j + 2; i < n; i++) {
        h.set(i, j, 0);
      }
    }
    assertNear(q.times(h).times(q.adjoint()), a);
  }

  /** One that LAPACK takes apart: of defective matrices there are fewer vectors than columns. */
  @ParameterizedTest
  @CsvSource({"1", "3", "40"})
  void vectorsOfDefectiveMatricesAreOfNormOne(int n) {
    Matrix shift = new Matrix(n, n);
    for (int i = 1; i < n; i++) {
      shift.set(i - 1, i, 1e100);
    }
    var options = Map.of("compute_left", "V", "compute_right", "V");
    for (Matrix a : List.of(shift, new Matrix(n, n))) {
      List<Matrix> out = run(LapackRoutine.GEEV, false, options, a);
      for (Matrix v : out.subList(2, 4)) {
        Matrix squares = v.adjoint().times(v);
        for (int j = 0; j < n; j++) {
          assertThat(squares.re(j, j)).isCloseTo(1, within(1e-12));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1e-310", "1e-200", "1e200", "1e305"})
  void eigenvaluesScaleWithTheMatrix(double scale) {
    Matrix a = random(5, 5, false);
    Matrix scaled = new Matrix(5, 5);
    for (int i = 0; i < 25; i++) {
      scaled.set(i / 5, i % 5, a.re(i / 5, i % 5) * scale);
    }
    var schur = Map.of("mode", "V", "sort", "N");
    var symmetric = Map.of("mode", "V", "uplo", "L");
    scales(
        run(LapackRoutine.GEES, false, schur, a).get(2),
        scale,
        run(LapackRoutine.GEES, false, schur, scaled).get(2));
    scales(
        run(LapackRoutine.SYEVD, false, symmetric, a).get(1),
        scale,
        run(LapackRoutine.SYEVD, false, symmetric, scaled).get(1));
    scales(
        run(LapackRoutine.GESDD, false, Map.of("mode", "A"), a).get(1),
        scale,
        run(LapackRoutine.GESDD, false, Map.of("mode", "A"), scaled).get(1));
  }

  private static void scales(Matrix x, double scale, Matrix y) {
    for (int i = 0; i < x.rows(); i++) {
      double want = x.re(i, 0) * scale;
      assertThat(y.re(i, 0)).isCloseTo(want, within(Math.max(1e-10 * scale, 1e-319)));
    }
  }

  /** Conjugate pairs stand together: the vectors of the second are exactly conjugate. */
  @ParameterizedTest
  @CsvSource({"2", "9"})
  void vectorsOfPairsAreConjugate(int n) {
    Matrix turn = new Matrix(n, n);
    for (int i = 0; i < n; i++) {
      turn.set(i, (i + 1) % n, i == 0 ? -1 : 1);
    }
    var options = Map.of("compute_left", "V", "compute_right", "V");
    List<Matrix> out = run(LapackRoutine.GEEV, false, options, turn);
    int pairs = 0;
    for (int j = 1; j < n; j++) {
      if (out.get(1).re(j - 1, 0) > 0) {
        pairs++;
        for (Matrix v : out.subList(2, 4)) {
          for (int i = 0; i < n; i++) {
            assertThat(v.get(i, j)).isEqualTo(v.get(i, j - 1).conjugate());
          }
        }
      }
    }
    assertThat(pairs).isEqualTo(n / 2);
  }

  @ParameterizedTest
  @CsvSource({"1,false", "5,false", "6,true"})
  void tridiagonalSolutionsSolve(int n, boolean isComplex) {
    Matrix dl = random(n, 1, isComplex);
    Matrix d = random(n, 1, isComplex);
    Matrix du = random(n, 1, isComplex);
    Matrix b = random(n, 2, isComplex);
    Matrix a = new Matrix(n, n);
    for (int i = 0; i < n; i++) {
      a.set(i, i, d.get(i, 0));
      if (i > 0) {
        a.set(i, i - 1, dl.get(i, 0));
        a.set(i - 1, i, du.get(i - 1, 0));
      }
    }
    DType t = dtype(isComplex);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      values.add(new Value(TensorType.of(t, n)));
    }
    values.add(new Value(TensorType.of(t, n, 2)));
    var op = LapackCall.write(LapackRoutine.GTSV, t, values, Map.of());
    var call = LapackCall.of(op).orElseThrow();
    List<Matrix> out = Lapack.run(call, List.of(dl.copy(), d.copy(), du.copy(), b.copy()));
    assertNear(a.times(out.get(3)), b);
    assertThat(out.get(4).re(0, 0)).isZero();
  }
}
