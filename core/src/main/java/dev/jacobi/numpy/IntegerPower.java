package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Scalars;

/** Integers to the power of integers, by squaring over the six exponent bits that can matter. */
final class IntegerPower {
  private static final int BITS = 6; // 2^63 is the greatest power in 64 bits

  private IntegerPower() {}

  static Array of(Array x, Array y) {
    if (x.dtype().isBool()) {
      Array base = Promotion.convert(x, DType.I32, false);
      return of(base, Promotion.convert(y, DType.I32, false));
    }
    Array zero = Scalars.like(x, 0);
    Array one = Scalars.like(x, 1);
    Array vanishes = Bits.and(Compare.eq(x, zero), Compare.ne(y, zero));
    Array power = JnpLogic.where(vanishes, zero, one);
    Array square = x;
    Array exponent = y;
    for (int bit = 0; bit < BITS; bit++) {
      Array set = Bits.and(exponent, one);
      power = JnpLogic.where(set, Arithmetic.mul(power, square), power);
      if (bit < BITS - 1) {
        square = Arithmetic.mul(square, square);
        exponent = Bits.shiftRightLogical(exponent, one);
      }
    }
    return power;
  }
}
