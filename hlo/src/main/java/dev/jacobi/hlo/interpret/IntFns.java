package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * The elementwise functions on integers and booleans, held as extended 64-bit values. Results need
 * not fit the type: the caller wraps them.
 */
final class IntFns {
  private IntFns() {}

  static LongUnaryOperator unary(Fn fn, DType t) {
    return switch (fn) {
      case ABS -> Math::abs;
      case CLZ -> x -> Long.numberOfLeadingZeros(bits(t, x)) - (64 - t.bits());
      case NEG -> x -> -x;
      case NOT -> x -> t.isBool() ? 1 - x : ~x;
      case POPCNT -> x -> Long.bitCount(bits(t, x));
      case SIGN -> Long::signum;
      case SQUARE -> x -> x * x;
      case ACOS,
          ACOSH,
          ADD,
          AND,
          ASIN,
          ASINH,
          ATAN,
          ATAN2,
          ATANH,
          CBRT,
          CEIL,
          CLAMP,
          COMPLEX,
          COSH,
          COS,
          DIV,
          ERF,
          ERFC,
          ERF_INV,
          EXP,
          EXPM1,
          FLOOR,
          IMAG,
          IS_FINITE,
          LOG,
          LOG1P,
          LOGISTIC,
          MAX,
          MIN,
          MUL,
          MULHI,
          NEXT_AFTER,
          OR,
          POW,
          REAL,
          REM,
          ROUND_AFZ,
          ROUND_EVEN,
          RSQRT,
          SELECT,
          SHIFT_LEFT,
          SHIFT_RIGHT_ARITHMETIC,
          SHIFT_RIGHT_LOGICAL,
          SIN,
          SINH,
          SQRT,
          SUB,
          TAN,
          TANH,
          XOR ->
          throw Pointwise.undefined(fn, t);
    };
  }

  static LongBinaryOperator binary(Fn fn, DType t) {
    boolean signed = t.isSigned();
    return switch (fn) {
      case ADD -> t.isBool() ? (x, y) -> x | y : Long::sum;
      case AND -> (x, y) -> x & y;
      case DIV -> signed ? IntFns::divide : IntFns::divideUnsigned;
      case MAX -> (x, y) -> compare(t, x, y) >= 0 ? x : y;
      case MIN -> (x, y) -> compare(t, x, y) <= 0 ? x : y;
      case MUL -> (x, y) -> x * y;
      case MULHI -> (x, y) -> multiplyHigh(t, x, y);
      case OR -> (x, y) -> x | y;
      case POW -> (x, y) -> power(t, x, y);
      case REM -> signed ? IntFns::remainder : IntFns::remainderUnsigned;
      case SHIFT_LEFT -> (x, y) -> tooFar(t, y) ? 0 : x << y;
      case SHIFT_RIGHT_ARITHMETIC -> (x, y) -> signExtended(t, x) >> (tooFar(t, y) ? 63 : y);
      case SHIFT_RIGHT_LOGICAL -> (x, y) -> tooFar(t, y) ? 0 : bits(t, x) >>> y;
      case SUB -> (x, y) -> x - y;
      case XOR -> (x, y) -> x ^ y;
      case ABS,
          ACOS,
          ACOSH,
          ASIN,
          ASINH,
          ATAN,
          ATAN2,
          ATANH,
          CBRT,
          CEIL,
          CLAMP,
          CLZ,
          COMPLEX,
          COSH,
          COS,
          ERF,
          ERFC,
          ERF_INV,
          EXP,
          EXPM1,
          FLOOR,
          IMAG,
          IS_FINITE,
          LOG,
          LOG1P,
          LOGISTIC,
          NEG,
          NEXT_AFTER,
          NOT,
          POPCNT,
          REAL,
          ROUND_AFZ,
          ROUND_EVEN,
          RSQRT,
          SELECT,
          SIGN,
          SIN,
          SINH,
          SQRT,
          SQUARE,
          TAN,
          TANH ->
          throw Pointwise.undefined(fn, t);
    };
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
