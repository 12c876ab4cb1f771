package dev.jacobi.random;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Elementary.log;
import static dev.jacobi.lax.Elementary.log1p;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Scalars;

/** Standard Gumbel numbers: {@code -log(-log(u))} of a uniform {@code u} in (0, 1). */
final class Gumbel {
  private Gumbel() {}

  static Array sample(Key key, Shape shape, DType dtype, SampleMode mode) {
    return switch (mode) {
      case LOW -> {
        Array u = Random.uniform(key, shape, dtype, tiny(dtype), Scalars.of(dtype, 1));
        yield neg(log(neg(log(u))));
      }
      case HIGH -> high(key, shape, dtype);
      case HIGHEST -> dtype == DType.F32 ? highest(key, shape) : high(key, shape, dtype);
    };
  }

  /** The upper half of (0, 1) in steps of one number, the lower half refined by a second one. */
  private static Array high(Key key, Shape shape, DType dtype) {
    Array pair = Random.uniform(key, shape.insert(0, 2), dtype);
    Array coarse = pair.get(0);
    Array fine = mul(pair.get(1), Math.scalb(1.0, -Random.mantissaBits(dtype)));
    Array refined = add(add(coarse, fine), tiny(dtype));
    Array upper = Compare.ge(coarse, Scalars.of(dtype, 0.5));
    Array x = Compare.select(upper, coarse, refined);
    return neg(log(neg(log1p(neg(x)))));
  }

  /** A 64-bit fraction, or its distance from 1, whichever is below one half. */
  private static Array highest(Key key, Shape shape) {
    Array words = RandomPrimitives.bits(key.array(), 32, shape.insert(0, 2));
    Array high = Convert.convertElementType(words.get(0), DType.U64);
    Array low = Convert.convertElementType(words.get(1), DType.U64);
    Array fraction = Bits.or(Bits.shiftLeft(high, u64(32)), low);
    Array lower = Compare.lt(fraction, u64(Long.MIN_VALUE));
    Array x = toFloat(Compare.select(lower, fraction, neg(fraction)));
    return Compare.select(lower, neg(log(neg(log1p(neg(x))))), neg(log(neg(log(x)))));
  }

  /** The fraction {@code bits} / 2^64 as f32, truncated. */
  private static Array toFloat(Array bits) {
    Array zeros = Bits.clz(bits);
    Array mantissa =
        Bits.and(Bits.shiftRightLogical(Bits.shiftLeft(bits, zeros), u64(40)), u64((1L << 23) - 1));
    Array exponent = Bits.shiftLeft(dev.jacobi.lax.Arithmetic.sub(u64(126), zeros), u64(23));
    Array word = Convert.convertElementType(Bits.or(exponent, mantissa), DType.U32);
    return Convert.bitcastConvertType(word, DType.F32);
  }

  private static Array u64(long bits) {
    return Scalars.ofLong(DType.U64, bits);
  }

  /** The smallest normal number. */
  private static Array tiny(DType dtype) {
    return Scalars.of(
        dtype,
        switch (dtype) {
          case F16 -> 0x1p-14;
          case F64 -> Double.MIN_NORMAL;
          default -> Float.MIN_NORMAL; // bf16 has the exponents of f32
        });
  }
}
