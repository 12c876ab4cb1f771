package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Cumulative;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Over;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/** Statistics of arrays: the functions of {@code jax.scipy.stats} beside its distributions. */
public final class Stats {
  private Stats() {}

  /**
   * The most common values and how often they occur.
   *
   * @param mode the smallest of the most common elements
   * @param count how many there are, i32
   */
  public record ModeResult(Array mode, Array count) {}

  /**
   * The most common element along the first dimension, which goes. {@code Stats.mode(array(1f, 2f,
   * 2f)).mode()} is {@code 2.0}.
   */
  public static ModeResult mode(Array x) {
    return mode(x, Jnp.over(0));
  }

  /**
   * The most common element along one dimension or, where {@code over} names none, of all; NaNs
   * count as equal. Nothing has the mode NaN.
   *
   * @throws LaxTypeException if {@code over} names several dimensions, or x is complex
   */
  public static ModeResult mode(Array x, Over over) {
    requireReal("mode", x);
    Array rows = alongLast("mode", x, over);
    long n = rows.dim(-1);
    if (n == 0) {
      Shape shape = kept(x, over);
      Array nan = Jnp.full(shape, Double.NaN, DType.F32);
      return new ModeResult(nan, Jnp.zeros(shape, DType.F32));
    }
    List<Array> both = NamedJit.call("mode", "", a -> modes(a.getFirst()), List.of(rows));
    long[] sizes = kept(x, over).toArray();
    return new ModeResult(both.get(0).reshape(sizes), both.get(1).reshape(sizes));
  }

  private static List<Array> modes(Array rows) {
    int last = rows.rank() - 1;
    Array sorted = Jnp.sort(rows, last);
    Array position = Shapes.iota(DType.I32, rows.shape(), last);
    Array start = Cumulative.cummax(where(begins(sorted), position, 0), last, false);
    Array count = position.minus(start).plus(1);
    Array at = Jnp.expandDims(Jnp.argmax(count, last), last);
    return List.of(Jnp.takeAlongAxis(sorted, at, last), Jnp.max(count, last));
  }

  /** Where an element of a sorted row differs from the one before. */
  private static Array begins(Array sorted) {
    int last = sorted.rank() - 1;
    Array before = Jnp.roll(sorted, 1, last);
    Array differs = sorted.ne(before);
    if (sorted.dtype().isInexact()) {
      Array both = Bits.and(Jnp.isnan(sorted), Jnp.isnan(before));
      differs = Bits.and(differs, Bits.not(both));
    }
    return Bits.or(differs, Shapes.iota(DType.I32, sorted.shape(), last).eq(0));
  }

  /**
   * The ranks of all elements, from 1 on, equal ones sharing the average; a vector. {@code
   * Stats.rankdata(array(10f, 30f, 20f))} is {@code [1. 3. 2.]}.
   */
  public static Array rankdata(Array x) {
    return rankdata(x, RankMethod.AVERAGE);
  }

  /** The ranks of all elements, from 1 on, as a vector. */
  public static Array rankdata(Array x, RankMethod method) {
    return ranks(Jnp.ravel(x), method);
  }

  /**
   * The ranks along a dimension, from 1 on: of the shape of x, f32 (f64 if x has 64 bits); NaN
   * along all of a dimension in which there is a NaN.
   *
   * @throws LaxTypeException if x is complex, or axis no dimension of it
   */
  public static Array rankdata(Array x, RankMethod method, int axis) {
    Array rows = Jnp.moveaxis(x, axis, -1);
    return Jnp.moveaxis(ranks(rows, method), -1, axis);
  }

  private static Array ranks(Array rows, RankMethod method) {
    requireReal("rankdata", rows);
    return NamedJit.call(
            "rankdata", method, a -> List.of(ranked(a.getFirst(), method)), List.of(rows))
        .getFirst();
  }

  private static Array ranked(Array rows, RankMethod method) {
    int last = rows.rank() - 1;
    DType type = rows.dtype().bits() == 64 ? DType.F64 : DType.F32;
    Array order = Jnp.argsort(rows, last);
    Array sorted = Jnp.takeAlongAxis(rows, order, last);
    Array rank = rankOfSorted(sorted, method, type);
    Array all = Jnp.takeAlongAxis(rank, Jnp.argsort(order, last), last);
    if (!rows.dtype().isInexact()) {
      return all;
    }
    Array undefined = Jnp.any(Jnp.isnan(rows), Jnp.over(last).keepDims());
    return where(undefined, Double.NaN, all);
  }

  private static Array rankOfSorted(Array sorted, RankMethod method, DType type) {
    int last = sorted.rank() - 1;
    int n = Math.toIntExact(sorted.dim(-1));
    Array position = Shapes.iota(DType.I32, sorted.shape(), last);
    Array begins = begins(sorted);
    Array first = Cumulative.cummax(where(begins, position, 0), last, false).plus(1);
    Array next = Jnp.roll(begins, -1, last);
    Array ends = Bits.or(next, position.eq(n - 1));
    Array end = Cumulative.cummin(where(ends, position, n), last, true).plus(1);
    return switch (method) {
      case AVERAGE -> first.astype(type).plus(end.astype(type)).times(0.5);
      case MIN -> first.astype(type);
      case MAX -> end.astype(type);
      case DENSE -> Cumulative.cumsum(begins.astype(DType.I32), last, false).astype(type);
      case ORDINAL -> position.plus(1).astype(type);
    };
  }

  /**
   * The standard error of the mean along the first dimension, with n - 1 as divisor. {@code
   * Stats.sem(array(1f, 2f, 3f))} is {@code 0.57735026}.
   */
  public static Array sem(Array x) {
    return sem(x, Jnp.over(0).ddof(1));
  }

  /**
   * The standard error of the mean: the standard deviation over the root of the number of elements.
   * {@code over(0).ddof(1)} says what {@link #sem(Array)} does; a mask ({@code where}) leaves
   * elements out, such as NaNs.
   */
  public static Array sem(Array x, Over over) {
    Array deviation = Jnp.std(x, over);
    Array ones = over.where() == null ? Jnp.ones(x.shape(), DType.F32) : over.where();
    Over plain = over.axes() == null ? Jnp.over() : Jnp.over(over.axes().toArray());
    Over counted = over.keepsDims() ? plain.keepDims() : plain;
    Array all = Jnp.broadcastTo(ones.astype(DType.F32), x.shape().toArray());
    Array count = Jnp.sum(all, counted.dtype(deviation.dtype()));
    return Jnp.trueDivide(deviation, Jnp.sqrt(count));
  }

  private static void requireReal(String name, Array x) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException(name, "complex numbers have no order");
    }
  }

  /** The dimension moved to the end, or all elements as a vector. */
  private static Array alongLast(String name, Array x, Over over) {
    Axes axes = over.axes();
    if (axes == null || x.rank() == 0) {
      return Jnp.ravel(x);
    }
    if (axes.size() != 1) {
      throw new LaxTypeException(name, "takes one dimension or all, not " + axes);
    }
    return Jnp.moveaxis(x, axes.get(0), -1);
  }

  /** The shape of a reduction's result. */
  private static Shape kept(Array x, Over over) {
    Axes axes = over.axes();
    if (axes == null || x.rank() == 0) {
      return over.keepsDims() ? x.shape().map(n -> 1) : Shape.scalar();
    }
    int axis = axes.get(0) < 0 ? axes.get(0) + x.rank() : axes.get(0);
    Shape ones = x.shape().with(axis, 1);
    return over.keepsDims() ? ones : x.shape().without(Axes.of(axis));
  }
}
