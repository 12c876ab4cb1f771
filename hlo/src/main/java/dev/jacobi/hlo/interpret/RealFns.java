package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Literal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * The elementwise functions on floating numbers, computed in double; the caller rounds. {@link
 * StrictMath} gives the same bits on every machine.
 */
final class RealFns {
  private static final double LN2 = 0.6931471805599453;

  private static final Map<Fn, DoubleUnaryOperator> UNARY = new EnumMap<>(Fn.class);
  private static final Map<Fn, Function<DType, DoubleBinaryOperator>> BINARY =
      new EnumMap<>(Fn.class);

  static {
    UNARY.put(Fn.ABS, Math::abs);
    UNARY.put(Fn.ACOS, StrictMath::acos);
    UNARY.put(Fn.ACOSH, RealFns::acosh);
    UNARY.put(Fn.ASIN, StrictMath::asin);
    UNARY.put(Fn.ASINH, RealFns::asinh);
    UNARY.put(Fn.ATAN, StrictMath::atan);
    UNARY.put(Fn.ATANH, RealFns::atanh);
    UNARY.put(Fn.BESSEL_I1E, BesselFunctions::i1e);
    UNARY.put(Fn.CBRT, StrictMath::cbrt);
    UNARY.put(Fn.CEIL, Math::ceil);
    UNARY.put(Fn.CONJ, x -> x);
    UNARY.put(Fn.COS, StrictMath::cos);
    UNARY.put(Fn.COSH, StrictMath::cosh);
    UNARY.put(Fn.DIGAMMA, GammaFunctions::digamma);
    UNARY.put(Fn.ERF, ErrorFunctions::erf);
    UNARY.put(Fn.ERFC, ErrorFunctions::erfc);
    UNARY.put(Fn.ERF_INV, ErrorFunctions::erfInv);
    UNARY.put(Fn.EXP, StrictMath::exp);
    UNARY.put(Fn.EXPM1, StrictMath::expm1);
    UNARY.put(Fn.FLOOR, Math::floor);
    UNARY.put(Fn.IMAG, x -> 0);
    UNARY.put(Fn.LGAMMA, GammaFunctions::lgamma);
    UNARY.put(Fn.LOG, StrictMath::log);
    UNARY.put(Fn.LOG1P, StrictMath::log1p);
    UNARY.put(Fn.LOGISTIC, RealFns::logistic);
    UNARY.put(Fn.NEG, x -> -x);
    UNARY.put(Fn.REAL, x -> x);
    UNARY.put(Fn.ROUND_AFZ, RealFns::roundHalfAway);
    UNARY.put(Fn.ROUND_EVEN, Math::rint);
    UNARY.put(Fn.RSQRT, x -> 1 / Math.sqrt(x));
    UNARY.put(Fn.SIGN, Math::signum);
    UNARY.put(Fn.SIN, StrictMath::sin);
    UNARY.put(Fn.SINH, StrictMath::sinh);
    UNARY.put(Fn.SQRT, Math::sqrt);
    UNARY.put(Fn.SQUARE, x -> x * x);
    UNARY.put(Fn.TAN, StrictMath::tan);
    UNARY.put(Fn.TANH, StrictMath::tanh);
  }

  static {
    BINARY.put(Fn.ADD, t -> Double::sum);
    BINARY.put(Fn.ATAN2, t -> StrictMath::atan2);
    BINARY.put(Fn.DIV, t -> (x, y) -> x / y);
    BINARY.put(Fn.MAX, t -> Math::max);
    BINARY.put(Fn.MIN, t -> Math::min);
    BINARY.put(Fn.MUL, t -> (x, y) -> x * y);
    BINARY.put(Fn.NEXT_AFTER, t -> (x, y) -> nextAfter(t, x, y));
    BINARY.put(Fn.POLYGAMMA, t -> GammaFunctions::polygamma);
    BINARY.put(Fn.POW, t -> RealFns::power);
    BINARY.put(Fn.REM, t -> (x, y) -> x % y);
    BINARY.put(Fn.SUB, t -> (x, y) -> x - y);
    BINARY.put(Fn.ZETA, t -> GammaFunctions::zeta);
  }

  private RealFns() {}

  /** The function, where the table has it. */
  static Optional<DoubleUnaryOperator> unary(Fn fn) {
    return Optional.ofNullable(UNARY.get(fn));
  }

  /** The function, where the table has it. */
  static Optional<DoubleBinaryOperator> binary(Fn fn, DType t) {
    return Optional.ofNullable(BINARY.get(fn)).map(f -> f.apply(t));
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
    return x < 1 ? Double.NaN : StrictMath.log1p(t + Math.sqrt(t * (t + 2)));
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
