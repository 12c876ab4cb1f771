package dev.jacobi.golden;

import static java.util.Map.entry;

import java.util.Map;

/** Where our jaxprs differ from JAX's text, by patterns of case names, and why. */
final class KnownDifferences {
  /** On purpose. */
  static final Map<String, String> DELIBERATE =
      Map.ofEntries(
          entry(
              "(stack|stack_last|split|split_at|tile|tile_2d)/.*",
              "JAX has a primitive of its own; ours are concatenate, slice, broadcast and reshape"),
          entry("custom_jvp/.*", "a lambda has no name"),
          entry(
              "dot_i32_f32/.*",
              "operands of different types are converted first; JAX's dot_general takes both"),
          entry("diag_of_matrix/.*", "JAX's text switches on the platform"),
          entry(
              "index_dynamic(_row)?/vmap \\(0, None\\)",
              "a start that all lanes share leaves a dynamic_slice; JAX gathers"),
          entry(
              "random_(uniform|normal|randint|bernoulli|exponential|gumbel|truncated_normal).*",
              "our samplers take bounds of their own type; their numbers are equal to the bit"),
          entry("prod/jvp", "the value stays that of reduce_prod; JAX takes the derivative's tree"),
          entry("(mod|floor_divide)/jvp", "the quotient is computed once, in JAX twice"),
          entry(
              "(softmax|softmax_axis0)/jvp",
              "operands are broadcast before what is elementwise; JAX keeps dimensions of size 1"),
          entry(
              "(logaddexp|softplus|log_sigmoid)/jvp",
              "the tangent of a scalar operand is repeated to the result's shape"));

  /** Not yet as in JAX. One that begins to agree fails the test until it leaves this list. */
  static final Map<String, String> TO_FIX =
      Map.ofEntries(
          entry("at_set_array/jvp", "ours marks the updates that lose in another order"),
          entry("at_multiply/jvp", "the product rule of scatter-mul"),
          entry("at_max/jvp", "ties under scatter-max"),
          entry("random_fold_in/vmap", "a scalar stays a scalar under vmap"),
          entry("i32_floor_divide_scalar/.*", "a scalar divisor stays a scalar"));

  private KnownDifferences() {}

  static boolean isListed(Map<String, String> list, String name) {
    return list.keySet().stream().anyMatch(name::matches);
  }
}
