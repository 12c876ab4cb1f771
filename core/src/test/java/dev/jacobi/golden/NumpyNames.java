package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Jnp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The families {@code names} and {@code methods}. */
final class NumpyNames {
  private NumpyNames() {}

  static void add(Table t) {
    unary(t);
    alongRows(t);
    binary(t);
    others(t);
    plainMethods(t);
    alongSecond(t);
    otherMethods(t);
    views(t);
  }

  private static void all(Table t, String prefix, Map<String, Op1> functions) {
    functions.forEach((name, f) -> t.one(prefix + name, f));
  }

  private static void unary(Table t) {
    all(
        t,
        "name_",
        Map.of(
            "absolute", Jnp::absolute,
            "acos", Jnp::acos,
            "asin", Jnp::asin,
            "asinh", Jnp::asinh,
            "atan", Jnp::atan,
            "atanh", Jnp::atanh,
            "conjugate", Jnp::conjugate,
            "copy", Jnp::copy));
    all(
        t,
        "name_",
        Map.of(
            "degrees", Jnp::degrees,
            "radians", Jnp::radians,
            "asarray", Jnp::asarray,
            "acosh", Jnp::acosh,
            "bitwise_invert", Jnp::bitwiseInvert,
            "bitwise_not", Jnp::bitwiseNot,
            "bitwise_count", Jnp::bitwiseCount,
            "atleast_1d", Jnp::atleast1d,
            "empty_like", Jnp::emptyLike,
            "around", x -> around(x, 1)));
  }

  private static void alongRows(Table t) {
    all(
        t,
        "name_",
        Map.of(
            "amax", x -> amax(x, 1),
            "amin", x -> amin(x, 1),
            "cumsum", x -> cumsum(x, 1),
            "cumprod", x -> cumprod(x, 1),
            "nancumsum", x -> nancumsum(x, 1),
            "nancumprod", x -> nancumprod(x, 1),
            "cumulative_sum", x -> cumulativeSum(x, 1, false),
            "cumulative_prod", x -> cumulativeProd(x, 1, false),
            "nanmax", x -> nanmax(x, 1),
            "nanmin", x -> nanmin(x, 1)));
  }

  private static void binary(Table t) {
    Map<String, Op2> floats =
        Map.of(
            "atan2", Jnp::atan2,
            "divide", Jnp::divide,
            "true_divide", Jnp::trueDivide,
            "subtract", Jnp::subtract,
            "mod", Jnp::mod,
            "remainder", Jnp::remainder,
            "floor_divide", Jnp::floorDivide,
            "pow", Jnp::power,
            "nextafter", Jnp::nextafter);
    floats.forEach((name, f) -> t.two("name_" + name, f));
    Map<String, Op2> comparisons =
        Map.of(
            "equal", Jnp::equal,
            "not_equal", Jnp::notEqual,
            "greater", Jnp::greater,
            "greater_equal", Jnp::greaterEqual,
            "less", Jnp::less,
            "less_equal", Jnp::lessEqual);
    comparisons.forEach((name, f) -> t.two("name_" + name, f));
    Map<String, Op2> integers =
        Map.of(
            "bitwise_left_shift", Jnp::bitwiseLeftShift,
            "bitwise_right_shift", Jnp::bitwiseRightShift,
            "bitwise_and", Jnp::bitwiseAnd,
            "bitwise_or", Jnp::bitwiseOr,
            "lcm", Jnp::lcm);
    integers.forEach((name, f) -> t.two("name_" + name, f));
  }

  private static void others(Table t) {
    t.two("name_concat", (x, y) -> concat(List.of(x, y), 1));
    t.one("name_permute_dims", x -> permuteDims(x, 2, 0, 1));
    t.none("name_empty", () -> List.of(empty(2, 3)));
    t.one("name_astype", x -> astype(x, DType.I32));
    t.one("name_matrix_transpose", x -> matrixTranspose(x));
    t.two("name_vecdot", (x, y) -> vecdot(x, y));
    t.of("name_ix_", x -> ogrid(x.get(0), x.get(1)));
    t.of("name_nonzero", x -> nonzero(x.get(0), 4));
    t.none(
        "name_broadcast_shapes",
        () -> {
          long[] sizes = broadcastShapes(shape(2, 1), shape(3), shape(1, 1, 1)).toArray();
          return List.of(array(Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray()));
        });
  }

  private static void plainMethods(Table t) {
    all(
        t,
        "method_",
        Map.of(
            "ravel", x -> ravel(x),
            "flatten", x -> ravel(x),
            "cumsum", x -> cumsum(x),
            "squeeze", x -> squeeze(x),
            "std", x -> std(x),
            "var", x -> var(x),
            "prod", x -> prod(x),
            "ptp", x -> ptp(x),
            "conj", x -> conj(x),
            "conjugate", x -> conjugate(x)));
    all(
        t,
        "method_",
        Map.of(
            "real", x -> real(x),
            "copy", x -> copy(x),
            "sort", x -> sort(x),
            "trace", x -> trace(x),
            "diagonal", x -> diagonal(x),
            "round", x -> round(x),
            "T", x -> x.transpose(),
            "mT", x -> matrixTranspose(x),
            "imag", x -> imag(x)));
  }

  private static void alongSecond(Table t) {
    all(
        t,
        "method_",
        Map.of(
            "all", x -> Jnp.all(x, 1),
            "any", x -> any(x, 1),
            "argmax", x -> argmax(x, 1),
            "argmin", x -> argmin(x, 1),
            "argsort", x -> argsort(x, 1),
            "argpartition", x -> argpartition(x, 2),
            "cumprod", x -> cumprod(x, 1),
            "clip", x -> clip(x, -0.5, 0.5),
            "repeat", x -> repeat(x, 2, 0),
            "swapaxes", x -> swapaxes(x, 0, 2)));
  }

  private static void otherMethods(Table t) {
    t.two("method_dot", (x, y) -> dot(x, y));
    t.two("method_take", (x, i) -> take(x, i, 0));
    t.two("method_searchsorted", (x, y) -> searchsorted(x, y));
    t.two("method_compress", (m, x) -> compress(m, x, 0));
    t.three("method_choose", (i, x, y) -> choose(i, List.of(x, y)));
    t.of("method_nonzero", x -> nonzero(x.get(0)));
  }

  private static void views(Table t) {
    t.one("method_view", x -> view(x, DType.I32));
    t.one("method_view_narrow", x -> view(x, DType.U16));
    t.one("method_view_wide", x -> view(x, DType.I32));
    t.one("method_view_complex", x -> view(x, DType.C64));
    t.one("method_view_bool", (Array x) -> view(x, DType.I8));
  }
}
