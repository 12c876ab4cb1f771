package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * exp and its relatives.
 *
 * <p>Source: the classical reduction {@code x = n ln 2 + r}, {@code |r| <= ln(2)/2} (Cody and
 * Waite), a minimax polynomial for {@code exp(r)}, and a scaling by {@code 2^n} (two factors, or an
 * instruction of AVX-512), so that overflow and gradual underflow come last and are rounded once.
 * {@code n} is taken from the low bits of {@code x log2(e) + 1.5 * 2^m}. Measured errors: {@code
 * docs/math.md}.
 */
final class Exp {
  private static final double[] SINGLE = Coefficients.after(Coefficients.EXP32, 1, 1);
  private static final double[] DOUBLE = Coefficients.after(Coefficients.EXP64, 1, 1);
  private static final double[] EXP2_SINGLE = Coefficients.after(Coefficients.EXP2_32, 1);
  private static final double[] EXP2_DOUBLE = Coefficients.after(Coefficients.EXP2_64, 1);
  // ln 2 in two parts: the first has so few bits that its product with n is exact.
  private static final double LN2_32 = 0x1.62e4p-1;
  private static final double LN2_LOW_32 = 0x1.7f7d1cp-20;
  private static final double LN2_64 = 0x1.62e42feep-1;
  private static final double LN2_LOW_64 = 0x1.a39ef35793c76p-33;
  private static final double LOG2E = 0x1.71547652b82fep0;

  private Exp() {}

  /** {@code x = n ln 2 + (rest + low)}; {@code word} holds n in its low bits. */
  record Reduced(Val word, Val n, Val rest, Val low) {}

  static Val exp(Num m, Val x) {
    Val clamped = m.atLeast(m.atMost(x, m.c(89, 710)), m.c(-104, -746));
    Reduced r = reduce(m, clamped, 2L * m.bias());
    Val p = m.poly(r.rest, SINGLE, DOUBLE);
    return scale(m, p, r.word, r.n);
  }

  static Val exp2(Num m, Val x) {
    Val clamped = m.atLeast(m.atMost(x, m.c(129, 1025)), m.c(-151, -1076));
    Val word = roundToWord(m, clamped);
    return exp2(m, word, m.sub(clamped, wordToNumber(m, word)));
  }

  /** {@code 2^(n+r)} for a word n and {@code |r| <= 1/2}. */
  static Val exp2(Num m, Val word, Val r) {
    Val p = m.mad(m.poly(r, Coefficients.EXP2_32, Coefficients.EXP2_64), r, m.c(1));
    return scale(m, p, m.bits(word), wordToNumber(m, word));
  }

  /** The nearest integer plus twice the bias, in the low bits of a large number. */
  static Val roundToWord(Num m, Val x) {
    return m.add(x, m.c(0x1.8p23 + 2 * 127, 0x1.8p52 + 2 * 1023));
  }

  /** The integer in a word. */
  static Val wordToNumber(Num m, Val word) {
    return m.sub(word, m.c(0x1.8p23 + 2 * 127, 0x1.8p52 + 2 * 1023));
  }

  /** {@code exp(x + low)}; low is small and x not large. */
  static Val expSum(Num m, Val x, Val low) {
    Reduced r = reduce(m, x, 2L * m.bias());
    Val p = m.poly(m.add(r.rest, m.add(r.low, low)), SINGLE, DOUBLE);
    return scale(m, p, r.word, r.n);
  }

  /**
   * {@code 2^n e^r - 1 = 2 (2^(n-1) - 1/2 + 2^(n-1) r + 2^(n-1) (e^r - 1 - r))}: the first sum is
   * exact or nearly, and 2^128 never occurs.
   */
  static Val expm1(Num m, Val x) {
    Val y = expm1Finite(m, m.atLeast(m.atMost(x, m.c(89, 710)), m.c(-20, -40)));
    return m.select(m.lt(m.abs(x), m.c(0x1p-25, 0x1p-54)), x, y);
  }

  /** The same for moderate x, without the care for tiny ones. */
  static Val expm1Finite(Num m, Val x) {
    Reduced r = reduce(m, x, m.bias() - 1L);
    Val q = m.poly(r.rest, Coefficients.EXPM1_32, Coefficients.EXPM1_64);
    Val t = m.mad(m.mul(r.rest, r.rest), q, r.low);
    Val half = m.number(m.f.shl(r.word, m.i(m.mantissa())));
    Val y = m.mad(half, t, m.mad(half, r.rest, m.sub(half, m.c(0.5))));
    return m.add(y, y);
  }

  /**
   * {@code 1 / (1 + e)} or {@code e / (1 + e)} with {@code e = exp(-|x|)}; the roundings of e, the
   * sum and the quotient are made good.
   */
  static Val logistic(Num m, Val x) {
    Val a = m.atMost(m.abs(x), m.c(104, 746));
    Reduced r = reduce(m, m.f.neg(a), 2L * m.bias());
    Val q = m.poly(r.rest, Coefficients.EXP32, Coefficients.EXP64);
    Val z = m.mad(m.mul(r.rest, r.rest), q, m.add(r.rest, r.low));
    Val p = m.add(z, m.c(1));
    Val e = scale(m, p, r.word, r.n);
    Val eLow = scale(m, m.sub(z, m.sub(p, m.c(1))), r.word, r.n);
    Val d = m.add(e, m.c(1));
    Val dLow = m.add(m.sub(e, m.sub(d, m.c(1))), eLow);
    Val left = m.negative(x);
    Val inverse = m.div(m.c(1), d);
    Val y = m.select(left, m.mul(e, inverse), inverse);
    Val top = m.select(left, e, m.c(1));
    Val topLow = m.select(left, eLow, m.c(0));
    Val error = m.add(m.nmad(y, dLow, m.fma(m.f.neg(y), d, top)), topLow);
    return m.mad(error, inverse, y);
  }

  /** Reduces {@code x}; {@code bias} is added to n in the word, not in the number. */
  static Reduced reduce(Num m, Val x, long bias) {
    Val magic = m.c(0x1.8p23 + bias, 0x1.8p52 + bias);
    Val shifted = m.mad(x, m.c(LOG2E), magic);
    Val n = m.sub(shifted, magic);
    Val high = m.nmad(n, m.c(LN2_32, LN2_64), x);
    Val part = m.c(LN2_LOW_32, LN2_LOW_64);
    Val rest = m.nmad(n, part, high);
    return new Reduced(m.bits(shifted), n, rest, m.nmad(n, part, m.sub(high, rest)));
  }

  /**
   * {@code p * 2^n}, rounded once. Low bits of {@code word} are n plus twice the bias: halve, and
   * shift into the exponents of two factors, each in the normal range.
   */
  private static Val scale(Num m, Val p, Val word, Val n) {
    if (m.f.fillsRegisters(m.type)) {
      return m.f.scale(p, n);
    }
    Val width = m.i(m.mantissa());
    Val half = m.f.lshr(word, m.i(1));
    Val first = m.number(m.f.shl(half, width));
    Val second = m.number(m.f.shl(m.f.sub(word, half), width));
    return m.mul(m.mul(p, first), second);
  }

  /**
   * {@code exp(x + xLow) * (y + left * unit)} with hardly more than the last rounding, for {@code x
   * <= 0}, y near 1 and a small left, which is expected last. The scale is made greater by a power
   * of two, taken off at the end, so that one factor is enough where the result is subnormal.
   */
  static Val expTimes(Num m, Val x, Val xLow, Val y, Val left, Val unit) {
    Val magic = m.c(0x1.8p23 + m.bias() + 64, 0x1.8p52 + m.bias() + 128);
    Val shifted = m.mad(x, m.c(LOG2E), magic);
    Val n = m.sub(shifted, magic);
    Val high = m.nmad(n, m.c(LN2_32, LN2_64), x); // exact
    Val lost = m.nmad(n, m.c(LN2_LOW_32, LN2_LOW_64), xLow);
    Val r = m.add(high, lost);
    Val rLow = m.add(m.sub(high, r), lost);
    Val q = m.poly(r, Coefficients.EXP32, Coefficients.EXP64);
    Val t = m.mad(m.mul(r, r), q, rLow); // exp = 1 + r + t
    Val low = m.mad(r, y, m.mad(left, m.mad(r, unit, unit), m.mul(t, y)));
    if (m.f.fillsRegisters(m.type)) {
      return m.f.scale(m.add(y, low), n);
    }
    Val scale = m.number(m.f.shl(m.bits(shifted), m.i(m.mantissa())));
    return m.mul(m.mul(m.add(y, low), scale), m.c(0x1p-64, 0x1p-128));
  }

  /** {@code 1 - 2^y} for {@code -60 <= y <= -2}. */
  static Val oneMinusExp2(Num m, Val y) {
    Val magic = m.c(0x1.8p23 + m.bias(), 0x1.8p52 + m.bias());
    Val shifted = m.add(y, magic);
    Val r = m.sub(y, m.sub(shifted, magic));
    Val p = m.pairs(r, EXP2_SINGLE, EXP2_DOUBLE);
    return m.nmad(p, m.number(m.f.shl(m.bits(shifted), m.i(m.mantissa()))), m.c(1));
  }

  /** {@code 1 + exp(2a)} for {@code |a| <= 20}, without the last bits of {@code 2a log2(e)}. */
  static Val onePlusExpOfTwice(Num m, Val a) {
    Val magic = m.c(0x1.8p23 + m.bias(), 0x1.8p52 + m.bias());
    Val perUnit = m.c(2 * LOG2E);
    Val shifted = m.mad(a, perUnit, magic);
    Val r = m.mads(a, perUnit, m.sub(shifted, magic));
    Val p = m.pairs(r, EXP2_SINGLE, EXP2_DOUBLE);
    return m.mad(p, m.number(m.f.shl(m.bits(shifted), m.i(m.mantissa()))), m.c(1));
  }
}
