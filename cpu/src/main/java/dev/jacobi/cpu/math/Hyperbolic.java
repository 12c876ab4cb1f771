package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * The hyperbolic functions and their inverses.
 *
 * <p>Sources. tanh in float: {@code 1 - 2 / (exp(2|x|) + 1)} from 0.65 on and an odd minimax
 * polynomial below; in double {@code e / (e + 2)}, {@code e = expm1(2|x|)}, with the roundings of
 * the sum and the quotient made good. sinh and cosh: {@code |x| = n ln 2 + r}, the addition theorem
 * with {@code 2^n}, and minimax polynomials of sinh r and cosh r. The inverses: their logarithms,
 * with square root, quotient and sum kept to twice the precision. Measured errors: {@code
 * docs/math.md}.
 */
final class Hyperbolic {
  private Hyperbolic() {}

  static Val tanh(Num m, Val x) {
    Val a = m.atMost(m.abs(x), m.c(9.25, 19.25)); // 1 when rounded, from there on
    if (m.wide()) {
      Val y = expm1Ratio(m, Exp.expm1Finite(m, m.add(a, a)));
      return m.withSign(m.select(m.lt(a, m.c(0x1p-54)), a, y), x);
    }
    Val large = m.sub(m.c(1), m.div(m.c(2), Exp.onePlusExpOfTwice(m, a)));
    Val square = m.mul(a, a);
    Val poly = m.poly(square, Coefficients.TANH32, Coefficients.TANH32);
    Val small = m.mad(m.mul(a, square), poly, a);
    return m.withSign(m.select(m.lt(a, m.c(0.65)), small, large), x);
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

  /** {@code plus, minus = (2^n +- 2^-n) / 8}; of sinh r and cosh r what exceeds r and 1. */
  private record Parts(Val up, Val down, Val plus, Val minus, Val sinh, Val cosh, Val r) {}

  private static Parts eighths(Num m, Val a) {
    Exp.Reduced r = Exp.reduce(m, m.atMost(a, m.c(90, 711)), m.bias() - 3L);
    Val up = m.number(m.f.shl(r.word(), m.i(m.mantissa())));
    Val down = m.div(m.c(0x1p-6), up);
    Val u = m.mul(r.rest(), r.rest());
    Val odd = m.poly(u, Coefficients.SINH32, Coefficients.SINH64);
    Val s = m.mad(m.mul(r.rest(), u), odd, r.low());
    Val c = m.mul(u, m.poly(u, Coefficients.COSH32, Coefficients.COSH64));
    return new Parts(up, down, m.add(up, down), m.sub(up, down), s, c, r.rest());
  }

  static Val sinh(Num m, Val x) {
    Val a = m.abs(x);
    Parts p = eighths(m, a);
    Val lost = m.sub(m.sub(p.up, p.minus), p.down);
    Val small = m.mad(p.minus, p.cosh, m.mad(p.plus, p.sinh, lost));
    Val y = m.mul(m.add(p.minus, m.mad(p.plus, p.r, small)), m.c(4));
    return m.withSign(m.select(m.lt(a, m.c(0x1p-13, 0x1p-28)), a, y), x);
  }

  static Val cosh(Num m, Val x) {
    Parts p = eighths(m, m.abs(x));
    Val lost = m.add(m.sub(p.up, p.plus), p.down);
    Val small = m.mad(p.plus, p.cosh, m.mad(p.minus, p.sinh, lost));
    return m.mul(m.add(p.plus, m.mad(p.minus, p.r, small)), m.c(4));
  }

  static Val asinh(Num m, Val x) {
    Val a = m.abs(x);
    Val p = m.mul(a, a);
    Val one = m.c(1);
    Val q = m.add(p, one);
    Val lost = m.sub(m.f.minFast(p, one), m.sub(q, m.f.maxFast(p, one)));
    Val root = m.f.sqrt(q);
    Val rootLow = rootLow(m, q, root, m.add(lost, m.fma(a, a, m.f.neg(p))));
    Val sum = m.add(root, a);
    Val sumLow = m.add(m.sub(a, m.sub(sum, root)), rootLow);
    Val y = logOfSum(m, a, sum, sumLow);
    return m.withSign(m.select(m.lt(a, m.c(0x1p-12, 0x1p-26)), a, y), x);
  }

  static Val acosh(Num m, Val x) {
    Val p = m.mul(x, x);
    Val one = m.c(1);
    Val difference = m.sub(p, one);
    Val lost = m.add(m.sub(p, m.add(difference, one)), m.fma(x, x, m.f.neg(p)));
    Val q = m.add(difference, lost);
    Val qLow = m.sub(lost, m.sub(q, difference));
    Val root = m.f.sqrt(q);
    Val rootLow = rootLow(m, q, root, qLow);
    Val sum = m.add(x, root);
    Val sumLow = m.add(m.sub(root, m.sub(sum, x)), rootLow);
    Val y = m.select(m.eq(x, one), m.c(0), logOfSum(m, x, sum, sumLow));
    return m.select(m.lt(x, one), m.nan(), y);
  }

  /** What {@code sqrt(q + qLow)} exceeds {@code root} by. */
  private static Val rootLow(Num m, Val q, Val root, Val qLow) {
    Val left = m.add(m.fma(m.f.neg(root), root, q), qLow);
    return m.mul(left, m.div(m.c(0.5), root));
  }

  /** {@code log(sum + sumLow)}; where x is so large that its square is lost, {@code log(2x)}. */
  private static Val logOfSum(Num m, Val x, Val sum, Val sumLow) {
    Val large = m.gt(x, m.c(0x1p30, 0x1p60));
    Val high = m.select(large, x, sum);
    Val low = m.select(large, m.c(0), sumLow);
    Val y = Log.logSum(m, high, low, m.select(large, m.c(1), m.c(0)));
    return m.select(m.lt(x, m.inf()), y, x);
  }

  /** {@code log1p(t) / 2}, {@code t = 2a / (1 - a)}. */
  static Val atanh(Num m, Val x) {
    Val a = m.abs(x);
    Val one = m.c(1);
    Val d = m.sub(one, a);
    Val lost = m.sub(m.sub(one, d), a);
    Val inverse = m.div(one, d);
    Val twice = m.add(a, a);
    Val t = m.mul(twice, inverse);
    Val left = m.nmad(t, lost, m.fma(m.f.neg(t), d, twice));
    Val y = m.mul(Log.log1pSum(m, t, m.mul(left, inverse)), m.c(0.5));
    Val edge = m.select(m.eq(a, one), m.inf(), m.nan());
    Val inside = m.select(m.lt(a, one), y, edge);
    return m.withSign(m.select(m.lt(a, m.c(0x1p-12, 0x1p-27)), a, inside), x);
  }
}
