package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * erf and erfc.
 *
 * <p>Source: near zero an odd minimax polynomial. Further out, erf in float is {@code 1 -
 * exp(q(x))} with q a polynomial for {@code log(erfc x)}, whose errors are damped by erfc; erfc,
 * and erf in double, are {@code exp(-x^2) (1+g(t)) / (1+2x)}, t = (x-k)/(x+k), after Shepherd and
 * Laframboise (1981), with the rounding of x^2 and of the quotient carried along. Measured errors:
 * {@code docs/math.md}.
 */
final class Erf {
  private Erf() {}

  static Val erf(Num m, Val x) {
    Val a = m.abs(x);
    Val u = m.mul(a, a);
    Val small = m.mad(a, m.poly(u, Coefficients.ERF32, Coefficients.ERF64), a);
    Val near = m.atMost(a, m.c(4, 6)); // 1 when rounded, from there on
    Val tail = m.wide() ? erfcOf(m, near) : Exp.expModerate(m, logErfc(m, near));
    Val y = m.select(m.lt(a, m.c(0.9375, 0.875)), small, m.sub(m.c(1), tail));
    return m.withSign(y, x);
  }

  static Val erfc(Num m, Val x) {
    Val a = m.abs(x);
    Val u = m.mul(a, a);
    Val high = m.sub(m.c(1), x);
    Val low = m.sub(m.sub(m.c(1), high), x);
    Val rest = m.nmad(x, m.poly(u, Coefficients.ERF32, Coefficients.ERF64), low);
    Val tail = erfcOf(m, m.atMost(a, m.c(10.5, 28)));
    Val large = m.select(m.negative(x), m.sub(m.c(2), tail), tail);
    return m.select(m.lt(a, m.c(0.4765)), m.add(high, rest), large);
  }

  private static Val logErfc(Num m, Val a) {
    return m.poly(a, Coefficients.LOG_ERFC32, Coefficients.LOG_ERFC32);
  }

  /** erfc from 0.476 on. */
  private static Val erfcOf(Num m, Val a) {
    Val kink = m.c(2.25, 3.5);
    Val t = m.div(m.sub(a, kink), m.add(a, kink));
    Val g = m.poly(t, Coefficients.ERFCX32, Coefficients.ERFCX64); // the quotient is (1+g)/d
    Val d = m.mad(m.c(2), a, m.c(1));
    Val lost = m.mad(m.c(2), a, m.sub(m.c(1), d)); // exactly 1 + 2a - d
    Val inverse = m.div(m.c(1), d);
    Val high = m.mad(g, inverse, inverse);
    Val left = m.nmad(high, lost, m.add(m.fma(m.f.neg(high), d, m.c(1)), g));
    Val square = m.mul(a, a);
    Val squareLow = m.fma(a, a, m.f.neg(square));
    Val low = m.mul(left, inverse);
    return Exp.expTimes(m, m.f.neg(square), m.f.neg(squareLow), high, low);
  }
}
