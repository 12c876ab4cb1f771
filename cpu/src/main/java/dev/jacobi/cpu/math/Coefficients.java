package dev.jacobi.cpu.math;

/**
 * Polynomial coefficients, lowest power first, made by {@code cpu/src/tools/minimax.py}, which says
 * what each approximates and how well. Names end in the precision they are rounded to.
 */
final class Coefficients {
  private Coefficients() {}

  /** The polynomial {@code lead[0] + lead[1] x + ... + x^n tail(x)}: leading powers put before. */
  static double[] after(double[] tail, double... lead) {
    double[] all = new double[lead.length + tail.length];
    System.arraycopy(lead, 0, all, 0, lead.length);
    System.arraycopy(tail, 0, all, lead.length, tail.length);
    return all;
  }

  /** (exp(r) - 1 - r) / r^2 on |r| <= ln(2)/2; error 2^-28.2. */
  static final double[] EXP32 = {
    0x1.fffffc0000000p-2,
    0x1.55548c0000000p-3,
    0x1.5558600000000p-5,
    0x1.123dc80000000p-7,
    0x1.6abc240000000p-10,
  };

  /** (exp(r) - 1 - r) / r^2 on |r| <= ln(2)/2; error 2^-57.0. */
  static final double[] EXP64 = {
    0x1.000000000000ap-1,
    0x1.555555555549dp-3,
    0x1.555555555043cp-5,
    0x1.1111111142deep-7,
    0x1.6c16c18560cebp-10,
    0x1.a01a0088ad445p-13,
    0x1.a01996315b94ep-16,
    0x1.71e09ff3eb95ep-19,
    0x1.28b163c4c3d8bp-22,
    0x1.ab203b7eae781p-26,
  };

  /** the same, by the error of exp(r) - 1; error 2^-26.1. */
  static final double[] EXPM1_32 = {
    0x1.fffffe0000000p-2,
    0x1.5554aa0000000p-3,
    0x1.55579e0000000p-5,
    0x1.122c900000000p-7,
    0x1.6ab11e0000000p-10,
  };

  /** the same, by the error of exp(r) - 1; error 2^-61.6. */
  static final double[] EXPM1_64 = {
    0x1.0p-1,
    0x1.5555555555559p-3,
    0x1.5555555555558p-5,
    0x1.111111110f726p-7,
    0x1.6c16c16c1783ep-10,
    0x1.a01a01af93972p-13,
    0x1.a01a0197ad275p-16,
    0x1.71ddf942ff68ep-19,
    0x1.27e508e746fdep-22,
    0x1.af5d094a8623cp-26,
    0x1.1f1e01d025b46p-29,
  };

  /** (log(1+f) - f + f^2/2) / f^3 on sqrt(1/2) <= 1+f <= sqrt(2); error 2^-29.0. */
  static final double[] LOG32 = {
    0x1.5555480000000p-2,
    -0x1.0000080000000p-2,
    0x1.99a48a0000000p-3,
    -0x1.555e440000000p-3,
    0x1.23399e0000000p-3,
    -0x1.fbdfde0000000p-4,
    0x1.e6d9da0000000p-4,
    -0x1.df4eac0000000p-4,
    0x1.14af560000000p-4,
  };

  /** (log((1+s)/(1-s)) - 2s) / s^3 in z = s^2, |s| <= 3 - sqrt(8); error 2^-58.5. */
  static final double[] LOG64 = {
    0x1.5555555555593p-1,
    0x1.999999997f9f8p-2,
    0x1.249249422831ep-2,
    0x1.c71c51dba15acp-3,
    0x1.746648785fbdfp-3,
    0x1.39a0bf1c6dad0p-3,
    0x1.2f0f80b875b0dp-3,
  };

  /** (tanh(x) - x) / x^3 in u = x^2, |x| <= 0.625; error 2^-27.8. */
  static final double[] TANH32 = {
    -0x1.5555340000000p-2,
    0x1.11075e0000000p-3,
    -0x1.b842ea0000000p-5,
    0x1.524e500000000p-6,
    -0x1.7687d80000000p-8,
  };
}
