package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.nn.Nn.softmax;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.ones;
import static dev.jacobi.numpy.Jnp.over;
import static dev.jacobi.numpy.Jnp.rsqrt;
import static dev.jacobi.numpy.Jnp.sum;
import static dev.jacobi.numpy.Jnp.transpose;
import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.JitOp1;
import dev.jacobi.JitOp2;
import dev.jacobi.JitOp3;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Rows that memory bounds: elementwise chains, reductions, normalisations. */
final class MemoryRows {
  private static final int LARGE = 1 << 24;
  private static final Op2 TRIAD = (a, b) -> a.plus(b.times(3));

  private MemoryRows() {}

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    rows.put("selu_1m", Workload.calls(() -> unary(MemoryRows::selu, Data.f32(Data.M))));
    rows.put("triad_16m", Workload.calls(() -> triad(LARGE)));
    rows.put("triad_16m_donated", Workload.calls(MemoryRows::triadDonated));
    rows.put("triad_64k", Workload.calls(() -> triad(1 << 16)));
    rows.put("sum_16m", Workload.calls(() -> unary(x -> sum(x), Data.f32(LARGE))));
    rows.put("sum_axis0_4096", Workload.calls(() -> unary(x -> sum(x, 0), square(4096))));
    for (int n : new int[] {1024, 4096}) {
      rows.put("softmax_" + n, Workload.calls(() -> unary(x -> softmax(x, -1), square(n))));
    }
    for (int n : new int[] {1024, 4096}) {
      rows.put("layernorm_" + n, Workload.calls(() -> layerNorm(n)));
    }
    rows.put(
        "transpose_add_1024", Workload.calls(() -> unary(x -> transpose(x).plus(1), square(1024))));
    return rows;
  }

  static Array square(int n) {
    return Data.f32(n, n);
  }

  /** Calls of the compiled function of one array. */
  static Supplier<Array> unary(Op1 f, Array x) {
    JitOp1 compiled = jit(f);
    return () -> compiled.apply(x);
  }

  private static Array selu(Array x) {
    double alpha = 1.67;
    double lambda = 1.05;
    return where(x.gt(0), x, exp(x).times(alpha).minus(alpha)).times(lambda);
  }

  private static Supplier<Array> triad(int n) {
    JitOp2 f = jit(TRIAD);
    Array a = Data.f32(n);
    Array b = Data.f32(n);
    return () -> f.apply(a, b);
  }

  private static Supplier<Array> triadDonated() {
    JitOp2 step = jit(TRIAD).donate(0);
    Array b = Data.f32(LARGE);
    Array[] state = {b.times(2)};
    return () -> {
      state[0] = step.apply(state[0], b);
      return state[0];
    };
  }

  private static Supplier<Array> layerNorm(int n) {
    JitOp3 f = jit((x, g, b) -> normalized(x).times(g).plus(b));
    Array x = square(n);
    Array g = ones(n);
    Array b = ones(n);
    return () -> f.apply(x, g, b);
  }

  /** Each row minus its mean, over its standard deviation. */
  static Array normalized(Array x) {
    Array centred = x.minus(x.mean(over(-1).keepDims()));
    Array variance = centred.pow(2).mean(over(-1).keepDims());
    return centred.times(rsqrt(variance.plus(1e-5)));
  }
}
