package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Cumulative;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Sort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Quantiles as the inverse of the cumulative sum of weights along the last dimension. */
final class WeightedQuantile {
  private WeightedQuantile() {}

  static Array of(Array x, Array q, @Nullable Array given, boolean present) {
    int last = x.rank() - 1;
    Array weights = given == null ? Jnp.onesLike(x) : given;
    Array nan = Scalars.of(x.dtype(), Double.NaN);
    Array values = Jnp.where(Jnp.isnan(x), nan, x); // not negative ones, which come first
    List<Array> sorted = Sort.sort(List.of(values, weights), last, true, 1);
    Array missing = Jnp.isnan(sorted.get(0));
    Array w = sorted.get(1);
    Array bad = Jnp.logicalOr(Jnp.less(w, Scalars.like(w, 0)), Jnp.isnan(w));
    Array clean = Jnp.where(Jnp.logicalOr(bad, missing), Scalars.like(w, 0), w);
    Array sums = Cumulative.cumsum(clean, last, false); // (rows, n)
    Array total = JnpIndex.part(sums, last, Jnp.from(-1));
    Array target = Jnp.multiply(Jnp.ravel(q), total); // (rows, parts)
    Axes end = Axes.of(last + 1);
    Array before = Jnp.less(Shapes.expandDims(sums, Axes.of(last)), Shapes.expandDims(target, end));
    Array index = Jnp.sum(before, last + 1);
    Array count = Jnp.sum(Jnp.logicalNot(missing), Jnp.over(last).keepDims());
    Array most =
        present ? Jnp.subtract(count, Jnp.weak(1)) : Scalars.ofLong(DType.I32, x.dim(last) - 1);
    Array at = Jnp.maximum(Jnp.minimum(index, most), Jnp.weak(0));
    Array found =
        JnpIndex.takenAlong(sorted.get(0), Convert.convertElementType(at, DType.I32), last);
    Array none =
        present ? Jnp.equal(count, Jnp.weak(0)) : Jnp.any(missing, Jnp.over(last).keepDims());
    Array wrong = Jnp.logicalOr(Jnp.any(bad, Jnp.over(last).keepDims()), none);
    return Quantiles.partsFirst(Jnp.where(wrong, nan, found), q);
  }
}
