package dev.jacobi.golden;

import static dev.jacobi.Jacobi.checkpoint;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.hessian;
import static dev.jacobi.Jacobi.in;
import static dev.jacobi.Jacobi.jacfwd;
import static dev.jacobi.Jacobi.jacrev;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.lax.Lax.customLinearSolve;
import static dev.jacobi.lax.Lax.customRoot;
import static dev.jacobi.lax.Lax.foriLoop;
import static dev.jacobi.numpy.Jnp.abs;
import static dev.jacobi.numpy.Jnp.concatenate;
import static dev.jacobi.numpy.Jnp.cos;
import static dev.jacobi.numpy.Jnp.eye;
import static dev.jacobi.numpy.Jnp.logicalAnd;
import static dev.jacobi.numpy.Jnp.onesLike;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.sum;
import static dev.jacobi.numpy.Jnp.tanh;
import static dev.jacobi.numpy.Jnp.zerosLike;

import dev.jacobi.Array;
import dev.jacobi.Aux;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Jacobi;
import dev.jacobi.Op2;
import dev.jacobi.control.Step;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Linalg;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of {@code make_solves.py}. */
final class SolveFunctions {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private SolveFunctions() {
    roots();
    derivedRoots();
    systems();
    derivedSystems();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new SolveFunctions().all;
  }

  private void two(String name, Op2 f) {
    all.put(name, a -> List.of(f.apply(a.get(0), a.get(1))));
  }

  /** Two unknowns. */
  record Pair(Array x, Array y) {
    List<Array> list() {
      return List.of(x, y);
    }
  }

  /** What a solver tells. */
  record Report(Array error, Array steps) {}

  private static Array newton(Fn1<Array, Array> f, Array guess) {
    Fn1<Array, Array> slope = grad(f);
    return foriLoop(0, 8, (i, x) -> x.minus(f.apply(x).div(slope.apply(x))), guess);
  }

  private static Aux<Array, Report> newtonAux(Fn1<Array, Array> f, Array guess) {
    record State(Array n, Array x) {}

    Fn1<Array, Array> slope = grad(f);
    State end =
        Lax.whileLoop(
            s -> logicalAnd(abs(f.apply(s.x)).gt(1e-13), s.n.lt(20)),
            s -> new State(s.n.plus(1), s.x.minus(f.apply(s.x).div(slope.apply(s.x)))),
            new State(zerosLike(guess), guess));
    return new Aux<>(end.x, new Report(guess.times(0), end.n.times(0).plus(1)));
  }

  private static Array newtons(Fn1<Array, Array> f, Array guess) {
    Fn1<Array, Array> slope = jacfwd(f);
    return foriLoop(0, 8, (i, x) -> x.minus(Linalg.solve(slope.apply(x), f.apply(x))), guess);
  }

  private static Pair fixedPoint(Fn1<Pair, Pair> f, Pair guess) {
    return foriLoop(
        0,
        60,
        (i, p) -> {
          Pair step = f.apply(p);
          return new Pair(p.x.minus(step.x), p.y.minus(step.y));
        },
        guess);
  }

  private static Array divide(Fn1<Array, Array> g, Array y) {
    return y.div(g.apply(onesLike(y)));
  }

  private static Array dense(Fn1<Array, Array> map, Array b) {
    return Linalg.solve(jacrev(map).apply(b), b);
  }

  private static Aux<Array, Array> denseAux(Fn1<Array, Array> map, Array b) {
    return new Aux<>(dense(map, b), b.get(0).times(0).plus(3));
  }

  private static Array cg(Fn1<Array, Array> map, Array b) {
    record State(Array x, Array r, Array p) {}

    Fn2<Array, State, State> step =
        (i, s) -> {
          Array q = map.apply(s.p);
          Array a = s.r.matmul(s.r).div(s.p.matmul(q));
          Array r = s.r.minus(a.times(q));
          Array next = r.plus(r.matmul(r).div(s.r.matmul(s.r)).times(s.p));
          return new State(s.x.plus(a.times(s.p)), r, next);
        };
    return foriLoop(0, 3, step, new State(zerosLike(b), b, b)).x;
  }

  private static Pair pairs(Fn1<Pair, Pair> map, Pair b) {
    int n = (int) b.x.dim(0);
    Fn1<Array, Array> flat =
        v -> {
          Pair out = map.apply(pair(v, n));
          return concatenate(out.list(), 0);
        };
    Array all = concatenate(b.list(), 0);
    return pair(Linalg.solve(jacrev(flat).apply(all), all), n);
  }

  private static Pair pair(Array v, int n) {
    return new Pair(Lax.sliceInDim(v, 0, n, 1, 0), Lax.sliceInDim(v, n, 2L * n, 1, 0));
  }

  private static Array spd(Array w) {
    return w.matmul(w.transpose()).plus(eye(3, 3, 0, w.dtype()).times(4));
  }

  private static Array cubic(Array a, Array b) {
    return customRoot(
        (Array x) -> x.times(x).times(x).plus(a.times(x)).minus(b),
        onesLike(b),
        SolveFunctions::newton,
        SolveFunctions::divide);
  }

  private static Array many(Array w, Array b) {
    return customRoot(
        (Array x) -> spd(w).matmul(x).plus(tanh(x)).minus(b),
        zerosLike(b),
        SolveFunctions::newtons,
        SolveFunctions::dense);
  }

  private void roots() {
    two("root", SolveFunctions::cubic);
    all.put(
        "root_aux",
        a -> {
          Aux<Array, Report> r =
              customRoot(
                  (Array x) -> x.times(x).times(x).plus(a.get(0).times(x)).minus(a.get(1)),
                  onesLike(a.get(1)),
                  SolveFunctions::newtonAux,
                  SolveFunctions::divide);
          return List.of(r.value(), r.aux().error, r.aux().steps);
        });
    two("root_of_many", SolveFunctions::many);
    all.put("root_of_pair", a -> pairRoot(a.get(0), a.get(1)).list());
    two(
        "root_with_loop_in_it",
        (a, b) ->
            customRoot(
                (Array x) -> foriLoop(0, 3, (i, y) -> y.times(a).plus(x), x).minus(b),
                onesLike(b),
                SolveFunctions::newton,
                SolveFunctions::divide));
    two(
        "root_in_root",
        (a, c) ->
            customRoot(
                (Array y) -> y.plus(cubic(a, c.minus(y))).minus(a),
                c,
                SolveFunctions::newton,
                SolveFunctions::divide));
  }

  private static Pair pairRoot(Array a, Array b) {
    return customRoot(
        (Pair p) ->
            new Pair(
                p.x.minus(sin(p.y.times(a)).times(0.5)).minus(b),
                p.y.minus(cos(p.x).times(0.3).times(a))),
        new Pair(a, b),
        SolveFunctions::fixedPoint,
        SolveFunctions::pairs);
  }

  private void derivedRoots() {
    Op2 inB = (a, b) -> grad((Array y) -> cubic(a, y)).apply(b);
    two("root_grad_grad", grad(inB));
    two("root_vmap", vmap((Array a, Array b) -> cubic(a, b))::apply);
    two("root_vmap_one", (a, b) -> vmap(grad((Array x) -> cubic(x, b))).apply(a));
    two("root_of_many_vmap", (w, bs) -> vmap((Array b) -> many(w, b)).apply(bs));
    two("root_jit", jit((Array w, Array b) -> many(w, b).times(b))::apply);
    two("root_hessian", (a, b) -> hessian(y -> cubic(a, y)).apply(b));
  }

  private static Array general(Array w, Array b) {
    return customLinearSolve(
        (Array x) -> spd(w).matmul(x).plus(w.times(0.5).matmul(x)),
        b,
        SolveFunctions::dense,
        SolveFunctions::dense);
  }

  private static Array symmetric(Array w, Array b) {
    return customLinearSolve((Array x) -> spd(w).matmul(x), b, SolveFunctions::cg, true);
  }

  private static List<Array> withAux(Array w, Array b, boolean symmetric) {
    Fn1<Array, Array> map = x -> spd(w).matmul(x);
    Aux<Array, Array> out =
        symmetric
            ? customLinearSolve(map, b, SolveFunctions::denseAux, true)
            : customLinearSolve(map, b, SolveFunctions::denseAux, SolveFunctions::denseAux);
    return List.of(out.value(), out.aux());
  }

  private void systems() {
    two("linear", SolveFunctions::general);
    two(
        "linear_one_way",
        (w, b) -> customLinearSolve((Array x) -> spd(w).matmul(x), b, SolveFunctions::dense));
    two("linear_cg", SolveFunctions::symmetric);
    all.put("linear_aux", a -> withAux(a.get(0), a.get(1), false));
    all.put("linear_aux_symmetric", a -> withAux(a.get(0), a.get(1), true));
    all.put("linear_pair", a -> pairSolve(a.get(0), new Pair(a.get(1), a.get(2))).list());
    all.put(
        "linear_constant_map",
        a -> {
          Fn2<Fn1<Array, Array>, Array, Array> halve = (map, b) -> b.div(2);
          Array x = customLinearSolve((Array y) -> y.times(2), a.getFirst(), halve, halve);
          return List.of(x);
        });
  }

  private static Pair pairSolve(Array a, Pair b) {
    return customLinearSolve(
        (Pair p) -> new Pair(p.x.times(2).plus(a.times(p.y)), p.y.minus(a.times(p.x))),
        b,
        SolveFunctions::pairs,
        SolveFunctions::pairs);
  }

  private void derivedSystems() {
    two("linear_vmap_sides", (w, bs) -> vmap((Array b) -> general(w, b)).apply(bs));
    two("linear_vmap_maps", (ws, b) -> vmap((Array w) -> general(w, b)).apply(ws));
    two("linear_vmap_both", vmap((Array w, Array b) -> symmetric(w, b))::apply);
    two(
        "linear_vmap_grad",
        (ws, b) -> vmap(grad((Array w) -> sum(sin(symmetric(w, b))))).apply(ws));
    all.put(
        "linear_aux_vmap",
        a ->
            vmap((Array w, Array b) -> withAux(w, b, true), in(Jacobi.NONE, 0))
                .apply(a.get(0), a.get(1)));
    Op2 inB = (w, b) -> sum(grad((Array y) -> sum(sin(general(w, y)))).apply(b));
    two("linear_grad_grad", grad(inB));
    all.put(
        "linear_in_scan",
        a -> {
          Fn2<Array, Array, Step<Array, Array>> step =
              (c, b) -> new Step<>(sin(symmetric(a.get(0), b).plus(c)), sum(c));
          var out = Lax.scan(step, a.get(1).get(0), a.get(1));
          return List.of(out.carry(), out.ys());
        });
    two("linear_jit", jit((Array w, Array b) -> general(w, b).times(b))::apply);
    two("linear_checkpoint", checkpoint((Array w, Array b) -> sin(symmetric(w, b))));
  }
}
