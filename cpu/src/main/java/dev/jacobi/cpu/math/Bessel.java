package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * Modified Bessel functions.
 *
 * <p>Source: the power series in {@code x^2}, all of whose terms are positive, and further out the
 * asymptotic series in {@code 1/x} over the root of x (Abramowitz and Stegun, 9.6.10 and 9.7.1),
 * both as minimax polynomials. Measured errors: {@code docs/math.md}.
 */
final class Bessel {
  private Bessel() {}

  /** {@code exp(-|x|) I1(x)}. */
  static Val i1e(Num m, Val x) {
    Val a = m.abs(x);
    Val limit = m.c(6, 8);
    Val near = m.atMost(a, limit);
    Val u = m.mul(near, near);
    Val p = m.poly(u, SpecialCoefficients.BESSEL_I132, SpecialCoefficients.BESSEL_I164);
    // What the square lost, times the logarithmic derivative of the series, nearly.
    Val lost = m.mul(m.fma(near, near, m.f.neg(u)), m.mad(u, m.c(-0.0011), m.c(0.122)));
    Val small = m.mul(m.mul(near, p), Exp.expSum(m, m.f.neg(near), lost));
    Val v = m.div(m.c(1), a);
    double[] single = SpecialCoefficients.BESSEL_I1_TAIL32;
    Val tail = m.poly(v, single, SpecialCoefficients.BESSEL_I1_TAIL64);
    Val large = m.div(tail, m.f.sqrt(a));
    return m.withSign(m.select(m.lt(a, limit), small, large), x);
  }
}
