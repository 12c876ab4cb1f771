package dev.jacobi.print;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;

/** What decides the digits of a floating-point type: how many bits it has, and its arithmetic. */
enum FloatKind {
  F16(11, -14, 3),
  BF16(8, -126, 2),
  F32(24, -126, 6),
  F64(53, -1022, 15);

  private final int precision;
  private final int minExponent;
  private final int decimals;

  FloatKind(int precision, int minExponent, int decimals) {
    this.precision = precision;
    this.minExponent = minExponent;
    this.decimals = decimals;
  }

  static FloatKind of(DType dtype) {
    return switch (dtype) {
      case F16 -> F16;
      case BF16 -> BF16;
      case F32, C64 -> F32;
      case F64, C128 -> F64;
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64 ->
          throw new IllegalArgumentException(dtype + " is no floating-point type");
    };
  }

  /** Bits of the significand, the leading one included. */
  int precision() {
    return precision;
  }

  /** The exponent of the smallest normal number. */
  int minExponent() {
    return minExponent;
  }

  /** Decimal digits that every number of the type keeps. */
  int decimals() {
    return decimals;
  }

  /** The nearest value of the type, as the type's arithmetic rounds. */
  double round(double x) {
    return switch (this) {
      case F16 -> Float.float16ToFloat(Literal.doubleToFloat16(x));
      case BF16 -> Literal.bfloat16ToFloat(Literal.doubleToBfloat16(x));
      case F32 -> (float) x;
      case F64 -> x;
    };
  }
}
