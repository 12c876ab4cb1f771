package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * exp and its relatives.
 *
 * <p>Source: the classical reduction {@code x = n ln 2 + r}, {@code |r| <= ln(2)/2} (Cody and
 * Waite), a minimax polynomial for {@code exp(r)}, and a scaling by {@code 2^n} in two factors, so
 * that overflow and gradual underflow come out of the last multiplication alone. {@code n} is taken
 * from the low bits of {@code x log2(e) + 1.5 * 2^m}. Measured errors: {@code docs/math.md}.
 */
final class Exp {
  private static final double[] SINGLE = Coefficients.after(Coefficients.EXP32, 1, 1);
  private static final double[] DOUBLE = Coefficients.after(Coefficients.EXP64, 1, 1);
  private static final double LOG2E = 0x1.71547652b82fep0;

  private Exp() {}

  /** {@code 2^n} as two factors, each in the normal range. */
  private record Scale(Val first, Val second) {}

  /** What is left of an argument: {@code x = n ln 2 + rest}; {@code word} holds n in low bits. */
  private record Reduced(Val word, Val n, Val rest) {}

  static Val exp(Num m, Val x) {
    Val clamped = m.atLeast(m.atMost(x, m.c(89, 710)), m.c(-104, -746));
    Reduced r = reduce(m, clamped, 2L * m.bias());
    Val p = m.poly(r.rest, SINGLE, DOUBLE);
    Scale s = scale(m, r.word);
    return m.mul(m.mul(p, s.first), s.second);
  }

  /** Reduces {@code x}; {@code bias} is added to n in the word, not in the number. */
  private static Reduced reduce(Num m, Val x, long bias) {
    Val magic = m.c(0x1.8p23 + bias, 0x1.8p52 + bias);
    Val shifted = m.mad(x, m.c(LOG2E), magic);
    Val n = m.sub(shifted, magic);
    Val high = m.nmad(n, m.c(0x1.62e4p-1, 0x1.62e42feep-1), x);
    Val rest = m.nmad(n, m.c(0x1.7f7d1cp-20, 0x1.a39ef35793c76p-33), high);
    return new Reduced(m.bits(shifted), n, rest);
  }

  /** Low bits of {@code word} are n plus twice the bias: halve, and shift into the exponents. */
  private static Scale scale(Num m, Val word) {
    Val width = m.i(m.mantissa());
    Val half = m.f.lshr(word, m.i(1));
    Val first = m.number(m.f.shl(half, width));
    Val second = m.number(m.f.shl(m.f.sub(word, half), width));
    return new Scale(first, second);
  }

  /** {@code exp(x + xLow) * (y + yLow)} with hardly more than the last rounding; x not large. */
  static Val expTimes(Num m, Val x, Val xLow, Val y, Val yLow) {
    Reduced reduced = reduce(m, x, 2L * m.bias());
    Val r = m.add(reduced.rest, xLow);
    Val q = m.poly(r, Coefficients.EXP32, Coefficients.EXP64);
    Val z = m.mad(m.mul(r, r), q, r); // exp(r) = 1 + z
    Val low = m.mad(z, yLow, m.mad(z, y, yLow));
    Scale s = scale(m, reduced.word);
    return m.mul(m.mul(m.add(y, low), s.first), s.second);
  }

  /** {@code exp(a)} for {@code |a| <= 45}, without the last bits of n ln 2: for sums with 1. */
  static Val expModerate(Num m, Val a) {
    Val magic = m.c(0x1.8p23 + m.bias(), 0x1.8p52 + m.bias());
    Val shifted = m.mad(a, m.c(LOG2E), magic);
    Val rest = m.nmad(m.sub(shifted, magic), m.c(Math.log(2)), a);
    Val s = m.number(m.f.shl(m.bits(shifted), m.i(m.mantissa())));
    return m.mul(m.poly(rest, SINGLE, DOUBLE), s);
  }

  /**
   * {@code expm1(a)} for {@code 0 <= a <= 45}, without the care for large and special arguments.
   */
  static Val expm1Positive(Num m, Val a) {
    Reduced r = reduce(m, a, m.bias());
    Val q = m.poly(r.rest, Coefficients.EXPM1_32, Coefficients.EXPM1_64);
    Val p = m.mad(m.mul(r.rest, r.rest), q, r.rest);
    Val s = m.number(m.f.shl(r.word, m.i(m.mantissa())));
    return m.mad(s, p, m.sub(s, m.c(1)));
  }
}
