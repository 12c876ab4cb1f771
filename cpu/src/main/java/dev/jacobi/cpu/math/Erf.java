package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * erf and erfc.
 *
 * <p>Source: near zero an odd minimax polynomial. Further out, erf in float is {@code 1 - 2^q(x)}
 * with q a polynomial for {@code log2(erfc x)}, whose errors are damped by erfc; erfc, and erf in
 * double, are {@code exp(-x^2) (1+g) / d}, after Shepherd and Laframboise (1981), d a line and g a
 * polynomial in 1/d (float) or (x-k)/(x+k) (double), with the rounding of x^2 and of the quotient
 * carried along. With AVX-512, erf and {@code exp(x^2) erfc(x)} in float are {@link Piecewise}
 * polynomials. Measured errors: {@code docs/math.md}.
 */
final class Erf {
  private Erf() {}

  static Val erf(Num m, Val x) {
    Val a = m.abs(x);
    if (m.tables()) {
      return m.withSign(erfOfPieces(m, a), x);
    }
    Val u = m.mul(a, a);
    Val small = m.mad(a, m.poly(u, Coefficients.ERF32, Coefficients.ERF64), a);
    Val near = m.atMost(a, m.c(4, 6)); // 1 when rounded, from there on
    Val large =
        m.wide() ? m.sub(m.c(1), erfcOf64(m, near)) : Exp.oneMinusExp2(m, log2Erfc(m, near));
    Val y = m.select(m.lt(a, m.c(0.96875, 0.875)), small, large);
    return m.withSign(y, x);
  }

  /** On intervals of a width just above 1/4; the first polynomial is that of erf(a) - a. */
  private static Val erfOfPieces(Num m, Val a) {
    Val near = m.atMost(a, m.c(3.93)); // 1 when rounded, from there on
    Val magic = m.c(0x1.8p23);
    Val word = m.mad(near, m.c(1 / 0.25390625), magic);
    Piecewise p = Piecewise.at(m, near, m.bits(word), Piecewise.ERF);
    return m.mad(p.slope(), p.t(), m.select(m.eq(word, magic), p.t(), p.base()));
  }

  static Val erfc(Num m, Val x) {
    Val a = m.abs(x);
    if (m.tables()) {
      Val tail = erfcOfPieces(m, m.atMost(a, m.c(10.5)));
      return m.select(m.negative(x), m.sub(m.c(2), tail), tail);
    }
    Val u = m.mul(a, a);
    Val high = m.sub(m.c(1), x);
    Val low = m.sub(m.sub(m.c(1), high), x);
    Val rest = m.nmad(x, m.poly(u, Coefficients.ERF32, Coefficients.ERF64), low);
    Val near = m.atMost(a, m.c(10.5, 28));
    Val tail = m.wide() ? erfcOf64(m, near) : erfcOf32(m, near);
    Val large = m.select(m.negative(x), m.sub(m.c(2), tail), tail);
    return m.select(m.lt(a, m.c(0.65, 0.4765)), m.add(high, rest), large);
  }

  /** Four intervals for every octave of {@code 1 + a}, by the bits of that. */
  private static Val erfcOfPieces(Num m, Val a) {
    Val index = m.f.lshr(m.bits(m.add(a, m.c(1))), m.i(m.mantissa() - 2));
    Piecewise p = Piecewise.at(m, a, index, Piecewise.ERFCX);
    Val high = m.mad(p.slope(), p.t(), p.base());
    Val low = m.mad(p.slope(), p.t(), m.sub(p.base(), high));
    return gauss(m, a, high, low, m.c(1));
  }

  private static Val log2Erfc(Num m, Val a) {
    return m.pairs(a, Coefficients.LOG2_ERFC32, Coefficients.LOG2_ERFC32);
  }

  /** erfc from 0.65 on, in float; one division. */
  private static Val erfcOf32(Num m, Val a) {
    Val slope = m.c(1.5);
    Val d = m.mad(slope, a, slope);
    Val lost = m.mad(slope, a, m.sub(slope, d)); // exactly 1.5 + 1.5a - d
    Val inverse = m.div(m.c(1), d);
    Val t = m.sub(inverse, m.c((float) 0.2318)); // the middle of the polynomial
    return gauss(m, a, m.poly(t, Coefficients.ERFCX32, Coefficients.ERFCX32), d, lost, inverse);
  }

  /** erfc from 0.476 on, in double. */
  private static Val erfcOf64(Num m, Val a) {
    Val kink = m.c(3.5);
    Val t = m.div(m.sub(a, kink), m.add(a, kink));
    Val g = m.poly(t, Coefficients.ERFCX64, Coefficients.ERFCX64);
    Val d = m.mad(m.c(2), a, m.c(1));
    Val lost = m.mad(m.c(2), a, m.sub(m.c(1), d)); // exactly 1 + 2a - d
    return gauss(m, a, g, d, lost, m.div(m.c(1), d));
  }

  /** {@code exp(-a^2) (1+g) / (d+lost)}. */
  private static Val gauss(Num m, Val a, Val g, Val d, Val lost, Val inverse) {
    Val high = m.mad(g, inverse, inverse);
    Val left = m.add(m.fma(m.f.neg(high), d, m.c(1)), m.nmad(high, lost, g));
    return gauss(m, a, high, left, inverse);
  }

  /** {@code exp(-a^2) (high + left * unit)}. */
  private static Val gauss(Num m, Val a, Val high, Val left, Val unit) {
    Val square = m.mul(a, a);
    Val squareLow = m.fma(a, a, m.f.neg(square));
    return Exp.expTimes(m, m.f.neg(square), m.f.neg(squareLow), high, left, unit);
  }
}
