package dev.jacobi.cpu.math;

/** Double-precision references for what StrictMath lacks: good to a few ulp of a double. */
final class MathReference {
  private MathReference() {}

  static double asinh(double x) {
    double a = Math.abs(x);
    double t = a > 1e9 ? a : a + a * a / (1 + Math.sqrt(1 + a * a));
    double y = a > 1e9 ? StrictMath.log(a) + Math.log(2) : StrictMath.log1p(t);
    return Math.copySign(y, x);
  }

  static double acosh(double x) {
    double t = x - 1; // its square root is NaN below 1
    return x > 1e9
        ? StrictMath.log(x) + Math.log(2)
        : StrictMath.log1p(t + Math.sqrt(t) * Math.sqrt(t + 2));
  }

  static double atanh(double x) {
    double a = Math.abs(x);
    return Math.copySign(0.5 * StrictMath.log1p(2 * a / (1 - a)), x);
  }

  /** Power series; the terms are all positive in this form. */
  static double erf(double x) {
    double a = Math.abs(x);
    if (!(a < 3)) {
      return Double.isNaN(x) ? x : Math.copySign(1 - erfc(a), x);
    }
    double term = a;
    double sum = a;
    for (int n = 1; term > sum * 1e-18; n++) {
      term *= 2 * a * a / (2 * n + 1);
      sum += term;
    }
    return Math.copySign(2 / Math.sqrt(Math.PI) * StrictMath.exp(-a * a) * sum, x);
  }

  /** One minus the series where that is harmless, else Lentz's continued fraction. */
  static double erfc(double x) {
    if (!(x > 1)) {
      return x < -6 ? 2 : 1 - erf(x);
    }
    if (x > 30) {
      return 0;
    }
    double fraction = x;
    for (int k = 400; k >= 1; k--) {
      fraction = x + k / 2.0 / fraction;
    }
    // The argument is a float: its square is exact.
    return StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
  }

  /** XLA's expansion of erf_inv in its own precision, but for the last bits of log1p. */
  static double xlaErfInv(double value) {
    float x = (float) value;
    float w = (float) -StrictMath.log1p(-x * x);
    boolean near = w < 5;
    float v = near ? w - 2.5f : (float) Math.sqrt(w) - 3;
    float[] k = near ? NEAR : FAR;
    float p = k[0];
    for (int i = 1; i < k.length; i++) {
      p = k[i] + p * v;
    }
    return Math.abs(x) == 1 ? x * Float.POSITIVE_INFINITY : p * x;
  }

  private static final float[] NEAR = {
    2.81022636e-08f,
    3.43273939e-07f,
    -3.5233877e-06f,
    -4.39150654e-06f,
    0.00021858087f,
    -0.00125372503f,
    -0.00417768164f,
    0.246640727f,
    1.50140941f
  };
  private static final float[] FAR = {
    -0.000200214257f,
    0.000100950558f,
    0.00134934322f,
    -0.00367342844f,
    0.00573950773f,
    -0.0076224613f,
    0.00943887047f,
    1.00167406f,
    2.83297682f
  };
}
