package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Val;

/**
 * The inverse trigonometric functions.
 *
 * <p>Source: odd minimax polynomials, of atan on [0, 1] with {@code atan(a) = pi/2 - atan(1/a)}
 * beyond, of asin on [0, 1/2] with {@code asin(a) = pi/2 - 2 asin(sqrt((1-a)/2))} beyond. Measured
 * errors: {@code docs/math.md}.
 */
final class ArcTrig {
  private ArcTrig() {}

  private static Val halfPi(Num m) {
    return m.c(0x1.921fb6p0, 0x1.921fb54442d18p0);
  }

  /** What pi/2 exceeds that by. */
  private static Val halfPiLow(Num m) {
    return m.c(-0x1.777a5cp-25, 0x1.1a62633145c07p-54);
  }

  /** {@code atan(z) - z} for {@code 0 <= z <= 1}. */
  private static Val atanRest(Num m, Val z) {
    Val u = m.mul(z, z);
    return m.mul(m.mul(z, u), m.poly(u, Coefficients.ATAN32, Coefficients.ATAN64));
  }

  static Val atan(Num m, Val x) {
    Val a = m.abs(x);
    Val steep = m.gt(a, m.c(1));
    Val z = m.select(steep, m.div(m.c(1), a), a);
    Val rest = atanRest(m, z);
    Val flat = m.add(z, rest);
    Val turned = m.sub(m.sub(halfPi(m), z), m.sub(rest, halfPiLow(m)));
    return m.withSign(m.select(steep, turned, flat), x);
  }

  /** The angle of the point (x, y). */
  static Val atan2(Num m, Val y, Val x) {
    Val ax = m.abs(x);
    Val ay = m.abs(y);
    Val steep = m.gt(ay, ax);
    Val low = m.select(steep, ax, ay);
    Val high = m.select(steep, ay, ax);
    Val quotient = m.div(low, high);
    Val left =
        m.div(m.fma(m.f.neg(quotient), high, low), high); // of the division; NaN at its edges
    Val lost = m.select(m.isNan(left), m.c(0), left);
    Val ratio = m.select(m.eq(low, high), m.c(1), quotient); // two infinities
    Val z = m.select(m.eq(m.add(low, high), m.c(0)), m.c(0), ratio); // two zeros
    Val rest = m.add(atanRest(m, z), lost);
    Val west = m.negative(x);
    // Where steep, pi/2 less the angle if x > 0, else plus; pi less it where x < 0.
    Val base = m.select(steep, halfPi(m), m.select(west, m.c(Math.PI), m.c(0)));
    Val twice = m.mul(halfPiLow(m), m.c(2));
    Val baseLow = m.select(steep, halfPiLow(m), m.select(west, twice, m.c(0)));
    Val minus = m.f.xor(steep, west);
    Val part = m.select(minus, m.f.neg(z), z);
    Val main = m.add(base, part);
    Val mainLow = m.sub(part, m.sub(main, base));
    Val small = m.add(m.select(minus, m.f.neg(rest), rest), baseLow);
    return m.withSign(m.add(main, m.add(mainLow, small)), y);
  }

  /** {@code asin(z) - z} for {@code z <= 1/2}, with u = z^2. */
  private static Val asinRest(Num m, Val z, Val u) {
    return m.mul(m.mul(z, u), m.poly(u, Coefficients.ASIN32, Coefficients.ASIN64));
  }

  /** z and its square: of {@code a}, or beyond 1/2 of {@code sqrt((1-a)/2)}. */
  private record Folded(Val far, Val z, Val u) {}

  private static Folded fold(Num m, Val a) {
    Val far = m.gt(a, m.c(0.5));
    Val u = m.select(far, m.nmad(m.c(0.5), a, m.c(0.5)), m.mul(a, a));
    return new Folded(far, m.select(far, m.f.sqrt(u), a), u);
  }

  static Val asin(Num m, Val x) {
    Folded p = fold(m, m.abs(x));
    Val rest = asinRest(m, p.z, p.u);
    Val rootLeft = m.fma(m.f.neg(p.z), p.z, p.u); // u is more than the square of its root
    Val twiceLow = m.div(rootLeft, m.f.maxFast(p.z, m.minNormal()));
    Val high = m.nmad(m.c(2), p.z, halfPi(m));
    Val highLow = m.nmad(m.c(2), p.z, m.sub(halfPi(m), high));
    Val low = m.sub(twiceLow, m.add(highLow, halfPiLow(m)));
    Val turned = m.sub(high, m.mad(m.c(2), rest, low));
    return m.withSign(m.select(p.far, turned, m.add(p.z, rest)), x);
  }

  static Val acos(Num m, Val x) {
    Folded p = fold(m, m.abs(x));
    Val rest = asinRest(m, p.z, p.u);
    Val twice = m.mul(m.add(p.z, rest), m.c(2));
    Val left = m.sub(m.c(Math.PI), m.nmad(halfPiLow(m), m.c(2), twice));
    Val beyond = m.select(m.negative(x), left, twice);
    Val small = m.sub(m.flipSign(rest, x), halfPiLow(m));
    Val near = m.sub(m.sub(halfPi(m), m.flipSign(p.z, x)), small);
    return m.select(p.far, beyond, near);
  }
}
