package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.eye;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.linspace;
import static dev.jacobi.numpy.Jnp.ones;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.stack;
import static dev.jacobi.numpy.Jnp.tanh;
import static dev.jacobi.numpy.Jnp.weak;
import static dev.jacobi.numpy.Jnp.zeros;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.JitFn1;
import dev.jacobi.control.ScanOptions;
import dev.jacobi.control.Step;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Loops of many short steps. */
final class LoopRows {
  private static final int LEAVES = 60;

  private LoopRows() {}

  /** Mean and covariance. */
  record Belief(Array mean, Array covariance) {}

  /** A point of the plane, real and imaginary parts together, and how long it stayed. */
  record Orbit(Array z, Array count) {}

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    rows.put(
        "fori_scalar_10k",
        Workload.calls(
            () ->
                call(
                    x -> Lax.foriLoop(0, 10_000, (i, v) -> v.times(0.999).plus(0.01), x),
                    scalar(1f))));
    rows.put("scan_rnn_1000", Workload.calls(LoopRows::rnn));
    rows.put("scan_kalman_1000", Workload.calls(() -> call(LoopRows::kalman, Data.f32(1000, 2))));
    rows.put("scan_60_leaves", Workload.calls(() -> leaves(LoopRows::manyLeaves)));
    Fn1<List<Array>, List<Array>> gradient = grad(LoopRows::manyLeaves);
    rows.put("scan_60_leaves_grad", Workload.calls(() -> leaves(gradient)));
    rows.put(
        "lorenz_vmap_1024",
        Workload.calls(() -> call(vmap(LoopRows::lorenz), Data.f32(1024, 3).plus(1))));
    rows.put("in_place_loop_100k", Workload.calls(() -> call(LoopRows::inPlace, zeros(100_000))));
    rows.put("mandelbrot_256", Workload.calls(() -> call(LoopRows::mandelbrot, plane(256))));
    return rows;
  }

  private static Supplier<Array> call(Fn1<Array, Array> f, Array x) {
    JitFn1<Array, Array> compiled = jit(f);
    return () -> compiled.apply(x);
  }

  private static Supplier<Array> rnn() {
    Array w = Data.scaled(0.1, 32, 32);
    Array u = Data.scaled(0.1, 32, 32);
    return call(
        x ->
            Lax.scan(
                    (Array h, Array xt) -> {
                      Array next = tanh(xt.matmul(w).plus(h.matmul(u)));
                      return new Step<>(next, next);
                    },
                    zeros(8, 32),
                    x)
                .ys(),
        Data.f32(1000, 8, 32));
  }

  private static Array kalman(Array ys) {
    Array f = eye(4).plus(Jnp.eye(4, 4, 2).times(0.1));
    Array h = Jnp.eye(2, 4, 0);
    Array q = eye(4).times(0.01);
    Array r = eye(2);
    return Lax.scan(
            (Belief c, Array y) -> {
              Array m = f.matmul(c.mean());
              Array p = f.matmul(c.covariance()).matmul(f.transpose()).plus(q);
              Array s = h.matmul(p).matmul(h.transpose()).plus(r);
              Array k = Linalg.solve(s, h.matmul(p)).transpose();
              Array mean = m.plus(k.matmul(y.minus(h.matmul(m))));
              return new Step<>(new Belief(mean, p.minus(k.matmul(h).matmul(p))), mean);
            },
            new Belief(zeros(4), eye(4)),
            ys)
        .ys();
  }

  private static Supplier<Object> leaves(Fn1<List<Array>, ?> f) {
    List<Array> xs = new ArrayList<>();
    for (int i = 0; i < LEAVES; i++) {
      xs.add(scalar((float) i));
    }
    var compiled = jit(f);
    return () -> compiled.apply(List.copyOf(xs));
  }

  private static Array manyLeaves(List<Array> xs) {
    List<Array> last =
        Lax.scan(
                (List<Array> c, List<Array> none) -> {
                  List<Array> next = new ArrayList<>();
                  for (int i = 0; i < c.size(); i++) {
                    next.add(sin(c.get(i)).times(0.9).plus(c.get((i + 1) % LEAVES).times(0.1)));
                  }
                  return Step.of(List.copyOf(next));
                },
                xs,
                List.<Array>of(),
                ScanOptions.DEFAULT.withLength(100))
            .carry();
    return last.stream().reduce(Array::plus).orElseThrow();
  }

  private static Array lorenz(Array y0) {
    double h = 0.01;
    return Lax.scan(
            (Array y, List<Array> none) -> {
              Array k1 = flow(y);
              Array k2 = flow(y.plus(k1.times(h / 2)));
              Array k3 = flow(y.plus(k2.times(h / 2)));
              Array k4 = flow(y.plus(k3.times(h)));
              Array sum = k1.plus(k2.times(2)).plus(k3.times(2)).plus(k4);
              return Step.of(y.plus(sum.times(h / 6)));
            },
            y0,
            List.<Array>of(),
            ScanOptions.DEFAULT.withLength(1000))
        .carry();
  }

  private static Array flow(Array y) {
    Array a = y.get(0);
    Array b = y.get(1);
    Array z = y.get(2);
    return stack(
        List.of(
            b.minus(a).times(10),
            a.times(weak(28).minus(z)).minus(b),
            a.times(b).minus(z.times(8.0 / 3))));
  }

  private static Array inPlace(Array x) {
    return Lax.foriLoop(
        0, x.dim(0) - 1, (i, b) -> b.at(ix(i.plus(1))).set(b.get(ix(i)).times(0.5).plus(1.0)), x);
  }

  private static Array plane(int n) {
    Array y = linspace(-1, 1, n).reshape(n, 1).times(ones(1, n));
    Array x = linspace(-2, 0.5, n).reshape(1, n).times(ones(n, 1));
    return Lax.complex(x, y);
  }

  private static Array mandelbrot(Array c) {
    return Lax.foriLoop(
            0,
            100,
            (i, s) -> {
              Array z = s.z().times(s.z()).plus(c);
              return new Orbit(z, s.count().plus(Jnp.abs(z).lt(2).astype(DType.I32)));
            },
            new Orbit(Jnp.zerosLike(c), zeros(Shape.of(256, 256), DType.I32)))
        .count();
  }
}
