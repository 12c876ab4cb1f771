package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scalars;

/** Reductions; without axes over the whole array. */
public abstract class JnpReduce extends JnpShape {
  JnpReduce() {}

  static Axes reduced(String function, Array x, int... axes) {
    return axes.length == 0
        ? Axes.range(x.rank())
        : JnpShape.axes(function, x.rank(), axes).sorted();
  }

  /** Booleans and narrow integers are added as i32 or u32. */
  private static Array widened(Array x) {
    DType t = x.dtype();
    boolean narrow = t.isBool() || t.isInteger() && t.bits() < 32;
    return narrow ? Convert.convertElementType(x, t.isUnsigned() ? DType.U32 : DType.I32) : x;
  }

  /** Sum; 16-bit floating point is added in f32 and rounded once. */
  public static Array sum(Array x, int... axes) {
    Axes over = reduced("sum", x, axes);
    DType t = x.dtype();
    if (t == DType.F16 || t == DType.BF16) {
      Array wide = Convert.convertElementType(x, DType.F32);
      return Convert.convertElementType(Reductions.sum(wide, over), t);
    }
    return Reductions.sum(widened(x), over);
  }

  /** Arithmetic mean, in floating point. */
  public static Array mean(Array x, int... axes) {
    Axes over = reduced("mean", x, axes);
    Array values = inexact(x);
    long count = over.stream().mapToLong(d -> x.shape().dim(d)).reduce(1, Math::multiplyExact);
    Array total = sum(values, over.toArray());
    return Arithmetic.div(total, Scalars.like(total, count));
  }

  public static Array max(Array x, int... axes) {
    return Reductions.max(x, reduced("max", x, axes));
  }

  public static Array min(Array x, int... axes) {
    return Reductions.min(x, reduced("min", x, axes));
  }
}
