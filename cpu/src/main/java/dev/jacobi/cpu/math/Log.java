package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * log and log1p.
 *
 * <p>Source: {@code x = 2^k (1+f)} with {@code 1+f} in [sqrt(1/2), sqrt(2)), taken from the bits of
 * {@code x / sqrt(1/2)}; then for float a polynomial in f, for double the series of {@code
 * log((1+s)/(1-s))}, {@code s = f/(2+f)}, arranged as in fdlibm's error analysis. log1p finds k
 * from the rounded {@code 1+x}, but f from x itself: {@code f = 2^-k x + (2^-k - 1)}. Measured
 * errors: {@code docs/math.md}.
 */
final class Log {
  private static final double[] SINGLE = Coefficients.after(Coefficients.LOG32, -0.5);
  private static final long ROOT32 = Float.floatToRawIntBits((float) Math.sqrt(0.5));
  private static final long ROOT64 = Double.doubleToRawLongBits(Math.sqrt(0.5));

  private Log() {}

  static Val log(Num m, Val x) {
    Val tiny = m.lt(x, m.minNormal());
    Val scaled = m.select(tiny, m.mul(x, m.c(0x1p23, 0x1p52)), x);
    Val above = above(m, scaled);
    double offset = unit(m) + m.bias();
    Val k = exponent(m, above, m.select(tiny, m.c(offset + m.mantissa()), m.c(offset)));
    Val y = series(m, k, m.sub(fraction(m, above), m.c(1)), null);
    Val positive = m.select(m.lt(x, m.inf()), y, x); // NaN and infinity are their own logarithm
    Val real = m.select(m.negative(x), m.nan(), positive);
    return m.select(m.eq(x, m.c(0)), m.c(Double.NEGATIVE_INFINITY), real);
  }

  static Val log1p(Num m, Val x) {
    Val y = log1p(m, x, null);
    Val inside = m.select(m.lt(m.abs(x), m.c(0x1p-25, 0x1p-54)), x, y); // keeps the sign of zero
    Val finite = m.select(m.lt(x, m.inf()), inside, x);
    Val real = m.select(m.lt(x, m.c(-1)), m.nan(), finite);
    return m.select(m.eq(x, m.c(-1)), m.c(Double.NEGATIVE_INFINITY), real);
  }

  private static Val log1p(Num m, Val x, Val low) {
    Val above = above(m, m.add(x, m.c(1)));
    Val k = exponent(m, above, m.c(unit(m) + m.bias()));
    // A quarter of 2^(2-k), from the same bits (2^-k itself could be subnormal or zero).
    Val field = m.f.sub(m.i(2L * m.bias() + 2), m.f.lshr(above, m.i(m.mantissa())));
    Val s = m.number(m.f.shl(field, m.i(m.mantissa())));
    Val quarter = m.mul(x, m.c(0.25));
    Val base = m.mads(s, m.c(0.25), m.c(1));
    Val f = m.mad(s, quarter, base);
    if (low == null) {
      return series(m, k, f, null);
    }
    Val lost = m.fma(s, quarter, m.sub(base, f));
    Val part = m.mul(s, m.mul(low, m.c(0.25)));
    Val sum = m.add(f, part);
    return series(m, k, sum, m.add(m.add(m.sub(f, sum), part), lost));
  }

  /** {@code log(1 + x + low)} for a normal sum; {@code low} is below the last place of x. */
  static Val log1pSum(Num m, Val x, Val low) {
    return log1p(m, x, low);
  }

  /** {@code log(2^bump (x + low))} for finite x >= 1; {@code low} is below the last place of x. */
  static Val logSum(Num m, Val x, Val low, Val bump) {
    Val above = above(m, x);
    Val k = exponent(m, above, m.sub(m.c(unit(m) + m.bias()), bump));
    Val field = m.f.sub(m.i(2L * m.bias() + 1), m.f.lshr(above, m.i(m.mantissa())));
    Val s = m.number(m.f.shl(field, m.i(m.mantissa()))); // 2^(1-k)
    Val base = m.sub(fraction(m, above), m.c(1));
    Val part = m.mul(s, m.mul(low, m.c(0.5)));
    Val f = m.add(base, part);
    return series(m, k, f, m.add(m.sub(base, f), part));
  }

  /** The number whose unit in the last place is 1. */
  static double unit(Num m) {
    return m.wide() ? 0x1p52 : 0x1p23;
  }

  /** The bits of {@code x / sqrt(1/2)}, roughly: k plus bias in the exponent field. */
  static Val above(Num m, Val x) {
    long shift = (long) m.bias() << m.mantissa();
    return m.f.add(m.bits(x), m.i(shift - ROOT32, shift - ROOT64));
  }

  /** k as a number: the field read as {@code unit + field}, less {@code offset}. */
  static Val exponent(Num m, Val above, Val offset) {
    Val field = m.f.lshr(above, m.i(m.mantissa()));
    return m.sub(m.number(m.f.or(field, m.bits(m.c(unit(m))))), offset);
  }

  /** {@code 1+f}, in [sqrt(1/2), sqrt(2)). */
  static Val fraction(Num m, Val above) {
    Val field = m.f.and(above, m.i((1L << m.mantissa()) - 1));
    return m.number(m.f.add(field, m.i(ROOT32, ROOT64)));
  }

  /** {@code k ln 2 + log(1 + f + lost)}; lost is at most the rounding of f, or null. */
  private static Val series(Num m, Val k, Val f, Val lost) {
    Val high = m.c(0x1.62e4p-1, 0x1.62e42feep-1);
    Val low = m.mul(k, m.c(0x1.7f7d1cp-20, 0x1.a39ef35793c76p-33));
    if (lost != null) {
      low = m.add(low, m.nmad(f, lost, lost)); // lost / (1 + f), nearly
    }
    if (!m.wide()) {
      Val rest = m.mad(m.mul(f, f), m.poly(f, SINGLE, SINGLE), low);
      return m.mad(k, high, m.add(f, rest));
    }
    Val s = m.div(f, m.add(f, m.c(2)));
    Val z = m.mul(s, s);
    Val r = m.mul(z, m.poly(z, Coefficients.LOG64, Coefficients.LOG64));
    Val half = m.mul(m.mul(f, f), m.c(0.5));
    Val rest = m.sub(m.mad(s, m.add(half, r), low), half);
    return m.mad(k, high, m.add(f, rest));
  }
}
