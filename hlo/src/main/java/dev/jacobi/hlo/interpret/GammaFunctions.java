package dev.jacobi.hlo.interpret;

/**
 * The logarithm of the gamma function and its derivatives in double precision: for positive
 * arguments within about three units in the last place. For negative ones, where the functions have
 * a zero or two between every pair of poles, the error is relative to the terms that cancel.
 * Formula numbers are those of Abramowitz and Stegun, Handbook of Mathematical Functions. Special
 * values are JAX's: digamma is NaN at its poles, zeta and polygamma at an infinite argument.
 */
final class GammaFunctions {
  private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

  /** 1 less Euler's constant. */
  private static final double ONE_MINUS_GAMMA = 0.42278433509846713;

  /** Where digamma is 0, and the rest of that number. */
  private static final double ROOT = 1.4616321449683622;

  private static final double ROOT_LOW = 9.549995429965697e-17;

  /** From here on asymptotic series are exact in double. */
  private static final double LARGE = 10;

  /** Terms of 6.1.41: B(2k) / (2k (2k-1)), k = 1, 2, ... */
  private static final double[] STIRLING = {
    1 / 12.0,
    -1 / 360.0,
    1 / 1260.0,
    -1 / 1680.0,
    1 / 1188.0,
    -691 / 360360.0,
    1 / 156.0,
    -3617 / 122400.0,
    43867 / 244188.0
  };

  /** Terms of 6.3.18: B(2k) / 2k. */
  private static final double[] DIGAMMA = {
    1 / 12.0,
    -1 / 120.0,
    1 / 252.0,
    -1 / 240.0,
    1 / 132.0,
    -691 / 32760.0,
    1 / 12.0,
    -3617 / 8160.0,
    43867 / 14364.0
  };

  /** Terms of 23.1.30, Euler's and Maclaurin's: B(2k) / (2k)!. */
  private static final double[] EULER_MACLAURIN = {
    1 / 12.0,
    -1 / 720.0,
    1 / 30240.0,
    -1 / 1209600.0,
    1 / 47900160.0,
    -691 / 1307674368000.0,
    1 / 74724249600.0,
    -3617 / 10670622842880000.0,
    43867 / 5109094217170944000.0,
    -174611 / 802857662698291200000.0,
    77683 / 14101100039391805440000.0,
    -236364091 / 1693824136731743669452800000.0
  };

  /** zeta(n) - 1 for 6.1.33; the places 0 and 1 are not used. */
  private static final double[] ZETA_REST = hurwitz(2, 45, 0);

  /** zeta(n, ROOT) for 6.4.9 about the root of digamma. */
  private static final double[] ZETA_ROOT = hurwitz(ROOT, 60, ROOT_LOW);

  private static final int FACTORIALS = 171;

  private GammaFunctions() {}

  private static double[] hurwitz(double q, int terms, double low) {
    double[] zeta = new double[terms];
    for (int n = 2; n < terms; n++) {
      zeta[n] = positiveZeta(n, q) - low * n * positiveZeta(n + 1, q);
    }
    return zeta;
  }

  static double lgamma(double x) {
    if (x <= 0) {
      double sine = Math.abs(sinPi(x));
      boolean pole = x == Math.rint(x); // minus infinity included
      return pole ? Double.POSITIVE_INFINITY : -StrictMath.log(sine / Math.PI) - lgamma(1 - x);
    }
    if (x < 0.5) {
      return aboutTwo(x) - StrictMath.log1p(x) - StrictMath.log(x);
    }
    if (x < 1.25) {
      return aboutTwo(x - 1) - StrictMath.log1p(x - 1);
    }
    if (x < LARGE) {
      double product = 1;
      for (; x > 2.5; x--) {
        product *= x - 1;
      }
      return aboutTwo(x - 2) + StrictMath.log(product);
    }
    double tail = series(STIRLING, 1 / (x * x)) / x;
    double log = StrictMath.log(x);
    return x > 1e300 ? x * (log - 1) : (x - 0.5) * log - x + (HALF_LOG_TWO_PI + tail);
  }

  /** 6.1.33, log Gamma(2 + z) for |z| up to 3/4. */
  private static double aboutTwo(double z) {
    double sum = 0;
    for (int n = ZETA_REST.length - 1; n >= 2; n--) {
      sum = (sum + ZETA_REST[n] / n) * -z;
    }
    return z * (ONE_MINUS_GAMMA - sum);
  }

  /** {@code c[0] + c[1] u + ...}. */
  private static double series(double[] c, double u) {
    double sum = 0;
    for (int k = c.length - 1; k >= 0; k--) {
      sum = sum * u + c[k];
    }
    return sum;
  }

  /** 6.3.5 down to the root or 6.3.18; 6.3.7 reflects. */
  static double digamma(double x) {
    if (x <= 0) {
      return x == Math.rint(x) ? Double.NaN : digamma(1 - x) - Math.PI * cosPi(x) / sinPi(x);
    }
    if (x >= LARGE) {
      double u = 1 / (x * x);
      return StrictMath.log(x) - 0.5 / x - u * series(DIGAMMA, u);
    }
    double rest = 0;
    double y = x;
    for (; y > ROOT + 0.75; y--) {
      rest += 1 / (y - 1);
    }
    return y < ROOT - 0.75 ? aboutRoot(x + 1) - 1 / x : aboutRoot(y) + rest;
  }

  /** Taylor's series with the derivatives of 6.4.10. */
  private static double aboutRoot(double x) {
    if (x != x) {
      return x;
    }
    double d = x - ROOT - ROOT_LOW;
    double sum = 0;
    for (int n = ZETA_ROOT.length - 1; n >= 2; n--) {
      sum = ZETA_ROOT[n] - sum * d;
    }
    return sum * d;
  }

  /**
   * 6.4.10; digamma for 0, NaN for what is not a whole number from 0 on. Beyond 170, whose
   * factorial overflows, infinite or NaN.
   */
  static double polygamma(double n, double x) {
    if (!(n >= 0) || n != Math.rint(n) || Double.isInfinite(n)) {
      return Double.NaN;
    }
    if (n == 0) {
      return digamma(x);
    }
    double size = factorial(n) * zeta(n + 1, x);
    return n % 2 == 0 ? -size : size;
  }

  private static double factorial(double n) {
    DoubleDouble product = DoubleDouble.of(1);
    for (int i = 2; i <= n && n < FACTORIALS; i++) {
      product = product.times(DoubleDouble.of(i));
    }
    return n < FACTORIALS ? product.value() : Double.POSITIVE_INFINITY;
  }

  /** Hurwitz's function, the sum of {@code (q + k)^-s} from k = 0 on. */
  static double zeta(double s, double q) {
    if (s == 1) {
      return Double.POSITIVE_INFINITY;
    }
    boolean pole = q <= 0 && q == Math.rint(q);
    if (pole && s % 2 == 0) {
      return Double.POSITIVE_INFINITY;
    }
    boolean defined = s > 1 && s < Double.POSITIVE_INFINITY && q < Double.POSITIVE_INFINITY;
    if (!defined || pole || q < 0 && s != Math.rint(s)) {
      return Double.NaN;
    }
    return q > 0 ? positiveZeta(s, q) : negativeZeta(s, q);
  }

  /**
   * The sum over all integers k, which has the period 1 in q, less the terms that do not belong to
   * it.
   */
  private static double negativeZeta(double s, double q) {
    double d = q - Math.rint(q);
    double above = d > 0 ? d : 1 + d;
    double below = d > 0 ? 1 - d : -d;
    double rest = positiveZeta(s, below) - positiveZeta(s, 1 - q);
    return positiveZeta(s, above) + (s % 2 == 0 ? rest : -rest);
  }

  /** 23.1.30 and 23.2.3, for s > 1. */
  private static double positiveZeta(double s, double q) {
    double a = q + LARGE;
    double scale = power(q, LARGE, 1 - s);
    double slope = Math.min(s / a, 1e3); // where it is larger, scale is 0
    double sum = 0;
    for (int k = EULER_MACLAURIN.length - 1; k > 0; k--) {
      double next = (slope + (2 * k - 1) / a) * (slope + 2 * k / a);
      sum = (sum + EULER_MACLAURIN[k]) * next;
    }
    sum = scale * (1 / (s - 1) + (0.5 + (sum + EULER_MACLAURIN[0]) * slope) / a);
    for (double k = LARGE - 1; k >= 0; k--) {
      sum += power(q, k, -s);
    }
    return sum;
  }

  /** {@code (q + k)^y} with the rounding of the sum made good. */
  private static double power(double q, double k, double y) {
    DoubleDouble a = DoubleDouble.sum(Math.max(q, k), Math.min(q, k));
    double p = StrictMath.pow(a.hi(), y);
    return p == 0 || Double.isInfinite(p) ? p : p + p * (y * (a.lo() / a.hi()));
  }

  /** sin(pi x). */
  private static double sinPi(double x) {
    double r = x - Math.rint(x);
    double sine = sineOfHalf(r);
    return Math.rint(x) % 2 == 0 ? sine : -sine;
  }

  private static double cosPi(double x) {
    double r = Math.abs(x - Math.rint(x));
    double cosine = sineOfHalf(0.5 - r);
    return Math.rint(x) % 2 == 0 ? cosine : -cosine;
  }

  /** sin(pi r) for |r| up to 1/2. */
  private static double sineOfHalf(double r) {
    return StrictMath.sin(Math.PI * r);
  }
}
