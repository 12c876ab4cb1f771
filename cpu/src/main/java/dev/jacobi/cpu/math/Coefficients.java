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

  /** (sin(r) - r) / r^3 in u = r^2, |r| <= pi/4; error 2^-28.0. */
  static final double[] SIN32 = {
    -0x1.5555460000000p-3, 0x1.11077a0000000p-7, -0x1.9954a80000000p-13,
  };

  /** (cos(r) - 1 + u/2) / u^2 in u = r^2, |r| <= pi/4; error 2^-33.1. */
  static final double[] COS32 = {
    0x1.55554a0000000p-5, -0x1.6c0c1a0000000p-10, 0x1.99e0ee0000000p-16,
  };

  /** (tan(r) - r) / r^3 in u = r^2, |r| <= pi/4; error 2^-29.3. */
  static final double[] TAN32 = {
    0x1.5555620000000p-2,
    0x1.110d220000000p-3,
    0x1.baedbc0000000p-5,
    0x1.5c02660000000p-6,
    0x1.66651c0000000p-7,
    -0x1.14a0560000000p-15,
    0x1.2297060000000p-8,
  };

  /** (sin(r) - r) / r^3 in u = r^2, |r| <= pi/4; error 2^-58.0. */
  static final double[] SIN64 = {
    -0x1.5555555555549p-3,
    0x1.111111110f892p-7,
    -0x1.a01a019c121a9p-13,
    0x1.71de3576bc2d7p-19,
    -0x1.ae5e64a6e22f1p-26,
    0x1.5d925d0714846p-33,
  };

  /** (cos(r) - 1 + u/2) / u^2 in u = r^2, |r| <= pi/4; error 2^-64.2. */
  static final double[] COS64 = {
    0x1.555555555554cp-5,
    -0x1.6c16c16c15210p-10,
    0x1.a01a019cbcd8dp-16,
    -0x1.27e4f81045071p-22,
    0x1.1ee9ef521eb91p-29,
    -0x1.8fb0011d87962p-37,
  };

  /** (tan(r) - r) / r^3 in u = r^2, |r| <= pi/4; error 2^-55.5. */
  static final double[] TAN64 = {
    0x1.55555555554e2p-2,
    0x1.11111111192fbp-3,
    0x1.ba1ba1b3b4b5ap-5,
    0x1.664f49c8fde69p-6,
    0x1.226e0eecb2d9ep-7,
    0x1.d6d9aa34dde36p-9,
    0x1.7d55fc2c5c6d7p-10,
    0x1.3825b546c3377p-11,
    0x1.d08bc5b6f4a15p-13,
    0x1.21e076a6d166fp-13,
    -0x1.e0e482faea0e7p-16,
    0x1.7f8c9f09fbd56p-14,
    -0x1.810fc293f7df5p-15,
    0x1.61fcdc4e83586p-16,
  };

  /** erf(x)/x - 1 in u = x^2, |x| <= 0.937; error 2^-25.6. */
  static final double[] ERF32 = {
    0x1.06eba60000000p-3,
    -0x1.8126dc0000000p-2,
    0x1.ce18600000000p-4,
    -0x1.b66ab60000000p-6,
    0x1.46732a0000000p-8,
    -0x1.36d06a0000000p-11,
  };

  /** erf(x)/x - 1 in u = x^2, |x| <= 0.875; error 2^-56.0. */
  static final double[] ERF64 = {
    0x1.06eba8214db69p-3,
    -0x1.812746b037a2bp-2,
    0x1.ce2f21a0461d5p-4,
    -0x1.b82ce31393abdp-6,
    0x1.565bcd38ca7e4p-8,
    -0x1.c02dbbd80083bp-11,
    0x1.f9a40df206aecp-14,
    -0x1.f4e34dccf87d1p-17,
    0x1.bab00b7c8abd0p-20,
    -0x1.650a4ae4ce37cp-23,
    0x1.124e9b3b7683dp-26,
    -0x1.66331275b72e8p-30,
  };

  /** log(erfc(x)) on 0.9375 <= x <= 4; error 2^-29.4. */
  static final double[] LOG_ERFC32 = {
    -0x1.d309140000000p-13,
    -0x1.20a8120000000p+0,
    -0x1.4655260000000p-1,
    -0x1.a909a80000000p-4,
    0x1.6ae3040000000p-6,
    -0x1.8c52b00000000p-9,
    0x1.96c07e0000000p-13,
  };

  /** (1+2a) exp(a^2) erfc(a) in t = (a-2.25)/(a+2.25); error 2^-24.2. */
  static final double[] ERFCX32 = {
    0x1.455ef00000000p+0,
    -0x1.c39c0c0000000p-4,
    -0x1.0bd4b80000000p-3,
    0x1.527ac40000000p-3,
    -0x1.54a9b80000000p-4,
    0x1.72af380000000p-7,
    0x1.0cf3020000000p-7,
    -0x1.2503900000000p-9,
    -0x1.36937e0000000p-10,
  };

  /** (1+2a) exp(a^2) erfc(a) in t = (a-3.5)/(a+3.5); error 2^-51.2. */
  static final double[] ERFCX64 = {
    0x1.3e0a99a0ee914p+0,
    -0x1.1ebd220ea5963p-3,
    -0x1.59e2c284b1a66p-7,
    0x1.8f702ec6b59b5p-4,
    -0x1.d76830c34f38ep-4,
    0x1.6861060416dadp-4,
    -0x1.8ff5ef77834b3p-5,
    0x1.38ec6688e7b7dp-6,
    -0x1.143c4c6749b50p-8,
    -0x1.3cf3a1e9f263ap-12,
    0x1.27e657c243975p-11,
    -0x1.fda41da88947ap-14,
    -0x1.66dee59a4e8d9p-15,
    0x1.96c50c1563c55p-16,
    0x1.3801792334f17p-19,
    -0x1.fb75b6d07fc8dp-19,
    -0x1.4d11c827c44d0p-25,
    0x1.2a8689bc05401p-21,
    -0x1.ac287e8b50257p-27,
    -0x1.03860872a289dp-24,
    0x1.2cf0b077b84b6p-29,
  };

  /** log2(1+f)/f on sqrt(1/2) <= 1+f <= sqrt(2), to 35 bits; error 2^-35.4. */
  static final double[] LOG2_64 = {
    0x1.71547652a1e9fp+0,
    -0x1.7154765a92811p-1,
    0x1.ec709eb4b08a7p-2,
    -0x1.715469d6d730ep-2,
    0x1.277653d1c376fp-2,
    -0x1.ec75c22aa9c85p-3,
    0x1.a64014cdca8aap-3,
    -0x1.70f87c96edcbbp-3,
    0x1.44f0a423c8bbbp-3,
    -0x1.28389e421fb0ap-3,
    0x1.2c2c285821cfep-3,
    -0x1.188eb9a532d26p-3,
    0x1.1635e97103756p-4,
  };

  /** (2^r - 1) / r on |r| <= 1/2; error 2^-26.3. */
  static final double[] EXP2_32 = {
    0x1.62e4300000000p-1,
    0x1.ebfb940000000p-3,
    0x1.c6af9e0000000p-5,
    0x1.3b68160000000p-7,
    0x1.5ef4de0000000p-10,
    0x1.179a9e0000000p-13,
  };

  /** (2^r - 1) / r on |r| <= 1/2; error 2^-56.3. */
  static final double[] EXP2_64 = {
    0x1.62e42fefa39efp-1,
    0x1.ebfbdff82c574p-3,
    0x1.c6b08d704a1fbp-5,
    0x1.3b2ab6fbaacd5p-7,
    0x1.5d87fe786882ap-10,
    0x1.430912ddad33ep-13,
    0x1.ffcbfd9bf50e1p-17,
    0x1.62c0911fbba54p-20,
    0x1.b522515dd8011p-24,
    0x1.e323808f35bcep-28,
    0x1.ee09850cd28aep-32,
    0x1.0b939d7aca7cfp-34,
  };
}
