package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.bench.work.MemoryRows.unary;

import dev.jacobi.Array;
import dev.jacobi.JitOp2;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Factorisations, of one matrix and of many small ones. */
final class LinalgRows {
  private LinalgRows() {}

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    rows.put("solve_1000x6x6", Workload.calls(LinalgRows::solve));
    rows.put(
        "cholesky_1000x6x6",
        Workload.calls(() -> unary(a -> Linalg.cholesky(a), definite(1000, 6))));
    rows.put(
        "cholesky_512",
        Workload.calls(() -> unary(a -> Linalg.cholesky(a), definite(1, 512).reshape(512, 512))));
    rows.put("svd_128", Workload.calls(LinalgRows::svd));
    return rows;
  }

  private static Supplier<?> solve() {
    JitOp2 f = jit((a, b) -> Linalg.solve(a, b));
    Array a = definite(1000, 6);
    Array b = Data.f32(1000, 6, 1);
    return () -> f.apply(a, b);
  }

  private static Supplier<?> svd() {
    var f = jit((Array a) -> Linalg.svd(a));
    Array a = Data.f32(128, 128);
    return () -> f.apply(a);
  }

  /** Positive definite matrices. */
  private static Array definite(int n, int m) {
    Array a = Data.f32(n, m, m).plus(Jnp.eye(m).times(m));
    return Jnp.matmul(a, Jnp.matrixTranspose(a));
  }
}
