package dev.jacobi.golden;

import static java.util.Map.entry;

import java.util.Map;

/** Where our jaxprs differ from JAX's text, by patterns of case names, and why. */
final class KnownDifferences {
  /** On purpose. */
  static final Map<String, String> DELIBERATE =
      Map.of(
          "(stack|stack_last|split|split_at|tile|tile_2d)/.*",
          "JAX has a primitive of its own; ours are concatenate, slice, broadcast and reshape",
          "custom_jvp/.*",
          "a lambda has no name",
          "linspace/.*",
          "our bounds are doubles",
          "isclose/.*|allclose/.*",
          "our tolerances are arguments; JAX bakes them in or leaves them weak",
          "dot_i32_f32/.*",
          "operands of different types are converted first; JAX's dot_general takes both",
          "einsum_trace/.*",
          "einsum sums one axis at a time",
          "diag_of_matrix/.*",
          "JAX's text switches on the platform",
          "broadcasted_iota/.*",
          "ours is a row of indices()");

  /** Not yet as in JAX. */
  static final Map<String, String> TO_FIX =
      Map.ofEntries(
          entry(
              "(arccosh|round|sinc|mod|floor_divide|hypot|where.*|clip.*|nan_to_num|selu.*|elu"
                  + "|silu|softplus|leaky_relu|log_sigmoid|log_softmax|var.*|std|ptp|sum_where"
                  + "|nansum|vstack|hstack|pad.*|roll.*|flip|atleast_2d|diff|rot90|take.*"
                  + "|cross_entropy|norm|trace|diag|tril|triu)/jvp",
              "jit keeps its name under jvp: _where, not _where_jvp"),
          entry("(round|floor_divide)/.*", "rounding_method is printed"),
          entry("(pow_2|i32_power|pow_3|pow_minus_1|polynomial)/.*", "x ** 2, and x^1 in its jvp"),
          entry("mean_f16/.*", "the division is in f32, before rounding back"),
          entry("(max|max_axis|min|prod)/jvp", "the order of the count, and JAX's product tree"),
          entry(
              "(gelu|dense_tanh|layernorm|add|sub|add_broadcast_row|add_f32_f16|same_twice"
                  + "|tuple_results|logaddexp|dict_argument)/jvp",
              "add and sub push two tangents through themselves; add_any is for products"),
          entry(
              "(exp2|scalar_pow|reciprocal|arctanh)/jvp", "constants are computed in the program"),
          entry("(pow_2_0|pow_half|pow_arrays|power)/jvp", "no special case for the exponent 0"),
          entry("(softmax|softmax_axis0|logsumexp.*|stop_gradient)/jvp", "stop_gradient stays"),
          entry("hypot/.*", "a comparison is written twice"),
          entry("selu/.*", "elu gets alpha as an argument"),
          entry("std/.*", "_var gets ddof passed on"),
          entry("index_dynamic(_row)?/.*", "vmap of dynamic_slice keeps all starts in one gather"),
          entry("at_.*/jvp", "scatters under jvp"),
          entry("(abs_complex/jvp|abs_u8/.*)", "complex sign; abs of unsigned is nothing"),
          entry("i32_floor_divide_scalar/.*", "a scalar divisor stays a scalar"),
          entry("all_floats/.*", "a conversion to bool, not a comparison"));

  private KnownDifferences() {}

  static boolean isListed(Map<String, String> list, String name) {
    return list.keySet().stream().anyMatch(name::matches);
  }
}
