package dev.jacobi.hlo.interpret;

/**
 * The error function and its kin in double precision, within about one unit in the last place.
 * Formula numbers are those of Abramowitz and Stegun, Handbook of Mathematical Functions, chapter
 * 7.
 */
final class ErrorFunctions {
  /** 2 / sqrt(pi). */
  private static final DoubleDouble SCALE =
      new DoubleDouble(1.1283791670955126, 1.533545961316588e-17);

  private static final double SERIES_LIMIT = 3;
  private static final int FRACTION_TERMS = 60;

  private ErrorFunctions() {}

  static double erf(double x) {
    double a = Math.abs(x);
    if (a < SERIES_LIMIT) {
      return x == 0 ? x : series(x).value();
    }
    return Math.copySign(1 - erfcLarge(a), x);
  }

  static double erfc(double x) {
    if (Math.abs(x) < SERIES_LIMIT) {
      return DoubleDouble.of(1).plus(series(x).negate()).value();
    }
    return x < 0 ? 2 - erfcLarge(-x) : erfcLarge(x);
  }

  /** 7.1.5, the Taylor series, in twice the precision because its terms alternate. */
  private static DoubleDouble series(double x) {
    DoubleDouble minusSquare = DoubleDouble.product(x, x).negate();
    DoubleDouble power = DoubleDouble.of(x);
    DoubleDouble sum = power;
    for (int n = 1; Math.abs(power.hi()) > Math.abs(sum.hi()) * 0x1p-80; n++) {
      power = power.times(minusSquare).dividedBy(n);
      sum = sum.plus(power.dividedBy(2 * n + 1));
    }
    return sum.times(SCALE);
  }

  /** 7.1.14, the continued fraction, from its end. */
  private static double erfcLarge(double x) {
    if (x != x) {
      return x;
    }
    double tail = x;
    for (int n = FRACTION_TERMS; n > 0; n--) {
      tail = x + n / (2 * tail);
    }
    return gauss(x) * (SCALE.hi() / 2) / tail;
  }

  /** exp(-x^2) with the square's rounding error taken into account. */
  private static double gauss(double x) {
    DoubleDouble square = DoubleDouble.product(x, x);
    double e = StrictMath.exp(-square.hi());
    return e == 0 ? 0 : e - e * square.lo();
  }

  /** Halley's iteration from Winitzki's approximation; the tail is solved through erfc. */
  static double erfInv(double x) {
    double a = Math.abs(x);
    if (!(a < 1)) {
      return a == 1 ? Math.copySign(Double.POSITIVE_INFINITY, x) : Double.NaN;
    }
    if (a < 1e-8) {
      return x / SCALE.hi();
    }
    double y = winitzki(a);
    for (int i = 0; i < 3; i++) {
      double excess = a < 0.5 ? erf(y) - a : (1 - a) - erfc(y);
      double step = excess / (SCALE.hi() * gauss(y));
      y -= step / (1 + y * step);
    }
    return Math.copySign(y, x);
  }

  /**
   * Within 0.2 % for 0 < x < 1 (S. Winitzki, A handy approximation for the error function, 2008).
   */
  private static double winitzki(double x) {
    double c = 0.147;
    double log = StrictMath.log((1 - x) * (1 + x));
    double t = 2 / (Math.PI * c) + log / 2;
    return Math.sqrt(Math.sqrt(t * t - log / c) - t);
  }
}
