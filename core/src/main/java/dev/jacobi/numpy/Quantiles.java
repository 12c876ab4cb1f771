package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Gather;
import dev.jacobi.lax.GatherScatterMode;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Sort;
import org.jspecify.annotations.Nullable;

/** Quantiles, by JAX's formulas. */
final class Quantiles {
  private Quantiles() {}

  /** Options that have a meaning here: axes and kept dimensions. */
  static Over plain(String function, Over options) {
    if (options.where() != null
        || options.initial() != null
        || options.ddof() != 0
        || options.dtype() != null
        || options.mean() != null) {
      throw new LaxTypeException(function, "takes axes and keepDims() only");
    }
    return options;
  }

  /** The part as a number of its own type; a Java number is f64 beside f64, else f32. */
  static Array part(Array x, Array q) {
    if (q.rank() > 1 || !q.dtype().isFloat()) {
      throw new LaxTypeException(
          "quantile", "q must be floating and a scalar or a vector, but is " + q.aval());
    }
    DType wide = x.dtype() == DType.F64 ? DType.F64 : DType.F32;
    return q.aval().weak() ? Promotion.convert(q, wide, false) : q;
  }

  /**
   * All reduced dimensions as one, the last; then the elements at both ends of a place.
   *
   * @param weights of the shape of x, or null
   * @param present whether NaNs are left out
   */
  static Array quantile(
      Array x, Array q, @Nullable Array weights, Between between, boolean present, Over options) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException("quantile", "takes real numbers, not " + x.aval());
    }
    Axes over = options.of("quantile", x.rank());
    Array rows = rows(x, over);
    if (rows.dim(rows.rank() - 1) == 0) {
      throw new LaxTypeException("quantile", "of no elements: " + x.aval());
    }
    Array found =
        between == Between.INVERTED_CDF
            ? WeightedQuantile.of(rows, q, weights == null ? null : rows(weights, over), present)
            : present ? ofNumbers(rows, q, between) : ofRows(rows, q, between);
    if (!options.keepsDims()) {
      return found;
    }
    Shape shape = x.shape();
    for (int d : over.toArray()) {
      shape = shape.with(d, 1);
    }
    return Shapes.reshape(found, q.shape().concat(shape));
  }

  static Array quantile(Array x, Array q, Between between, Over options) {
    return quantile(x, q, null, between, false, options);
  }

  private static Array rows(Array x, Axes over) {
    Axes rest = over.complement(x.rank());
    Shape kept = x.shape().select(rest);
    return Shapes.reshape(
        Shapes.transpose(x, rest.plus(over)),
        kept.insert(kept.rank(), x.shape().select(over).size()));
  }

  /** Rows with NaNs at their ends, each with a number of elements of its own. */
  private static Array ofNumbers(Array x, Array q, Between between) {
    int last = x.rank() - 1;
    Array missing = Jnp.isnan(x);
    Array sorted = Sort.sort(Jnp.where(missing, Scalars.of(x.dtype(), Double.NaN), x), last, true);
    DType t = q.dtype();
    Array count = Jnp.sum(Jnp.logicalNot(missing), Jnp.over(last).keepDims().dtype(t));
    Array most = Jnp.subtract(count, Scalars.of(t, 1)); // (rows, 1)
    Array place = Jnp.multiply(Jnp.ravel(q), most); // (rows, parts)
    Array low = Elementary.floor(place);
    Array high = Elementary.ceil(place);
    Array highWeight = Arithmetic.sub(place, low);
    Array lower = JnpIndex.takenAlong(sorted, within(low, most), last);
    Array higher = JnpIndex.takenAlong(sorted, within(high, most), last);
    Array found =
        switch (between) {
          case LINEAR -> {
            Array lowWeight = Jnp.subtract(Scalars.of(t, 1), highWeight);
            yield Arithmetic.add(
                Arithmetic.mul(Convert.convertElementType(lower, t), lowWeight),
                Arithmetic.mul(Convert.convertElementType(higher, t), highWeight));
          }
          case LOWER -> lower;
          case HIGHER -> higher;
          case MIDPOINT -> Jnp.multiply(Arithmetic.add(lower, higher), Jnp.weak(0.5));
          case NEAREST -> Compare.select(Compare.le(highWeight, Scalars.of(t, 0.5)), lower, higher);
          case INVERTED_CDF -> throw new IllegalStateException("has a class of its own");
        };
    return partsFirst(Convert.convertElementType(found, x.dtype()), q);
  }

  private static Array within(Array place, Array most) {
    Array inside = Jnp.maximum(Jnp.minimum(place, most), Scalars.of(most.dtype(), 0));
    return Convert.convertElementType(inside, DType.I32);
  }

  /** From the last dimension to the first; a single part has none. */
  static Array partsFirst(Array found, Array q) {
    int last = found.rank() - 1;
    return q.rank() == 0 ? Shapes.squeeze(found, Axes.of(last)) : Jnp.moveaxis(found, last, 0);
  }

  private static Array ofRows(Array x, Array q, Between between) {
    int last = x.rank() - 1;
    Array nan = Scalars.of(x.dtype(), Double.NaN);
    Array hasNan = Jnp.any(Jnp.isnan(x), Jnp.over(last).keepDims());
    Array sorted = Sort.sort(Jnp.where(hasNan, nan, x), last, true);
    DType t = q.dtype();
    Array most = Scalars.of(t, x.dim(last) - 1.0);
    Array place = Arithmetic.mul(q, Shapes.broadcastInDim(most, q.shape(), Axes.of()));
    Array low = Elementary.floor(place);
    Array high = Elementary.ceil(place);
    Array highWeight = Arithmetic.sub(place, low);
    Array one = Shapes.broadcastInDim(Scalars.of(t, 1), q.shape(), Axes.of());
    Array lowWeight = Arithmetic.sub(one, highWeight);
    Array lower = at(sorted, Compare.clamp(Scalars.of(t, 0), low, most));
    Array higher = at(sorted, Compare.clamp(Scalars.of(t, 0), high, most));
    Array found =
        switch (between) {
          case LINEAR -> Arithmetic.add(weighted(lower, lowWeight), weighted(higher, highWeight));
          case LOWER -> lower;
          case HIGHER -> higher;
          case MIDPOINT -> Jnp.multiply(Arithmetic.add(lower, higher), Jnp.weak(0.5));
          case NEAREST -> {
            Array near = Compare.le(highWeight, Arithmetic.mul(one, 0.5));
            yield Compare.select(stretched(near, lower.shape()), lower, higher);
          }
          case INVERTED_CDF -> throw new IllegalStateException("has a class of its own");
        };
    return Convert.convertElementType(found, x.dtype());
  }

  /** The elements at places along the last dimension, which come first. */
  private static Array at(Array rows, Array places) {
    int last = rows.rank() - 1;
    Array index = Convert.convertElementType(places, DType.I32);
    int rank = index.rank();
    GatherDims dims =
        new GatherDims(
            Axes.range(rank, rank + last),
            Axes.of(last),
            Axes.of(),
            Axes.of(),
            Axes.of(last),
            rank);
    Array vectors = Shapes.expandDims(index, Axes.of(rank));
    return Gather.gather(
        rows,
        vectors,
        dims,
        rows.shape().with(last, 1).sizes(),
        GatherScatterMode.FILL_OR_DROP,
        null);
  }

  private static Array weighted(Array x, Array weight) {
    Array values = Convert.convertElementType(x, weight.dtype());
    return Arithmetic.mul(values, stretched(weight, x.shape()));
  }

  /** Repeated along all dimensions but its own, the first. */
  private static Array stretched(Array x, Shape shape) {
    return Shapes.broadcastInDim(x, shape, Axes.range(x.rank()));
  }
}
