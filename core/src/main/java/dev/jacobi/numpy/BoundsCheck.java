package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.debug.CheckSite;
import dev.jacobi.debug.Checks;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Scalars;
import dev.jacobi.trace.UserCode;
import java.util.List;

/**
 * That every index of a dimension is in bounds, checked while the program runs.
 *
 * @param shape of the indexed array
 */
record BoundsCheck(int dimension, Shape shape, Loc loc) implements CheckSite {
  /** Checks an array of indices whose values are not known yet. */
  static void require(Array index, int dimension, Array x) {
    long n = x.dim(dimension);
    Array signed = Indexing.signed(index); // unsigned ones beyond its range become negative
    Array below = Compare.lt(signed, Scalars.like(signed, n));
    long least = index.dtype().isUnsigned() ? 0 : -n;
    Array inside = Bits.and(Compare.ge(signed, Scalars.like(signed, least)), below);
    Checks.require(new BoundsCheck(dimension, x.shape(), UserCode.loc()), inside, List.of(index));
  }

  @Override
  public String title() {
    return "indices of dimension " + dimension + " of " + shape + " are in bounds";
  }

  @Override
  public boolean showsCondition() {
    return false;
  }

  @Override
  public boolean fails(List<Literal> values) {
    return first(values.getFirst()) >= 0;
  }

  /** The number of the first index out of bounds, or -1. */
  private long first(Literal indices) {
    long n = shape.dim(dimension);
    for (long k = 0; k < indices.shape().size(); k++) {
      if (!isInside(indices, k, n)) {
        return k;
      }
    }
    return -1;
  }

  /** An index, which for 64 unsigned bits may be more than a long can count. */
  static String text(DType dtype, long index) {
    return dtype.isUnsigned() ? Long.toUnsignedString(index) : Long.toString(index);
  }

  private static boolean isInside(Literal indices, long k, long n) {
    long i = indices.getLong(k);
    return indices.dtype().isUnsigned() ? i >= 0 && i < n : i >= -n && i < n;
  }

  @Override
  public RuntimeException failure(List<Literal> condition, List<Literal> values, String lane) {
    Literal indices = values.getFirst();
    long k = Math.max(0, first(indices));
    return ArrayIndexException.outOfBounds(
        text(indices.dtype(), indices.getLong(k)), dimension, shape, loc.toString() + lane);
  }
}
