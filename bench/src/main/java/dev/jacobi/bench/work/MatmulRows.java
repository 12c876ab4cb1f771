package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.bench.work.MemoryRows.square;
import static dev.jacobi.nn.Nn.gelu;
import static dev.jacobi.numpy.Jnp.sum;

import dev.jacobi.Array;
import dev.jacobi.JitOp2;
import dev.jacobi.JitOp3;
import dev.jacobi.hlo.DType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Products of matrices. */
final class MatmulRows {
  private MatmulRows() {}

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    for (int n : new int[] {32, 64, 128, 256, 1024}) {
      rows.put("matmul_" + n, Workload.calls(() -> product(square(n), square(n))));
    }
    rows.put(
        "matmul_f64_1024",
        Workload.calls(() -> product(Data.f64(1024, 1024), Data.f64(1024, 1024))));
    rows.put("matmul_bf16_1024", Workload.calls(() -> product(bf16(), bf16())));
    rows.put("matvec_1024", Workload.calls(() -> product(square(1024), Data.f32(1024))));
    rows.put(
        "matmul_10000x4x4",
        Workload.calls(() -> product(Data.f32(10000, 4, 4), Data.f32(10000, 4, 4))));
    rows.put(
        "matmul_1000x32x32",
        Workload.calls(() -> product(Data.f32(1000, 32, 32), Data.f32(1000, 32, 32))));
    rows.put("matmul_bias_gelu_1024", Workload.calls(MatmulRows::biasGelu));
    rows.put("nbody_1000", Workload.calls(() -> MemoryRows.unary(MatmulRows::forces, bodies())));
    return rows;
  }

  private static Array bf16() {
    return square(1024).astype(DType.BF16);
  }

  private static Supplier<Array> product(Array x, Array y) {
    JitOp2 f = jit((a, b) -> a.matmul(b));
    return () -> f.apply(x, y);
  }

  private static Supplier<Array> biasGelu() {
    JitOp3 f = jit((a, b, c) -> gelu(a.matmul(b).plus(c)));
    Array a = square(1024);
    Array b = square(1024);
    Array c = Data.f32(1024);
    return () -> f.apply(a, b, c);
  }

  private static Array bodies() {
    return Data.f32(1000, 3);
  }

  /** The softened pull of all bodies on each. */
  private static Array forces(Array q) {
    long n = q.dim(0);
    Array d = q.reshape(n, 1, 3).minus(q.reshape(1, n, 3)); // (to, from, xyz)
    Array r2 = sum(d.pow(2), 2).plus(1e-3);
    return sum(d.times(r2.pow(-1.5).reshape(n, n, 1)), 1);
  }
}
