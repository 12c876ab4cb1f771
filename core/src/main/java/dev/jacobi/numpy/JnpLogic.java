package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Comparisons, logic on booleans and bits, and choosing by masks. Operands broadcast. */
public abstract class JnpLogic extends JnpMath {
  JnpLogic() {}

  /** Complex numbers are ordered by their real, then by their imaginary parts. */
  private static Array ordered(String name, BinaryOperator<Array> f, Array x, Array y) {
    Array[] xy = Promotion.promote(name, x, y);
    if (!xy[0].dtype().isComplex()) {
      return f.apply(xy[0], xy[1]);
    }
    Array[] all = Promotion.broadcast(name, xy[0], xy[1]);
    Array re = real(all[0]);
    Array other = real(all[1]);
    Array byImaginary = f.apply(imag(all[0]), imag(all[1]));
    return Compare.select(Compare.eq(re, other), byImaginary, f.apply(re, other));
  }

  /**
   * Whether each element is greater. {@code greater(array(1, 3), array(2, 2))} is {@code [False
   * True]}.
   */
  public static Array greater(Array x, Array y) {
    return ordered("greater", Compare::gt, x, y);
  }

  /**
   * Whether each element is greater or equal. {@code greaterEqual(array(1, 2), array(2, 2))} is
   * {@code [False True]}.
   */
  public static Array greaterEqual(Array x, Array y) {
    return ordered("greaterEqual", Compare::ge, x, y);
  }

  /**
   * Whether each element is less. {@code less(array(1, 3), array(2, 2))} is {@code [ True False]}.
   */
  public static Array less(Array x, Array y) {
    return ordered("less", Compare::lt, x, y);
  }

  /**
   * Whether each element is less or equal. {@code lessEqual(array(1, 2), array(2, 2))} is {@code [
   * True True]}.
   */
  public static Array lessEqual(Array x, Array y) {
    return ordered("lessEqual", Compare::le, x, y);
  }

  /**
   * Whether elements are equal. {@code equal(array(1, 2), array(2, 2))} is {@code [False True]}.
   */
  public static Array equal(Array x, Array y) {
    return binary("equal", Compare::eq, x, y);
  }

  /**
   * Whether elements differ. {@code notEqual(array(1, 2), array(2, 2))} is {@code [ True False]}.
   */
  public static Array notEqual(Array x, Array y) {
    return binary("notEqual", Compare::ne, x, y);
  }

  /** Whether each element is not zero; NaN is not zero. */
  static Array truth(Array x) {
    return x.dtype().isBool() ? x : Compare.ne(x, Scalars.like(x, 0));
  }

  private static Array logical(String name, BinaryOperator<Array> f, Array x, Array y) {
    Array[] xy = Promotion.broadcast(name, truth(x), truth(y));
    return f.apply(xy[0], xy[1]);
  }

  /**
   * Whether both elements are nonzero. {@code logicalAnd(array(true, true), array(true, false))} is
   * {@code [ True False]}.
   */
  public static Array logicalAnd(Array x, Array y) {
    return logical("logicalAnd", Bits::and, x, y);
  }

  /**
   * Whether one of the elements is nonzero. {@code logicalOr(array(true, false), array(false,
   * false))} is {@code [ True False]}.
   */
  public static Array logicalOr(Array x, Array y) {
    return logical("logicalOr", Bits::or, x, y);
  }

  /**
   * Whether exactly one of the elements is nonzero. {@code logicalXor(array(true, true),
   * array(true, false))} is {@code [False True]}.
   */
  public static Array logicalXor(Array x, Array y) {
    return logical("logicalXor", Bits::xor, x, y);
  }

  /**
   * Whether each element is zero. {@code logicalNot(array(true, false))} is {@code [False True]}.
   */
  public static Array logicalNot(Array x) {
    return Bits.not(truth(x));
  }

  private static Array bits(String name, BinaryOperator<Array> f, Array x, Array y) {
    Array[] xy = Promotion.promote(name, x, y);
    return f.apply(xy[0], xy[1]);
  }

  /**
   * Bits of integers, or booleans. {@code bitwiseAnd(array(6, 5), array(3, 3))} is {@code [2 1]}.
   */
  public static Array bitwiseAnd(Array x, Array y) {
    return bits("bitwiseAnd", Bits::and, x, y);
  }

  /**
   * The bits set in one of the integers. {@code bitwiseOr(array(6, 5), array(3, 3))} is {@code [7
   * 7]}.
   */
  public static Array bitwiseOr(Array x, Array y) {
    return bits("bitwiseOr", Bits::or, x, y);
  }

  /**
   * The bits set in exactly one of the integers. {@code bitwiseXor(array(6, 5), array(3, 3))} is
   * {@code [5 6]}.
   */
  public static Array bitwiseXor(Array x, Array y) {
    return bits("bitwiseXor", Bits::xor, x, y);
  }

  /** Every bit, or every boolean, turned over. {@code invert(array(0, 5))} is {@code [-1 -6]}. */
  public static Array invert(Array x) {
    return Bits.not(x);
  }

  /**
   * Bits moved up by so many places. {@code leftShift(array(1, 2), array(3, 3))} is {@code [ 8
   * 16]}.
   */
  public static Array leftShift(Array x, Array bits) {
    Array[] xy = counted(Promotion.promote("leftShift", x, bits));
    return Bits.shiftLeft(xy[0], xy[1]);
  }

  /**
   * Shift to the right: signed integers keep their sign. {@code rightShift(array(8, 16), array(3,
   * 3))} is {@code [1 2]}.
   */
  public static Array rightShift(Array x, Array bits) {
    Array[] xy = counted(Promotion.promote("rightShift", x, bits));
    return xy[0].dtype().isUnsigned()
        ? Bits.shiftRightLogical(xy[0], xy[1])
        : Bits.shiftRightArithmetic(xy[0], xy[1]);
  }

  /** Booleans as integers. */
  private static Array[] counted(Array[] xy) {
    return xy[0].dtype().isBool()
        ? new Array[] {
          Promotion.convert(xy[0], DType.I32, false), Promotion.convert(xy[1], DType.I32, false)
        }
        : xy;
  }

  /**
   * Number of set bits of the magnitude of each integer, as u8. {@code bitwiseCount(array(7, 8))}
   * is {@code [3 1]}.
   */
  public static Array bitwiseCount(Array x) {
    Array whole = x.dtype().isBool() ? Promotion.convert(x, DType.I32, false) : x;
    return Convert.convertElementType(Bits.populationCount(abs(whole)), DType.U8);
  }

  /**
   * True where an element is NaN, in either part if it is complex. {@code isnan(array(1f,
   * Float.NaN))} is {@code [False True]}.
   */
  public static Array isnan(Array x) {
    return Compare.ne(x, x);
  }

  /**
   * True where an element is neither infinite nor NaN; integers always are finite. {@code
   * isfinite(array(1f, Float.NaN))} is {@code [ True False]}.
   */
  public static Array isfinite(Array x) {
    if (x.dtype().isComplex()) {
      return Bits.and(isfinite(real(x)), isfinite(imag(x)));
    }
    return x.dtype().isFloat() ? Elementary.isFinite(x) : everywhere(x, true);
  }

  /**
   * Whether each element is infinite. {@code isinf(array(1f, Float.POSITIVE_INFINITY))} is {@code
   * [False True]}.
   */
  public static Array isinf(Array x) {
    if (x.dtype().isComplex()) {
      return Bits.or(isinf(real(x)), isinf(imag(x)));
    }
    if (!x.dtype().isFloat()) {
      return everywhere(x, false);
    }
    return jitted(
        "isinf",
        "",
        a -> Compare.eq(abs(a.getFirst()), Scalars.like(x, Double.POSITIVE_INFINITY)),
        x);
  }

  static Array everywhere(Array x, boolean value) {
    return dev.jacobi.lax.Zeros.full(x.aval().withDtype(DType.BOOL).strong(), value ? 1 : 0);
  }

  /**
   * {@code x} where the mask is set (is not zero), else {@code y}; the three broadcast. In reverse
   * mode the branch that is not taken still multiplies by 0, and an infinite derivative there gives
   * NaN: {@link #safeWhere} makes its argument harmless first. {@code where(array(true, false),
   * array(1, 2), array(10, 20))} is {@code [ 1 20]}.
   */
  public static Array where(Array mask, Array x, Array y) {
    Promotion.Type type = Promotion.join(List.of(x.aval(), y.aval()));
    Promotion.checkScalars(type, x, y);
    return jitted("_where", "", a -> choose(a.get(0), a.get(1), a.get(2)), mask, x, y);
  }

  public static Array where(Array mask, Array x, double y) {
    return where(mask, x, weak(y));
  }

  public static Array where(Array mask, double x, Array y) {
    return where(mask, weak(x), y);
  }

  public static Array where(Array mask, Array x, long y) {
    return where(mask, x, weak(y));
  }

  public static Array where(Array mask, long x, Array y) {
    return where(mask, weak(x), y);
  }

  /**
   * {@code f(x)} where the mask is set, else {@code otherwise}; the three broadcast. Where the mask
   * is not set, {@code f} is given 1 in place of {@code x}, so that neither NaN nor infinities of
   * it get into derivatives, as they do from {@link #where}. If {@code f} has no finite value or
   * derivative at 1 either, say where it has: {@link #safeWhere(Array, Fn1, Array, Array, Array)}.
   * {@code safeWhere(array(true, false), x -> sqrt(x), array(4f, -1f), scalar(0f))} is {@code [2.
   * 0.]}.
   *
   * @param f element by element; of any kind if the mask is a scalar
   * @throws ShapeMismatchException if the mask has more elements than what {@code f} gives
   */
  public static Array safeWhere(Array mask, Fn1<Array, Array> f, Array x, Array otherwise) {
    return safeWhere(mask, f, x, weak(1), otherwise);
  }

  public static Array safeWhere(Array mask, Fn1<Array, Array> f, Array x, double otherwise) {
    return safeWhere(mask, f, x, weak(otherwise));
  }

  /**
   * The same with {@code safe} as what {@code f} is given where the mask is not set; it becomes an
   * array of the type of {@code x}.
   */
  @SuppressWarnings("overloads") // functions of one and of two arrays
  public static Array safeWhere(
      Array mask, Fn1<Array, Array> f, Array x, Array safe, Array otherwise) {
    return whereShaped(mask, f.apply(where(mask, x, safeLike(x, safe))), otherwise);
  }

  /** The same for functions of two arrays, which both are 1 where the mask is not set. */
  @SuppressWarnings("overloads") // functions of one and of two arrays
  public static Array safeWhere(
      Array mask, Fn2<Array, Array, Array> f, Array x, Array y, Array otherwise) {
    Array value =
        f.apply(where(mask, x, safeLike(x, weak(1))), where(mask, y, safeLike(y, weak(1))));
    return whereShaped(mask, value, otherwise);
  }

  public static Array safeWhere(
      Array mask, Fn2<Array, Array, Array> f, Array x, Array y, double otherwise) {
    return safeWhere(mask, f, x, y, weak(otherwise));
  }

  private static Array safeLike(Array x, Array safe) {
    return Promotion.convert(safe, x.dtype(), x.aval().weak());
  }

  private static Array whereShaped(Array mask, Array value, Array otherwise) {
    Array[] both = Promotion.broadcast("safeWhere", mask, value);
    if (!both[1].shape().equals(value.shape())) {
      throw new ShapeMismatchException(
          "safeWhere",
          "are those of the mask and of what the function gives, which must not have fewer"
              + " elements: it is applied element by element. vmap applies it to rows with a mask"
              + " each",
          List.of(mask, value));
    }
    return where(mask, value, otherwise);
  }

  private static Array choose(Array mask, Array x, Array y) {
    Promotion.Type type = Promotion.join(List.of(x.aval(), y.aval()));
    Array[] all =
        Promotion.broadcast(
            "where",
            truth(mask),
            Promotion.convert(x, type.dtype(), type.weak()),
            Promotion.convert(y, type.dtype(), type.weak()));
    return Compare.select(all[0], all[1], all[2]);
  }

  /**
   * The first choice whose mask is set, else the otherwise value. {@code select(List.of(array(true,
   * false)), List.of(array(1, 2)), scalar(0))} is {@code [1 0]}.
   */
  public static Array select(List<Array> masks, List<Array> choices, Array otherwise) {
    if (masks.size() != choices.size() || masks.isEmpty()) {
      throw new LaxTypeException(
          "select", masks.size() + " masks for " + choices.size() + " choices");
    }
    Array result = otherwise;
    for (int i = masks.size() - 1; i >= 0; i--) {
      result = where(masks.get(i), choices.get(i), result);
    }
    return result;
  }

  /**
   * Each element within bounds; null leaves a side open. If the bounds cross, the upper one wins.
   * At a bound itself the gradient is shared with it. {@code clip(array(-1, 5, 9), scalar(0),
   * scalar(7))} is {@code [0 5 7]}.
   */
  public static Array clip(Array x, @Nullable Array low, @Nullable Array high) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException("clip", "complex numbers have no order");
    }
    if (low == null && high == null) {
      return x;
    }
    Array[] operands =
        low == null
            ? new Array[] {x, high}
            : high == null ? new Array[] {x, low} : new Array[] {x, low, high};
    for (Array bound : operands) {
      Promotion.checkScalars(Promotion.join(List.of(x.aval(), bound.aval())), x, bound);
    }
    boolean hasLow = low != null;
    boolean hasHigh = high != null;
    return jitted(
        "clip",
        List.of(hasLow, hasHigh),
        a -> {
          Array raised = hasLow ? maximum(a.get(1), a.getFirst()) : a.getFirst();
          return hasHigh ? minimum(a.getLast(), raised) : raised;
        },
        operands);
  }

  public static Array clip(Array x, double low, double high) {
    return clip(x, weak(low), weak(high));
  }

  public static Array clip(Array x, long low, long high) {
    return clip(x, weak(low), weak(high));
  }

  /**
   * Zero in place of NaN, the largest finite numbers in place of infinities. {@code
   * nanToNum(array(Float.NaN, 1f))} is {@code [0. 1.]}.
   */
  public static Array nanToNum(Array x) {
    if (x.dtype().isComplex()) {
      return dev.jacobi.lax.Complexes.complex(nanToNum(real(x)), nanToNum(imag(x)));
    }
    if (!x.dtype().isFloat()) {
      return x;
    }
    double most = Special.largest(x.dtype());
    return jitted(
        "nan_to_num",
        "",
        a -> {
          Array number = where(isnan(a.getFirst()), Scalars.like(x, 0), a.getFirst());
          Array infinity = Scalars.like(x, Double.POSITIVE_INFINITY);
          Array below = where(equal(number, infinity), Scalars.like(x, most), number);
          Array minus = Scalars.like(x, Double.NEGATIVE_INFINITY);
          return where(equal(below, minus), Scalars.like(x, -most), below);
        },
        x);
  }

  /**
   * Whether |x - y| is at most {@code atol + rtol |y|}; infinities are close to themselves. {@code
   * isclose(array(1f, 2f), array(1f, 2.1f), 1e-5, 1e-8)} is {@code [ True False]}.
   */
  public static Array isclose(Array x, Array y, double rtol, double atol) {
    Promotion.Type type = Promotion.join(List.of(x.aval(), y.aval()));
    if (!type.dtype().isInexact()) {
      Array a = Convert.convertElementType(x, DType.F32);
      return isclose(a, Convert.convertElementType(y, DType.F32), rtol, atol);
    }
    return jitted(
        "isclose",
        "tolerances",
        a -> {
          Array relative = Convert.convertElementType(a.get(2), type.dtype().real());
          Array absolute = Convert.convertElementType(a.get(3), type.dtype().real());
          return close(a.get(0), a.get(1), relative, absolute);
        },
        x,
        y,
        weak(rtol),
        weak(atol));
  }

  private static Array close(Array x, Array y, Array rtol, Array atol) {
    Array finite = isfinite(y);
    Array distance = abs(subtract(x, y));
    Array allowed = add(atol, multiply(rtol, abs(y)));
    Array within = lessEqual(distance, allowed);
    Array same = equal(x, y);
    return logicalOr(same, logicalAnd(finite, within));
  }

  /** Closeness with NumPy's tolerances, rtol 1e-5 and atol 1e-8. */
  public static Array isclose(Array x, Array y) {
    DType t = Promotion.join(List.of(x.aval(), y.aval())).dtype();
    if (!t.isInexact()) {
      return isclose(x, y, 1e-5, 1e-8);
    }
    Array rtol = Scalars.of(t.real(), 1e-5);
    Array atol = Scalars.of(t.real(), 1e-8);
    return jitted("isclose", "", a -> close(a.get(0), a.get(1), rtol, atol), x, y);
  }
}
