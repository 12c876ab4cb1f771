package dev.jacobi.hlo.linalg;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.util.List;
import java.util.stream.Stream;

/** The types of the results of LAPACK's routines, and what their operands must be. */
final class LapackTypes {
  private final LapackCall call;
  private final TensorType a;
  private final int m;
  private final int n;
  private final int k;

  private LapackTypes(LapackCall call) {
    this.call = call;
    this.a = call.operands().getFirst();
    this.m = call.rows(a);
    this.n = call.cols(a);
    this.k = Math.min(m, n);
  }

  static List<TensorType> results(LapackCall call) {
    return new LapackTypes(call).results();
  }

  private List<TensorType> results() {
    return switch (call.routine()) {
      case TRSM -> List.of(trsm());
      case GETRF -> List.of(matrix(0), vector(DType.I32, k), info());
      case POTRF -> {
        square();
        call.letter("uplo", "LU");
        yield List.of(a, info());
      }
      case GEQRF -> List.of(matrix(0), vector(call.dtype(), k));
      case GEQP3 -> {
        operand(1, vector(DType.I32, n));
        yield List.of(matrix(0), vector(DType.I32, n), vector(call.dtype(), k));
      }
      case ORGQR -> {
        int taus = taus();
        require(taus <= n && n <= m, "needs taus <= columns <= rows");
        yield List.of(matrix(0));
      }
      case ORMQR -> List.of(ormqr());
      case GESDD, GESVD -> svd();
      case SYEVD -> {
        square();
        call.letter("uplo", "LU");
        call.letter("mode", "NV");
        yield List.of(a, vector(real(), n), info());
      }
      case GEEV -> eigen();
      case GEES -> {
        square();
        call.letter("mode", "NV");
        call.letter("sort", "N");
        yield Stream.of(List.of(a, a), values(), List.of(info(), info()))
            .flatMap(List::stream)
            .toList();
      }
      case GEHRD -> hessenberg();
      case SYTRD -> {
        square();
        require(n > 0, "needs at least one row");
        call.letter("uplo", "LU");
        TensorType taus = vector(call.dtype(), n - 1);
        yield List.of(a, vector(real(), n), vector(real(), n - 1), taus, info());
      }
      case GTSV -> tridiagonal();
    };
  }

  private void require(boolean holds, String why) {
    if (!holds) {
      throw new HloTypeException(call + " of " + call.operands() + " " + why);
    }
  }

  private void operand(int i, TensorType want) {
    require(call.operands().get(i).equals(want), "takes " + want + " as operand " + i);
  }

  private DType real() {
    return call.dtype().real();
  }

  private TensorType info() {
    return new TensorType(DType.I32, call.batch());
  }

  private TensorType vector(DType dtype, long length) {
    return new TensorType(dtype, call.batch().concat(Shape.of(length)));
  }

  private TensorType matrix(DType dtype, long rows, long cols) {
    return new TensorType(dtype, call.batch().concat(Shape.of(rows, cols)));
  }

  /** An operand that must be a matrix of the call's element type, with sizes that LAPACK counts. */
  private TensorType matrix(int i) {
    TensorType t = call.operands().get(i);
    require(call.isMatrix(t), "needs a matrix, not " + t);
    require(t.equals(matrix(call.dtype(), call.rows(t), call.cols(t))), "has batches that differ");
    return t;
  }

  private void square() {
    matrix(0);
    require(m == n, "is not square");
  }

  private int taus() {
    TensorType t = call.operands().get(1);
    require(t.rank() == call.batch().rank() + 1, "needs a vector of factors");
    operand(1, vector(call.dtype(), call.rows(t)));
    return call.rows(t);
  }

  private TensorType trsm() {
    square();
    TensorType b = matrix(1);
    boolean left = call.letter("side", "LR") == 'L';
    call.letter("uplo", "LU");
    call.letter("trans_x", "NTC");
    call.letter("diag", "NU");
    require((left ? call.rows(b) : call.cols(b)) == n, "sizes do not fit");
    return b;
  }

  private TensorType ormqr() {
    matrix(0);
    int taus = taus();
    TensorType c = matrix(2);
    require(taus <= k, "has too many factors");
    require((call.flag("left") ? call.rows(c) : call.cols(c)) == m, "sizes do not fit");
    return c;
  }

  private List<TensorType> svd() {
    matrix(0);
    require(k > 0, "is empty");
    char mode = call.letter("mode", "ASN");
    boolean full =
        mode == 'A'
            || mode == 'N'
                && call.results().size() == 5
                && call.results().get(2).equals(matrix(call.dtype(), m, m))
                && call.results().get(3).equals(matrix(call.dtype(), n, n));
    return List.of(
        a,
        vector(real(), k),
        matrix(call.dtype(), m, full ? m : k),
        matrix(call.dtype(), full ? n : k, n),
        info());
  }

  private List<TensorType> values() {
    TensorType w = vector(call.dtype(), n);
    return call.dtype().isComplex() ? List.of(w) : List.of(w, w);
  }

  private List<TensorType> eigen() {
    square();
    call.letter("compute_left", "NV");
    call.letter("compute_right", "NV");
    TensorType v = matrix(call.dtype().complex().orElseThrow(), n, n);
    return Stream.of(values(), List.of(v, v, info())).flatMap(List::stream).toList();
  }

  private List<TensorType> hessenberg() {
    square();
    int low = call.number("low");
    int high = call.number("high");
    require(1 <= low && low <= Math.max(1, n) && Math.min(low, n) <= high && high <= n, "bounds");
    return List.of(a, vector(call.dtype(), Math.max(n - 1, 0)), info());
  }

  private List<TensorType> tridiagonal() {
    TensorType b = matrix(3);
    TensorType d = vector(call.dtype(), call.rows(b));
    for (int i = 0; i < 3; i++) {
      operand(i, d);
    }
    return List.of(d, d, d, b, info());
  }
}
