package dev.jacobi.ops;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Scatter;
import dev.jacobi.lax.Scatter.Kind;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.ConcretizationException;
import dev.jacobi.trace.HostData;
import dev.jacobi.trace.UserCode;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Reductions of segments, for {@code import static dev.jacobi.ops.Ops.*}: JAX's {@code jax.ops}.
 *
 * <p>Element i of the leading axis of {@code data} (n, ...) belongs to segment {@code ids[i]}; the
 * result (segments, ...) has data's type and, for each segment, what its elements combine to, in
 * their order. Segments without elements hold 0, 1, or the least or greatest value of the type. Ids
 * are integers in any order; elements whose id is negative or too large are dropped, unless the
 * options say otherwise. Ids of more dimensions stand for elements of as many leading axes, to
 * which data broadcasts.
 */
public final class Ops {
  private Ops() {}

  /**
   * So many segments, and options: {@code segments(3).sorted()}. {@code Ops.segmentSum(array(1f,
   * 2f, 3f), array(0, 1, 0), Ops.segments(2))} is {@code [4. 2.]}.
   */
  public static Segments segments(long count) {
    return new Segments(count, false, false, null, Segments.ALL.mode());
  }

  /**
   * As many segments as the ids need, and options.
   *
   * @throws ConcretizationException by the reduction, if ids are traced
   */
  public static Segments segments() {
    return Segments.ALL;
  }

  /**
   * The sum of each segment's elements. {@code Ops.segmentSum(array(1, 2, 3), array(0, 0, 1), 2)}
   * is {@code [3 3]}.
   */
  public static Array segmentSum(Array data, Array ids, long segments) {
    return segmentSum(data, ids, segments(segments));
  }

  /**
   * @throws LaxTypeException if ids are no integers, data are booleans, or the number of segments
   *     is negative
   */
  public static Array segmentSum(Array data, Array ids, Segments options) {
    return update("segmentSum", Kind.ADD, data, ids, options);
  }

  /**
   * The product of each segment's elements. {@code Ops.segmentProd(array(1, 2, 3), array(0, 0, 1),
   * 2)} is {@code [2 3]}.
   */
  public static Array segmentProd(Array data, Array ids, long segments) {
    return segmentProd(data, ids, segments(segments));
  }

  /** Differentiable only if {@link Segments#unique} promises that ids are distinct, as in JAX. */
  public static Array segmentProd(Array data, Array ids, Segments options) {
    return update("segmentProd", Kind.MUL, data, ids, options);
  }

  /**
   * The greatest of each segment's elements; NaN if one of them is. {@code Ops.segmentMax(array(1,
   * 2, 3), array(0, 0, 1), 2)} is {@code [2 3]}.
   */
  public static Array segmentMax(Array data, Array ids, long segments) {
    return segmentMax(data, ids, segments(segments));
  }

  public static Array segmentMax(Array data, Array ids, Segments options) {
    return update("segmentMax", Kind.MAX, data, ids, options);
  }

  /**
   * The least of each segment's elements; NaN if one of them is. {@code Ops.segmentMin(array(1, 2,
   * 3), array(0, 0, 1), 2)} is {@code [1 3]}.
   */
  public static Array segmentMin(Array data, Array ids, long segments) {
    return segmentMin(data, ids, segments(segments));
  }

  public static Array segmentMin(Array data, Array ids, Segments options) {
    return update("segmentMin", Kind.MIN, data, ids, options);
  }

  private static Array update(String name, Kind kind, Array data, Array ids, Segments options) {
    if (!ids.dtype().isInteger()) {
      throw new LaxTypeException(name, "segment ids must be integers, not " + ids.aval());
    }
    if (data.aval().key() || kind != Kind.MAX && kind != Kind.MIN && data.dtype().isBool()) {
      throw new LaxTypeException(name, "does not take " + data.aval());
    }
    long count = count(name, ids, options);
    Array signed = Promotion.convert(ids, ids.dtype().bits() == 64 ? DType.I64 : DType.I32, false);
    return options.bucketSize() == null
        ? segments(kind, data, signed, count, options)
        : inBuckets(name, kind, data, signed, count, options, options.bucketSize());
  }

  private static long count(String name, Array ids, Segments options) {
    long count = options.count() == null ? counted(name, ids) : options.count();
    if (count < 0) {
      throw new LaxTypeException(name, "there cannot be " + count + " segments");
    }
    return count;
  }

  /** One more than the largest id. */
  private static long counted(String name, Array ids) {
    if (!(ids.underlying() instanceof ConcreteArray known)) {
      throw new ConcretizationException(
          name
              + " at "
              + UserCode.line()
              + ": the ids are not known while tracing, so the number of segments must be given:"
              + " segments(n)");
    }
    Literal values = HostData.of(known);
    return LongStream.range(0, known.size()).map(values::getLong).max().orElse(-1) + 1;
  }

  private static Array segments(Kind kind, Array data, Array ids, long count, Segments options) {
    Shape element = element(data);
    Array none = Zeros.full(neutral(kind, data.dtype()), element.insert(0, count));
    Shape place = ids.shape().concat(element);
    if (place.size() == 0) {
      return none;
    }
    Array updates = Promotion.broadcastTo(data, place);
    Array vectors = Shapes.expandDims(ids, Axes.of(ids.rank()));
    ScatterDims dims = dims(ids.rank(), element.rank(), 1);
    return Scatter.scatter(
        kind, none, vectors, updates, dims, options.mode(), options.isSorted(), options.isUnique());
  }

  /** Segments of each bucket by themselves, then of all buckets. */
  private static Array inBuckets(
      String name,
      Kind kind,
      Array data,
      Array ids,
      long count,
      Segments options,
      long bucketSize) {
    if (bucketSize < 1 || ids.rank() != 1) {
      throw new LaxTypeException(
          name, "buckets of " + bucketSize + " elements do not divide ids of type " + ids.aval());
    }
    long n = ids.dim(0);
    Shape element = element(data);
    Shape buckets = element.insert(0, count).insert(0, Math.ceilDiv(n, bucketSize));
    Array all = Zeros.full(neutral(kind, data.dtype()), buckets);
    Shape place = Shape.of(1, n).concat(element);
    if (place.size() > 0) {
      Array number = Jnp.floorDivide(Jnp.arange(n), Jnp.weak(bucketSize));
      Array vectors =
          Concatenation.concatenate(
              List.of(column(Promotion.convert(number, ids.dtype(), false)), column(ids)), 2);
      Array updates = Promotion.broadcastTo(data, place);
      all =
          Scatter.scatter(
              kind,
              all,
              vectors,
              updates,
              dims(2, element.rank(), 2),
              options.mode(),
              options.isSorted(),
              options.isUnique());
    }
    Array joined =
        switch (kind) {
          case ADD -> Jnp.sum(all, 0);
          case MUL -> Jnp.prod(all, 0);
          case MAX -> Jnp.max(all, 0);
          case MIN -> Jnp.min(all, 0);
          case SET, SUB -> throw new IllegalArgumentException("no reduction: " + kind);
        };
    return Promotion.convert(joined, data.dtype(), false);
  }

  /** Index components (n) as (1, n, 1). */
  private static Array column(Array components) {
    return Shapes.expandDims(Shapes.expandDims(components, Axes.of(0)), Axes.of(2));
  }

  private static Shape element(Array data) {
    return data.rank() == 0 ? Shape.scalar() : data.shape().without(Axes.of(0));
  }

  /** Indices of {@code batch} dimensions whose vectors name the leading dimensions. */
  private static ScatterDims dims(int batch, int window, int indexed) {
    return new ScatterDims(
        Axes.range(batch, batch + window),
        Axes.range(indexed),
        Axes.of(),
        Axes.of(),
        Axes.range(indexed),
        batch);
  }

  /** What a segment without elements holds. */
  private static Array neutral(Kind kind, DType dtype) {
    boolean inexact = dtype.isInexact();
    return switch (kind) {
      case ADD -> Scalars.of(dtype, 0);
      case MUL -> Scalars.of(dtype, 1);
      case MAX ->
          inexact
              ? Scalars.of(dtype, Double.NEGATIVE_INFINITY)
              : Scalars.ofLong(dtype, dtype.isBool() ? 0 : dtype.minInteger());
      case MIN ->
          inexact
              ? Scalars.of(dtype, Double.POSITIVE_INFINITY)
              : Scalars.ofLong(dtype, dtype.isBool() ? 1 : dtype.maxInteger());
      case SET, SUB -> throw new IllegalArgumentException("no reduction: " + kind);
    };
  }
}
