package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import java.util.List;

/**
 * Floating-point numbers taken apart into mantissa and exponent, and put together again. Powers of
 * two are made of bits, products with them are exact, and so derivatives come by themselves.
 */
record FloatBits(DType type, DType integer, int mantissaBits, int exponentBits) {
  static FloatBits of(String function, DType type) {
    return switch (type) {
      case F16 -> new FloatBits(type, DType.I16, 10, 5);
      case BF16 -> new FloatBits(type, DType.I16, 7, 8);
      case F32 -> new FloatBits(type, DType.I32, 23, 8);
      case F64 -> new FloatBits(type, DType.I64, 52, 11);
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, C64, C128 ->
          throw new LaxTypeException(function, "takes real numbers, not " + type);
    };
  }

  private int bias() {
    return (1 << (exponentBits - 1)) - 1;
  }

  /** The exponent of the smallest normal number. */
  private int leastExponent() {
    return 1 - bias();
  }

  private Array constant(long value) {
    return Scalars.ofLong(integer, value);
  }

  /** {@code x = m 2^e} with m in [0.5, 1); numbers without such a form have e = 0. */
  List<Array> frexp(Array x) {
    Array e = exponent(x);
    Array half = Bits.shiftRightArithmetic(e, constant(1));
    // 2^-e may be out of range where e is that of a subnormal number: two steps
    Array first = Arithmetic.mul(x, power(Arithmetic.neg(half)));
    Array m = Arithmetic.mul(first, power(Arithmetic.sub(half, e)));
    return List.of(m, Convert.convertElementType(e, DType.I32));
  }

  private Array exponent(Array given) {
    Array x = Convert.stopGradient(given);
    Array magnitude = Arithmetic.abs(x);
    Array small = Compare.lt(magnitude, Scalars.of(type, Math.scalb(1.0, leastExponent())));
    Array larger = Arithmetic.mul(magnitude, Scalars.of(type, Math.scalb(1.0, mantissaBits)));
    Array bits = Convert.bitcastConvertType(Compare.select(small, larger, magnitude), integer);
    Array field = Bits.shiftRightLogical(bits, constant(mantissaBits));
    Array e = Arithmetic.sub(field, constant(bias() - 1));
    Array zero = Arithmetic.mul(e, constant(0));
    Array all = Arithmetic.sub(e, Compare.select(small, fill(zero, mantissaBits), zero));
    Array infinity = Scalars.of(type, Double.POSITIVE_INFINITY);
    Array normal =
        Bits.and(Compare.lt(magnitude, infinity), Compare.gt(magnitude, Scalars.of(type, 0)));
    return Compare.select(normal, all, zero);
  }

  private Array fill(Array zero, long value) {
    return Arithmetic.add(zero, constant(value));
  }

  /** {@code 2^e} for an exponent of normal numbers. */
  private Array power(Array e) {
    Array field = Arithmetic.add(e, constant(bias()));
    return Convert.bitcastConvertType(Bits.shiftLeft(field, constant(mantissaBits)), type);
  }

  /** {@code x 2^n}, rounded once, for n in i32. */
  Array ldexp(Array x, Array n) {
    List<Array> parts = frexp(x);
    int most = 4 * bias() + 4 * mantissaBits; // from anywhere to anywhere
    Array limit = Scalars.of(DType.I32, most);
    Array steps = Compare.clamp(Arithmetic.neg(limit), n, limit);
    Array e = Arithmetic.add(parts.get(1), steps);
    Array near = clamped(e, leastExponent() + 1, bias());
    Array rest = clamped(Arithmetic.sub(e, near), leastExponent(), bias());
    Array normal = Arithmetic.mul(parts.get(0), power(narrow(near)));
    return Arithmetic.mul(normal, power(narrow(rest)));
  }

  private static Array clamped(Array e, int low, int high) {
    return Compare.clamp(Scalars.of(DType.I32, low), e, Scalars.of(DType.I32, high));
  }

  private Array narrow(Array e) {
    return Convert.convertElementType(e, integer);
  }

  /** The distance to the next number away from zero; upward in f16, as in NumPy. */
  Array spacing(Array x) {
    Array infinity =
        JnpMath.multiply(JnpCreate.onesLike(x), JnpMath.weak(Double.POSITIVE_INFINITY));
    Array toward = type == DType.F16 ? infinity : JnpElementary.copysign(infinity, x);
    return Arithmetic.sub(dev.jacobi.lax.Elementary.nextafter(x, toward), x);
  }
}
