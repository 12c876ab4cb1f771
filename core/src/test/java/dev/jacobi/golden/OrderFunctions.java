package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.lax.Sort;
import dev.jacobi.numpy.Between;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Side;
import dev.jacobi.numpy.TopK;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of {@code make_order.py}. */
final class OrderFunctions {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private OrderFunctions() {
    sorting();
    positions();
    quantiles();
    searching();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new OrderFunctions().all;
  }

  private void one(String name, Op1 f) {
    all.put(name, x -> List.of(f.apply(x.get(0))));
  }

  private void two(String name, Op2 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private static List<Array> both(TopK found) {
    return List.of(found.values(), found.indices());
  }

  private void sorting() {
    for (String name : List.of("sort", "sort_i32", "sort_bool", "sort_complex", "sort_long")) {
      one(name, x -> sort(x));
    }
    one("sort_axis", x -> sort(x, 0));
    one("sort_descending", x -> sort(x, along(-1).descending()));
    one("sort_unstable", x -> sort(x, along(-1).unstable()));
    all.put("sort_key_val", x -> Sort.sort(x, 0, true, 1));
    all.put("sort_two_keys", x -> Sort.sort(x, 1, true, 2));
    all.put("top_k", x -> both(topK(x.get(0), 2)));
    all.put("top_k_ties", x -> both(topK(x.get(0), 70)));
    one("top_k_axis", x -> topK(x, 2, 0).values());
    one("top_k_long", x -> topK(x, 5).values());
    one("partition", x -> partition(x, 2));
    one("partition_axis", x -> partition(x, -1, 0));
    one("partition_u8", x -> partition(x, 3));
    all.put("sort_special", x -> List.of(sort(array(NAN, 1, -0f, 0, -INF, INF, -NAN, -1))));
  }

  private void positions() {
    for (String name : List.of("argsort", "argsort_long")) {
      one(name, x -> argsort(x));
    }
    one("argsort_axis", x -> argsort(x, 0));
    one("argsort_descending", x -> argsort(x, along(-1).descending()));
    one("argsort_complex", x -> argsort(concatenate(List.of(x, x))));
    all.put("argsort_special", x -> List.of(argsort(array(NAN, 1, 0, -0f, -INF, INF, -NAN, -1))));
    all.put(
        "argsort_special_descending",
        x -> List.of(argsort(array(NAN, 1, 0, -0f, -INF, 1, -NAN, -1), along(0).descending())));
    all.put("lexsort", x -> List.of(lexsort(x)));
    all.put("lexsort_ties", x -> List.of(lexsort(x)));
    one("argpartition", x -> argpartition(x, 2));
    one("argpartition_axis", x -> argpartition(x, 1, 0));
  }

  private void quantiles() {
    for (String name : List.of("median", "median_even", "median_i32", "median_bf16")) {
      one(name, x -> median(x));
    }
    one("median_axis", x -> median(x, 0));
    one("median_keepdims", x -> median(x, over(0, 2).keepDims()));
    one("quantile", x -> quantile(x, 0.3));
    one("quantile_axis", x -> quantile(x, 0.3, 1));
    one("quantile_vector", x -> quantile(x, array(0f, 0.4f, 1f), Between.LINEAR, over(0)));
    one("quantile_lower", x -> quantile(x, 0.4, Between.LOWER, over()));
    one("quantile_higher", x -> quantile(x, 0.4, Between.HIGHER, over()));
    one("quantile_nearest", x -> quantile(x, 0.4, Between.NEAREST, over()));
    all.put("quantile_nan", x -> List.of(quantile(reshape(array(1f, NAN, 2, 3), 2, 2), 0.5, 1)));
    one("percentile", x -> percentile(x, 65, 1));
  }

  private void searching() {
    two("searchsorted", (x, y) -> searchsorted(sort(x), y));
    two("searchsorted_left", (x, y) -> searchsorted(sort(x), y));
    two("searchsorted_right", (x, y) -> searchsorted(sort(x), y, Side.RIGHT));
    for (Side side : Side.values()) {
      all.put(
          side == Side.LEFT ? "searchsorted_nan" : "searchsorted_nan_right",
          x -> List.of(searchsorted(array(-INF, 0, 1, NAN), array(NAN, INF, 0, -0f, -INF), side)));
    }
    one("searchsorted_empty", x -> searchsorted(Jnp.zeros(0), x));
    one("digitize", x -> digitize(x, array(-1f, 0f, 0.5f)));
    one("digitize_falling", x -> digitize(x, array(0.5f, 0f, -1f), Side.LEFT));
  }
}
