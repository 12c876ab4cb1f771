package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import org.jspecify.annotations.Nullable;

/**
 * What a reduction runs over, and its options: {@code mean(x, over(-1).keepDims())}.
 *
 * @param axes dimensions; negative ones count from the end; null for all
 * @param keepsDims whether reduced dimensions stay with size 1
 * @param where counts only elements at which this mask is set; broadcasts to the array
 * @param initial a value that takes part; what max and min of nothing are
 * @param ddof what var and std subtract from the number of elements
 * @param dtype element type of the result of sum, prod, mean, var and std, in which they are
 *     computed
 * @param mean what var and std take for the mean, with reduced dimensions of size 1; null to
 *     compute it
 */
public record Over(
    @Nullable Axes axes,
    boolean keepsDims,
    @Nullable Array where,
    @Nullable Array initial,
    double ddof,
    @Nullable DType dtype,
    @Nullable Array mean) {
  Over(
      @Nullable Axes axes,
      boolean keepsDims,
      @Nullable Array where,
      @Nullable Array initial,
      double ddof,
      @Nullable DType dtype) {
    this(axes, keepsDims, where, initial, ddof, dtype, null);
  }

  static final Over ALL = new Over(null, false, null, null, 0, null);

  static Over axes(int... axes) {
    return axes.length == 0 ? ALL : new Over(Axes.of(axes), false, null, null, 0, null);
  }

  /** Reduced dimensions stay with size 1, so that the result broadcasts against the array. */
  public Over keepDims() {
    return new Over(axes, true, where, initial, ddof, dtype, mean);
  }

  /** Only elements at which the mask is set. */
  public Over where(Array mask) {
    return new Over(axes, keepsDims, mask, initial, ddof, dtype, mean);
  }

  /** One more value that takes part in a sum, product, maximum or minimum. */
  public Over initial(double value) {
    return new Over(axes, keepsDims, where, Jnp.weak(value), ddof, dtype, mean);
  }

  /** The divisor of var and std is the number of elements less this. */
  public Over ddof(int less) {
    return new Over(axes, keepsDims, where, initial, less, dtype, mean);
  }

  /** The same, by the name of the array API; it may be a fraction. */
  public Over correction(double less) {
    return new Over(axes, keepsDims, where, initial, less, dtype, mean);
  }

  /** The divisor's correction as a number of the program. */
  Array less() {
    return ddof == (long) ddof ? JnpMath.weak((long) ddof) : JnpMath.weak(ddof);
  }

  /** The mean, where it is known: with reduced dimensions of size 1. */
  public Over mean(Array known) {
    return new Over(axes, keepsDims, where, initial, ddof, dtype, known);
  }

  /** Computes in, and gives, this element type. */
  public Over dtype(DType type) {
    return new Over(axes, keepsDims, where, initial, ddof, type, mean);
  }

  /** The dimensions of an array of this rank, from 0 and in order. */
  Axes of(String function, int rank) {
    return axes == null ? Axes.range(rank) : JnpShape.axes(function, rank, axes.toArray()).sorted();
  }

  /** The static part as a key for compiled functions. */
  Over statics() {
    return new Over(axes, keepsDims, null, null, 0, dtype);
  }
}
