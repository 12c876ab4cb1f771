package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jacfwd;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.diag;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.from;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.log;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.square;
import static dev.jacobi.numpy.Jnp.where;
import static dev.jacobi.numpy.Jnp.zeros;
import static dev.jacobi.random.Random.normal;
import static dev.jacobi.random.Random.uniform;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Key;
import dev.jacobi.control.Step;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.numpy.TopK;

/** Whole algorithms with loops, by the formulas of {@code peers/jax_loops.py}. */
final class Programs {
  private Programs() {}

  /** Place and momentum. */
  private record Phase(Array q, Array p) {}

  /** The logarithm of a banana-shaped density in any number of dimensions from two. */
  static Array banana(Array q) {
    Array x = q.get(0);
    Array bend = q.get(1).plus(square(x).times(0.1)).minus(0.4);
    return square(x)
        .times(-0.5)
        .div(4)
        .minus(square(bend).times(0.5))
        .minus(square(q.get(from(2))).sum().times(0.5));
  }

  /** Hamiltonian Monte Carlo: the mean of 500 samples of {@link #banana}. */
  static Array hmc(Key key, Array start) {
    double eps = 0.1;
    Fn1<Array, Array> g = grad((Array q) -> banana(q));
    return Lax.scan(
            (Array q, Key k) -> {
              Key keys = k.split(2);
              Array p0 = normal(keys.get(0), q.shape());
              Phase end =
                  Lax.foriLoop(
                      0,
                      16,
                      (i, s) -> {
                        Array p = s.p().plus(g.apply(s.q()).times(0.5 * eps));
                        Array moved = s.q().plus(p.times(eps));
                        return new Phase(moved, p.plus(g.apply(moved).times(0.5 * eps)));
                      },
                      new Phase(q, p0));
              Array accept = energy(end.q(), end.p()).minus(energy(q, p0));
              Array next = where(log(uniform(keys.get(1), Shape.of())).lt(accept), end.q(), q);
              return new Step<>(next, next);
            },
            start,
            key.split(500))
        .ys()
        .mean(0);
  }

  /** The logarithm of the density of place and momentum together. */
  private static Array energy(Array q, Array p) {
    return banana(q).minus(p.times(0.5).matmul(p));
  }

  /** Sequences and the logarithms of their probabilities. */
  record Beams(Array sequences, Array scores) {}

  /** The 8 most probable sequences of 50 steps of a model of pairs of symbols. */
  static Beams beamSearch(Array table) {
    int beams = 8;
    int length = 50;
    long symbols = table.dim(0);
    Array rows = arange(beams);
    Beams start =
        new Beams(
            zeros(Shape.of(beams, length + 1), DType.I32),
            where(rows.eq(0), 0.0, Jnp.full(Shape.of(beams), Double.NEGATIVE_INFINITY)));
    return Lax.foriLoop(
        0,
        length,
        (i, s) -> {
          Array last = s.sequences().get(ix(rows), ix(i));
          Array candidates = s.scores().reshape(beams, 1).plus(table.get(ix(last)));
          TopK top = Lax.topK(candidates.reshape(beams * symbols), beams, 0);
          Array parents = Jnp.floorDivide(top.indices(), Jnp.weak(symbols));
          Array next = s.sequences().get(ix(parents));
          Array symbol = top.indices().rem(symbols);
          return new Beams(next.at(ix(rows), ix(i.plus(1))).set(symbol), top.values());
        },
        start);
  }

  /** Parameters, and how much of the diagonal is added. */
  private record Fit(Array p, Array lambda) {}

  /** Thirty steps of Levenberg and Marquardt's on a sum of two decays. */
  static Array levenbergMarquardt(Array t, Array y, Array start) {
    Fn1<Array, Array> residual = p -> decays(p, t).minus(y);
    return Lax.foriLoop(
            0,
            30,
            (i, s) -> {
              Array p = s.p();
              Array r = residual.apply(p);
              Array j = jacfwd(residual).apply(p);
              Array jtj = j.transpose().matmul(j);
              Array damping = diag(diag(jtj).plus(1e-9)).times(s.lambda());
              Array step = Linalg.solve(jtj.plus(damping), j.transpose().matmul(r).unaryMinus());
              Array tried = p.plus(step);
              Array better = square(residual.apply(tried)).sum().lt(square(r).sum());
              return new Fit(
                  where(better, tried, p),
                  where(better, s.lambda().times(0.3), s.lambda().times(4.0)));
            },
            new Fit(start, scalar(1e-2f)))
        .p();
  }

  static Array decays(Array p, Array t) {
    Array fast = p.get(0).times(exp(p.get(1).unaryMinus().times(t)));
    Array slow = p.get(2).times(exp(p.get(3).unaryMinus().times(t)));
    return fast.plus(slow).plus(p.get(4));
  }

  /** The number of steps done, and a value. */
  private record Count(Array i, Array x) {}

  /** Loops that end at very different times. */
  static Array whileLanes(Array n, Array x) {
    return vmap((Array many, Array start) ->
            Lax.whileLoop(
                    s -> s.i().lt(many),
                    s -> new Count(s.i().plus(1), sin(s.x()).times(1.01).plus(0.1)),
                    new Count(scalar(0), start))
                .x())
        .apply(n, x);
  }
}
