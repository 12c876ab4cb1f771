package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;

/**
 * x to the power y, with C's special cases.
 *
 * <p>Source: {@code |x|^y = exp(y log|x|)} with the logarithm to more than the result's precision:
 * in float by a polynomial for log2 in double; in double by the series of {@code log((1+s)/(1-s))}
 * of which s, s^3 and the sum with {@code k ln 2} are kept as pairs of doubles (Dekker). Measured
 * errors: {@code docs/math.md}.
 */
final class Pow {
  private static final double[] LOG2 = Coefficients.LOG2_64;

  private Pow() {}

  static Val pow(Num m, Val x, Val y) {
    Val a = m.abs(x);
    Val size = m.wide() ? sizeDouble(m, a, y) : sizeSingle(m, a, y);
    Val one = m.f.or(m.eq(a, m.c(1)), m.eq(y, m.c(0)));
    Val usual = m.select(one, m.c(1), size);
    return m.f.rarely(m.f.any(m.negative(x)), usual, () -> signed(m, x, y, usual));
  }

  /** Minus for an odd y, NaN for a fractional one, where x is negative. */
  private static Val signed(Num m, Val x, Val y, Val size) {
    Val whole = m.eq(Rounding.roundEven(m, y), y);
    Val half = m.mul(y, m.c(0.5));
    Val fractional = m.f.cmp(Cmp.UNE, Rounding.roundEven(m, half), half);
    Val odd = m.f.and(whole, fractional);
    Val minus = m.f.and(odd, m.negative(x));
    Val number = m.select(minus, m.f.neg(size), size);
    Val finite = m.f.and(m.lt(x, m.c(0)), m.gt(x, m.c(Double.NEGATIVE_INFINITY)));
    Val undefined = m.f.and(finite, m.f.not(whole));
    return m.select(undefined, m.nan(), number);
  }

  /** {@code a = 2^k (1+f)}; k is infinite or NaN where the logarithm is. */
  private record Split(Val k, Val f) {}

  private static Split split(Num m, Val a) {
    Val tiny = m.lt(a, m.minNormal());
    Val scaled = m.select(tiny, m.mul(a, m.c(0x1p23, 0x1p52)), a);
    Val above = Log.above(m, scaled);
    double offset = Log.unit(m) + m.bias();
    Val k = Log.exponent(m, above, m.select(tiny, m.c(offset + m.mantissa()), m.c(offset)));
    Val finite = m.select(m.lt(a, m.inf()), k, a);
    Val all = m.select(m.eq(a, m.c(0)), m.c(Double.NEGATIVE_INFINITY), finite);
    return new Split(all, m.sub(Log.fraction(m, above), m.c(1)));
  }

  private static Val sizeSingle(Num m, Val a, Val y) {
    Split s = split(m, a);
    LType wide = m.type.with(LType.DOUBLE);
    Num d = new Num(m.f, wide);
    Val f = m.f.fpext(s.f, wide);
    Val log = d.mad(f, d.poly(f, LOG2, LOG2), m.f.fpext(s.k, wide));
    Val product = d.mul(log, m.f.fpext(y, wide));
    Val t = d.atLeast(d.atMost(product, d.c(200)), d.c(-200));
    Val word = Exp.roundToWord(m, m.f.fptrunc(t, m.type));
    Val n = m.f.fpext(Exp.wordToNumber(m, word), wide);
    return Exp.exp2(m, word, m.f.fptrunc(d.sub(t, n), m.type));
  }

  private static Val sizeDouble(Num m, Val a, Val y) {
    Split x = split(m, a);
    Pair log = logarithm(m, x);
    Val high = m.select(m.lt(m.abs(x.k), m.inf()), log.high, x.k);
    Val p = m.mul(y, high);
    Val low = m.mad(y, log.low, m.fma(y, high, m.f.neg(p)));
    Val lowOrNone = m.select(m.lt(m.abs(p), m.c(800)), low, m.c(0));
    Val clamped = m.atLeast(m.atMost(p, m.c(720)), m.c(-760));
    return Exp.expSum(m, clamped, lowOrNone);
  }

  /** A number as an unevaluated sum. */
  private record Pair(Val high, Val low) {}

  /** The sum of two numbers of which the first is the larger. */
  private static Pair sum(Num m, Val a, Val b) {
    Val s = m.add(a, b);
    return new Pair(s, m.sub(b, m.sub(s, a)));
  }

  private static Pair product(Num m, Pair a, Pair b) {
    Val p = m.mul(a.high, b.high);
    Val error = m.fma(a.high, b.high, m.f.neg(p));
    return new Pair(p, m.mad(a.high, b.low, m.mad(a.low, b.high, error)));
  }

  /** {@code k ln 2 + log(1+f)} to about 70 bits. */
  private static Pair logarithm(Num m, Split x) {
    Pair s = ratio(m, x.f);
    Pair z = product(m, s, s);
    double[] rest = Coefficients.LOG_TAIL64;
    Val tail = m.mad(z.high, m.poly(z.high, rest, rest), m.c(0x1.5555555555555p-55));
    Pair factor = sum(m, m.c(0x1.5555555555555p-1), tail); // 2/3 + 2/5 z + ...
    Pair cubic = product(m, product(m, s, z), factor);
    Pair lead = sum(m, m.add(s.high, s.high), cubic.high);
    Val low = m.add(lead.low, m.mad(m.c(2), s.low, cubic.low));
    Pair total = sum(m, m.mul(x.k, m.c(0x1.62e42feep-1)), lead.high);
    Val rests = m.mad(x.k, m.c(0x1.a39ef35793c76p-33), low);
    return new Pair(total.high, m.add(total.low, rests));
  }

  /** {@code f / (2 + f)}. */
  private static Pair ratio(Num m, Val f) {
    Pair d = sum(m, m.c(2), f);
    Val inverse = m.div(m.c(1), d.high);
    Val s = m.mul(f, inverse);
    Val left = m.nmad(s, d.low, m.fma(m.f.neg(s), d.high, f));
    return new Pair(s, m.mul(left, inverse));
  }
}
