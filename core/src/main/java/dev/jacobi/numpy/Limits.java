package dev.jacobi.numpy;

import dev.jacobi.hlo.DType;

/** Extreme values of floating-point types. */
final class Limits {
  private Limits() {}

  /** The largest finite number. */
  static double most(DType t) {
    return switch (t.real()) {
      case F16 -> 65504;
      case BF16 -> 0x1.fep127;
      case F32 -> Float.MAX_VALUE;
      case F64 -> Double.MAX_VALUE;
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64 -> t.maxInteger();
      case C64, C128 -> throw new IllegalStateException("the real part of " + t + " is complex");
    };
  }
}
