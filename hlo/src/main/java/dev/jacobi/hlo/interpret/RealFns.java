package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Literal;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The elementwise functions on floating numbers, computed in double; the caller rounds. {@link
 * StrictMath} gives the same bits on every machine.
 */
final class RealFns {
  private static final double LN2 = 0.6931471805599453;

  private RealFns() {}

  static DoubleUnaryOperator unary(Fn fn, DType t) {
    return switch (fn) {
      case ABS -> Math::abs;
      case ACOS -> StrictMath::acos;
      case ACOSH -> RealFns::acosh;
      case ASIN -> StrictMath::asin;
      case ASINH -> RealFns::asinh;
      case ATAN -> StrictMath::atan;
      case ATANH -> RealFns::atanh;
      case CBRT -> StrictMath::cbrt;
      case CEIL -> Math::ceil;
      case COS -> StrictMath::cos;
      case COSH -> StrictMath::cosh;
      case ERF -> ErrorFunctions::erf;
      case ERFC -> ErrorFunctions::erfc;
      case ERF_INV -> ErrorFunctions::erfInv;
      case EXP -> StrictMath::exp;
      case EXPM1 -> StrictMath::expm1;
      case FLOOR -> Math::floor;
      case IMAG -> x -> 0;
      case LOG -> StrictMath::log;
      case LOG1P -> StrictMath::log1p;
      case LOGISTIC -> RealFns::logistic;
      case NEG -> x -> -x;
      case REAL -> x -> x;
      case ROUND_AFZ -> RealFns::roundHalfAway;
      case ROUND_EVEN -> Math::rint;
      case RSQRT -> x -> 1 / Math.sqrt(x);
      case SIGN -> Math::signum;
      case SIN -> StrictMath::sin;
      case SINH -> StrictMath::sinh;
      case SQRT -> Math::sqrt;
      case SQUARE -> x -> x * x;
      case TAN -> StrictMath::tan;
      case TANH -> StrictMath::tanh;
      case ADD,
          AND,
          ATAN2,
          CLAMP,
          CLZ,
          COMPLEX,
          DIV,
          IS_FINITE,
          MAX,
          MIN,
          MUL,
          MULHI,
          NEXT_AFTER,
          NOT,
          OR,
          POPCNT,
          POW,
          REM,
          SELECT,
          SHIFT_LEFT,
          SHIFT_RIGHT_ARITHMETIC,
          SHIFT_RIGHT_LOGICAL,
          SUB,
          XOR ->
          throw Pointwise.undefined(fn, t);
    };
  }

  static DoubleBinaryOperator binary(Fn fn, DType t) {
    return switch (fn) {
      case ADD -> Double::sum;
      case ATAN2 -> StrictMath::atan2;
      case DIV -> (x, y) -> x / y;
      case MAX -> Math::max;
      case MIN -> Math::min;
      case MUL -> (x, y) -> x * y;
      case NEXT_AFTER -> (x, y) -> nextAfter(t, x, y);
      case POW -> RealFns::power;
      case REM -> (x, y) -> x % y;
      case SUB -> (x, y) -> x - y;
      case ABS,
          ACOS,
          ACOSH,
          AND,
          ASIN,
          ASINH,
          ATAN,
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
          MULHI,
          NEG,
          NOT,
          OR,
          POPCNT,
          REAL,
          ROUND_AFZ,
          ROUND_EVEN,
          RSQRT,
          SELECT,
          SHIFT_LEFT,
          SHIFT_RIGHT_ARITHMETIC,
          SHIFT_RIGHT_LOGICAL,
          SIGN,
          SIN,
          SINH,
          SQRT,
          SQUARE,
          TAN,
          TANH,
          XOR ->
          throw Pointwise.undefined(fn, t);
    };
  }

  /** IEEE 754's pow; Java's differs where the base is 1 or where it is -1 to an infinite power. */
  private static double power(double x, double y) {
    if (x == 1 || x == -1 && Double.isInfinite(y)) {
      return 1;
    }
    return StrictMath.pow(x, y);
  }

  static double logistic(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  private static double roundHalfAway(double x) {
    double whole = x < 0 ? Math.ceil(x) : Math.floor(x);
    return Math.abs(x - whole) >= 0.5 ? whole + Math.signum(x) : whole;
  }

  static double acosh(double x) {
    if (x > 0x1p28) {
      return StrictMath.log(x) + LN2;
    }
    double t = x - 1;
    return StrictMath.log1p(t + Math.sqrt(t * (t + 2)));
  }

  static double asinh(double x) {
    double a = Math.abs(x);
    double y =
        a > 0x1p28
            ? StrictMath.log(a) + LN2
            : StrictMath.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
    return Math.copySign(y, x);
  }

  static double atanh(double x) {
    double a = Math.abs(x);
    double y =
        a < 0.5
            ? 0.5 * StrictMath.log1p(2 * a + 2 * a * a / (1 - a))
            : 0.5 * StrictMath.log1p(2 * a / (1 - a));
    return x < 0 || 1 / x < 0 ? -y : y;
  }

  /** The neighbour of {@code x} in the direction of {@code y}, among the values of a type. */
  private static double nextAfter(DType t, double x, double y) {
    return switch (t) {
      case F64 -> Math.nextAfter(x, y);
      case F32 -> Math.nextAfter((float) x, y);
      case F16, BF16 -> nextAfterInteger(t, x, y);
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, C64, C128 ->
          throw Pointwise.undefined(Fn.NEXT_AFTER, t);
    };
  }

  /** Neighbours of the same sign have neighbouring bit patterns. */
  private static double nextAfterInteger(DType t, double x, double y) {
    if (x != x || y != y) {
      return Double.NaN;
    }
    if (x == y) {
      return y;
    }
    short bits = t == DType.F16 ? Literal.doubleToFloat16(x) : Literal.doubleToBfloat16(x);
    short next = x == 0 ? (short) (y > 0 ? 1 : 0x8001) : (short) (bits + (x > 0 == y > x ? 1 : -1));
    return t == DType.F16 ? Float.float16ToFloat(next) : Literal.bfloat16ToFloat(next);
  }
}
