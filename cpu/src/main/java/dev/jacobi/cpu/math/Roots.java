package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * Square and cube roots.
 *
 * <p>Sources. sqrt is the processor's, correctly rounded; rsqrt a division by it. cbrt: a first
 * guess by a third of the bit pattern (Kahan), Halley's iteration, and one Newton step with an
 * exact residual. Measured errors: {@code docs/math.md}.
 */
final class Roots {
  private Roots() {}

  static Val sqrt(Num m, Val x) {
    return m.f.sqrt(x);
  }

  static Val rsqrt(Num m, Val x) {
    return m.div(m.c(1), m.f.sqrt(x));
  }

  static Val cbrt(Num m, Val x) {
    Val a = m.abs(x);
    Val tiny = m.lt(a, m.c(0x1p-100, 0x1p-900));
    Val n = m.select(tiny, m.mul(a, m.c(0x1p48, 0x1p108)), a);
    Val t = halley(m, n, guess(m, n));
    if (m.wide()) {
      t = halley(m, n, t);
    }
    Val square = m.mul(t, t);
    Val squareLow = m.fma(t, t, m.f.neg(square));
    Val part = m.mul(t, m.c(0.25)); // the cube itself may overflow
    Val exact = m.fma(m.f.neg(part), square, m.mul(n, m.c(0.25)));
    Val left = m.nmad(part, squareLow, exact);
    Val root = m.mad(left, m.div(m.c(4.0 / 3), square), t);
    Val y = m.select(tiny, m.mul(root, m.c(0x1p-16, 0x1p-36)), root);
    Val special = m.select(m.lt(a, m.inf()), y, a);
    return m.withSign(m.select(m.eq(a, m.c(0)), a, special), x);
  }

  /** Within 4 %: the bit pattern, cut to an exact small integer, divided by three. */
  private static Val guess(Num m, Val n) {
    Val unit = m.c(0x1p23, 0x1p52);
    Val cut = m.i(9, 32);
    Val field = m.number(m.f.or(m.f.lshr(m.bits(n), cut), m.bits(unit)));
    Val third = m.mad(m.sub(field, unit), m.c(1.0 / 3), m.c(709958130 >> 9, 715094163));
    return m.number(m.f.shl(m.bits(m.add(third, unit)), cut));
  }

  /** On a quarter of the cubes, which does not overflow. */
  private static Val halley(Num m, Val n, Val t) {
    Val cube = m.mul(m.mul(t, t), m.mul(t, m.c(0.25)));
    Val quarter = m.mul(n, m.c(0.25));
    Val bottom = m.mad(m.c(2), cube, quarter);
    return m.mad(m.div(m.sub(quarter, cube), bottom), t, t);
  }
}
