package dev.jacobi.scipy.optimize;

import static dev.jacobi.numpy.Jnp.where;
import static dev.jacobi.scipy.optimize.Objective.bool;
import static dev.jacobi.scipy.optimize.Objective.count;

import dev.jacobi.Array;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.numpy.Jnp;
import java.util.Optional;

/**
 * Broyden, Fletcher, Goldfarb and Shanno's method. Source: Nocedal, Wright, Numerical Optimization,
 * algorithm 6.1.
 */
public final class Bfgs {
  private Bfgs() {}

  private record State(
      Array converged,
      Array failed,
      Array k,
      Array evaluations,
      Array x,
      Objective.Point at,
      Array inverse,
      Array older,
      Array searchStatus) {}

  /** The search; {@code maxiter} is positive. */
  public static Outcome minimize(
      Objective f, Array x0, long maxiter, double norm, double gtol, long searchSteps) {
    Objective.Point at = f.at(x0);
    Array size = Objective.norm(at.gradient(), 2);
    Array unit = Matrices.eye(x0.dtype(), Shape.scalar(), x0.dim(0), x0.dim(0));
    State init =
        new State(
            Objective.norm(at.gradient(), norm).lt(gtol),
            bool(false),
            count(0),
            count(1),
            x0,
            at,
            unit,
            at.value().plus(size.times(0.5)),
            count(0));
    State end =
        Objective.loop(
            s -> Bits.and(Bits.not(Bits.or(s.converged, s.failed)), s.k.lt(maxiter)),
            s -> step(f, s, norm, gtol, searchSteps),
            init);
    Array otherwise = where(end.failed, end.searchStatus.plus(2), count(-1));
    Array status = where(end.converged, count(0), where(end.k.eq(maxiter), count(1), otherwise));
    return new Outcome(
        end.x,
        Bits.and(end.converged, Bits.not(end.failed)),
        status,
        end.at.value(),
        Optional.of(end.at.gradient()),
        Optional.of(end.inverse),
        end.evaluations,
        end.evaluations,
        end.k);
  }

  private static State step(Objective f, State s, double norm, double gtol, long searchSteps) {
    Array direction = Arithmetic.neg(Jnp.matmul(s.inverse, s.at.gradient()));
    LineSearch.Result found = LineSearch.search(f, s.x, direction, s.at, s.older, searchSteps);
    Array move = found.a().times(direction);
    Array change = found.gradient().minus(s.at.gradient());
    return new State(
        Objective.norm(found.gradient(), norm).lt(gtol),
        found.failed(),
        s.k.plus(1),
        s.evaluations.plus(found.evaluations()),
        s.x.plus(move),
        new Objective.Point(found.value(), found.gradient()),
        updated(s.inverse, move, change),
        s.at.value(),
        found.status());
  }

  /**
   * {@code (1 - rho s y^T) h (1 - rho y s^T) + rho s s^T}, written out: two products of vectors.
   */
  private static Array updated(Array h, Array s, Array y) {
    Array rho = Jnp.div(1, Jnp.dot(y, s));
    Array hy = Jnp.matmul(h, y);
    Array weight = rho.times(Jnp.dot(y, hy)).plus(1).times(rho);
    Array cross = Jnp.outer(hy, s);
    Array sum = cross.plus(Matrices.transpose(cross)).times(rho);
    Array next = h.minus(sum).plus(Jnp.outer(s, s).times(weight));
    Array isFinite = Jnp.isfinite(rho);
    return Convert.convertElementType(where(isFinite, next, h), h.dtype());
  }
}
