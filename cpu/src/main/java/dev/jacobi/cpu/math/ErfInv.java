package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * The inverse of erf.
 *
 * <p>Source: M. Giles, "Approximating the erfinv function" (2010): polynomials in {@code w = -log(1
 * - x^2)} or its square root. In float with the coefficients and the operations of XLA's expansion
 * (no fused multiply-add), because random normal numbers are compared with JAX's; in double the
 * ranges of the paper with our own coefficients, and near zero a polynomial in x^2. Measured
 * errors: {@code docs/math.md}.
 */
final class ErfInv {
  private static final double[] NEAR = {
    2.81022636e-08,
    3.43273939e-07,
    -3.5233877e-06,
    -4.39150654e-06,
    0.00021858087,
    -0.00125372503,
    -0.00417768164,
    0.246640727,
    1.50140941
  };
  private static final double[] FAR = {
    -0.000200214257,
    0.000100950558,
    0.00134934322,
    -0.00367342844,
    0.00573950773,
    -0.0076224613,
    0.00943887047,
    1.00167406,
    2.83297682
  };
  private static final double[] NONE = {0};

  private ErfInv() {}

  static Val erfInv(Num m, Val x) {
    Val y = m.mul(m.wide() ? wide(m, x) : single(m, x), x);
    return m.select(m.eq(m.abs(x), m.c(1)), m.withSign(m.inf(), x), y);
  }

  /** XLA's order of operations; its coefficients come highest power first. */
  private static Val single(Num m, Val x) {
    Val w = m.f.neg(Log.log1p(m, m.f.neg(m.mul(x, x))));
    Val near = m.lt(w, m.c(5));
    Val v = m.select(near, m.sub(w, m.c(2.5)), m.sub(m.f.sqrt(w), m.c(3)));
    Val p = m.select(near, m.c(NEAR[0]), m.c(FAR[0]));
    for (int i = 1; i < NEAR.length; i++) {
      p = m.add(m.select(near, m.c(NEAR[i]), m.c(FAR[i])), m.mul(p, v));
    }
    return p;
  }

  /** The square in two parts: the rounded one would lose the tails. */
  private static Val wide(Num m, Val x) {
    Val square = m.f.neg(m.mul(x, x));
    Val low = m.f.neg(m.fma(x, x, square));
    Val w = m.f.neg(Log.log1pSum(m, square, low));
    Val root = m.f.sqrt(w);
    Val near = m.poly(m.sub(w, m.c(3.125)), NONE, Coefficients.ERF_INV_A64);
    Val middle = m.poly(m.sub(root, m.c(3.25)), NONE, Coefficients.ERF_INV_B64);
    Val far = m.poly(m.sub(root, m.c(5.05)), NONE, Coefficients.ERF_INV_C64);
    Val small = m.poly(m.f.neg(square), NONE, Coefficients.ERF_INV_SMALL64);
    Val outer = m.select(m.lt(w, m.c(16)), middle, far);
    Val outside = m.select(m.lt(w, m.c(6.25)), near, outer);
    Val p = m.select(m.gt(square, m.c(-0.45)), small, outside);
    return m.select(m.gt(m.abs(x), m.c(1)), m.nan(), p);
  }
}
