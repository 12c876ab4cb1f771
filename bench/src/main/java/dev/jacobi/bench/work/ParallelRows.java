package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.NONE;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.in;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.numCpuDevices;
import static dev.jacobi.Jacobi.out;
import static dev.jacobi.Jacobi.pmap;

import dev.jacobi.Array;
import dev.jacobi.Fn2;
import dev.jacobi.Op1;
import dev.jacobi.Trees;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.parallel.PmapOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Two devices that share the machine's cores; with one device of one core beside it. */
final class ParallelRows {
  private static final int DEVICES = 2;
  private static final int BATCH = 4096;
  private static final int LOOP = 1000;

  private ParallelRows() {}

  record Mlp(Array w1, Array w2, Array w3) {}

  record Batch(Array x, Array y) {}

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    rows.put("psum_64m", Workload.calls(() -> sum(Data.f32(DEVICES, 1 << 24))));
    rows.put("psum_scalar", Workload.calls(() -> sum(Data.f32(DEVICES))));
    rows.put("psum_loop_1000", new Workload.Calls(ParallelRows::loop, LOOP));
    rows.put("data_parallel_step", Workload.calls(ParallelRows::onDevices));
    rows.put("data_parallel_alone", Workload.calls(ParallelRows::alone));
    return rows;
  }

  private static Supplier<Array> sum(Array x) {
    numCpuDevices(DEVICES);
    Op1 compiled = pmap((Op1) v -> Lax.psum(v, "i"), "i");
    Array there = pmap((Op1) v -> v).apply(x);
    return () -> compiled.apply(there);
  }

  private static Supplier<Array> loop() {
    numCpuDevices(DEVICES);
    Op1 compiled =
        pmap(
            (Op1) v -> Lax.foriLoop(0, LOOP, (Array i, Array c) -> Lax.psum(c, "i").times(0.5), v),
            "i");
    Array there = pmap((Op1) v -> v).apply(Data.f32(DEVICES));
    return () -> compiled.apply(there);
  }

  private static Mlp model() {
    return new Mlp(
        Data.scaled(0.05, 256, 1024), Data.scaled(0.03, 1024, 1024), Data.scaled(0.03, 1024, 16));
  }

  private static Array loss(Mlp m, Batch b) {
    Array hidden = Jnp.tanh(Jnp.tanh(b.x.matmul(m.w1)).matmul(m.w2));
    return hidden.matmul(m.w3).minus(b.y).pow(2).mean();
  }

  private static Mlp step(Mlp m, Mlp gradient) {
    return Trees.map((w, g) -> w.minus(g.times(0.01)), m, gradient);
  }

  private static Supplier<Mlp> onDevices() {
    numCpuDevices(DEVICES);
    Fn2<Mlp, Batch, Mlp> compiled =
        pmap(
            (Mlp m, Batch b) -> step(m, Lax.pmean(grad(ParallelRows::loss).apply(m, b), "i")),
            PmapOptions.DEFAULT.withAxisName("i").withInAxes(in(NONE, 0)).withOutAxes(out(NONE)));
    Batch batch =
        new Batch(Data.f32(DEVICES, BATCH / DEVICES, 256), Data.f32(DEVICES, BATCH / DEVICES, 16));
    Batch there = pmap((Batch b) -> b).apply(batch);
    Mlp model = compiled.apply(model(), there);
    return () -> compiled.apply(model, there);
  }

  private static Supplier<Mlp> alone() {
    Fn2<Mlp, Batch, Mlp> compiled =
        jit((Mlp m, Batch b) -> step(m, grad(ParallelRows::loss).apply(m, b))).threads(1);
    Batch batch = new Batch(Data.f32(BATCH, 256), Data.f32(BATCH, 16));
    Mlp model = model();
    return () -> compiled.apply(model, batch);
  }
}
