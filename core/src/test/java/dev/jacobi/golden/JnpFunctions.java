package dev.jacobi.golden;

import static dev.jacobi.nn.Nn.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.Op3;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Linalg;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of {@code goldens/jnp} that compute with values, by case name. */
final class JnpFunctions {
  private static final double INF = Double.POSITIVE_INFINITY;
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private JnpFunctions() {
    unary();
    scalars();
    binary();
    choosing();
    activations();
    attention();
    sums();
    otherReductions();
    logic();
    products();
    special();
  }

  /** These and the functions of shapes and indices. */
  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    JnpFunctions functions = new JnpFunctions();
    functions.all.putAll(JnpShapeFunctions.functions());
    return functions.all;
  }

  private void none(String name, java.util.function.Supplier<Array> f) {
    all.put(name, x -> List.of(f.get()));
  }

  private void one(String name, Op1 f) {
    all.put(name, x -> List.of(f.apply(x.get(0))));
  }

  private void two(String name, Op2 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private void three(String name, Op3 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1), x.get(2))));
  }

  private void unary() {
    one("sin", x -> sin(x));
    one("cos", x -> cos(x));
    one("tan", x -> tan(x));
    one("exp", x -> exp(x));
    one("log", x -> log(x));
    one("tanh", x -> tanh(x));
    one("sqrt", x -> sqrt(x));
    one("abs", x -> abs(x));
    one("square", x -> square(x));
    one("log1p", x -> log1p(x));
    one("expm1", x -> expm1(x));
    one("exp2", x -> exp2(x));
    one("sinh", x -> sinh(x));
    one("cosh", x -> cosh(x));
    one("arcsin", x -> arcsin(x));
    one("arccos", x -> arccos(x));
    one("arctan", x -> arctan(x));
    one("arcsinh", x -> arcsinh(x));
    one("arccosh", x -> arccosh(x));
    one("arctanh", x -> arctanh(x));
    one("cbrt", x -> cbrt(x));
    one("floor", x -> floor(x));
    one("ceil", x -> ceil(x));
    one("round", x -> round(x));
    one("sign", x -> sign(x));
    one("negative", x -> x.unaryMinus());
    one("reciprocal", x -> reciprocal(x));
    one("log2", x -> log2(x));
    one("log2'", x -> log2(x));
    one("log10", x -> log10(x));
    one("log10'", x -> log10(x));
    one("sinc", x -> sinc(x));
    one("sinc'", x -> sinc(x));
    one("rsqrt", x -> rsqrt(x));
    one("erf", x -> erf(x));
    one("erfc", x -> erfc(x));
    one("erf_inv", x -> erfinv(x));
    one("deg2rad", x -> deg2rad(x));
    one("rad2deg", x -> rad2deg(x));
    one("trunc", x -> trunc(x));
    one("fix", x -> trunc(x.times(3)));
    one("round_2", x -> round(x, 2));
    one("signbit", x -> signbit(x));
    one("square_root_of_square", x -> sqrt(x.times(x)));
    one("sign_i32", x -> sign(x));
    one("abs_u8", x -> abs(x));
    one("population_count", x -> dev.jacobi.lax.Lax.populationCount(x));
    one("real_imag", x -> real(x).times(imag(x)));
    one("abs_complex", x -> abs(x));
    one("angle", x -> angle(x));
    one("conj", x -> conj(x));
    one("exp_complex", x -> exp(x));
    one("astype", x -> x.astype(DType.F16));
    one("stop_gradient", x -> x.times(Jacobi.stopGradient(sin(x))));
  }

  private void scalars() {
    one("add_scalar", x -> x.plus(1));
    one("add_float_scalar", x -> x.plus(1.5));
    one("radd_scalar", x -> weak(1).plus(x));
    one("sub_scalar", x -> x.minus(2.0));
    one("rsub_scalar", x -> weak(1).minus(x));
    one("mul_scalar", x -> x.times(3));
    one("rmul_scalar", x -> weak(3.0).times(x));
    one("div_scalar", x -> x.div(2));
    one("rdiv_scalar", x -> weak(1.0).div(x));
    one("pow_2", x -> x.pow(2));
    one("pow_3", x -> x.pow(3));
    one("pow_minus_1", x -> x.pow(-1));
    one("pow_2_0", x -> x.pow(2.0));
    one("pow_half", x -> x.pow(0.5));
    one("scalar_pow", x -> weak(2.0).pow(x));
    one("maximum_scalar", x -> maximum(x, weak(0)));
    one("bf16_scalar", x -> x.times(2.5).plus(1));
    one("same_twice", x -> x.times(x).plus(x));
    one("constant_array", x -> x.plus(ones(3)));
    one("polynomial", x -> x.plus(weak(0.5).times(x.pow(2))));
    one("identity", x -> x);
    one("i32_scalar", x -> x.times(2).plus(1));
    one("i32_float_scalar", x -> x.times(2.0));
    one("i32_floor_divide_scalar", x -> floorDivide(x, weak(2)));
    one("i32_power", x -> x.pow(2));
    one("shift", x -> rightShift(leftShift(x, weak(2)), weak(1)));
    two("unused_argument", (x, y) -> x.plus(1));
    none("maximum_nan", () -> maximum(array(Float.NaN, 1f), array(0f, Float.NaN)));
  }

  private void binary() {
    for (String name :
        List.of("add", "add_broadcast_row", "add_f32_i32", "add_f32_f16", "i32_add")) {
      two(name, (x, y) -> x.plus(y));
    }
    two("add_broadcast_scalar_array", (x, y) -> x.times(y));
    two("sub", (x, y) -> x.minus(y));
    two("mul", (x, y) -> x.times(y));
    two("complex_product", (x, y) -> x.times(y));
    two("div", (x, y) -> x.div(y));
    two("i32_true_divide", (x, y) -> x.div(y));
    for (String name : List.of("mod", "mod_negative", "i32_remainder")) {
      two(name, (x, y) -> x.rem(y));
    }
    two("floor_divide", (x, y) -> floorDivide(x, y));
    two("gcd", (x, y) -> gcd(x, y));
    two("i32_floor_divide", (x, y) -> floorDivide(x, y));
    two("fmod", (x, y) -> fmod(x, y));
    all.put("divmod", x -> List.of(floorDivide(x.get(0), x.get(1)), x.get(0).rem(x.get(1))));
    all.put("i32_divmod", all.get("divmod"));
    for (String name : List.of("pow_arrays", "power", "i32_power_arrays", "i32_power'")) {
      two(name, (x, y) -> x.pow(y));
    }
    two("arctan2", (x, y) -> arctan2(x, y));
    two("maximum", (x, y) -> maximum(x, y));
    two("minimum", (x, y) -> minimum(x, y));
    two("hypot", (x, y) -> hypot(x, y));
    two("hypot'", (x, y) -> hypot(x, y));
    two("logaddexp", (x, y) -> logaddexp(x, y));
    two("logaddexp'", (x, y) -> logaddexp(x, y));
    two("logaddexp2", (x, y) -> logaddexp2(x, y));
    two("heaviside", (x, y) -> heaviside(x, y));
    two("copysign", (x, y) -> copysign(x, y));
    two("ldexp", (x, y) -> ldexp(x, y));
    two("fmax", (x, y) -> fmax(x, y));
    two("fmin", (x, y) -> fmin(x, y));
    all.put("tuple_results", x -> List.of(x.get(0).plus(x.get(1)), x.get(0).times(x.get(1))));
    all.put("dict_argument", x -> List.of(x.get(0), x.get(0).minus(x.get(1))));
  }

  private void choosing() {
    two("where", (x, y) -> where(x.gt(y), x, y));
    one("where_scalar", x -> where(x.gt(0), x, 0));
    one("where_both_scalars", x -> where(x.gt(0), 1.0, x));
    two("where_broadcast", (x, y) -> where(y.gt(0), x, y));
    two("where_three_types", (x, y) -> where(x.gt(0), x, y));
    one("clip", x -> clip(x, -1, 1));
    one("clip_low", x -> clip(x, weak(0.0), null));
    one("clip_one", x -> clip(x, null, weak(0.5)));
    three("clip_arrays", (x, y, z) -> clip(x, y, z));
    one("clip_i32", x -> clip(x, 0, 5));
    one("clip_i8", x -> clip(x, -3, 3));
    two("select", (x, y) -> dev.jacobi.lax.Compare.select(x.gt(y), x, y));
    one(
        "select'",
        x -> select(List.of(x.gt(1), x.gt(0)), List.of(x.times(2), x.times(3)), weak(7.0)));
    one("nan_to_num", x -> nanToNum(x));
    none("nan_to_num'", () -> nanToNum(array(1f, Float.NaN, -(float) INF, (float) INF)));
    one("tril_mask", x -> where(tril(ones(shape(3, 3), DType.BOOL)), x, -1e9));
    one("mask_where", x -> where(x.gt(0), x, Double.NaN));
  }

  private void activations() {
    one("logistic", x -> sigmoid(x));
    one("relu", x -> relu(x));
    one("relu6", x -> relu6(x.times(4)));
    one("gelu", x -> gelu(x));
    one("gelu_bf16", x -> gelu(x));
    one("gelu_exact", x -> geluExact(x));
    one("selu", x -> selu(x));
    one("elu", x -> elu(x));
    one("celu", x -> celu(x));
    one("silu", x -> silu(x));
    one("mish", x -> mish(x));
    one("softplus", x -> softplus(x));
    one("leaky_relu", x -> leakyRelu(x));
    one("log_sigmoid", x -> logSigmoid(x));
    one("glu", x -> glu(x));
    one("hard_tanh", x -> hardTanh(x));
    one("hard_sigmoid", x -> hardSigmoid(x));
    one("soft_sign", x -> softSign(x));
    one("squareplus", x -> squareplus(x));
    one("standardize", x -> standardize(x));
    one(
        "selu_by_hand",
        x -> weak(1.05).times(where(x.gt(0), x, weak(1.67).times(exp(x)).minus(1.67))));
  }

  private void attention() {
    one("softmax", x -> softmax(x));
    one("softmax_bf16", x -> softmax(x));
    one("softmax_axis0", x -> softmax(x, 0));
    one("softmax_where", x -> softmax(x, over(-1).where(x.gt(-1))));
    none("softmax_large", () -> softmax(array(1000f, 1001f, -1000f)));
    one("log_softmax", x -> logSoftmax(x));
    none("log_softmax_large", () -> logSoftmax(array(1000f, 1001f, -1000f)));
    one("logsumexp", x -> logsumexp(x));
    one("logsumexp_axis", x -> logsumexp(x, 1));
    one("logsumexp_b", x -> logsumexp(x, 0));
    one("logsumexp_keepdims", x -> logsumexp(x, over(-1).keepDims()));
    none("logsumexp_infinite", () -> logsumexp(array(-(float) INF, -(float) INF)));
    three(
        "layernorm",
        (x, g, b) -> {
          Array centered = x.minus(x.mean(over(-1).keepDims()));
          Array variance = x.minus(x.mean(over(-1).keepDims())).pow(2).mean(over(-1).keepDims());
          return centered.times(rsqrt(variance.plus(1e-5))).times(g).plus(b);
        });
    three("dense_tanh", (x, w, b) -> tanh(x.matmul(w).plus(b)));
    three("dot_product_attention", (q, k, v) -> dotProductAttention(q, k, v));
    two(
        "cross_entropy",
        (x, y) -> takeAlongAxis(logSoftmax(x), y.get(all(), newAxis()), 1).mean().unaryMinus());
    one("one_hot", i -> oneHot(i, 4));
    one("one_hot_2d", i -> oneHot(i, 3));
    one("one_hot_i32", i -> oneHot(i, 4, DType.I32, -1));
    one("one_hot_axis", i -> oneHot(i, 3, DType.F32, 0));
    none("one_hot_outside", () -> oneHot(array(-1, 0, 3), 3));
  }

  private void sums() {
    for (String name : List.of("sum", "sum_f16", "i32_sum", "i8_sum", "bool_sum", "sum_empty")) {
      one(name, x -> sum(x));
    }
    one("sum_axis0", x -> sum(x, 0));
    one("sum_bf16_axis", x -> x.sum(0));
    one("sum_keepdims", x -> x.sum(over(-1).keepDims()));
    one("sum_axes", x -> sum(x, 0, 2));
    one("sum_negative_axis", x -> sum(x, -2));
    one("sum_dtype", x -> sum(x, over().dtype(DType.F32)));
    one("sum_initial", x -> sum(x, over().initial(10.0)));
    one("sum_where", x -> sum(x, over().where(x.gt(0))));
    one("nansum", x -> nansum(x));
    one("prod", x -> prod(x));
    one("u8_prod", x -> prod(x));
    one("prod_axis", x -> prod(x, 1));
    for (String name : List.of("mean", "mean_f16", "i32_mean", "mean_i8")) {
      one(name, x -> mean(x));
    }
    one("mean_axis", x -> mean(x, 0));
    one("mean_bf16", x -> mean(x, 0));
    one("mean_keepdims", x -> mean(x, over(1).keepDims()));
    one("nanmean", x -> nanmean(x.at(1).set(Double.NaN)));
    two("average_weights", (x, w) -> average(x, w));
    one("average", x -> mean(x, 0));
    one("trace", x -> trace(x));
    one("trace'", x -> trace(x, 1));
    one("einsum_sum", x -> einsum("ij->j", x));
  }

  private void otherReductions() {
    one("max", x -> max(x));
    one("max_axis", x -> x.max(1));
    one("max_keepdims", x -> max(x, over(0).keepDims()));
    one("max_initial", x -> max(x, over(0).initial(-1.0)));
    one("min", x -> min(x));
    one("min_where", x -> min(x, over().where(x.gt(0)).initial(9.0)));
    for (String name : List.of("var", "var_complex", "var_i32")) {
      one(name, x -> var(x));
    }
    one("var_axis", x -> var(x, -1));
    one("var_ddof", x -> var(x, over().ddof(1)));
    one("var_keepdims", x -> var(x, over(1).keepDims().ddof(1)));
    one("std", x -> std(x));
    one("std_axis", x -> std(x, 0));
    one("ptp", x -> ptp(x));
    one("ptp_axis", x -> ptp(x, 1));
    one("norm", x -> Linalg.norm(x));
    one("norm_frobenius", x -> Linalg.norm(x));
    one("norm_axis", x -> Linalg.norm(x, over(1)));
    one("norm_1", x -> Linalg.vectorNorm(x, 1, 0));
    one("norm_inf", x -> Linalg.vectorNorm(x, INF, 0));
    one("argmax", x -> argmax(x));
    one("argmax_flat", x -> argmax(x));
    one("argmax_axis", x -> argmax(x, 1));
    one("argmax_keepdims", x -> expandDims(argmax(x, 1), 1));
    one("argmin", x -> argmin(x));
    one("argmin_axis", x -> argmin(x, 0));
    one("nanargmax", x -> nanargmax(x.at(0).set(Double.NaN)));
    one("count_nonzero", x -> countNonzero(x));
    one("count_nonzero_axis", x -> countNonzero(x, 1));
    one("any", x -> any(x));
    one("any_axis", x -> any(x, 0));
    one("all_axis", x -> all(x, 1));
    one("all_floats", x -> all(x));
    one("all_keepdims", x -> all(x, over(1).keepDims()));
  }

  private void logic() {
    two("bool_and", (x, y) -> bitwiseAnd(x, y));
    one("bool_not", x -> invert(x));
    one("invert", x -> invert(x));
    two("logical_and", (x, y) -> logicalAnd(x, y));
    two("logical_or", (x, y) -> logicalOr(x, y));
    two("logical_xor", (x, y) -> logicalXor(x, y));
    one("logical_not", x -> logicalNot(x));
    two("bitwise_xor", (x, y) -> bitwiseXor(x, y));
    two("left_shift", (x, y) -> leftShift(x, y));
    two("right_shift_u8", (x, y) -> rightShift(x, y));
    two("compare", (x, y) -> x.gt(y));
    one("compare_scalar", x -> x.le(0));
    two("equal_mixed", (x, y) -> x.eq(y));
    one("isnan", x -> isnan(x));
    none("isnan'", () -> isnan(array(1f, Float.NaN, (float) INF)));
    one("isinf", x -> isinf(x));
    none("isinf'", () -> isinf(array(1f, Float.NaN, -(float) INF)));
    one("isfinite", x -> isfinite(x));
    two("allclose", (x, y) -> allclose(x, y));
    one("allclose'", x -> allclose(x, x.plus(1e-7)));
    two("isclose", (x, y) -> isclose(x, y));
    one("isclose'", x -> isclose(x, x.plus(1e-7)));
    two("array_equal", (x, y) -> arrayEqual(x, y));
    one("array_equal'", x -> arrayEqual(x, x));
  }

  private void products() {
    for (String name :
        List.of(
            "matmul",
            "matvec",
            "vecmat",
            "matmul_batched",
            "matmul_broadcast",
            "dot_i32_f32",
            "matmul_nd",
            "matmul_i8",
            "matmul_bf16")) {
      two(name, (x, y) -> matmul(x, y));
    }
    for (String name : List.of("dot_vectors", "dot_3d", "dot_scalar", "dot_nd")) {
      two(name, (x, y) -> dot(x, y));
    }
    two("vdot", (x, y) -> vdot(x, y));
    two("vdot_complex", (x, y) -> vdot(x, y));
    two("inner", (x, y) -> inner(x, y));
    two("inner_nd", (x, y) -> inner(x, y));
    two("outer", (x, y) -> outer(x, y));
    two("outer_flat", (x, y) -> outer(x, y));
    two("tensordot", (x, y) -> tensordot(x, y, 1));
    two("tensordot_2", (x, y) -> tensordot(x, y, 2));
    two("tensordot_axes", (x, y) -> tensordot(x, y, new int[] {0, 1}, new int[] {0, 1}));
    two("einsum_ij_jk", (x, y) -> einsum("ij,jk->ik", x, y));
    two("einsum_batch", (q, k) -> einsum("bqd,bkd->bqk", q, k));
    two("einsum_implicit", (x, y) -> einsum("ij,jk", x, y));
    two("einsum_ellipsis", (x, y) -> einsum("...ij,...jk->...ik", x, y));
    two("einsum_outer", (x, y) -> einsum("i,j->ji", x, y));
    two("einsum_broadcast", (x, y) -> einsum("bij,j->bi", x, y));
    three("einsum_three", (x, y, z) -> einsum("ij,jk,k->i", x, y, z));
    one("einsum_trace", x -> einsum("ii->", x));
    one("einsum_diagonal", x -> einsum("ii->i", x));
    one("einsum_transpose", x -> einsum("ij->ji", x));
    one("matrix_power", x -> Linalg.matrixPower(x, 3));
    two("vmap_dot", (x, y) -> Jacobi.vmap((Op2) (a, b) -> dot(a, b)).apply(x, y));
    two("cross", (x, y) -> cross(x, y));
    two("kron", (x, y) -> kron(x, y));
  }

  private void special() {
    two("polyval", (p, x) -> polyval(p, x));
    one("interp", x -> interp(x, array(-1f, 0f, 2f), array(3f, 4f, 2f)));
  }
}
