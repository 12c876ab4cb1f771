package dev.jacobi.golden;

import static java.util.Map.entry;

import java.util.Map;

/** Where our jaxprs differ from JAX's text, by patterns of case names, and why. */
final class KnownDifferences {
  /** On purpose. */
  static final Map<String, String> DELIBERATE =
      Map.ofEntries(
          entry(
              "array_of_scalars/.*",
              "JAX makes nested lists of arrays by concatenate; that is written stack here"),
          entry("custom_jvp/.*", "a lambda has no name"),
          entry(
              "(top_k|approx_(max_k|min_k|candidates))/jvp",
              "integers have no tangents of JAX's type float0 here, but zeros"),
          entry("diag_of_matrix/.*", "JAX's text switches on the platform"),
          entry(
              "(index_dynamic(_row)?|(lax_)?dynamic_(slice|index)_?\\w*)/vmap \\(0, None\\)",
              "a start that all lanes share leaves a dynamic_slice; JAX gathers"),
          entry(
              "random_(uniform|normal|randint|bernoulli|exponential|gumbel|truncated_normal).*",
              "our samplers take bounds of their own type; their numbers are equal to the bit"),
          entry(
              "(at_set_array|lax_scatter)/jvp",
              "the value stays that of scatter, also for -0; JAX adds the updates that win to 0"),
          entry(
              "(at_multiply|segment_prod_unique)/jvp",
              "the tangent is changed where there are updates; JAX multiplies all of the array by"
                  + " scattered tangents, and infinity times 0 is NaN"),
          entry(
              "(at_max|lax_scatter_(min|max)|segment_(max|min)\\w*)/jvp",
              "tangents of what attains the extremum are summed and counted; JAX adds to the"
                  + " array's tangent what cancels it, and infinities leave NaN"),
          entry(
              "lax_cum(prod|max|min)(_reverse)?/jvp",
              "the value stays that of the primitive; JAX takes it from the derivative's tree"),
          entry(
              "lax_cumlogsumexp(_reverse)?/jvp",
              "the same, and pairs are added by a primitive; JAX calls a function with a rule"),
          entry(
              "(prod|lax_reduce(_prod)?)/jvp",
              "the value stays that of reduce_prod; JAX takes the derivative's tree"),
          entry("(mod|floor_divide)/jvp", "the quotient is computed once, in JAX twice"),
          entry(
              "(softmax|softmax_axis0)/jvp",
              "operands are broadcast before what is elementwise; JAX keeps dimensions of size 1"),
          entry(
              "(logaddexp|softplus|log_sigmoid)/jvp",
              "the tangent of a scalar operand is repeated to the result's shape"));

  /** Not yet as in JAX. One that begins to agree fails the test until it leaves this list. */
  static final Map<String, String> TO_FIX = Map.ofEntries();

  private KnownDifferences() {}

  static boolean isListed(Map<String, String> list, String name) {
    return list.keySet().stream().anyMatch(name::matches);
  }
}
