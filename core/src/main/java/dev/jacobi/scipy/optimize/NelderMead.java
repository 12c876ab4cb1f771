package dev.jacobi.scipy.optimize;

import static dev.jacobi.numpy.Jnp.where;
import static dev.jacobi.scipy.optimize.Objective.count;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Mode;
import dev.jacobi.control.Conditionals;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Shapes;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.transform.TreeFn;
import java.util.List;
import java.util.Optional;

/**
 * Nelder and Mead's search by a simplex, for functions without derivatives. Source: Nelder, Mead, A
 * simplex method for function minimization, The Computer Journal 7 (1965); first simplex and ends
 * as in SciPy's documentation; coefficients that adapt to the dimension: Gao, Han, Implementing the
 * Nelder-Mead simplex algorithm with adaptive parameters (2012).
 */
public final class NelderMead {
  private final Objective f;
  private final Limits limits;
  private final double expansion;
  private final double contraction;
  private final double shrinkage;

  private NelderMead(Objective f, Limits limits, long n) {
    this.f = f;
    this.limits = limits;
    this.expansion = limits.adaptive ? 1 + 2.0 / n : 2;
    this.contraction = limits.adaptive ? 0.75 - 1.0 / (2 * n) : 0.5;
    this.shrinkage = limits.adaptive ? 1 - 1.0 / n : 0.5;
  }

  /**
   * When the search ends.
   *
   * @param xatol if corners are so near to the best one, and
   * @param fatol values so near to the best one
   */
  public record Limits(long maxiter, long maxfev, double xatol, double fatol, boolean adaptive) {}

  /** Corners as rows, the best first, and their values. */
  private record State(Array corners, Array values, Array evaluations, Array k) {}

  /** The search. */
  public static Outcome minimize(Objective f, Array x0, Limits limits) {
    return new NelderMead(f, limits, x0.dim(0)).run(x0);
  }

  private Outcome run(Array x0) {
    long n = x0.dim(0);
    Array corners = firstCorners(x0);
    State init = sorted(corners, each(corners), count(n + 1), count(1));
    State end = Objective.loop(this::goesOn, this::step, init);
    Array tooMany = end.evaluations.ge(limits.maxfev);
    Array tooLong = end.k.ge(limits.maxiter);
    Array status = where(tooMany, count(1), where(tooLong, count(2), count(0)));
    return new Outcome(
        best(end.corners),
        status.eq(0),
        status,
        best(end.values),
        Optional.empty(),
        Optional.empty(),
        end.evaluations,
        count(0),
        end.k);
  }

  private static Array best(Array x) {
    return Jnp.squeeze(x.get(Jnp.range(0, 1)), 0);
  }

  /** The start, and it with one coordinate 5 % larger, or 0.00025 where it is 0. */
  private static Array firstCorners(Array x0) {
    long n = x0.dim(0);
    Array moved = where(x0.eq(0), 0.00025, x0.times(1.05));
    Array row = Shapes.iota(DType.I32, Shape.of(n + 1, n), 0);
    Array changes = row.eq(Shapes.iota(DType.I32, Shape.of(n + 1, n), 1).plus(1));
    return where(changes, moved, x0);
  }

  private Array each(Array corners) {
    Fn1<Array, Array> value = f::value;
    return (Array) Loops.map(new TreeFn(value, x -> value.apply((Array) x[0])), corners);
  }

  private static State sorted(Array corners, Array values, Array evaluations, Array k) {
    Array order = Jnp.argsort(values, 0);
    return new State(
        Jnp.take(corners, order, 0, Mode.CLIP),
        Jnp.take(values, order, 0, Mode.CLIP),
        evaluations,
        k);
  }

  private Array goesOn(State s) {
    Array near = spread(s.corners).le(limits.xatol);
    Array level = spread(s.values).le(limits.fatol);
    Array allowed = Bits.and(s.evaluations.lt(limits.maxfev), s.k.lt(limits.maxiter));
    return Bits.and(allowed, Bits.not(Bits.and(near, level)));
  }

  /** The largest distance from the first. */
  private static Array spread(Array x) {
    Array first = x.get(Jnp.range(0, 1));
    return Jnp.max(Arithmetic.abs(x.get(Jnp.from(1)).minus(first)));
  }

  private State step(State s) {
    long n = s.corners.dim(1);
    Array worst = Jnp.squeeze(s.corners.get(Jnp.from(-1)), 0);
    Array middle = Jnp.sum(s.corners.get(Jnp.until(-1)), 0).div((double) n);
    Array fBest = best(s.values);
    Array fWorst = Jnp.squeeze(s.values.get(Jnp.from(-1)), 0);
    Array fSecond = Jnp.squeeze(s.values.get(Jnp.range(n - 1, n)), 0);
    Array reflected = line(middle, worst, 1);
    Array fReflected = f.value(reflected);

    Array expands = fReflected.lt(fBest);
    Array isFine = Bits.and(Bits.not(expands), fReflected.lt(fSecond));
    Array outside = Bits.and(Bits.not(Bits.or(expands, isFine)), fReflected.lt(fWorst));
    Array farther = line(middle, worst, expansion);
    Array nearer =
        where(outside, line(middle, worst, contraction), line(middle, worst, -contraction));
    Array second = where(expands, farther, nearer);
    Fn1<Array, Array> value = f::value;
    Fn1<Array, Array> skip = x -> fReflected;
    Array fOther = (Array) cond(isFine, skip, value, second);

    Array fBound = where(outside, fReflected, fWorst);
    Array contracts = where(outside, fOther.le(fBound), fOther.lt(fBound));
    Array takesSecond =
        Bits.and(Bits.not(isFine), where(expands, fOther.lt(fReflected), contracts));
    Array takesFirst = Bits.or(isFine, Bits.and(expands, Bits.not(takesSecond)));
    Array shrinks = Bits.not(Bits.or(takesFirst, takesSecond));
    Array corner = where(takesSecond, second, where(takesFirst, reflected, worst));
    Array fCorner = where(takesSecond, fOther, where(takesFirst, fReflected, fWorst));
    Array evaluations = s.evaluations.plus(where(isFine, count(1), count(2)));
    Fn1<State, State> keep = x -> x;
    State replaced =
        new State(last(s.corners, corner), last(s.values, fCorner), evaluations, s.k.plus(1));
    State next = (State) cond(shrinks, this::shrunk, keep, replaced);
    return sorted(next.corners, next.values, next.evaluations, next.k);
  }

  private static <A> Object cond(Array pred, Fn1<A, A> yes, Fn1<A, A> no, A operand) {
    return Conditionals.cond(pred, List.of(branch(no), branch(yes)), operand);
  }

  @SuppressWarnings("unchecked") // it is called with an A
  private static <A> TreeFn branch(Fn1<A, A> f) {
    return new TreeFn(f, x -> f.apply((A) x[0]));
  }

  /** From the middle away from the worst corner. */
  private static Array line(Array middle, Array worst, double by) {
    return middle.times(1 + by).minus(worst.times(by));
  }

  private static Array last(Array rows, Array row) {
    return Jnp.concatenate(rows.get(Jnp.until(-1)), Jnp.expandDims(row, 0));
  }

  /** All corners nearer to the best one. */
  private State shrunk(State s) {
    long n = s.corners.dim(1);
    Array first = s.corners.get(Jnp.range(0, 1));
    Array others = first.plus(s.corners.get(Jnp.from(1)).minus(first).times(shrinkage));
    Array values = Jnp.concatenate(s.values.get(Jnp.range(0, 1)), each(others));
    return new State(Jnp.concatenate(first, others), values, s.evaluations.plus(n), s.k);
  }
}
