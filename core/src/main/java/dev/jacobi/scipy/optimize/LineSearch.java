package dev.jacobi.scipy.optimize;

import static dev.jacobi.numpy.Jnp.where;
import static dev.jacobi.scipy.optimize.Objective.bool;
import static dev.jacobi.scipy.optimize.Objective.count;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import org.jspecify.annotations.Nullable;

/**
 * A step along a direction that satisfies the strong Wolfe conditions. Source: Nocedal, Wright,
 * Numerical Optimization, algorithms 3.5 and 3.6; bounds and first steps as in JAX.
 */
final class LineSearch {
  static final double DECREASE = 1e-4;
  static final double CURVATURE = 0.9;

  private final Objective objective;
  private final Array x;
  private final Array direction;
  private final Array phi0;
  private final Array slope0;
  private final Array gradient0;

  private LineSearch(Objective objective, Array x, Array direction, Array phi0, Array gradient0) {
    this.objective = objective;
    this.x = x;
    this.direction = direction;
    this.phi0 = phi0;
    this.gradient0 = gradient0;
    this.slope0 = Jnp.dot(gradient0, direction);
  }

  /** A place on the line: how far along it, value and slope there. */
  record Place(Array a, Array phi, Array slope) {}

  /** A place and the whole gradient there. */
  record Found(Place place, Array gradient) {}

  /**
   * What the search gives.
   *
   * @param status 0 if all is well, 1 if no step was found, 3 if steps grew too often
   */
  record Result(
      Array failed, Array evaluations, Array a, Array value, Array gradient, Array status) {}

  private record State(
      Array done, Array failed, Array i, Place before, Array evaluations, Found best) {}

  /**
   * @param older the value before the last step, by which the first step is chosen; null for 1
   * @param steps how often the step may be doubled
   */
  static Result search(
      Objective objective,
      Array x,
      Array direction,
      Objective.Point at,
      @Nullable Array older,
      long steps) {
    return new LineSearch(objective, x, direction, at.value(), at.gradient()).run(older, steps);
  }

  private Found at(Array a) {
    Objective.Point p = objective.at(x.plus(a.times(direction)));
    return new Found(new Place(a, p.value(), Jnp.dot(p.gradient(), direction)), p.gradient());
  }

  private Array first(@Nullable Array older) {
    Array one = Scalars.like(x, 1);
    if (older == null) {
      return one;
    }
    Array guess = phi0.minus(older).times(1.01 * 2).div(slope0);
    return where(guess.gt(1), one, guess);
  }

  private Result run(@Nullable Array older, long steps) {
    Array start = first(older);
    Place origin = new Place(Jnp.zerosLike(phi0), phi0, slope0);
    State init =
        new State(
            bool(false), bool(false), count(1), origin, count(0), new Found(origin, gradient0));
    State end =
        Objective.loop(
            s -> Bits.and(Bits.not(Bits.or(s.done, s.failed)), s.i.le(steps)),
            s -> step(s, start),
            init);
    Array status = where(end.failed, count(1), where(end.i.gt(steps), count(3), count(0)));
    return new Result(
        Bits.or(end.failed, Bits.not(end.done)),
        end.evaluations,
        atLeast(end.best.place.a),
        end.best.place.phi,
        end.best.gradient,
        status);
  }

  /** In f32 very small steps change nothing: they are made larger. */
  private static Array atLeast(Array a) {
    if (a.dtype() == DType.F64) {
      return a;
    }
    return where(Arithmetic.abs(a).lt(1e-8), Arithmetic.sign(a).times(1e-8), a);
  }

  /** Whether the value has not decreased enough. */
  private Array isTooHigh(Place p) {
    return p.phi.gt(phi0.plus(p.a.times(slope0).times(DECREASE)));
  }

  private Array isFlat(Array slope) {
    return Arithmetic.abs(slope).le(slope0.times(-CURVATURE));
  }

  private State step(State s, Array start) {
    Found found = at(where(s.i.eq(1), start, s.before.a.times(2)));
    Place here = found.place;
    Array rises = Bits.and(here.phi.ge(s.before.phi), s.i.gt(1));
    Array between = Bits.or(isTooHigh(here), rises); // the last place and here
    Array isGood = Bits.and(isFlat(here.slope), Bits.not(between));
    Array back = Bits.and(here.slope.ge(0), Bits.not(Bits.or(between, isGood)));
    Array zooms = Bits.or(between, back);
    Place low = choose(between, s.before, here);
    Place high = choose(between, here, s.before);
    Zoom zoom = zoom(low, high, zooms);
    Found best = choose(isGood, found, choose(zooms, zoom.best, s.best));
    return new State(
        Bits.or(s.done, Bits.or(zooms, isGood)),
        Bits.or(s.failed, Bits.and(zooms, zoom.failed)),
        s.i.plus(1),
        here,
        s.evaluations.plus(1).plus(zoom.evaluations),
        best);
  }

  private static Place choose(Array mask, Place yes, Place no) {
    return new Place(
        where(mask, yes.a, no.a), where(mask, yes.phi, no.phi), where(mask, yes.slope, no.slope));
  }

  private static Found choose(Array mask, Found yes, Found no) {
    return new Found(choose(mask, yes.place, no.place), where(mask, yes.gradient, no.gradient));
  }

  /** An interval in which there is a good step; {@code recent} is the end that it had before. */
  private record Zoom(
      Array done,
      Array failed,
      Array j,
      Place low,
      Place high,
      Place recent,
      Found best,
      Array evaluations) {}

  private Zoom zoom(Place low, Place high, Array needed) {
    Place middle =
        new Place(low.a.plus(high.a).times(0.5), low.phi.plus(high.phi).times(0.5), low.slope);
    Place one = new Place(Jnp.onesLike(phi0), low.phi, low.slope);
    Zoom init =
        new Zoom(
            Bits.not(needed),
            bool(false),
            count(0),
            low,
            high,
            middle,
            new Found(one, gradient0),
            count(0));
    return Objective.loop(z -> Bits.not(Bits.or(z.done, z.failed)), this::narrowed, init);
  }

  private Zoom narrowed(Zoom z) {
    Array width = z.high.a.minus(z.low.a);
    double least = width.dtype() == DType.F64 ? 1e-10 : 1e-5;
    Found found = at(trial(z, width));
    Place here = found.place;
    Array highMoves = Bits.or(isTooHigh(here), here.phi.ge(z.low.phi));
    Array isGood = Bits.and(isFlat(here.slope), Bits.not(highMoves));
    Array lowMoves = Bits.not(Bits.or(highMoves, isGood));
    Array turns = Bits.and(here.slope.times(width).ge(0), lowMoves);
    Place high = choose(highMoves, here, choose(turns, z.low, z.high));
    Array highChanges = Bits.or(highMoves, turns);
    Place recent = choose(highChanges, z.high, choose(lowMoves, z.low, z.recent));
    Array tooOften = z.j.plus(1).ge(30);
    return new Zoom(
        Bits.or(z.done, isGood),
        Bits.or(Bits.or(z.failed, Arithmetic.abs(width).le(least)), tooOften),
        z.j.plus(1),
        choose(lowMoves, here, z.low),
        high,
        recent,
        choose(isGood, found, z.best),
        z.evaluations.plus(1));
  }

  /** The minimum of a cubic, of a parabola, or the middle, whichever lies well inside first. */
  private static Array trial(Zoom z, Array width) {
    Array least = Jnp.minimum(z.high.a, z.low.a);
    Array greatest = Jnp.maximum(z.high.a, z.low.a);
    Array cubic = cubicMinimum(z.low, z.high, z.recent);
    Array edge = width.times(0.2);
    Array isCubic = Bits.and(z.j.gt(0), isBetween(cubic, least.plus(edge), greatest.minus(edge)));
    Array square = quadraticMinimum(z.low, z.high);
    edge = width.times(0.1);
    Array isSquare = isBetween(square, least.plus(edge), greatest.minus(edge));
    Array middle = z.low.a.plus(z.high.a).times(0.5);
    return where(isCubic, cubic, where(isSquare, square, middle));
  }

  private static Array isBetween(Array a, Array low, Array high) {
    return Bits.and(a.gt(low), a.lt(high));
  }

  /** Through three values and the first one's slope; NaN if there is none. */
  private static Array cubicMinimum(Place p, Place q, Place r) {
    Array b = q.a.minus(p.a);
    Array c = r.a.minus(p.a);
    Array fb = q.phi.minus(p.phi).minus(p.slope.times(b));
    Array fc = r.phi.minus(p.phi).minus(p.slope.times(c));
    Array bc = b.times(c);
    Array scale = bc.times(bc).times(b.minus(c));
    Array three = c.times(c).times(fb).minus(b.times(b).times(fc)).div(scale);
    Array cubes = b.times(b).times(b).times(fc);
    Array two = cubes.minus(c.times(c).times(c).times(fb)).div(scale);
    Array root = Jnp.sqrt(two.times(two).minus(three.times(p.slope).times(3)));
    return p.a.plus(root.minus(two).div(three.times(3)));
  }

  /** Through two values and the first one's slope. */
  private static Array quadraticMinimum(Place p, Place q) {
    Array b = q.a.minus(p.a);
    Array two = q.phi.minus(p.phi).minus(p.slope.times(b)).div(b.times(b));
    return p.a.minus(p.slope.div(two.times(2)));
  }
}
