package dev.jacobi.scipy.optimize;

import static dev.jacobi.numpy.Jnp.where;
import static dev.jacobi.scipy.optimize.Objective.bool;
import static dev.jacobi.scipy.optimize.Objective.count;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import java.util.List;
import java.util.Optional;

/**
 * The same with the last few steps in the place of a matrix. Source: Nocedal, Wright, Numerical
 * Optimization, algorithms 7.4 and 7.5.
 */
public final class Lbfgs {
  private Lbfgs() {}

  /**
   * When the search ends.
   *
   * @param maxiter how many steps it may take
   * @param ftol by how much values must decrease
   * @param maxfun how many values it may compute
   * @param searchSteps how often a line search may double its step
   */
  public record Limits(
      int history,
      long maxiter,
      double norm,
      double gtol,
      double ftol,
      long maxfun,
      long searchSteps) {}

  /** Steps, changes of the gradient and the inverse of their products, the last one last. */
  private record History(Array steps, Array changes, Array inverses, Array gamma) {}

  private record State(
      Array converged,
      Array failed,
      Array k,
      Array evaluations,
      Array x,
      Objective.Point at,
      History history,
      Array status) {}

  /** The search. */
  public static Outcome minimize(Objective f, Array x0, Limits limits) {
    Array zero = Scalars.like(x0, 0);
    Shape shape = Shape.of(limits.history, x0.dim(0));
    Array none = Zeros.full(zero, shape);
    Array one = Zeros.full(Scalars.like(x0, 1), Shape.scalar());
    History empty = new History(none, none, Zeros.full(zero, Shape.of(limits.history)), one);
    State init =
        new State(bool(false), bool(false), count(0), count(1), x0, f.at(x0), empty, count(0));
    State end =
        Objective.loop(
            s -> Bits.not(Bits.or(s.converged, s.failed)), s -> step(f, s, limits), init);
    return new Outcome(
        end.x,
        Bits.and(end.converged, Bits.not(end.failed)),
        end.status,
        end.at.value(),
        Optional.of(end.at.gradient()),
        Optional.empty(),
        end.evaluations,
        end.evaluations,
        end.k);
  }

  private static State step(Objective f, State s, Limits limits) {
    Array direction = direction(s, limits.history);
    LineSearch.Result found = LineSearch.search(f, s.x, direction, s.at, null, limits.searchSteps);
    Array move = found.a().times(direction);
    Array change = found.gradient().minus(s.at.gradient());
    Array product = Jnp.dot(change, move);
    Array converged = Objective.norm(found.gradient(), limits.norm).lt(limits.gtol);
    Array status = count(0);
    status = where(s.at.value().minus(found.value()).lt(limits.ftol), count(4), status);
    status = where(s.evaluations.ge(limits.maxfun), count(2), status);
    status = where(s.k.ge(limits.maxiter), count(1), status);
    status = where(found.failed(), count(5), status);
    History next =
        new History(
            pushed(s.history.steps, move),
            pushed(s.history.changes, change),
            pushed(s.history.inverses, Jnp.div(1, product)),
            product.div(Jnp.dot(change, change)));
    return new State(
        converged,
        Bits.and(status.gt(0), Bits.not(converged)),
        s.k.plus(1),
        s.evaluations.plus(found.evaluations()),
        s.x.plus(move),
        new Objective.Point(found.value(), found.gradient()),
        next,
        where(converged, count(0), status));
  }

  /** Without the first, and a new last. */
  private static Array pushed(Array rows, Array last) {
    Array rest = rows.get(Jnp.from(1));
    return Jnp.concatenate(rest, Jnp.expandDims(last, 0));
  }

  private record Backward(Array j, Array q, Array weights) {}

  private record Forward(Array j, Array q) {}

  /** Minus the approximate inverse times the gradient, by two loops over what is known. */
  private static Array direction(State s, int size) {
    History h = s.history;
    Array known = where(s.k.lt(size), s.k, count(size));
    Array first = Arithmetic.sub(count(size), known);
    Array none = Zeros.full(Scalars.like(s.x, 0), Shape.of(size));
    Backward back =
        Objective.loop(
            b -> b.j.ge(first),
            b -> {
              Array weight = at(h.inverses, b.j).times(Jnp.dot(row(h.steps, b.j), b.q));
              Array weights =
                  DynamicSlices.dynamicUpdateSlice(b.weights, weight.reshape(1), List.of(b.j));
              Array q = b.q.minus(weight.times(row(h.changes, b.j)));
              return new Backward(b.j.minus(1), q, weights);
            },
            new Backward(count(size - 1L), Arithmetic.neg(s.at.gradient()), none));
    Forward forth =
        Objective.loop(
            b -> b.j.lt(size),
            b -> {
              Array own = at(h.inverses, b.j).times(Jnp.dot(row(h.changes, b.j), b.q));
              Array weight = at(back.weights, b.j).minus(own);
              return new Forward(b.j.plus(1), b.q.plus(weight.times(row(h.steps, b.j))));
            },
            new Forward(first, back.q.times(h.gamma)));
    return forth.q;
  }

  private static Array row(Array rows, Array j) {
    Array none = Scalars.of(DType.I32, 0);
    Array one = DynamicSlices.dynamicSlice(rows, List.of(j, none), Longs.of(1, rows.dim(1)));
    return Jnp.squeeze(one, 0);
  }

  private static Array at(Array x, Array j) {
    return Jnp.squeeze(DynamicSlices.dynamicSlice(x, List.of(j), Longs.of(1)), 0);
  }
}
