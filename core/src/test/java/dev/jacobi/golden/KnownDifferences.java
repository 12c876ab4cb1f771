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
          "dot_i32_f32/.*",
          "operands of different types are converted first; JAX's dot_general takes both",
          "diag_of_matrix/.*",
          "JAX's text switches on the platform",
          "random_(uniform|normal|randint|bernoulli|exponential|gumbel|truncated_normal).*",
          "our samplers take bounds of their own type; their numbers are equal to the bit");

  /** Not yet as in JAX. */
  static final Map<String, String> TO_FIX =
      Map.ofEntries(
          entry("(max|max_axis|min|prod|ptp)/jvp", "the order of the count, and JAX's product tree"),
          entry(
              "(gelu|dense_tanh|layernorm|add|sub|add_broadcast_row|add_f32_f16|same_twice"
                  + "|tuple_results|logaddexp|dict_argument|polynomial|softplus|log_sigmoid|var.*"
                  + "|std|diff|log_softmax|cross_entropy)/jvp",
              "add and sub push two tangents through themselves; add_any is for products"),
          entry(
              "(exp2|scalar_pow|reciprocal|arctanh)/jvp", "constants are computed in the program"),
          entry("(pow_2_0|pow_half|pow_arrays|power)/jvp", "no special case for the exponent 0"),
          entry("(softmax|softmax_axis0|logsumexp.*|stop_gradient)/jvp", "stop_gradient stays"),
          entry("index_dynamic(_row)?/.*", "vmap of dynamic_slice keeps all starts in one gather"),
          entry("at_.*/jvp", "scatters under jvp"),
          entry("(abs_complex/jvp|abs_u8/.*)", "complex sign; abs of unsigned is nothing"),
          entry("arccosh/jvp", "x^2 - 1 is factored"),
          entry("(mod|floor_divide)/jvp", "the quotient is written twice"),
          entry("random_fold_in/vmap", "a scalar stays a scalar under vmap"),
          entry("i32_floor_divide_scalar/.*", "a scalar divisor stays a scalar"));

  private KnownDifferences() {}

  static boolean isListed(Map<String, String> list, String name) {
    return list.keySet().stream().anyMatch(name::matches);
  }
}
