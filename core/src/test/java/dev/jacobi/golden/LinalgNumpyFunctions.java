package dev.jacobi.golden;

import static dev.jacobi.numpy.Linalg.*;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Our form of the functions in {@code goldens/jnp/linalg.tsv}, by the names of the cases. */
final class LinalgNumpyFunctions {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private LinalgNumpyFunctions() {}

  static Map<String, Fn1<List<Array>, List<Array>>> all() {
    LinalgNumpyFunctions f = new LinalgNumpyFunctions();
    f.factorisations();
    f.systems();
    f.ranks();
    f.norms();
    f.products();
    return f.all;
  }

  private void one(String name, Op1 f) {
    all.put(name, x -> List.of(f.apply(x.get(0))));
  }

  private void two(String name, Op2 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private void list(String name, Function<Array, List<Array>> f) {
    all.put(name, x -> f.apply(x.get(0)));
  }

  private void factorisations() {
    one("cholesky", x -> cholesky(x));
    one("cholesky_upper", x -> cholesky(x, true));
    list("qr", x -> parts(qr(x)));
    list("qr_complete", x -> parts(qr(x, true)));
    list("eigh", x -> parts(eigh(x)));
    list("eigh_upper", x -> parts(eigh(x, Triangle.UPPER)));
    one("eigvalsh", x -> eigvalsh(x));
    list("svd", x -> parts(svd(x)));
    list("svd_thin", x -> parts(svd(x, false)));
    one("svdvals", x -> svdvals(x));
  }

  private static List<Array> parts(QrResult r) {
    return List.of(r.q(), r.r());
  }

  private static List<Array> parts(EighResult r) {
    return List.of(r.eigenvalues(), r.eigenvectors());
  }

  private static List<Array> parts(SvdResult r) {
    return List.of(r.u(), r.s(), r.vh());
  }

  private void systems() {
    List<String> solves =
        List.of("", "_vector", "_batch", "_many_sides", "_broadcast", "_stack_vector", "_mixed");
    solves.forEach(name -> two("solve" + name, (a, b) -> solve(a, b)));
    two("solve_empty", (a, b) -> solve(a, b));
    List.of("", "_batch").forEach(name -> one("inv" + name, x -> inv(x)));
    List.of("", "_wide", "_batch", "_rank_one", "_empty")
        .forEach(name -> one("pinv" + name, x -> pinv(x)));
    one("pinv_rtol", x -> pinv(x, 0.8));
    for (String name : List.of("", "_vector", "_rank_one", "_empty")) {
      all.put("lstsq" + name, x -> parts(lstsq(x.get(0), x.get(1))));
    }
    all.put(
        "lstsq_wide",
        x -> {
          LstsqResult r = lstsq(x.get(0), x.get(1)); // residuals are rounding errors
          return List.of(r.x(), r.rank());
        });
    all.put("lstsq_rcond", x -> parts(lstsq(x.get(0), x.get(1), 0.8)));
    for (int n = 0; n < 5; n++) {
      one("det_" + n, x -> det(x));
      list("slogdet_" + n, x -> parts(slogdet(x)));
    }
    one("det_complex", x -> det(x));
    one("det_singular", a -> det(a.times(Jnp.array(1.0, 2, 1, 0))));
    list("slogdet_complex_2", x -> parts(slogdet(x)));
    list("slogdet_complex_3", x -> parts(slogdet(x)));
    list("slogdet_singular", x -> parts(slogdet(x.times(0))));
  }

  private static List<Array> parts(SlogdetResult r) {
    return List.of(r.sign(), r.logabsdet());
  }

  private static List<Array> parts(LstsqResult r) {
    return List.of(r.x(), r.residuals(), r.rank(), r.s());
  }

  private void ranks() {
    List.of("", "_one", "_vector").forEach(name -> one("matrix_rank" + name, x -> matrixRank(x)));
    one("matrix_rank_tol", x -> matrixRank(x, 3.0));
    one("cond", x -> cond(x));
    one("cond_minus_2", x -> cond(x, MatrixNorm.MINUS_TWO));
    one("cond_1", x -> cond(x, MatrixNorm.ONE));
    one("cond_fro", x -> cond(x, MatrixNorm.FROBENIUS));
    one("cond_zero", x -> cond(x.times(0), MatrixNorm.ONE));
  }

  private void norms() {
    one("matrix_norm_fro", x -> matrixNorm(x));
    one("matrix_norm_nuc", x -> matrixNorm(x, MatrixNorm.NUCLEAR));
    one("matrix_norm_1", x -> matrixNorm(x, MatrixNorm.ONE));
    one("matrix_norm_minus_1", x -> matrixNorm(x, MatrixNorm.MINUS_ONE));
    one("matrix_norm_2", x -> matrixNorm(x, MatrixNorm.TWO));
    one("matrix_norm_minus_2", x -> matrixNorm(x, MatrixNorm.MINUS_TWO));
    one("matrix_norm_inf", x -> matrixNorm(x, MatrixNorm.INFINITY));
    one("matrix_norm_minus_inf", x -> matrixNorm(x, MatrixNorm.MINUS_INFINITY));
    one("vector_norm_3", x -> vectorNorm(x, 3, 1));
    one("vector_norm_half", x -> vectorNorm(x, 0.5, 1));
    one("vector_norm_0", x -> vectorNorm(x, 0, 1));
    one("vector_norm_1", x -> vectorNorm(x, 1, 1));
    one("vector_norm_inf", x -> vectorNorm(x, Double.POSITIVE_INFINITY, 1));
    one("vector_norm_minus_inf", x -> vectorNorm(x, Double.NEGATIVE_INFINITY, 1));
    one("vector_norm_all", x -> vectorNorm(x));
    one("vector_norm_keep", x -> vectorNorm(x, 3, Jnp.over(0).keepDims()));
  }

  private void products() {
    for (int n : new int[] {0, 1, 5}) {
      one("matrix_power_" + n, x -> matrixPower(x, n));
    }
    one("matrix_power_minus_2", x -> matrixPower(x, -2));
    all.put("multi_dot", x -> List.of(multiDot(x.toArray(Array[]::new))));
    all.put("multi_dot_vectors", x -> List.of(multiDot(x.toArray(Array[]::new))));
    one("tensorinv", x -> tensorinv(x, 2));
    two("tensorsolve", (a, b) -> Linalg.tensorsolve(a, b));
    two("vecdot", (a, b) -> Jnp.vecdot(a, b));
    two("vecdot_axis", (a, b) -> Jnp.vecdot(a, b, 0));
    one("matrix_transpose", x -> Jnp.matrixTranspose(x));
    one("diagonal", x -> Jnp.diagonal(x, 1, -2, -1));
    one("trace", x -> Jnp.trace(x, -1, -2, -1));
  }
}
