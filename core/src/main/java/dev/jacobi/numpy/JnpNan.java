package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import java.util.List;

/** Reductions that leave NaNs out; otherwise as those of their names without {@code nan}. */
public abstract class JnpNan extends JnpNumeric {
  JnpNan() {}

  private interface Reduction {
    Array of(Array x, Over options);
  }

  /** As a program of its own, unless arrays among the options would be hidden in it. */
  private static Array reduced(String name, Reduction f, Array x, Over options) {
    return options.where() != null || options.initial() != null || options.mean() != null
        ? f.of(x, options)
        : jitted(name, options, a -> f.of(a.getFirst(), options), x);
  }

  private static Array filled(Array x, double insteadOfNan) {
    return x.dtype().isInexact() ? where(isnan(x), Scalars.like(x, insteadOfNan), x) : x;
  }

  /**
   * Sum of the elements that are not NaN. {@code nansum(array(1f, Float.NaN, 3f))} is {@code 4.0}.
   */
  public static Array nansum(Array x, int... axes) {
    return nansum(x, over(axes));
  }

  /** {@link #nansum(Array, int...)} with options. */
  public static Array nansum(Array x, Over options) {
    return reduced("nansum", (a, o) -> sum(filled(a, 0), o), x, options);
  }

  /**
   * Product of the elements that are not NaN. {@code nanprod(array(2f, Float.NaN, 3f))} is {@code
   * 6.0}.
   */
  public static Array nanprod(Array x, int... axes) {
    return nanprod(x, over(axes));
  }

  /** {@link #nanprod(Array, int...)} with options. */
  public static Array nanprod(Array x, Over options) {
    return reduced("nanprod", (a, o) -> prod(filled(a, 1), o), x, options);
  }

  /**
   * Mean of the elements that are not NaN; NaN of none. {@code nanmean(array(1f, Float.NaN, 3f))}
   * is {@code 2.0}.
   */
  public static Array nanmean(Array x, int... axes) {
    return nanmean(x, over(axes));
  }

  /** {@link #nanmean(Array, int...)} with options. */
  public static Array nanmean(Array x, Over options) {
    return reduced("nanmean", JnpNan::meanOfNumbers, x, options);
  }

  private static Array meanOfNumbers(Array x, Over options) {
    if (!x.dtype().isInexact()) {
      return mean(x, options);
    }
    DType t = options.dtype() != null ? options.dtype() : x.dtype();
    Array total = sum(filled(x, 0), options.dtype(t));
    return Arithmetic.div(total, sum(logicalNot(isnan(x)), options.dtype(t)));
  }

  /**
   * The greatest element that is not NaN; NaN if all are. {@code nanmax(array(1f, Float.NaN, 3f))}
   * is {@code 3.0}.
   */
  public static Array nanmax(Array x, int... axes) {
    return nanmax(x, over(axes));
  }

  /** {@link #nanmax(Array, int...)} with options. */
  public static Array nanmax(Array x, Over options) {
    return reduced(
        "nanmax", (a, o) -> extreme(a, o, max(filled(a, Double.NEGATIVE_INFINITY), o)), x, options);
  }

  /**
   * The least element that is not NaN; NaN if all are. {@code nanmin(array(1f, Float.NaN, 3f))} is
   * {@code 1.0}.
   */
  public static Array nanmin(Array x, int... axes) {
    return nanmin(x, over(axes));
  }

  /** {@link #nanmin(Array, int...)} with options. */
  public static Array nanmin(Array x, Over options) {
    return reduced(
        "nanmin", (a, o) -> extreme(a, o, min(filled(a, Double.POSITIVE_INFINITY), o)), x, options);
  }

  private static Array extreme(Array x, Over options, Array found) {
    if (!x.dtype().isInexact() || options.initial() != null) {
      return found;
    }
    Over same = new Over(options.axes(), options.keepsDims(), null, null, 0, null);
    return where(all(isnan(x), same), Scalars.like(x, Double.NaN), found);
  }

  /**
   * Variance of the elements that are not NaN. {@code nanvar(array(1f, Float.NaN, 3f))} is {@code
   * 1.0}.
   */
  public static Array nanvar(Array x, int... axes) {
    return nanvar(x, over(axes));
  }

  /** {@link #nanvar(Array, int...)} with options. */
  public static Array nanvar(Array x, Over options) {
    return reduced("nanvar", JnpNan::variance, x, options);
  }

  private static Array variance(Array x, Over options) {
    DType t = options.dtype() != null ? options.dtype() : inexactType(x.dtype());
    DType in = isHalf(t) ? DType.F32 : t;
    Array values = Convert.convertElementType(x, in);
    Array missing = isnan(values);
    Over kept = new Over(options.axes(), true, options.where(), null, 0, null);
    Array mean =
        options.mean() == null
            ? meanOfNumbers(values, kept)
            : Convert.convertElementType(options.mean(), in);
    Array distance = subtract(values, mean);
    Array centered = where(missing, Scalars.of(in, 0), distance);
    Array squares =
        in.isComplex()
            ? JnpMath.real(Arithmetic.mul(centered, conj(centered)))
            : Arithmetic.square(centered);
    Over sums = new Over(options.axes(), options.keepsDims(), options.where(), null, 0, null);
    Array divisor = subtract(sum(logicalNot(missing), sums), options.less());
    Array none = lessEqual(divisor, weak(0));
    Array total = sum(squares, sums);
    Array some = where(none, Scalars.like(divisor, 1), divisor);
    Array value = Arithmetic.div(total, Convert.convertElementType(some, total.dtype()));
    Array result = where(none, Scalars.like(total, Double.NaN), value);
    return Convert.convertElementType(result, t.real());
  }

  /**
   * Standard deviation of the elements that are not NaN. {@code nanstd(array(1f, Float.NaN, 3f))}
   * is {@code 1.0}.
   */
  public static Array nanstd(Array x, int... axes) {
    return nanstd(x, over(axes));
  }

  /** {@link #nanstd(Array, int...)} with options. */
  public static Array nanstd(Array x, Over options) {
    return reduced("nanstd", (a, o) -> Powers.sqrt(variance(a, o)), x, options);
  }

  /**
   * Position of the first greatest element of the flattened array, as i32; -1 if all are NaN.
   * {@code nanargmax(array(1f, Float.NaN, 3f))} is {@code 2}.
   */
  public static Array nanargmax(Array x) {
    return position(true, ravel(x), 0);
  }

  /** Positions of the first greatest elements along a dimension, as i32; -1 where all are NaN. */
  public static Array nanargmax(Array x, int axis) {
    return position(true, x, axis("nanargmax", x.rank(), axis));
  }

  /**
   * Position of the first least element of the flattened array, as i32; -1 if all are NaN. {@code
   * nanargmin(array(1f, Float.NaN, 3f))} is {@code 0}.
   */
  public static Array nanargmin(Array x) {
    return position(false, ravel(x), 0);
  }

  /** Positions of the first least elements along a dimension, as i32; -1 where all are NaN. */
  public static Array nanargmin(Array x, int axis) {
    return position(false, x, axis("nanargmin", x.rank(), axis));
  }

  private static Array position(boolean greatest, Array x, int d) {
    if (!x.dtype().isInexact()) {
      return greatest ? argmax(x, d) : argmin(x, d);
    }
    double out = greatest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    return jitted(
        greatest ? "nanargmax" : "nanargmin",
        d,
        a -> {
          Array v = a.getFirst();
          Array found = greatest ? argmax(filled(v, out), d) : argmin(filled(v, out), d);
          return where(all(isnan(v), d), Scalars.like(found, -1), found);
        },
        x);
  }

  /**
   * The middle one of the elements that are not NaN, or the mean of the two in the middle. {@code
   * nanmedian(array(1f, Float.NaN, 3f))} is {@code 2.0}.
   */
  public static Array nanmedian(Array x, int... axes) {
    return nanmedian(x, over(axes));
  }

  /** {@link #nanmedian(Array, int...)} with options. */
  public static Array nanmedian(Array x, Over options) {
    return nanquantile(x, weak(0.5), Between.MIDPOINT, options);
  }

  /**
   * {@link #quantile(Array, double, int...)} of the elements that are not NaN. {@code
   * nanquantile(array(1f, Float.NaN, 3f), 0.25)} is {@code 1.5}.
   */
  public static Array nanquantile(Array x, double q, int... axes) {
    return nanquantile(x, weak(q), Between.LINEAR, over(axes));
  }

  /** The same for every element of a vector q, which becomes the first dimension. */
  public static Array nanquantile(Array x, Array q, Between between, Over options) {
    Over over = Quantiles.plain("nanquantile", options);
    return jitted(
        "nanquantile",
        List.of(between, over),
        a -> Quantiles.quantile(inexact(a.get(0)), a.get(1), null, between, true, over),
        x,
        Quantiles.part(x, q));
  }

  /**
   * {@link #nanquantile(Array, double, int...)} in hundredths. {@code nanpercentile(array(1f,
   * Float.NaN, 3f), 25)} is {@code 1.5}.
   */
  public static Array nanpercentile(Array x, double q, int... axes) {
    return nanpercentile(x, weak(q), Between.LINEAR, over(axes));
  }

  /** {@link #nanquantile(Array, Array, Between, Over)} in hundredths. */
  public static Array nanpercentile(Array x, Array q, Between between, Over options) {
    return nanquantile(x, trueDivide(Quantiles.part(x, q), weak(100)), between, options);
  }

  /**
   * The least elements with at least the part q of all weights up to them; weights have the shape
   * of x, or that of the reduced dimensions. {@code quantile(array(1f, 2f, 3f), scalar(0.5f),
   * ones(3), over())} is {@code 2.0}.
   */
  public static Array quantile(Array x, Array q, Array weights, Over options) {
    return weighted(x, q, weights, false, options);
  }

  /** The same of the elements that are not NaN. */
  public static Array nanquantile(Array x, Array q, Array weights, Over options) {
    return weighted(x, q, weights, true, options);
  }

  private static Array weighted(Array x, Array q, Array weights, boolean present, Over options) {
    Over over = Quantiles.plain("quantile", options);
    Axes axes = over.of("quantile", x.rank());
    boolean full = weights.shape().equals(x.shape());
    if (weights.dtype().isComplex() || !full && !weights.shape().equals(x.shape().select(axes))) {
      throw new LaxTypeException(
          "quantile", "weights " + weights.aval() + " do not fit " + x.aval() + " along " + axes);
    }
    return jitted(
        "quantile",
        List.of("weights", present, over),
        a -> {
          DType t = Promotion.join(List.of(a.get(0).aval(), a.get(2).aval())).dtype();
          Array w = inexact(Promotion.convert(a.get(2), t, false));
          Array all = full ? w : Shapes.broadcastInDim(w, x.shape(), axes);
          Array values = inexact(Promotion.convert(a.get(0), t, false));
          return Quantiles.quantile(values, a.get(1), all, Between.INVERTED_CDF, present, over);
        },
        x,
        Quantiles.part(x, q),
        weights);
  }
}
