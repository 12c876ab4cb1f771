package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * tanh and its relatives.
 *
 * <p>Source: in float {@code tanh|x| = 1 - 2 / (exp(2|x|) + 1)} from 0.625 on and an odd minimax
 * polynomial below; in double {@code e / (e + 2)}, {@code e = expm1(2|x|)}, with the roundings of
 * the sum and the quotient made good. Measured errors: {@code docs/math.md}.
 */
final class Hyperbolic {
  private Hyperbolic() {}

  static Val tanh(Num m, Val x) {
    Val a = m.atMost(m.abs(x), m.c(9.25, 19.25)); // 1 when rounded, from there on
    Val twice = m.add(a, a);
    if (m.wide()) {
      return m.withSign(expm1Ratio(m, Exp.expm1Positive(m, twice)), x);
    }
    Val e = Exp.expModerate(m, twice);
    Val large = m.sub(m.c(1), m.div(m.c(2), m.add(e, m.c(1))));
    Val square = m.mul(a, a);
    Val poly = m.poly(square, Coefficients.TANH32, Coefficients.TANH32);
    Val small = m.mad(m.mul(a, square), poly, a);
    return m.withSign(m.select(m.lt(a, m.c(0.625)), small, large), x);
  }

  /** {@code e / (e + 2)}; its derivative in e is {@code (1 - q)^2 / 2}, so 1/(e+2) = (1-q)/2. */
  private static Val expm1Ratio(Num m, Val e) {
    Val d = m.add(e, m.c(2));
    Val q = m.div(e, d);
    Val two = m.c(2);
    Val lost = m.sub(m.f.minFast(e, two), m.sub(d, m.f.maxFast(e, two))); // exactly e + 2 - d
    Val left = m.nmad(q, lost, m.nmad(q, d, e));
    Val y = m.mad(left, m.nmad(m.c(0.5), q, m.c(0.5)), q);
    return m.atMost(y, m.c(1)); // near 1, 1-q itself is rounded
  }
}
