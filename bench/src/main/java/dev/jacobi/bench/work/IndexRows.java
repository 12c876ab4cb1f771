package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.bench.work.MemoryRows.square;
import static dev.jacobi.bench.work.MemoryRows.unary;
import static dev.jacobi.numpy.Jnp.argmax;
import static dev.jacobi.numpy.Jnp.argsort;
import static dev.jacobi.numpy.Jnp.concatenate;
import static dev.jacobi.numpy.Jnp.cumsum;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.range;
import static dev.jacobi.numpy.Jnp.sort;
import static dev.jacobi.numpy.Jnp.zeros;
import static dev.jacobi.ops.Ops.segmentSum;

import dev.jacobi.Array;
import dev.jacobi.JitOp2;
import dev.jacobi.Op2;
import dev.jacobi.lax.Window;
import dev.jacobi.lax.Windows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Order, scans, reading and writing at indices, and other movements of data. */
final class IndexRows {
  private IndexRows() {}

  /** The greatest of each block of 2 by 2. */
  private static Array maxPool(Array x) {
    return Windows.reduceWindowMax(x, Window.of(1, 2, 2, 1).withStrides(1, 2, 2, 1));
  }

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    rows.put("sort_1m", Workload.calls(() -> unary(x -> sort(x), Data.f32(Data.M))));
    rows.put("argsort_1m", Workload.calls(() -> unary(x -> argsort(x), Data.f32(Data.M))));
    rows.put("sort_1k", Workload.calls(() -> unary(x -> sort(x), Data.f32(1000))));
    rows.put("cumsum_1m", Workload.calls(() -> unary(x -> cumsum(x), Data.f32(Data.M))));
    rows.put("cumsum_axis0_1024", Workload.calls(() -> unary(x -> cumsum(x, 0), square(1024))));
    rows.put("max_pool", Workload.calls(() -> unary(IndexRows::maxPool, Data.f32(8, 56, 56, 64))));
    rows.put("argmax_4096", Workload.calls(() -> unary(x -> argmax(x, 1), square(4096))));
    rows.put("stencil_1024", Workload.calls(() -> unary(IndexRows::stencil, square(1024))));
    rows.put(
        "concat_2048",
        Workload.calls(() -> unary(x -> concatenate(List.of(x, x.times(2)), 1), square(2048))));
    rows.put("gather_1m", Workload.calls(() -> indexed((x, i) -> x.get(ix(i)))));
    rows.put(
        "scatter_add_1m", Workload.calls(() -> indexed((x, i) -> zeros(Data.M).at(ix(i)).add(x))));
    rows.put(
        "segment_sum",
        Workload.calls(() -> segments(Data.f32(4096, 64), Data.indices(1024, 4096), 1024)));
    for (int n : new int[] {1000, 1 << 18}) {
      rows.put(
          "segment_sum_1m_" + n,
          Workload.calls(() -> segments(Data.f32(Data.M), Data.indices(n, Data.M), n)));
    }
    return rows;
  }

  private static Supplier<Array> segments(Array x, Array ids, long n) {
    JitOp2 compiled = jit((data, i) -> segmentSum(data, i, n));
    return () -> compiled.apply(x, ids);
  }

  private static Supplier<Array> indexed(Op2 f) {
    JitOp2 compiled = jit(f);
    Array x = Data.f32(Data.M);
    Array i = Data.indices(Data.M, Data.M);
    return () -> compiled.apply(x, i);
  }

  private static Array stencil(Array a) {
    var inside = range(1, -1);
    Array below = a.get(range(2, a.dim(0)), inside);
    Array above = a.get(range(0, -2), inside);
    Array right = a.get(inside, range(2, a.dim(1)));
    Array left = a.get(inside, range(0, -2));
    return a.at(inside, inside).set(below.plus(above).plus(right).plus(left).times(0.25));
  }
}
