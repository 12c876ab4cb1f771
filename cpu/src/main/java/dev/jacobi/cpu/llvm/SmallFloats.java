package dev.jacobi.cpu.llvm;

/** Rounds Java doubles to the 16-bit formats, once, to nearest even. */
final class SmallFloats {
  private SmallFloats() {}

  /** The bits of the nearest IEEE binary16. */
  static int half(double value) {
    return Float.floatToFloat16(roundToOdd(value)) & 0xFFFF;
  }

  /** The bits of the nearest bfloat16. */
  static int bfloat(double value) {
    int bits = Float.floatToRawIntBits(roundToOdd(value));
    if (Double.isNaN(value)) {
      return bits >>> 16 | 0x40;
    }
    return (bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16;
  }

  /** Rounds to float so that a second rounding to fewer bits is the same as one rounding. */
  private static float roundToOdd(double value) {
    float nearest = (float) value;
    if (nearest == value || Double.isNaN(value)) {
      return nearest;
    }
    float toZero =
        Math.abs((double) nearest) > Math.abs(value)
            ? Math.copySign(Math.nextDown(Math.abs(nearest)), nearest)
            : nearest;
    return Float.intBitsToFloat(Float.floatToRawIntBits(toZero) | 1);
  }
}
