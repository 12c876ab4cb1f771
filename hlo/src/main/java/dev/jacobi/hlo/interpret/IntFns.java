package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * The elementwise functions on integers and booleans, held as extended 64-bit values. Results need
 * not fit the type: the caller wraps them.
 */
final class IntFns {
  private static final Map<Fn, Function<DType, LongUnaryOperator>> UNARY = new EnumMap<>(Fn.class);
  private static final Map<Fn, Function<DType, LongBinaryOperator>> BINARY =
      new EnumMap<>(Fn.class);

  static {
    UNARY.put(Fn.ABS, t -> Math::abs);
    UNARY.put(Fn.CLZ, t -> x -> Long.numberOfLeadingZeros(bits(t, x)) - (64 - t.bits()));
    UNARY.put(Fn.NEG, t -> x -> -x);
    UNARY.put(Fn.NOT, t -> x -> t.isBool() ? 1 - x : ~x);
    UNARY.put(Fn.POPCNT, t -> x -> Long.bitCount(bits(t, x)));
    UNARY.put(Fn.SIGN, t -> Long::signum);
    UNARY.put(Fn.SQUARE, t -> x -> x * x);
  }

  static {
    BINARY.put(Fn.ADD, t -> t.isBool() ? (x, y) -> x | y : Long::sum);
    BINARY.put(Fn.AND, t -> (x, y) -> x & y);
    BINARY.put(Fn.DIV, t -> t.isSigned() ? IntFns::divide : IntFns::divideUnsigned);
    BINARY.put(Fn.MAX, t -> (x, y) -> compare(t, x, y) >= 0 ? x : y);
    BINARY.put(Fn.MIN, t -> (x, y) -> compare(t, x, y) <= 0 ? x : y);
    BINARY.put(Fn.MUL, t -> (x, y) -> x * y);
    BINARY.put(Fn.MULHI, t -> (x, y) -> multiplyHigh(t, x, y));
    BINARY.put(Fn.OR, t -> (x, y) -> x | y);
    BINARY.put(Fn.POW, t -> (x, y) -> power(t, x, y));
    BINARY.put(Fn.REM, t -> t.isSigned() ? IntFns::remainder : IntFns::remainderUnsigned);
    BINARY.put(Fn.SHIFT_LEFT, t -> (x, y) -> tooFar(t, y) ? 0 : x << y);
    BINARY.put(
        Fn.SHIFT_RIGHT_ARITHMETIC, t -> (x, y) -> signExtended(t, x) >> (tooFar(t, y) ? 63 : y));
    BINARY.put(Fn.SHIFT_RIGHT_LOGICAL, t -> (x, y) -> tooFar(t, y) ? 0 : bits(t, x) >>> y);
    BINARY.put(Fn.SUB, t -> (x, y) -> x - y);
    BINARY.put(Fn.XOR, t -> (x, y) -> x ^ y);
  }

  private IntFns() {}

  /** The function, where the table has it. */
  static Optional<LongUnaryOperator> unary(Fn fn, DType t) {
    return Optional.ofNullable(UNARY.get(fn)).map(f -> f.apply(t));
  }

  /** The function, where the table has it. */
  static Optional<LongBinaryOperator> binary(Fn fn, DType t) {
    return Optional.ofNullable(BINARY.get(fn)).map(f -> f.apply(t));
  }

  /** Orders two extended values of a type; only {@code ui64} differs from the order of longs. */
  static int compare(DType t, long x, long y) {
    return t == DType.U64 ? Long.compareUnsigned(x, y) : Long.compare(x, y);
  }

  /** The value's bits without extension. */
  private static long bits(DType t, long x) {
    return t.bits() == 64 ? x : x & ((1L << t.bits()) - 1);
  }

  private static long signExtended(DType t, long x) {
    int unused = 64 - t.bits();
    return x << unused >> unused;
  }

  /** Whether a shift by {@code y}, taken as unsigned, leaves nothing. */
  private static boolean tooFar(DType t, long y) {
    return Long.compareUnsigned(y, t.bits()) >= 0;
  }

  private static long divide(long x, long y) {
    return y == 0 ? -1 : x / y;
  }

  private static long divideUnsigned(long x, long y) {
    return y == 0 ? -1 : Long.divideUnsigned(x, y);
  }

  private static long remainder(long x, long y) {
    return y == 0 ? x : x % y;
  }

  private static long remainderUnsigned(long x, long y) {
    return y == 0 ? x : Long.remainderUnsigned(x, y);
  }

  private static long multiplyHigh(DType t, long x, long y) {
    if (t.bits() < 64) {
      return t.isSigned() ? x * y >> t.bits() : x * y >>> t.bits();
    }
    return t.isSigned() ? Math.multiplyHigh(x, y) : Math.unsignedMultiplyHigh(x, y);
  }

  /** By squaring, modulo 2^bits; a negative exponent leaves 0 unless the base is 1 or -1. */
  private static long power(DType t, long base, long exponent) {
    if (t.isSigned() && exponent < 0) {
      return base == 1 ? 1 : base == -1 ? ((exponent & 1) == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    for (long b = base, e = exponent; e != 0; e >>>= 1, b *= b) {
      if ((e & 1) != 0) {
        result *= b;
      }
    }
    return result;
  }
}
