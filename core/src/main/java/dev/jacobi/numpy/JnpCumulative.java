package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Cumulative;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import java.util.List;

/**
 * Cumulative sums and products: along a dimension, or of the flattened array. Booleans count as
 * i32; other element types stay, except where narrow integers are said to widen.
 */
public abstract class JnpCumulative extends JnpReduce {
  JnpCumulative() {}

  private interface Along {
    Array of(Array x, int axis, boolean reverse);
  }

  private static Array along(String name, Along f, Array x, int axis) {
    Array data = x.rank() == 0 ? ravel(x) : x;
    int d = axis(name, data.rank(), axis);
    return jitted(name, d, a -> f.of(number(a.getFirst()), d, false), data);
  }

  private static Array number(Array x) {
    return x.dtype().isBool() ? Convert.convertElementType(x, DType.I32) : x;
  }

  private static Array flat(String name, Along f, Array x) {
    return jitted(name, "flat", a -> f.of(number(ravel(a.getFirst())), 0, false), x);
  }

  /**
   * Sums of the elements up to each one of the flattened array. {@code cumsum(array(1, 2, 3))} is
   * {@code [1 3 6]}.
   */
  public static Array cumsum(Array x) {
    return flat("cumsum", Cumulative::cumsum, x);
  }

  /** Sums of the elements up to each one along a dimension. */
  public static Array cumsum(Array x, int axis) {
    return along("cumsum", Cumulative::cumsum, x, axis);
  }

  /**
   * Products of the elements up to each one of the flattened array. {@code cumprod(array(1, 2, 3))}
   * is {@code [1 2 6]}.
   */
  public static Array cumprod(Array x) {
    return flat("cumprod", Cumulative::cumprod, x);
  }

  /** Products of the elements up to each one along a dimension. */
  public static Array cumprod(Array x, int axis) {
    return along("cumprod", Cumulative::cumprod, x, axis);
  }

  private static Along without(double neutral, Along f) {
    return (x, axis, reverse) -> {
      Array filled = x.dtype().isInexact() ? where(isnan(x), Scalars.like(x, neutral), x) : x;
      return f.of(filled, axis, reverse);
    };
  }

  /**
   * {@link #cumsum(Array)} with NaN as 0. {@code nancumsum(array(1f, Float.NaN, 3f))} is {@code [1.
   * 1. 4.]}.
   */
  public static Array nancumsum(Array x) {
    return flat("nancumsum", without(0, Cumulative::cumsum), x);
  }

  /** {@link #cumsum(Array, int)} with NaN as 0. */
  public static Array nancumsum(Array x, int axis) {
    return along("nancumsum", without(0, Cumulative::cumsum), x, axis);
  }

  /**
   * {@link #cumprod(Array)} with NaN as 1. {@code nancumprod(array(1f, Float.NaN, 3f))} is {@code
   * [1. 1. 3.]}.
   */
  public static Array nancumprod(Array x) {
    return flat("nancumprod", without(1, Cumulative::cumprod), x);
  }

  /** {@link #cumprod(Array, int)} with NaN as 1. */
  public static Array nancumprod(Array x, int axis) {
    return along("nancumprod", without(1, Cumulative::cumprod), x, axis);
  }

  /**
   * Sums up to each element along a dimension of an array that is no scalar; booleans and narrow
   * integers become i32 or u32. {@code cumulativeSum(array(1, 2, 3), 0, true)} is {@code [0 1 3
   * 6]}.
   *
   * @param includeInitial whether a 0 comes first
   */
  public static Array cumulativeSum(Array x, int axis, boolean includeInitial) {
    int d = axis("cumulativeSum", x.rank(), axis);
    Array sums =
        jitted(
            "_cumsum_with_promotion", d, a -> Cumulative.cumsum(wide(a.getFirst()), d, false), x);
    return includeInitial ? preceded(sums, d, 0) : sums;
  }

  private static Array wide(Array x) {
    return Convert.convertElementType(x, sumType(x.dtype()));
  }

  /**
   * Products up to each element along a dimension of an array that is no scalar. {@code
   * cumulativeProd(array(1, 2, 3), 0, true)} is {@code [1 1 2 6]}.
   *
   * @param includeInitial whether a 1 comes first
   */
  public static Array cumulativeProd(Array x, int axis, boolean includeInitial) {
    int d = axis("cumulativeProd", x.rank(), axis);
    Array products = Cumulative.cumprod(number(x), d, false);
    return includeInitial ? preceded(products, d, 1) : products;
  }

  private static Array preceded(Array x, int d, double first) {
    Array start = Zeros.full(Scalars.like(x, first), x.shape().with(d, 1));
    return Concatenation.concatenate(List.of(start, x), d);
  }
}
