package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.ArgReductions;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reductions: over the given dimensions, or all if none is given; {@link #over} adds options. Sums
 * and products of booleans and narrow integers are i32 or u32; 16-bit floating-point sums are taken
 * in f32 and rounded once.
 */
public abstract class JnpReduce extends JnpJoin {
  JnpReduce() {}

  /**
   * What a reduction runs over, for options: {@code sum(x, over(0).keepDims())}. {@code sum(ones(2,
   * 3), over(0).keepDims()).shape()} is {@code (1, 3)}.
   */
  public static Over over(int... axes) {
    return Over.axes(axes);
  }

  static DType sumType(DType t) {
    boolean narrow = t.isBool() || t.isInteger() && t.bits() < 32;
    return narrow ? t.isUnsigned() ? DType.U32 : DType.I32 : t;
  }

  static boolean isHalf(DType t) {
    return t == DType.F16 || t == DType.BF16;
  }

  /** Reduced dimensions come back with size 1 if that is wanted. */
  private static Array kept(Array reduced, Axes over, Over options) {
    return options.keepsDims() ? Shapes.expandDims(reduced, over) : reduced;
  }

  /** The reduction of {@code x} in type {@code t}, masked elements replaced by {@code neutral}. */
  private static Array reduce(
      BiFunction<Array, Axes, Array> f,
      BinaryOperator<Array> join,
      Array x,
      Axes over,
      Over options,
      double neutral) {
    Array values = x;
    if (options.where() != null) {
      values = where(options.where(), x, Scalars.like(x, neutral));
    }
    Array y = f.apply(values, over);
    if (options.initial() != null) {
      y = join.apply(Promotion.convert(options.initial(), x.dtype(), false), y);
    }
    return kept(y, over, options);
  }

  private static Array total(
      String name,
      BiFunction<Array, Axes, Array> f,
      BinaryOperator<Array> join,
      Array x,
      Over options,
      double neutral) {
    DType t = options.dtype() != null ? options.dtype() : sumType(x.dtype());
    DType in = isHalf(t) ? DType.F32 : t;
    Array values = Convert.convertElementType(x, in);
    Axes over = options.of(name, x.rank());
    return Convert.convertElementType(reduce(f, join, values, over, options, neutral), t);
  }

  /**
   * The sum of elements along the axes, or of all. {@code sum(array(new int[][] {{1, 2}, {3, 4}}),
   * 0)} is {@code [4 6]}.
   */
  public static Array sum(Array x, int... axes) {
    return sum(x, over(axes));
  }

  public static Array sum(Array x, Over options) {
    return total("sum", Reductions::sum, Arithmetic::add, x, options, 0);
  }

  /**
   * The product of elements along the axes, or of all. {@code prod(array(2, 3, 4))} is {@code 24}.
   */
  public static Array prod(Array x, int... axes) {
    return prod(x, over(axes));
  }

  public static Array prod(Array x, Over options) {
    return total("prod", Reductions::prod, Arithmetic::mul, x, options, 1);
  }

  /**
   * The greatest element; NaN if there is one. Of nothing only with an initial value. {@code
   * max(array(1, 3, 2))} is {@code 3}.
   */
  public static Array max(Array x, int... axes) {
    return max(x, over(axes));
  }

  public static Array max(Array x, Over options) {
    return extreme("max", Reductions::max, Arithmetic::max, x, options, true);
  }

  /**
   * The least element; NaN if there is one. Of nothing only with an initial value. {@code
   * min(array(1, 3, 2))} is {@code 1}.
   */
  public static Array min(Array x, int... axes) {
    return min(x, over(axes));
  }

  public static Array min(Array x, Over options) {
    return extreme("min", Reductions::min, Arithmetic::min, x, options, false);
  }

  private static Array extreme(
      String name,
      BiFunction<Array, Axes, Array> f,
      BinaryOperator<Array> join,
      Array x,
      Over options,
      boolean greatest) {
    Axes over = options.of(name, x.rank());
    if (options.initial() == null && over.stream().anyMatch(d -> x.shape().at(d) == 0)) {
      throw new LaxTypeException(
          name,
          "nothing has no extreme: shape "
              + x.shape()
              + " is empty along "
              + over
              + "; give over().initial(...)");
    }
    if (options.initial() == null && options.where() != null) {
      throw new LaxTypeException(
          name, "a mask may leave nothing: give over().where(...).initial(...)");
    }
    Array values = Convert.convertElementType(x, x.dtype());
    if (x.dtype().isBool()) {
      return kept(greatest ? Reductions.or(x, over) : Reductions.and(x, over), over, options);
    }
    double infinity = greatest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    DType t = x.dtype();
    double neutral = t.isInexact() ? infinity : greatest ? t.minInteger() : (double) t.maxInteger();
    return reduce(f, join, values, over, options, neutral);
  }

  /** The number of elements along some dimensions; a value if a size is that of an open batch. */
  private static Array count(Array x, Axes over, DType dtype) {
    long known =
        over.stream()
            .filter(d -> x.shape().isStatic(d))
            .mapToLong(d -> x.shape().dim(d))
            .reduce(1, Math::multiplyExact);
    Array count = Scalars.of(dtype, known);
    for (int d : over.toArray()) {
      if (!x.shape().isStatic(d)) {
        Array size = Convert.convertElementType(Sizes.dimensionSize(x, d), dtype);
        count = Arithmetic.mul(count, size);
      }
    }
    return count;
  }

  /**
   * Arithmetic mean, in floating point; NaN of nothing. {@code mean(array(1f, 2f, 6f))} is {@code
   * 3.0}.
   */
  public static Array mean(Array x, int... axes) {
    return mean(x, over(axes));
  }

  public static Array mean(Array x, Over options) {
    DType t = options.dtype() != null ? options.dtype() : inexactType(x.dtype());
    DType in = isHalf(t) ? DType.F32 : t;
    Axes over = options.of("mean", x.rank());
    Array values = Convert.convertElementType(x, in);
    Array total = sum(values, options.dtype(in));
    if (options.where() == null) {
      Array n = count(x, over, total.dtype());
      return Convert.convertElementType(Arithmetic.div(total, n), t);
    }
    Array mask = Promotion.broadcastTo(options.where(), x.shape());
    Over counted = new Over(over, options.keepsDims(), null, null, 0, in);
    return Convert.convertElementType(Arithmetic.div(total, sum(mask, counted)), t);
  }

  static DType inexactType(DType t) {
    return t.isInexact() ? t : t.isInteger() && t.bits() == 64 ? DType.F64 : DType.F32;
  }

  /**
   * Variance: the mean squared distance from the mean. {@code var(array(1f, 2f, 6f))} is {@code
   * 4.6666665}.
   */
  public static Array var(Array x, int... axes) {
    return var(x, over(axes));
  }

  /**
   * Variance; {@code ddof} is taken off the divisor (1 for a sample's unbiased estimate).
   *
   * @throws LaxTypeException if the array is complex and the element type asked for is real
   */
  public static Array var(Array x, Over options) {
    Axes over = options.of("var", x.rank());
    return jitted(
        "_var",
        spreadStatics(options),
        a -> variance(a, over, options),
        spreadOperands(x, options));
  }

  private static Array variance(List<Array> a, Axes over, Over options) {
    Array x = a.getFirst();
    DType asked = options.dtype();
    DType t = asked != null ? asked : inexactType(x.dtype());
    DType in = isHalf(t) ? DType.F32 : t;
    Array values = Convert.convertElementType(x, in);
    @Nullable Array mask = options.where() == null ? null : a.get(2);
    Over same = new Over(over, true, mask, null, 0, null);
    Array mean =
        options.mean() == null ? mean(values, same) : Convert.convertElementType(a.getLast(), in);
    Array centered = subtract(values, mean);
    Array squares =
        in.isComplex()
            ? real(Arithmetic.mul(centered, conj(centered)))
            : Arithmetic.square(centered);
    Array ddof = Convert.convertElementType(a.get(1), in.real());
    Over sums = new Over(over, options.keepsDims(), mask, null, 0, null);
    Array n =
        mask == null
            ? count(x, over, in.real())
            : sum(
                Promotion.broadcastTo(mask, x.shape()),
                new Over(over, options.keepsDims(), null, null, 0, in.real()));
    Array divisor = subtract(n, ddof);
    Array value = trueDivide(sum(squares, sums), divisor);
    Array enough = Compare.gt(divisor, Scalars.like(divisor, 0));
    DType to = asked != null ? asked : t.real();
    return Convert.convertElementType(where(enough, value, weak(Double.NaN)), to);
  }

  /**
   * Standard deviation: the square root of the variance. {@code std(array(1f, 3f))} is {@code 1.0}.
   */
  public static Array std(Array x, int... axes) {
    return std(x, over(axes));
  }

  public static Array std(Array x, Over options) {
    Axes over = options.of("std", x.rank());
    List<Object> statics = spreadStatics(options);
    return jitted(
        "_std",
        statics,
        a -> {
          Array[] all = a.toArray(Array[]::new);
          return Powers.sqrt(jitted("_var", statics, v -> variance(v, over, options), all));
        },
        spreadOperands(x, options));
  }

  private static List<Object> spreadStatics(Over options) {
    return List.of(options.statics(), options.where() != null, options.mean() != null);
  }

  private static Array[] spreadOperands(Array x, Over options) {
    if (options.dtype() != null && x.dtype().isComplex() && !options.dtype().isComplex()) {
      throw new LaxTypeException(
          "var", "of complex numbers cannot be computed in " + options.dtype());
    }
    List<Array> operands = new ArrayList<>(List.of(x, options.less()));
    if (options.where() != null) {
      operands.add(options.where());
    }
    if (options.mean() != null) {
      operands.add(options.mean());
    }
    return operands.toArray(Array[]::new);
  }

  /** Greatest less least element. {@code ptp(array(1, 3, 2))} is {@code 2}. */
  public static Array ptp(Array x, int... axes) {
    Axes over = over(axes).of("ptp", x.rank());
    return jitted(
        "_ptp",
        over,
        a -> subtract(max(a.getFirst(), over.toArray()), min(a.getFirst(), over.toArray())),
        x);
  }

  /**
   * The mean weighted by {@code weights}, which broadcast or run along the one given dimension.
   * {@code average(array(1f, 2f, 4f), array(1f, 1f, 2f))} is {@code 2.75}.
   */
  public static Array average(Array x, Array weights, int... axes) {
    Axes over = over(axes).of("average", x.rank());
    Array w = weights;
    if (w.rank() == 1 && x.rank() > 1 && over.size() == 1) {
      Axes others = over.complement(x.rank());
      w = Shapes.expandDims(w, others);
    }
    Array[] xw = Promotion.promote("average", x, w);
    Array values = inexact(xw[0]);
    Array factors = inexact(xw[1]);
    Array norm = sum(factors, over.toArray());
    return Arithmetic.div(sum(Arithmetic.mul(values, factors), over.toArray()), norm);
  }

  /** Whether any element is not zero. {@code any(array(false, true))} is {@code True}. */
  public static Array any(Array x, int... axes) {
    return any(x, over(axes));
  }

  public static Array any(Array x, Over options) {
    Axes over = options.of("any", x.rank());
    return reduce(
        Reductions::or, Bits::or, Convert.convertElementType(x, DType.BOOL), over, options, 0);
  }

  /** Whether every element is not zero. {@code all(array(false, true))} is {@code False}. */
  public static Array all(Array x, int... axes) {
    return all(x, over(axes));
  }

  public static Array all(Array x, Over options) {
    Axes over = options.of("all", x.rank());
    return reduce(
        Reductions::and, Bits::and, Convert.convertElementType(x, DType.BOOL), over, options, 1);
  }

  /** How many elements are not zero, as i32. {@code countNonzero(array(0, 5, 6))} is {@code 2}. */
  public static Array countNonzero(Array x, int... axes) {
    Axes over = over(axes).of("countNonzero", x.rank());
    return jitted("count_nonzero", over, a -> sum(truth(a.getFirst()), over.toArray()), x);
  }

  /**
   * Position of the first greatest element (or NaN) of the flattened array, as i32. {@code
   * argmax(array(1, 3, 2))} is {@code 1}.
   */
  public static Array argmax(Array x) {
    return argument(true, ravel(x), 0);
  }

  /** Positions of the first greatest elements (or NaN) along a dimension. */
  public static Array argmax(Array x, int axis) {
    return argument(true, x, axis("argmax", x.rank(), axis));
  }

  /**
   * Position of the first least element (or NaN) of the flattened array, as i32. {@code
   * argmin(array(1, 3, 2))} is {@code 0}.
   */
  public static Array argmin(Array x) {
    return argument(false, ravel(x), 0);
  }

  public static Array argmin(Array x, int axis) {
    return argument(false, x, axis("argmin", x.rank(), axis));
  }

  private static Array argument(boolean greatest, Array x, int d) {
    if (x.shape().at(d) == 0) {
      throw new LaxTypeException(
          greatest ? "argmax" : "argmin",
          "dimension " + d + " of shape " + x.shape() + " is empty");
    }
    DType index = x.shape().at(d) > Integer.MAX_VALUE ? DType.I64 : DType.I32;
    return greatest ? ArgReductions.argmax(x, d, index) : ArgReductions.argmin(x, d, index);
  }

  /**
   * Whether the arrays have one shape and equal elements. {@code arrayEqual(array(1, 2), array(1,
   * 2))} is {@code True}.
   */
  public static Array arrayEqual(Array x, Array y) {
    return x.shape().equals(y.shape()) ? all(equal(x, y)) : Scalars.of(DType.BOOL, 0);
  }

  /**
   * Whether all elements are close, as {@link #isclose} says. {@code allclose(array(1f),
   * array(1.000001f))} is {@code True}.
   */
  public static Array allclose(Array x, Array y) {
    return jitted("allclose", "", a -> all(isclose(a.get(0), a.get(1), 1e-5, 1e-8)), x, y);
  }
}
