package dev.jacobi.hlo.interpret;

/**
 * Modified Bessel functions in double precision, within about three units in the last place.
 * Formula numbers are those of Abramowitz and Stegun, Handbook of Mathematical Functions, chapter
 * 9.
 */
final class BesselFunctions {
  /** From here on the terms that the asymptotic series leaves out are below 2^-57. */
  private static final double LARGE = 20;

  private BesselFunctions() {}

  /** {@code exp(-|x|) I1(x)}. */
  static double i1e(double x) {
    double a = Math.abs(x);
    return Math.copySign(a < LARGE ? StrictMath.exp(-a) * series(a) : asymptotic(a), x);
  }

  /** 9.6.10, in twice the precision because the square's rounding would be felt x/2 times. */
  private static double series(double x) {
    DoubleDouble square = DoubleDouble.product(x, x);
    DoubleDouble one = DoubleDouble.of(1);
    DoubleDouble sum = one;
    for (int k = 60; k > 0; k--) {
      sum = sum.times(square).dividedBy(4.0 * k * (k + 1)).plus(one);
    }
    return x / 2 * sum.value();
  }

  /** 9.7.1, up to the least term. */
  private static double asymptotic(double x) {
    double term = 1;
    double sum = 0;
    for (int k = 1; Math.abs(term) > 0x1p-60 && k < 2 * LARGE; k++) {
      sum += term;
      double odd = 2 * k - 1;
      term *= (odd * odd - 4) / (8 * k * x);
    }
    return x == Double.POSITIVE_INFINITY ? 0 : sum / (Math.sqrt(2 * Math.PI) * Math.sqrt(x));
  }
}
