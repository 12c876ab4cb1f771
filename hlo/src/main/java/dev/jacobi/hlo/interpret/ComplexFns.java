package dev.jacobi.hlo.interpret;

import static dev.jacobi.hlo.linalg.Complex.ONE;

import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.linalg.Complex;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * The elementwise functions on complex numbers. Branch cuts and signed zeros follow W. Kahan,
 * Branch Cuts for Complex Elementary Functions, 1987. Maximum and minimum are lexicographic.
 */
final class ComplexFns {
  /** Beyond this exponent exp is split in two, so that it overflows only if the result does. */
  private static final double BIG = 700;

  private static final Map<Fn, UnaryOperator<Complex>> UNARY = new EnumMap<>(Fn.class);
  private static final Map<Fn, BinaryOperator<Complex>> BINARY = new EnumMap<>(Fn.class);

  static {
    UNARY.put(Fn.ACOS, ComplexFns::acos);
    UNARY.put(Fn.ACOSH, ComplexFns::acosh);
    UNARY.put(Fn.ASIN, ComplexFns::asin);
    UNARY.put(Fn.ASINH, z -> asin(z.timesI()).timesMinusI());
    UNARY.put(Fn.ATAN, z -> atanh(z.timesI()).timesMinusI());
    UNARY.put(Fn.ATANH, ComplexFns::atanh);
    UNARY.put(Fn.CBRT, ComplexFns::cbrt);
    UNARY.put(Fn.CONJ, Complex::conjugate);
    UNARY.put(Fn.COS, z -> cosh(z.timesI()));
    UNARY.put(Fn.COSH, ComplexFns::cosh);
    UNARY.put(Fn.EXP, ComplexFns::exp);
    UNARY.put(Fn.EXPM1, ComplexFns::expm1);
    UNARY.put(Fn.LOG, ComplexFns::log);
    UNARY.put(Fn.LOG1P, ComplexFns::log1p);
    UNARY.put(Fn.LOGISTIC, z -> ONE.dividedBy(ONE.plus(exp(z.negate()))));
    UNARY.put(Fn.NEG, Complex::negate);
    UNARY.put(Fn.RSQRT, ComplexFns::rsqrt);
    UNARY.put(Fn.SIGN, ComplexFns::sign);
    UNARY.put(Fn.SIN, z -> sinh(z.timesI()).timesMinusI());
    UNARY.put(Fn.SINH, ComplexFns::sinh);
    UNARY.put(Fn.SQRT, ComplexFns::sqrt);
    UNARY.put(
        Fn.SQUARE, z -> new Complex((z.re() - z.im()) * (z.re() + z.im()), 2 * z.re() * z.im()));
    UNARY.put(Fn.TAN, z -> tanh(z.timesI()).timesMinusI());
    UNARY.put(Fn.TANH, ComplexFns::tanh);
  }

  static {
    BINARY.put(Fn.ADD, Complex::plus);
    BINARY.put(Fn.ATAN2, ComplexFns::atan2);
    BINARY.put(Fn.DIV, Complex::dividedBy);
    BINARY.put(Fn.MAX, (a, b) -> a.isNaN() || !b.isNaN() && isMore(a, b) ? a : b);
    BINARY.put(Fn.MIN, (a, b) -> a.isNaN() || !b.isNaN() && isMore(b, a) ? a : b);
    BINARY.put(Fn.MUL, Complex::times);
    BINARY.put(Fn.POW, ComplexFns::power);
    BINARY.put(Fn.SUB, Complex::minus);
  }

  private ComplexFns() {}

  /** The function, where the table has it. */
  static Optional<UnaryOperator<Complex>> unary(Fn fn) {
    return Optional.ofNullable(UNARY.get(fn));
  }

  /** The function, where the table has it. */
  static Optional<BinaryOperator<Complex>> binary(Fn fn) {
    return Optional.ofNullable(BINARY.get(fn));
  }

  /** Zeros of either sign are equal, here and in what JAX writes for it. */
  private static boolean isMore(Complex a, Complex b) {
    return a.re() == b.re() ? a.im() > b.im() : a.re() > b.re();
  }

  /** A product in which an exact 0 wins over infinity and NaN. */
  private static double zeroTimes(double zeroWins, double x) {
    return zeroWins == 0 ? zeroWins : zeroWins * x;
  }

  static Complex exp(Complex z) {
    if (z.re() == Double.NEGATIVE_INFINITY && !Double.isFinite(z.im())) {
      return Complex.ZERO;
    }
    if (z.im() == 0) {
      return new Complex(StrictMath.exp(z.re()), z.im());
    }
    boolean big = z.re() > BIG;
    double e = StrictMath.exp(big ? z.re() / 2 : z.re());
    double x = e * StrictMath.cos(z.im());
    double y = e * StrictMath.sin(z.im());
    return big ? new Complex(x * e, y * e) : new Complex(x, y);
  }

  /** exp(x + iy) - 1 = expm1(x) cos y - 2 sin(y/2)^2 + i exp(x) sin y. */
  private static Complex expm1(Complex z) {
    if (z.re() > BIG || z.im() == 0) {
      Complex e = exp(z);
      return new Complex(z.im() == 0 ? StrictMath.expm1(z.re()) : e.re(), e.im());
    }
    double half = StrictMath.sin(z.im() / 2);
    return new Complex(
        StrictMath.expm1(z.re()) * StrictMath.cos(z.im()) - 2 * half * half, exp(z).im());
  }

  static Complex log(Complex z) {
    return new Complex(logAbs(z.re(), z.im()), StrictMath.atan2(z.im(), z.re()));
  }

  /** log |x + iy|; near modulus 1 through log1p of the exactly computed |z|^2 - 1. */
  private static double logAbs(double x, double y) {
    double abs = StrictMath.hypot(x, y);
    if (!(abs > 0.5 && abs < 2)) {
      return abs < Double.MIN_NORMAL && abs > 0
          ? StrictMath.log(StrictMath.hypot(x * 0x1p54, y * 0x1p54)) - 54 * StrictMath.log(2)
          : abs == Double.POSITIVE_INFINITY && Double.isFinite(x) && Double.isFinite(y)
              ? StrictMath.log(StrictMath.hypot(x / 2, y / 2)) + StrictMath.log(2)
              : StrictMath.log(abs);
    }
    DoubleDouble excess =
        DoubleDouble.product(x, x).plus(DoubleDouble.of(-1)).plus(DoubleDouble.product(y, y));
    return StrictMath.log1p(excess.value()) / 2;
  }

  /** log(1 + z): |1 + z|^2 - 1 = 2x + x^2 + y^2. */
  private static Complex log1p(Complex z) {
    double x = z.re();
    double y = z.im();
    double angle = StrictMath.atan2(y, 1 + x);
    boolean exact = x >= -2 && x <= -0.5;
    if (exact || !(Math.abs(x) < 2 && Math.abs(y) < 2)) {
      return new Complex(logAbs(1 + x, y), angle);
    }
    DoubleDouble excess =
        DoubleDouble.of(2 * x).plus(DoubleDouble.product(x, x)).plus(DoubleDouble.product(y, y));
    return new Complex(StrictMath.log1p(excess.value()) / 2, angle);
  }

  static Complex sqrt(Complex z) {
    double x = z.re();
    double y = z.im();
    if (z.isZero()) {
      return new Complex(0, y);
    }
    if (Double.isInfinite(y)) {
      return new Complex(Double.POSITIVE_INFINITY, y);
    }
    if (Double.isInfinite(x)) {
      double other = y != y ? y : 0;
      return x > 0
          ? new Complex(x, Math.copySign(other, y))
          : new Complex(other, Math.copySign(Double.POSITIVE_INFINITY, y));
    }
    // An even power of two brings the modulus near 1; its root is exact.
    int half = Math.getExponent(Math.max(Math.abs(x), Math.abs(y))) / 2;
    x = Math.scalb(x, -2 * half);
    y = Math.scalb(y, -2 * half);
    double t = Math.sqrt((Math.abs(x) + StrictMath.hypot(x, y)) / 2);
    double other = Math.abs(y) / (2 * t);
    double re = Math.scalb(x >= 0 ? t : other, half);
    double im = Math.scalb(x >= 0 ? other : t, half);
    return x != x || y != y ? new Complex(Double.NaN, Double.NaN) : signed(re, im, y);
  }

  private static Complex signed(double re, double im, double sign) {
    return new Complex(re, Math.copySign(im, sign));
  }

  private static Complex rsqrt(Complex z) {
    Complex root = sqrt(z);
    double abs = z.abs();
    return Double.isFinite(abs) && abs > 0
        ? new Complex(root.re() / abs, -root.im() / abs)
        : ONE.dividedBy(root);
  }

  private static Complex cbrt(Complex z) {
    double angle = StrictMath.atan2(z.im(), z.re()) / 3;
    double abs = StrictMath.hypot(z.re() / 8, z.im() / 8); // which does not overflow
    double root = abs < 1 ? StrictMath.cbrt(z.abs()) : 2 * StrictMath.cbrt(abs);
    return new Complex(StrictMath.cos(angle) * root, zeroTimes(StrictMath.sin(angle), root));
  }

  private static Complex sign(Complex z) {
    if (z.isNaN()) {
      return new Complex(Double.NaN, Double.NaN);
    }
    double abs = z.abs();
    return z.isZero() ? Complex.ZERO : new Complex(z.re() / abs, z.im() / abs);
  }

  private static Complex sinh(Complex z) {
    double sin = StrictMath.sin(z.im());
    double cos = StrictMath.cos(z.im());
    if (Math.abs(z.re()) > BIG) {
      Complex e = exp(new Complex(Math.abs(z.re()), z.im()));
      return new Complex(Math.copySign(0.5, z.re()) * e.re(), 0.5 * e.im());
    }
    return new Complex(
        zeroTimes(StrictMath.sinh(z.re()), cos), zeroTimes(sin, StrictMath.cosh(z.re())));
  }

  private static Complex cosh(Complex z) {
    double sin = StrictMath.sin(z.im());
    double cos = StrictMath.cos(z.im());
    if (Math.abs(z.re()) > BIG) {
      Complex e = exp(new Complex(Math.abs(z.re()), z.im()));
      return new Complex(0.5 * e.re(), Math.copySign(0.5, z.re()) * e.im());
    }
    return new Complex(
        StrictMath.cosh(z.re()) * cos,
        sin == 0 ? sin * Math.signum(z.re()) : zeroTimes(StrictMath.sinh(z.re()), sin));
  }

  private static Complex tanh(Complex z) {
    double x = z.re();
    double y = z.im();
    if (Math.abs(x) > 22) {
      double angle = Double.isInfinite(x) && !Double.isFinite(y) ? 0 : y;
      double wave = 4 * StrictMath.sin(angle) * StrictMath.cos(angle);
      double im = wave * StrictMath.exp(-2 * Math.abs(x));
      return new Complex(wave != wave ? wave : Math.copySign(1, x), im);
    }
    double t = StrictMath.tan(y);
    double beta = 1 + t * t;
    double s = StrictMath.sinh(x);
    double rho = Math.sqrt(1 + s * s);
    if (Double.isInfinite(t)) {
      return new Complex(rho / s, 1 / t);
    }
    double norm = 1 + beta * s * s;
    return new Complex(beta * rho * s / norm, t / norm);
  }

  /**
   * Where 1 no longer counts beside z squared, acosh(z) is log(2z); infinities keep their angle.
   */
  private static boolean isHuge(Complex z) {
    return Math.abs(z.re()) > 0x1p30 || Math.abs(z.im()) > 0x1p30;
  }

  private static Complex logTwice(double re, double im) {
    Complex log = log(new Complex(re, im));
    return new Complex(log.re() + StrictMath.log(2), log.im());
  }

  private static Complex asin(Complex z) {
    if (isHuge(z)) {
      // i asinh(z / i), and asinh(w) = log(2w) for Re w >= 0; odd.
      Complex log = logTwice(Math.abs(z.im()), z.re());
      return new Complex(log.im(), Math.copySign(log.re(), z.im()));
    }
    Complex minus = sqrt(new Complex(1 - z.re(), -z.im()));
    Complex plus = sqrt(new Complex(1 + z.re(), z.im()));
    double re = StrictMath.atan2(z.re(), minus.re() * plus.re() - minus.im() * plus.im());
    return new Complex(re, RealFns.asinh(minus.re() * plus.im() - minus.im() * plus.re()));
  }

  private static Complex acos(Complex z) {
    if (isHuge(z)) {
      Complex log = logTwice(z.re(), Math.abs(z.im()));
      return new Complex(log.im(), Math.copySign(log.re(), -z.im()));
    }
    Complex minus = sqrt(new Complex(1 - z.re(), -z.im()));
    Complex plus = sqrt(new Complex(1 + z.re(), z.im()));
    double re = 2 * StrictMath.atan2(minus.re(), plus.re());
    return new Complex(re, RealFns.asinh(plus.re() * minus.im() - plus.im() * minus.re()));
  }

  private static Complex acosh(Complex z) {
    if (isHuge(z)) {
      return logTwice(z.re(), z.im());
    }
    Complex minus = sqrt(new Complex(z.re() - 1, z.im()));
    Complex plus = sqrt(new Complex(z.re() + 1, z.im()));
    double re = RealFns.asinh(minus.re() * plus.re() + minus.im() * plus.im());
    return new Complex(re, 2 * StrictMath.atan2(minus.im(), plus.re()));
  }

  /** Re = log1p(4x / ((1 - x)^2 + y^2)) / 4, Im = atan2(2y, (1 - x)(1 + x) - y^2) / 2. */
  private static Complex atanh(Complex z) {
    double x = Math.abs(z.re());
    double y = z.im();
    if (Double.isInfinite(x) || Double.isInfinite(y) || x > 0x1p500 || Math.abs(y) > 0x1p500) {
      double re = ONE.dividedBy(z).re();
      return new Complex(Math.copySign(re != re ? 0 : re, z.re()), Math.copySign(Math.PI / 2, y));
    }
    double re = StrictMath.log1p(4 * x / ((1 - x) * (1 - x) + y * y)) / 4;
    double im = StrictMath.atan2(2 * y, (1 - x) * (1 + x) - y * y) / 2;
    return new Complex(Math.copySign(re, z.re()), im);
  }

  private static Complex atan2(Complex y, Complex x) {
    Complex norm = sqrt(x.times(x).plus(y.times(y)));
    return log(x.plus(y.timesI()).dividedBy(norm)).timesMinusI();
  }

  /** A power of 0 has a value for positive real exponents and for 0 only, as in XLA. */
  private static Complex power(Complex z, Complex w) {
    if (w.isZero()) {
      return ONE;
    }
    if (z.isZero()) {
      boolean isZero = w.re() > 0 && w.im() == 0;
      return isZero ? Complex.ZERO : new Complex(Double.NaN, Double.NaN);
    }
    return exp(log(z).times(w));
  }
}
