package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.cumprod;
import static dev.jacobi.numpy.Jnp.cumsum;
import static dev.jacobi.numpy.Jnp.cumulativeProd;
import static dev.jacobi.numpy.Jnp.cumulativeSum;
import static dev.jacobi.numpy.Jnp.dot;
import static dev.jacobi.numpy.Jnp.einsum;
import static dev.jacobi.numpy.Jnp.expandDims;
import static dev.jacobi.numpy.Jnp.fillDiagonal;
import static dev.jacobi.numpy.Jnp.geomspace;
import static dev.jacobi.numpy.Jnp.inner;
import static dev.jacobi.numpy.Jnp.linspaceStep;
import static dev.jacobi.numpy.Jnp.logspace;
import static dev.jacobi.numpy.Jnp.matmul;
import static dev.jacobi.numpy.Jnp.nancumprod;
import static dev.jacobi.numpy.Jnp.nancumsum;
import static dev.jacobi.numpy.Jnp.nanvar;
import static dev.jacobi.numpy.Jnp.over;
import static dev.jacobi.numpy.Jnp.polydiv;
import static dev.jacobi.numpy.Jnp.polymul;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.searchsorted;
import static dev.jacobi.numpy.Jnp.std;
import static dev.jacobi.numpy.Jnp.tensordot;
import static dev.jacobi.numpy.Jnp.var;
import static dev.jacobi.numpy.Jnp.vdot;
import static dev.jacobi.numpy.Jnp.vecdot;
import static dev.jacobi.numpy.Jnp.weak;

import dev.jacobi.Array;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.DotOptions;
import dev.jacobi.numpy.ElementOrder;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.JnpPolynomial.Polydiv;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.numpy.Linalg.MatrixNorm;
import dev.jacobi.numpy.Over;
import dev.jacobi.numpy.Side;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Our form of the Python calls of the family of keywords of {@code numpy_cases.py}. */
final class NumpyKeywords {
  private static final DotOptions F32 =
      DotOptions.DEFAULT.withPreferredElementType(DType.F32).withPrecision("highest");
  private static final DotOptions I32 = DotOptions.DEFAULT.withPreferredElementType(DType.I32);

  private NumpyKeywords() {}

  static void add(Table t) {
    products(t);
    cumulative(t);
    joins(t);
    spreads(t);
    spaces(t);
    diagonals(t);
    polynomials(t);
    linalg(t);
    orders(t);
  }

  private static void orders(Table t) {
    t.one("ravel_f", x -> ElementOrder.F.ravel(x));
    t.one("ravel_f_scalar", x -> ElementOrder.F.ravel(x));
    t.one("reshape_f", x -> ElementOrder.F.reshape(x, 4, 6));
    t.one("reshape_f_rest", x -> ElementOrder.F.reshape(x, 3, -1, 2));
    t.one("reshape_c", x -> ElementOrder.C.reshape(x, 4, 6));
    t.two("take_fill_value", (x, i) -> Jnp.take(x, i, 1, 7.5));
    t.two("take_fill_int", (x, i) -> Jnp.take(x, i, 0, -3.0));
    t.one("count_nonzero_keep", x -> Jnp.countNonzero(x, over(1).keepDims()));
    t.one("count_nonzero_keep_all", x -> Jnp.countNonzero(x, over().keepDims()));
  }

  private static void products(Table t) {
    t.two("dot_dtype_highest", (x, y) -> dot(x, y, F32));
    t.two("matmul_dtype_default", (x, y) -> matmul(x, y, F32.withPrecision("default")));
    t.two("inner_dtype_high", (x, y) -> inner(x, y, F32.withPrecision("high")));
    t.two("vdot_dtype_float32", (x, y) -> vdot(x, y, F32.withPrecision("float32")));
    t.two("vecdot_dtype_highest", (x, y) -> vecdot(x, y, -1, F32));
    int[] last = {1};
    int[] first = {0};
    t.two("tensordot_dtype", (x, y) -> tensordot(x, y, last, first, I32));
    t.of("einsum_dtype", x -> List.of(einsum("ij,jk,k->i", x, F32)));
    t.of("einsum_one_dtype", x -> List.of(einsum("ij->j", x, I32)));
    t.two("matmul_highest", (x, y) -> matmul(x, y, DotOptions.DEFAULT.withPrecision("highest")));
    t.two("dot_scalar_dtype", (x, y) -> dot(x, y, F32));
    t.two("inner_scalar_dtype", (x, y) -> inner(x, y, F32));
    t.two("matmul_batch_dtype", (x, y) -> matmul(x, y, F32));
  }

  private static void cumulative(Table t) {
    t.one("cumsum_dtype", x -> cumsum(x, 1, DType.F32));
    t.one("cumprod_dtype", x -> cumprod(x, 1, DType.F32));
    t.one("nancumsum_dtype", x -> nancumsum(x, 1, DType.F32));
    t.one("nancumprod_dtype", x -> nancumprod(x, 1, DType.F32));
    t.one("cumsum_dtype_i8", x -> cumsum(x, 0, DType.F32));
    t.one("cumprod_dtype_i8", x -> cumprod(x, 0, DType.F32));
    t.one("nancumsum_dtype_i8", x -> nancumsum(x, 0, DType.F32));
    t.one("nancumprod_dtype_i8", x -> nancumprod(x, 0, DType.F32));
    t.one("cumsum_dtype_int", x -> cumsum(x, 0, DType.I8));
    t.one("cumprod_dtype_int", x -> cumprod(x, 0, DType.I8));
    t.one("nancumsum_dtype_nan", x -> nancumsum(x, 1, DType.F16));
    t.one("cumulative_sum_dtype", x -> cumulativeSum(x, 1, true, DType.F32));
    t.one("cumulative_prod_dtype", x -> cumulativeProd(x, 1, true, DType.F32));
    t.one("cumulative_sum_dtype_i8", x -> cumulativeSum(x, 0, false, DType.I8));
    t.one("cumulative_prod_dtype_i8", x -> cumulativeProd(x, 0, false, DType.I8));
  }

  private static void joins(Table t) {
    t.of("concatenate_dtype", x -> List.of(Jnp.concatenate(x, 0, DType.F16)));
    t.of("concatenate_dtype_f32", x -> List.of(Jnp.concatenate(x, 1, DType.F32)));
    t.of("stack_dtype", x -> List.of(Jnp.stack(x, 1, DType.C64)));
    t.of("vstack_dtype", x -> List.of(Jnp.vstack(x, DType.I8)));
    t.of("hstack_dtype", x -> List.of(Jnp.hstack(x, DType.I8)));
    t.of("dstack_dtype", x -> List.of(Jnp.dstack(x, DType.I8)));
  }

  private interface Spread extends BiFunction<Array, Over, Array> {}

  private static void spreads(Table t) {
    Map<String, Spread> all =
        Map.of("var", Jnp::var, "std", Jnp::std, "nanvar", Jnp::nanvar, "nanstd", Jnp::nanstd);
    all.forEach(
        (name, f) -> {
          t.two(name + "_mean", (x, m) -> f.apply(x, over(1).mean(m).ddof(1)));
          t.one(name + "_dtype", x -> f.apply(x, over(1).dtype(DType.F32)));
        });
    t.one("var_correction", x -> var(x, over(0, 2).correction(0.5).keepDims()));
    t.one("std_correction", x -> std(x, over(0, 2).correction(0.5).keepDims()));
    t.one("var_dtype_int", x -> var(x, over().dtype(DType.F16)));
    t.one("std_dtype_int", x -> std(x, over().dtype(DType.F16)));
    t.three("var_mean_where", (x, m, w) -> var(x, over(1).mean(m).where(w)));
    t.two("var_mean_c64", (x, m) -> var(x, over().mean(m)));
    t.two("nanvar_mean_nan", (x, m) -> nanvar(x, over(1).mean(m)));
  }

  private static void spaces(Table t) {
    t.three("logspace_arrays", (x, y, b) -> logspace(x, y, 5, true, b, 0));
    t.three("logspace_arrays_open", (x, y, b) -> logspace(x, y, 4, false, expandDims(b, 1), 1));
    t.none("geomspace_open", () -> List.of(geomspace(1, 256, 8, false)));
    t.none("geomspace_negative", () -> List.of(geomspace(-1, -1000, 4, true)));
    t.two("geomspace_arrays", (x, y) -> geomspace(x, y, 5, true, 0));
    t.two(
        "geomspace_arrays_open",
        (x, y) -> geomspace(Jnp.negative(x), Jnp.negative(y), 4, false, 1));
    t.two("geomspace_arrays_one", (x, y) -> geomspace(x, y, 1, true, 0));
    t.two("geomspace_arrays_f64", (x, y) -> geomspace(x, y, 4, true, -1));
    t.none(
        "linspace_step",
        () ->
            List.of(
                scalar((float) linspaceStep(0, 3, 5, true)),
                scalar((float) linspaceStep(0, 3, 5, false))));
  }

  private static void diagonals(Table t) {
    for (int rows : List.of(3, 4, 9)) {
      t.one("fill_diagonal_wrap_" + rows, x -> fillDiagonal(x, weak(5), true));
    }
    t.two("fill_diagonal_wrap_values", (x, v) -> fillDiagonal(x, v, true));
    t.one("fill_diagonal_wrap_wide", x -> fillDiagonal(x, weak(5), true));
    t.three("searchsorted_sorter", (x, v, s) -> searchsorted(x, v, Side.LEFT, s));
    t.three("searchsorted_sorter_right", (x, v, s) -> searchsorted(x, v, Side.RIGHT, s));
  }

  private static void polynomials(Table t) {
    t.two("polymul_trim", (x, y) -> polymul(x, y, true));
    t.two("polymul_trim_zero", (x, y) -> polymul(x, y, true));
    for (String name : List.of("polydiv_trim", "polydiv_trim_exact")) {
      t.of(
          name,
          x -> {
            Polydiv division = polydiv(x.get(0), x.get(1), true);
            return List.of(division.quotient(), division.remainder());
          });
    }
  }

  private static void linalg(Table t) {
    t.two("linalg_cross", (x, y) -> Linalg.cross(x, y));
    t.two("linalg_cross_axis", (x, y) -> Linalg.cross(x, y, 0));
    t.one("linalg_diagonal", x -> Linalg.diagonal(x));
    t.one("linalg_diagonal_k", x -> Linalg.diagonal(x, -1));
    t.two("linalg_matmul", (x, y) -> Linalg.matmul(x, y));
    t.two("linalg_matmul_dtype", (x, y) -> Linalg.matmul(x, y, F32));
    t.one("linalg_matrix_transpose", x -> Linalg.matrixTranspose(x));
    t.two("linalg_outer", (x, y) -> Linalg.outer(x, y));
    t.two("linalg_tensordot", (x, y) -> Linalg.tensordot(x, y, 2));
    int[] rows = {0};
    t.two("linalg_tensordot_dtype", (x, y) -> Linalg.tensordot(x, y, rows, rows, F32));
    t.one("linalg_trace", x -> Linalg.trace(x));
    t.one("linalg_trace_k", x -> Linalg.trace(x, 1));
    t.one("linalg_trace_dtype", x -> Linalg.trace(x, 0, DType.F32));
    t.two("linalg_vecdot", (x, y) -> Linalg.vecdot(x, y));
    t.two("linalg_vecdot_axis", (x, y) -> Linalg.vecdot(x, y, 0, DotOptions.DEFAULT));
    t.one("matrix_norm_keep", x -> Linalg.matrixNorm(x, MatrixNorm.FROBENIUS, true));
    t.two("tensorsolve_axes", (x, y) -> Linalg.tensorsolve(x.plus(nineTimes(x)), y));
    t.two("tensorsolve_moved", (x, y) -> Linalg.tensorsolve(x.plus(moved(x)), y, 1));
  }

  private static Array nineTimes(Array x) {
    return Jnp.eye(6).times(9).reshape(2, 3, 6).astype(x.dtype());
  }

  private static Array moved(Array x) {
    return Jnp.swapaxes(nineTimes(x), 1, 2);
  }
}
