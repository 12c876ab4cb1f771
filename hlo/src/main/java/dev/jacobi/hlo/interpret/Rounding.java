package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;

/** Fits doubles and 64-bit integers to an element type. */
final class Rounding {
  private static final long DOUBLE_MANTISSA = (1L << 52) - 1;

  private Rounding() {}

  /** The nearest value of a floating type, ties to even. */
  static double round(DType dtype, double x) {
    return switch (dtype) {
      case F64, C128 -> x;
      case F32, C64 -> x != x ? x : (float) x;
      case F16 -> x != x ? x : Float.float16ToFloat(Literal.doubleToFloat16(x));
      case BF16 -> x != x ? x : Literal.bfloat16ToFloat(Literal.doubleToBfloat16(x));
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64 ->
          throw new AssertionError(dtype + " is not a floating type");
    };
  }

  /** Rounds every element of an array that nobody else has seen yet. */
  static double[] round(DType dtype, double[] values) {
    if (dtype == DType.F32 || dtype == DType.C64) {
      for (int i = 0; i < values.length; i++) {
        double x = values[i];
        values[i] = x != x ? x : (float) x;
      }
    } else if (dtype != DType.F64 && dtype != DType.C128) {
      for (int i = 0; i < values.length; i++) {
        values[i] = round(dtype, values[i]);
      }
    }
    return values;
  }

  /** The low bits of an integer, extended again; for booleans, whether it is not 0. */
  static long wrap(DType dtype, long x) {
    return switch (dtype) {
      case BOOL -> x != 0 ? 1 : 0;
      case I8 -> (byte) x;
      case I16 -> (short) x;
      case I32 -> (int) x;
      case I64, U64 -> x;
      case U8 -> x & 0xFF;
      case U16 -> x & 0xFFFF;
      case U32 -> x & 0xFFFFFFFFL;
      case F16, BF16, F32, F64, C64, C128 ->
          throw new AssertionError(dtype + " is not an integer type");
    };
  }

  /** Wraps every element of an array that nobody else has seen yet. */
  static long[] wrap(DType dtype, long[] values) {
    if (dtype == DType.I32) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (int) values[i];
      }
    } else if (dtype != DType.I64 && dtype != DType.U64) {
      for (int i = 0; i < values.length; i++) {
        values[i] = wrap(dtype, values[i]);
      }
    }
    return values;
  }

  /**
   * A float's bits; a NaN keeps its sign and the high part of its payload, and stays signalling.
   */
  static int floatBits(double x) {
    if (x == x) {
      return Float.floatToRawIntBits((float) x);
    }
    long bits = Double.doubleToRawLongBits(x);
    int payload = (int) ((bits & DOUBLE_MANTISSA) >>> 29);
    return (int) (bits >>> 32) & 0x8000_0000 | 0x7F80_0000 | (payload == 0 ? 1 << 22 : payload);
  }

  /** The double of a float's bits; hardware would make signalling NaNs quiet. */
  static double floatFromBits(int bits) {
    float f = Float.intBitsToFloat(bits);
    if (f == f) {
      return f;
    }
    long sign = (bits & 0x8000_0000L) << 32;
    long payload = (bits & 0x7F_FFFFL) << 29;
    return Double.longBitsToDouble(sign | 0x7FFL << 52 | payload);
  }
}
