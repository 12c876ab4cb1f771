package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.NONE;
import static dev.jacobi.Jacobi.in;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.linspace;
import static dev.jacobi.numpy.Jnp.log;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.zeros;
import static dev.jacobi.random.Random.exponential;
import static dev.jacobi.random.Random.key;
import static dev.jacobi.random.Random.normal;
import static dev.jacobi.random.Random.uniform;

import dev.jacobi.Array;
import dev.jacobi.Fn2;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Whole algorithms with loops: the rows of {@code peers/jax_loops.py}. */
final class ProgramRows {
  private ProgramRows() {}

  /** A compiled program and its operands; drawn from the same keys by {@code make_loops.py}. */
  static Map<String, Supplier<Supplier<?>>> programs() {
    var programs = new LinkedHashMap<String, Supplier<Supplier<?>>>();
    Fn2<Array, Array, Ode.Solution> ode = (y, t) -> Ode.dopri5(Ode::vanDerPol, y, t);
    Fn2<Key, Array, Array> hmc = Programs::hmc;
    programs.put("ode_dopri5", () -> call(ode, array(2f, 0f), scalar(20f)));
    programs.put(
        "ode_dopri5_vmap_256",
        () -> call(vmap(ode, in(0, NONE)), normal(key(0), Shape.of(256, 2)), scalar(20f)));
    programs.put("hmc", () -> call(hmc, key(0), zeros(10)));
    programs.put("hmc_vmap_64", () -> call(vmap(hmc), key(0).split(64), zeros(64, 10)));
    programs.put("beam_search", ProgramRows::beamSearch);
    programs.put("levenberg_marquardt", ProgramRows::levenbergMarquardt);
    programs.put(
        "while_lanes_1024",
        () -> call(Programs::whileLanes, counts(), normal(key(1), Shape.of(1024))));
    return programs;
  }

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    programs().forEach((name, program) -> rows.put(name, Workload.calls(program)));
    return rows;
  }

  private static <A, B> Supplier<Object> call(Fn2<A, B, ?> f, A a, B b) {
    var compiled = jit(f);
    return () -> compiled.apply(a, b);
  }

  /** Rows of probabilities, each drawn evenly from all there are. */
  private static Supplier<Object> beamSearch() {
    Array weights = exponential(key(0), Shape.of(100, 100));
    Array table = log(weights.div(weights.sum(1).reshape(100, 1)));
    var compiled = jit(Programs::beamSearch);
    return () -> compiled.apply(table);
  }

  private static Supplier<Object> levenbergMarquardt() {
    Array t = linspace(0, 5, 200);
    Array truth = array(3f, 0.5f, 1.5f, 2.5f, 0.2f);
    Array y = Programs.decays(truth, t).plus(normal(key(0), Shape.of(200)).times(0.01));
    Array start = array(1f, 1f, 1f, 3f, 0f);
    var compiled = jit(Programs::levenbergMarquardt);
    return () -> compiled.apply(t, y, start);
  }

  /** Numbers from 1 to 1000 whose logarithms are spread evenly. */
  private static Array counts() {
    return exp(uniform(key(0), Shape.of(1024)).times(Math.log(1000))).astype(DType.I32);
  }
}
