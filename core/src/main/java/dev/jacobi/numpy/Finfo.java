package dev.jacobi.numpy;

import dev.jacobi.hlo.DType;

/**
 * Limits of floating-point numbers; of complex ones those of their parts.
 *
 * @param bits of an element
 * @param mantissaBits without the one that is not stored
 * @param eps the distance from 1 to the next number above
 * @param epsneg the distance from 1 to the next number below
 * @param minexp the exponent of the smallest normal number
 * @param maxexp the least power of 2 that is too large
 * @param precision how many decimal digits are sure
 */
public record Finfo(
    DType dtype,
    int bits,
    int exponentBits,
    int mantissaBits,
    double eps,
    double epsneg,
    double min,
    double max,
    double smallestNormal,
    double smallestSubnormal,
    int minexp,
    int maxexp,
    int precision) {
  static Finfo of(DType given) {
    DType t = given.real();
    FloatBits bits = FloatBits.of("finfo", t);
    int mantissa = bits.mantissaBits();
    int maxexp = 1 << (bits.exponentBits() - 1);
    int minexp = 2 - maxexp;
    double max = Special.largest(t);
    return new Finfo(
        t,
        t.bits(),
        bits.exponentBits(),
        mantissa,
        Math.scalb(1.0, -mantissa),
        Math.scalb(1.0, -mantissa - 1),
        -max,
        max,
        Math.scalb(1.0, minexp),
        Math.scalb(1.0, minexp - mantissa),
        minexp,
        maxexp,
        (int) (mantissa * Math.log10(2)));
  }

  /** {@code 10^-precision}. */
  public double resolution() {
    return Math.pow(10, -precision);
  }
}
