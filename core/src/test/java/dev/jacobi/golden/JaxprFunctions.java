package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.abs;
import static dev.jacobi.numpy.Jnp.cos;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.expm1;
import static dev.jacobi.numpy.Jnp.log;
import static dev.jacobi.numpy.Jnp.log1p;
import static dev.jacobi.numpy.Jnp.maximum;
import static dev.jacobi.numpy.Jnp.minimum;
import static dev.jacobi.numpy.Jnp.sign;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.square;
import static dev.jacobi.numpy.Jnp.tanh;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Powers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python functions of {@code goldens/jaxpr}, by name. */
final class JaxprFunctions {
  private static final Map<String, Fn1<List<Array>, List<Array>>> ALL = new LinkedHashMap<>();

  static {
    elementwise();
    scalars();
    pairs();
    shapesAndSums();
    products();
    calls();
  }

  private JaxprFunctions() {}

  static Map<String, Fn1<List<Array>, List<Array>>> all() {
    return ALL;
  }

  private static void one(String name, Op1 f) {
    ALL.put(name, x -> List.of(f.apply(x.get(0))));
  }

  private static void two(String name, Op2 f) {
    ALL.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private static void elementwise() {
    one("sin", x -> sin(x));
    one("cos", x -> cos(x));
    one("exp", x -> exp(x));
    one("log", x -> log(x));
    one("tanh", x -> tanh(x));
    one("sqrt", x -> sqrt(x));
    one("abs", x -> abs(x));
    one("square", x -> square(x));
    one("log1p", x -> log1p(x));
    one("expm1", x -> expm1(x));
    one("sign", x -> sign(x));
    one("negative", x -> x.unaryMinus());
    one("tan", x -> Elementary.tan(x));
    one("sinh", x -> Elementary.sinh(x));
    one("cosh", x -> Elementary.cosh(x));
    one("arcsin", x -> Elementary.asin(x));
    one("arccos", x -> Elementary.acos(x));
    one("arctan", x -> Elementary.atan(x));
    one("arcsinh", x -> Elementary.asinh(x));
    one("arctanh", x -> Elementary.atanh(x));
    one("cbrt", x -> Powers.cbrt(x));
    one("floor", x -> Elementary.floor(x));
    one("ceil", x -> Elementary.ceil(x));
    one("rsqrt", x -> Powers.rsqrt(x));
    one("erf", x -> Elementary.erf(x));
    one("erfc", x -> Elementary.erfc(x));
    one("erf_inv", x -> Elementary.erfInv(x));
    one("logistic", x -> Elementary.logistic(x));
  }

  private static void scalars() {
    one("add_scalar", x -> x.plus(1));
    one("add_float_scalar", x -> x.plus(1.5));
    one("sub_scalar", x -> x.minus(2.0));
    one("mul_scalar", x -> x.times(3));
    one("div_scalar", x -> x.div(2));
    one("pow_2", x -> x.pow(2));
    one("pow_3", x -> x.pow(3));
    one("pow_minus_1", x -> x.pow(-1));
    one("pow_2_0", x -> x.pow(2.0));
    one("pow_half", x -> x.pow(0.5));
    one("bf16_scalar", x -> x.times(2.5).plus(1));
    one("same_twice", x -> x.times(x).plus(x));
    one("compare_scalar", x -> x.le(0));
    one("i32_scalar", x -> x.times(2).plus(1));
    one("i32_float_scalar", x -> x.times(2.0));
    one("i32_power", x -> x.pow(2));
  }

  private static void pairs() {
    two("add", (x, y) -> x.plus(y));
    two("sub", (x, y) -> x.minus(y));
    two("mul", (x, y) -> x.times(y));
    two("div", (x, y) -> x.div(y));
    two("pow_arrays", (x, y) -> x.pow(y));
    two("power", (x, y) -> x.pow(y));
    two("maximum", (x, y) -> maximum(x, y));
    two("minimum", (x, y) -> minimum(x, y));
    two("arctan2", (x, y) -> Elementary.atan2(x, y));
    two("add_broadcast_row", (x, y) -> x.plus(y));
    two("add_broadcast_scalar_array", (x, y) -> x.times(y));
    two("add_f32_i32", (x, y) -> x.plus(y));
    two("add_f32_f16", (x, y) -> x.plus(y));
    two("compare", (x, y) -> x.gt(y));
    two("equal_mixed", (x, y) -> x.eq(y));
    two("i32_add", (x, y) -> x.plus(y));
    two("i32_true_divide", (x, y) -> x.div(y));
    two("complex_product", (x, y) -> x.times(y));
    one("unused_argument", x -> x.plus(1));
    one("identity", x -> x);
    ALL.put("tuple_results", x -> List.of(x.get(0).plus(x.get(1)), x.get(0).times(x.get(1))));
  }

  private static void shapesAndSums() {
    one("sum", x -> x.sum());
    one("sum_axis0", x -> x.sum(0));
    one("max", x -> x.max());
    one("max_axis", x -> x.max(1));
    one("min", x -> x.min());
    one("mean", x -> x.mean());
    one("mean_axis", x -> x.mean(0));
    one("sum_f16", x -> x.sum());
    one("sum_bf16_axis", x -> x.sum(0));
    one("mean_f16", x -> x.mean());
    one("i32_sum", x -> x.sum());
    one("i32_mean", x -> x.mean());
    one("i8_sum", x -> x.sum());
    one("bool_sum", x -> x.sum());
    one("reshape", x -> x.reshape(3, 2));
    one("reshape_minus_1", x -> x.reshape(-1));
    one("transpose", x -> x.transpose());
    one("astype", x -> x.astype(DType.F16));
    one("index_0", x -> x.get(0));
    one("index_minus_1", x -> x.get(-1));
    one("index_row", x -> x.get(1));
    one("index_point", x -> x.get(1, 2));
  }

  private static void products() {
    two("matmul", (x, y) -> x.matmul(y));
    two("matvec", (x, y) -> x.matmul(y));
    two("vecmat", (x, y) -> x.matmul(y));
    two("dot_vectors", (x, y) -> x.matmul(y));
    two("matmul_batched", (x, y) -> x.matmul(y));
    two("matmul_broadcast", (x, y) -> x.matmul(y));
  }

  private static void calls() {
    one("nested_jit", x -> Jacobi.jit(y -> sin(y).times(2)).apply(x).plus(1));
    one("stop_gradient", x -> x.times(Jacobi.stopGradient(sin(x))));
  }
}
