package dev.jacobi.hlo.check;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;

/** Distances in units in the last place. */
final class Ulps {
  private Ulps() {}

  /**
   * How many steps from one representable number to the next lead from x to y, as an unsigned
   * number. 0 for two NaNs, the largest number if exactly one is not finite or the infinities
   * differ.
   */
  static long between(DType dtype, double x, double y) {
    if (x == y || x != x && y != y) {
      return 0;
    }
    return Double.isFinite(x) && Double.isFinite(y)
        ? Math.abs(steps(dtype, x) - steps(dtype, y))
        : -1;
  }

  /** Steps from 0: bit patterns of one sign count up. */
  private static long steps(DType dtype, double x) {
    double a = Math.abs(x);
    long steps =
        switch (dtype) {
          case F16 -> Literal.doubleToFloat16(a);
          case BF16 -> Literal.doubleToBfloat16(a);
          case F32, C64 -> Float.floatToRawIntBits((float) a);
          case F64, C128 -> Double.doubleToRawLongBits(a);
          case BOOL, I8, I16, I32, I64, U8, U16, U32, U64 ->
              throw new AssertionError(dtype + " is not a floating type");
        };
    return x < 0 ? -steps : steps;
  }
}
