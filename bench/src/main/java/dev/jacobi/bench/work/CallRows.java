package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.numpy.Jnp.ones;
import static dev.jacobi.numpy.Jnp.sum;
import static dev.jacobi.numpy.Jnp.tanh;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.JitFn1;
import dev.jacobi.JitOp1;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a call, an eager operation and a compilation cost. */
final class CallRows {
  private CallRows() {}

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    rows.put("call_1", Workload.calls(CallRows::callOne));
    rows.put("call_20_in_20_out", Workload.calls(CallRows::callTwenty));
    rows.put("call_chain_100", new Workload.Calls(CallRows::chain, 100));
    rows.put("eager_op_16", new Workload.Calls(CallRows::eager, 30));
    rows.put("compile_add", new Workload.Compiles(CallRows::compileAdd));
    rows.put("compile_layernorm", new Workload.Compiles(CallRows::compileLayerNorm));
    rows.put("compile_grad_mlp10", new Workload.Compiles(CallRows::compileGradMlp));
    rows.put("compile_normal", new Workload.Compiles(RandomRows::compileNormal));
    return rows;
  }

  private static Supplier<Array> callOne() {
    JitOp1 f = jit(x -> x.plus(1));
    Array x = ones(8);
    return () -> f.apply(x);
  }

  private static Supplier<List<Array>> callTwenty() {
    Fn1<List<Array>, List<Array>> plusOne = xs -> xs.stream().map(x -> x.plus(1)).toList();
    JitFn1<List<Array>, List<Array>> f = jit(plusOne);
    List<Array> xs = Collections.nCopies(20, ones(8));
    return () -> f.apply(xs);
  }

  private static Supplier<Array> chain() {
    JitOp1 f = jit(x -> tanh(x).times(1.01));
    Array one = ones(16);
    return () -> {
      Array x = one;
      for (int i = 0; i < 100; i++) {
        x = f.apply(x);
      }
      return x;
    };
  }

  private static Supplier<Array> eager() {
    Array start = ones(16);
    return () -> {
      Array x = start;
      for (int i = 0; i < 10; i++) {
        x = tanh(x).times(1.01).plus(x);
      }
      return x;
    };
  }

  private static Supplier<Object> compileAdd() {
    Array x = ones(8);
    return () -> {
      JitOp1 f = jit(a -> a.plus(1));
      return f.lower(x).compile();
    };
  }

  private static Supplier<Object> compileLayerNorm() {
    Array x = Data.f32(64, 64);
    return () -> {
      JitOp1 f = jit(a -> MemoryRows.normalized(a).times(1.0).plus(2.0));
      return f.lower(x).compile();
    };
  }

  private static Supplier<Object> compileGradMlp() {
    List<Array> weights = Collections.nCopies(10, ones(128, 128));
    Array x = ones(32, 128);
    Fn2<List<Array>, Array, Array> loss = CallRows::mlp10;
    return () -> jit(grad(loss)).lower(weights, x).compile();
  }

  private static Array mlp10(List<Array> weights, Array input) {
    Array x = input;
    for (Array w : weights) {
      x = tanh(x.matmul(w));
    }
    return sum(x.pow(2));
  }
}
