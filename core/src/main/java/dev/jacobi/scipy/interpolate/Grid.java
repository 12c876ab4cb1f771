package dev.jacobi.scipy.interpolate;

import dev.jacobi.Array;
import dev.jacobi.debug.Checks;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Slices;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.scipy.operands.Operands;
import dev.jacobi.trace.JitSwitch;
import dev.jacobi.transform.NamedJit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Values between the points of a rectangular grid. */
public final class Grid {
  private static final String NAME = "RegularGridInterpolator";

  private Grid() {}

  /**
   * Two neighbours along one dimension.
   *
   * @param inside where a point lies within the grid
   * @param distance from the lower neighbour, in distances of both
   * @param ascends whether the grid does
   */
  private record Between(Array lower, Array upper, Array distance, Array inside, Array ascends) {}

  /** Throws unless the points are those of a grid of the values. */
  public static void check(List<Array> points, Array values) {
    if (points.isEmpty() || points.size() > values.rank()) {
      throw new LaxTypeException(
          NAME,
          "takes points for the first dimensions of the values, not "
              + points.size()
              + " for shape "
              + values.shape());
    }
    for (int d = 0; d < points.size(); d++) {
      Array p = points.get(d);
      if (p.rank() != 1 || p.dim(0) != values.dim(d) || p.dim(0) == 0 || p.dtype().isComplex()) {
        throw new LaxTypeException(
            NAME,
            "points of dimension "
                + d
                + " are a vector of "
                + values.dim(d)
                + " real numbers,"
                + " not "
                + p.aval());
      }
      if (JitSwitch.isKnown(p) && !isMonotonic(p)) {
        throw new LaxTypeException(
            NAME, "points of dimension " + d + " must be strictly ascending or descending");
      }
    }
  }

  private static boolean isMonotonic(Array p) {
    Array next = Slices.inDim(p, 1, p.dim(0), 1, 0);
    Array last = Slices.inDim(p, 0, p.dim(0) - 1, 1, 0);
    Array up = Jnp.all(Jnp.greater(next, last));
    return Jnp.logicalOr(up, Jnp.all(Jnp.less(next, last))).itemBoolean();
  }

  /** The values at points (..., d). */
  public static Array at(
      List<Array> points,
      Array values,
      GridMethod method,
      boolean checksBounds,
      Optional<Array> fill,
      Array xi) {
    int d = points.size();
    Array rows = xi.rank() == 1 && xi.dim(0) % d == 0 ? xi.reshape(xi.dim(0) / d, d) : xi;
    if (rows.rank() == 0 || rows.dim(-1) != d) {
      throw new LaxTypeException(
          NAME, "takes points of " + d + " coordinates, not shape " + xi.shape());
    }
    List<Array> operands = new ArrayList<>(points);
    operands.add(values);
    operands.add(rows);
    boolean fills = !checksBounds && fill.isPresent();
    if (fills) {
      operands.add(fill.get());
    }
    List<Array> out =
        NamedJit.call(
            NAME,
            List.of(d, method, fills),
            x ->
                evaluated(
                    x.subList(0, d), x.get(d), x.get(d + 1), x.subList(d + 2, x.size()), method),
            operands);
    if (checksBounds) {
      Checks.check(out.get(1), "the point is within the grid of the interpolator: {}", rows);
    }
    return out.getFirst();
  }

  private static List<Array> evaluated(
      List<Array> points, Array given, Array rows, List<Array> fill, GridMethod method) {
    Array values = Operands.inexact(NAME, given)[0];
    List<Between> between = new ArrayList<>();
    Array inside = null;
    for (int d = 0; d < points.size(); d++) {
      Between next = between(points.get(d), rows.get(Jnp.ellipsis(), Jnp.i(d)));
      inside = inside == null ? next.inside() : Jnp.logicalAnd(inside, next.inside());
      between.add(next);
    }
    int trailing = values.rank() - points.size();
    Array result = method == GridMethod.LINEAR ? linear(values, between) : nearest(values, between);
    if (!fill.isEmpty()) {
      Array other = Promotion.convert(fill.getFirst(), result.dtype(), false);
      result = Jnp.where(Jnp.expandDims(inside, ends(inside, trailing)), result, other);
    }
    return List.of(result, inside);
  }

  /** Places for so many more dimensions at the end. */
  private static int[] ends(Array x, int count) {
    return IntStream.range(x.rank(), x.rank() + count).toArray();
  }

  private static Between between(Array grid, Array given) {
    Array[] both = Operands.inexact(NAME, grid, given);
    Array points = both[0];
    Array x = both[1];
    int n = Math.toIntExact(points.dim(0));
    Array first = points.get(0);
    Array last = points.get(n - 1);
    Array ascends = last.ge(first);
    Array sign = Jnp.where(ascends, Scalars.like(x, 1), Scalars.like(x, -1));
    Array along = Jnp.multiply(sign, x); // among points times the sign, which ascend
    Array after = Jnp.less(along, Jnp.multiply(sign, first));
    Array beyond = Jnp.greater(along, Jnp.multiply(sign, last));
    Array inside = Jnp.logicalNot(Jnp.logicalOr(after, beyond));
    if (n == 1) {
      Array none = Jnp.zerosLike(x);
      Array index = none.astype(DType.I32);
      return new Between(index, index, none, inside, ascends);
    }
    Array place = Jnp.searchsorted(Jnp.multiply(points, sign), along).minus(1);
    Array lower = Jnp.clip(place, 0L, n - 2L);
    Array upper = lower.plus(1);
    Array from = Reads.read(points, List.of(lower));
    Array distance =
        Jnp.subtract(x, from).div(Jnp.subtract(Reads.read(points, List.of(upper)), from));
    return new Between(lower, upper, distance, inside, ascends);
  }

  /** The sum over the corners of a cell, each with the volume opposite to it. */
  private static Array linear(Array values, List<Between> between) {
    int d = between.size();
    Array sum = null;
    for (int corner = 0; corner < 1 << d; corner++) {
      Array weight = null;
      Array[] places = new Array[d];
      for (int k = 0; k < d; k++) {
        Between b = between.get(k);
        boolean upper = (corner >> (d - 1 - k) & 1) == 1;
        Array one =
            upper ? b.distance() : Jnp.subtract(Scalars.like(b.distance(), 1), b.distance());
        places[k] = upper ? b.upper() : b.lower();
        weight = weight == null ? one : Jnp.multiply(weight, one);
      }
      Array spread = Jnp.expandDims(weight, ends(weight, values.rank() - d));
      Array term = Jnp.multiply(Reads.read(values, List.of(places)), spread);
      sum = sum == null ? term : Jnp.add(sum, term);
    }
    return sum;
  }

  private static Array nearest(Array values, List<Between> between) {
    Array[] places = new Array[between.size()];
    for (int k = 0; k < places.length; k++) {
      Between b = between.get(k);
      Array up = b.distance().gt(0.5);
      Array tie = Jnp.logicalAnd(b.distance().ge(0.5), Jnp.logicalNot(b.ascends()));
      places[k] = Jnp.where(Jnp.logicalOr(up, tie), b.upper(), b.lower());
    }
    return Reads.read(values, List.of(places));
  }
}
