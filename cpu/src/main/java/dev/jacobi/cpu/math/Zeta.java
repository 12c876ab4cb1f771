package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule.Param;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Hurwitz's zeta function, and polygamma.
 *
 * <p>Source: Euler's and Maclaurin's sum formula (Abramowitz and Stegun, 23.1.30): N terms, each
 * corrected for the rounding of q + k, the integral from there on and M Bernoulli terms; N and M
 * are such that what is left out is below the last place for every s > 1 and q > 0. For q < 0 the
 * sum over all integers, which has the period 1, less the terms that do not belong to it. The bulk
 * is a function called from the loop, since N powers are no code to repeat. Measured errors: {@code
 * docs/math.md}.
 */
final class Zeta {
  /** B(2k) / (2k)!, k = 1, 2, ... */
  private static final double[] BERNOULLI = {
    1 / 12.0,
    -1 / 720.0,
    1 / 30240.0,
    -1 / 1209600.0,
    1 / 47900160.0,
    -691 / 1307674368000.0,
    1 / 74724249600.0,
    -3617 / 10670622842880000.0,
    43867 / 5109094217170944000.0,
    -174611 / 802857662698291200000.0,
    77683 / 14101100039391805440000.0,
    -236364091 / 1693824136731743669452800000.0
  };

  /** So many factorials are doubles. */
  private static final int FACTORIALS = 171;

  private Zeta() {}

  static Val zeta(Num m, Val s, Val q) {
    Val usual = helper(m, "zeta", Zeta::positive, s, q);
    Val value =
        m.f.rarely(
            m.f.any(m.lt(q, m.c(0))),
            usual,
            () -> m.select(m.lt(q, m.c(0)), helper(m, "zetaBelow", Zeta::negative, s, q), usual));
    Val pole = m.f.and(m.f.cmp(Cmp.OLE, q, m.c(0)), m.eq(Rounding.roundEven(m, q), q));
    Val finite = m.f.and(m.lt(s, m.inf()), m.lt(q, m.inf()));
    Val defined = m.f.and(m.gt(s, m.c(1)), finite);
    Val power = m.f.or(m.gt(q, m.c(0)), m.eq(Rounding.roundEven(m, s), s)); // of (q + k)
    value = m.select(m.f.and(m.f.and(defined, power), m.f.not(pole)), value, m.nan());
    Val infinite = m.f.or(m.eq(s, m.c(1)), m.f.and(pole, even(m, s)));
    return m.select(infinite, m.inf(), value);
  }

  /** Whether x is an even integer; infinity is none. */
  private static Val even(Num m, Val x) {
    Val half = Rounding.roundEven(m, m.mul(x, m.c(0.5))); // of the least number that is 0
    return m.f.and(m.eq(m.add(half, half), x), m.lt(m.abs(x), m.inf()));
  }

  /** A function of two vectors that stands once in the module. */
  private static Val helper(Num m, String name, Body body, Val x, Val y) {
    String full = "math." + name + "." + m.type.suffix();
    List<Param> params = List.of(new Param(m.type, "x"), new Param(m.type, "y"));
    m.f
        .module()
        .helper(
            full,
            m.type,
            params,
            g -> g.ret(body.emit(new Num(g, m.type), g.param(0), g.param(1))));
    return m.f.call(full, m.type, x, y);
  }

  private interface Body {
    Val emit(Num m, Val x, Val y);
  }

  /** For s > 1 and q > 0, from the small terms to the large ones. */
  private static Val positive(Num m, Val s, Val q) {
    int terms = m.wide() ? 7 : 3;
    Val tail = tail(m, s, q, terms);
    Val minusS = m.f.neg(s);
    BiFunction<Val, List<Val>, List<Val>> add =
        (i, carried) -> {
          Val k = carried.get(1);
          Val sum = m.add(carried.get(0), power(m, q, k, minusS));
          return List.of(sum, m.sub(k, m.c(1)));
        };
    List<Val> start = List.of(tail, m.c(terms - 1));
    return m.f.forLoop(Val.i64(0), Val.i64(terms), Val.i64(1), start, add).getFirst();
  }

  /** The integral from {@code a = q + terms} on and the Bernoulli terms. */
  private static Val tail(Num m, Val s, Val q, int terms) {
    Val scale = power(m, q, m.c(terms), m.sub(m.c(1), s));
    Val inverse = m.div(m.c(1), m.add(q, m.c(terms)));
    Val slope = m.atMost(m.mul(s, inverse), m.c(1e3)); // where it is larger, scale is 0
    int last = m.wide() ? BERNOULLI.length - 1 : 5;
    Val sum = m.c(0);
    for (int k = last; k > 0; k--) {
      Val first = m.mad(m.c(2 * k - 1), inverse, slope);
      Val second = m.mad(m.c(2 * k), inverse, slope);
      sum = m.mul(m.add(sum, m.c(BERNOULLI[k])), m.mul(first, second));
    }
    Val ends = m.mad(m.add(sum, m.c(BERNOULLI[0])), slope, m.c(0.5));
    Val integral = m.div(m.c(1), m.sub(s, m.c(1)));
    return m.mul(scale, m.mad(ends, inverse, integral));
  }

  /** {@code (q + k)^y} with the rounding of the sum made good. */
  private static Val power(Num m, Val q, Val k, Val y) {
    Val a = m.add(q, k);
    Val seen = m.sub(a, q);
    Val low = m.add(m.sub(q, m.sub(a, seen)), m.sub(k, seen));
    Val p = Pow.pow(m, a, y);
    Val corrected = m.mad(p, m.mul(y, m.div(low, a)), p);
    return m.select(m.lt(p, m.inf()), corrected, p);
  }

  private static Val negative(Num m, Val s, Val q) {
    Val d = m.sub(q, Rounding.roundEven(m, q));
    Val up = m.gt(d, m.c(0));
    Val other = m.sub(m.c(1), m.abs(d));
    Val above = m.select(up, d, other);
    Val below = m.select(up, other, m.f.neg(d));
    Val beyond = helper(m, "zeta", Zeta::positive, s, m.sub(m.c(1), q));
    Val rest = m.sub(helper(m, "zeta", Zeta::positive, s, below), beyond);
    Val whole = helper(m, "zeta", Zeta::positive, s, above);
    return m.add(whole, m.select(even(m, s), rest, m.f.neg(rest)));
  }

  /** In float computed in double, which has the factorials from 35 on too. */
  static Val polygamma(Num m, Val n, Val x) {
    if (!m.wide()) {
      LType wide = m.type.with(LType.DOUBLE);
      Val value = polygamma(new Num(m.f, wide), m.f.fpext(n, wide), m.f.fpext(x, wide));
      return m.f.fptrunc(value, m.type);
    }
    Val next = m.add(n, m.c(1));
    Val size = m.mul(helper(m, "factorial", Zeta::factorial, n, n), zeta(m, next, x));
    Val usual = m.select(even(m, n), m.f.neg(size), size);
    Val none = m.eq(n, m.c(0));
    Val value = m.f.rarely(m.f.any(none), usual, () -> m.select(none, Gamma.digamma(m, x), usual));
    Val index = m.f.and(m.lt(n, m.inf()), m.eq(Rounding.roundEven(m, n), n));
    return m.select(m.f.and(index, m.f.cmp(Cmp.OGE, n, m.c(0))), value, m.nan());
  }

  /** n! out of a table, lane by lane. */
  private static Val factorial(Num m, Val n, Val same) {
    FnEmitter g = m.f;
    LType scalar = m.type.scalar();
    Val table = g.module().floatTable(scalar, factorials());
    Val xs = g.alloca(m.type, 1, 64);
    Val inside = m.atMost(m.atLeast(n, m.c(0)), m.c(FACTORIALS - 1));
    g.store(inside, xs, Mem.aligned(64));
    g.forLoop(
        Val.i64(0),
        Val.i64(Math.max(1, m.type.lanes())),
        Val.i64(1),
        i -> {
          Val place = g.gep(scalar, xs, i);
          Val index = g.fptosiSat(g.load(scalar, place), LType.I64);
          g.store(g.load(scalar, g.gep(scalar, table, index)), place);
        });
    Val found = g.load(m.type, xs, Mem.aligned(64));
    return m.select(m.gt(same, m.c(FACTORIALS - 1)), m.inf(), found);
  }

  private static double[] factorials() {
    double[] values = new double[FACTORIALS];
    BigInteger product = BigInteger.ONE;
    for (int i = 0; i < FACTORIALS; i++) {
      product = product.multiply(BigInteger.valueOf(Math.max(1, i)));
      values[i] = product.doubleValue();
    }
    return values;
  }
}
