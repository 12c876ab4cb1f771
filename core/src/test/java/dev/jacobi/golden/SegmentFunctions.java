package dev.jacobi.golden;

import static dev.jacobi.Jacobi.NONE;
import static dev.jacobi.Jacobi.in;
import static dev.jacobi.Jacobi.stopGradient;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.floorDivide;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.ones;
import static dev.jacobi.numpy.Jnp.weak;
import static dev.jacobi.ops.Ops.segmentMax;
import static dev.jacobi.ops.Ops.segmentMin;
import static dev.jacobi.ops.Ops.segmentProd;
import static dev.jacobi.ops.Ops.segmentSum;
import static dev.jacobi.ops.Ops.segments;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Op2;
import dev.jacobi.lax.GatherScatterMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of {@code make_segments.py}. */
final class SegmentFunctions {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private SegmentFunctions() {
    plain();
    options();
    types();
    mapped();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new SegmentFunctions().all;
  }

  private void two(String name, Op2 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private void plain() {
    two("segment_sum", (x, i) -> segmentSum(x, i, 5));
    two("segment_sum_rows", (x, i) -> segmentSum(x, i, 5));
    two("segment_prod", (x, i) -> segmentProd(stopGradient(x), i, 5));
    two("segment_max", (x, i) -> segmentMax(x, i, 5));
    two("segment_min_rows", (x, i) -> segmentMin(x, i, 5));
    two("segment_min_u8_ids", (x, i) -> segmentMin(x, i, 4));
    all.put("segment_sum_none", x -> List.of(segmentSum(ones(3), arange(3), 0)));
    two("segment_sum_empty", (x, i) -> segmentSum(x, i, 2));
    all.put("segment_count", i -> List.of(segmentSum(weak(1), i.getFirst(), 4)));
    two("segment_sum_spread", (x, i) -> segmentSum(x, i, 4));
    two("segment_sum_grid", (x, i) -> segmentSum(x, i, 3));
    float nan = Float.NaN;
    float least = Float.NEGATIVE_INFINITY;
    all.put(
        "segment_max_nan", x -> List.of(segmentMax(array(1, nan, 2, least), array(0, 0, 1, 2), 4)));
    two(
        "segment_softmax",
        (x, i) -> {
          Array e = exp(x.minus(segmentMax(x, i, 4).get(ix(i))));
          return e.div(segmentSum(e, i, 4).get(ix(i)));
        });
  }

  private void options() {
    two(
        "segment_sum_sorted",
        (x, i) -> segmentSum(x, floorDivide(i, weak(2)), segments(4).sorted()));
    two(
        "segment_sum_clip",
        (x, i) -> segmentSum(x, i.minus(1), segments(2).mode(GatherScatterMode.CLIP)));
    two(
        "segment_sum_bounds",
        (x, i) -> segmentSum(x, i, segments(4).mode(GatherScatterMode.PROMISE_IN_BOUNDS)));
    two("segment_sum_dropped", (x, i) -> segmentSum(x, i.minus(1), 2));
    two("segment_sum_counted", (x, i) -> segmentSum(x, i, segments()));
    two("segment_sum_buckets", (x, i) -> segmentSum(x, i, segments(4).bucketSize(2)));
    two(
        "segment_prod_buckets",
        (x, i) -> segmentProd(stopGradient(x), i, segments(4).bucketSize(4)));
    two("segment_max_buckets", (x, i) -> segmentMax(x, i, segments(4).bucketSize(5)));
    two("segment_sum_i8_buckets", (x, i) -> segmentSum(x, i, segments(5).bucketSize(3)));
    two("segment_sum_bf16_buckets", (x, i) -> segmentSum(x, i, segments(5).bucketSize(3)));
    Array order = array(8, 1, 2, 0, 5, 4, 3, 7, 6);
    all.put(
        "segment_prod_unique",
        x -> List.of(segmentProd(x.getFirst(), order, segments(9).unique())));
  }

  private void types() {
    for (String t : List.of("i8", "u16", "i32", "bf16", "f16")) {
      two("segment_sum_" + t, (x, i) -> segmentSum(x, i, 5));
      two("segment_prod_" + t, (x, i) -> segmentProd(x, i, 5));
      two("segment_max_" + t, (x, i) -> segmentMax(x, i, 5));
      two("segment_min_" + t, (x, i) -> segmentMin(x, i, 5));
    }
    two("segment_sum_c64", (x, i) -> segmentSum(x, i, 5));
    two("segment_max_bool", (x, i) -> segmentMax(x, i, 5));
    two("segment_min_bool", (x, i) -> segmentMin(x, i, 5));
  }

  private void mapped() {
    Op2 sum = (x, i) -> segmentSum(x, i, 5);
    two("segment_sum_vmap", vmap(sum));
    Op2 max = (x, i) -> segmentMax(x, i, 5);
    two("segment_max_vmap_data", vmap(max, in(1, NONE)));
    Op2 min = (x, i) -> segmentMin(x, i, 5);
    two("segment_min_vmap_ids", vmap(min, in(NONE, 0)));
    Op2 buckets = (x, i) -> segmentSum(x, i, segments(5).bucketSize(4));
    two("segment_sum_vmap_buckets", vmap(buckets));
  }
}
