package dev.jacobi.scipy.special;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Hypergeometric functions by their series and transformations: Pearson, Olver and Porter,
 * Numerical methods for the computation of the confluent and Gauss hypergeometric functions, Numer.
 * Algorithms 74, 2017. Each element has its own number of terms, 250 at most.
 */
public final class Hypergeometric {
  private static final int TERMS = 250;

  private Hypergeometric() {}

  /** Kummer's function {@code M(a, b, x)}. */
  public static Array hyp1f1(Array... abx) {
    return Programs.withRule("hyp1f1", x -> kummer(x[0], x[1], x[2]), Hypergeometric::slope1, abx);
  }

  private static Array slope1(Array[] x, Array y, Array[] t) {
    Array a = x[0];
    Array b = x[1];
    Array first = a.div(b).times(x[2]);
    UnaryOperator<Array> next = k -> a.plus(k).div(b.plus(k)).times(x[2]).div(k.plus(1));
    Array inA = series(0, first, next, k -> digammas(a, k));
    Array inB = Arithmetic.neg(series(0, first, next, k -> digammas(b, k)));
    Array inX = a.div(b).times(hyp1f1(a.plus(1), b.plus(1), x[2]));
    return inA.times(t[0]).plus(inB.times(t[1])).plus(inX.times(t[2]));
  }

  private static Array digammas(Array a, Array k) {
    return SpecialFunctions.digamma(a.plus(k)).minus(SpecialFunctions.digamma(a));
  }

  private static Array kummer(Array a, Array b, Array x) {
    Array near = Arithmetic.abs(x).lt(100);
    Array small = where(near, x, 0.0);
    Array series =
        series(
            1,
            a.div(b).times(small),
            k -> a.plus(k).div(b.plus(k)).times(small).div(k.plus(1)),
            k -> Jnp.onesLike(x));
    Array large = where(near, 100.0, x);
    Array inverse =
        series(
            1,
            b.minus(a).times(Jnp.minus(1, a)).div(large),
            k -> b.minus(a).plus(k).times(Jnp.minus(1, a).plus(k)).div(k.plus(1)).div(large),
            k -> Jnp.onesLike(x));
    Array scale = Gammas.ofReal(b).div(Gammas.ofReal(a)).times(Elementary.exp(large));
    Array far = scale.times(Jnp.power(large, a.minus(b))).times(inverse);
    Array value = where(near, series, far);
    Array infinity = Programs.constant(x, Double.POSITIVE_INFINITY);
    value = where(b.eq(0), infinity, where(a.eq(b), Elementary.exp(x), value));
    return where(a.eq(0), 1.0, value);
  }

  /** {@code start + sum w(k) term(k)} from k = 1 until a term is below the last bit of the sum. */
  private static Array series(
      double start, Array first, UnaryOperator<Array> next, UnaryOperator<Array> weight) {
    double epsilon = first.dtype() == DType.F32 ? 0x1p-23 : 0x1p-52;
    Array zero = Programs.constant(first, start);
    Array one = Programs.constant(first, 1);
    return Programs.repeat(
            s -> {
              Array size = Arithmetic.abs(s.get(2));
              Array goesOn = size.gt(Arithmetic.abs(s.get(0)).times(epsilon));
              return Bits.and(goesOn, s.get(1).lt(TERMS));
            },
            s -> {
              Array k = s.get(1);
              Array sum = s.get(0).plus(s.get(2).times(weight.apply(k)));
              return List.of(sum, k.plus(1), s.get(2).times(next.apply(k)));
            },
            List.of(zero, one, first))
        .getFirst();
  }

  /** Gauss's function {@code F(a, b; c; x)}. */
  public static Array hyp2f1(Array... abcx) {
    return Programs.withRule(
        "hyp2f1", x -> gauss(x[0], x[1], x[2], x[3]), Hypergeometric::slope2, abcx);
  }

  private static Array slope2(Array[] p, Array y, Array[] t) {
    Array a = p[0];
    Array b = p[1];
    Array c = p[2];
    Array x = p[3];
    Array factor = a.times(b).div(c);
    UnaryOperator<Array> next =
        k -> a.plus(k).times(b.plus(k)).div(c.plus(k)).div(k.plus(1)).times(x);
    Array first = factor.times(x);
    Array inA = series(0, first, next, k -> digammas(a, k)).times(t[0]);
    Array inB = series(0, first, next, k -> digammas(b, k)).times(t[1]);
    Array inC = series(0, first, next, k -> digammas(c, k)).times(t[2]);
    Array inX = factor.times(hyp2f1(a.plus(1), b.plus(1), c.plus(1), x)).times(t[3]);
    return inA.plus(inB).minus(inC).plus(inX);
  }

  private static Array gauss(Array a, Array b, Array c, Array x) {
    double tolerance = 50 * (x.dtype() == DType.F32 ? 0x1p-23 : 0x1p-52);
    Array infinity = Programs.constant(x, Double.POSITIVE_INFINITY);
    Array d = c.minus(a).minus(b);
    Array s = Jnp.minus(1, x);
    Array ca = c.minus(a);
    Array cb = c.minus(b);
    Array one = Bits.or(x.eq(0), Bits.and(Bits.or(a.eq(0), b.eq(0)), c.ne(0)));
    Array pole = Bits.and(c.le(0), isWhole(c, 0));
    Array euler = Bits.and(d.le(-1), Bits.or(isWhole(d, tolerance), s.ge(0)));
    // inside of both transformed and plain series, so that one loop serves both
    Array first = where(euler, ca, a);
    Array second = where(euler, cb, b);
    Array sum = seriesOf(first, second, c, x, tolerance);
    Array value = where(euler, Jnp.power(s, d).times(sum), sum);
    Array atOne = Gammas.ofReal(c).times(Gammas.ofReal(d));
    Array end = atOne.div(Gammas.ofReal(ca).times(Gammas.ofReal(cb)));
    Array ends = Bits.or(isPolynomial(a, tolerance), isPolynomial(b, tolerance));
    Array beyond = Bits.and(x.gt(1), Bits.not(ends));
    Array rest = where(beyond, infinity, where(x.eq(1), end, value));
    Array below = x.lt(1);
    rest = where(Bits.and(below, a.eq(c)), Jnp.power(s, Arithmetic.neg(b)), rest);
    rest = where(Bits.and(below, b.eq(c)), Jnp.power(s, Arithmetic.neg(a)), rest);
    rest = where(Bits.and(d.le(0), x.eq(1)), infinity, rest);
    rest = where(euler, value, rest);
    return where(one, 1.0, where(pole, infinity, rest));
  }

  private static Array isWhole(Array x, double tolerance) {
    return Arithmetic.abs(x.minus(Elementary.roundEven(x))).le(tolerance);
  }

  private static Array isPolynomial(Array a, double tolerance) {
    return Bits.and(a.le(0), isWhole(a, tolerance));
  }

  /** A polynomial where a or b is a negative integer; near 1 the sum in 1 - x if d is whole. */
  private static Array seriesOf(Array a, Array b, Array c, Array x, double tolerance) {
    Array ends = Bits.or(isPolynomial(a, tolerance), isPolynomial(b, tolerance));
    Array d = c.minus(a).minus(b);
    Array near = Bits.and(Bits.and(x.gt(0.9), Bits.not(ends)), isWhole(d, tolerance));
    Array plain =
        series(
            1,
            where(Bits.or(near, ends), 0.0, a.times(b).div(c).times(x)),
            k -> a.plus(k).times(b.plus(k)).div(c.plus(k)).div(k.plus(1)).times(x),
            k -> Jnp.onesLike(x));
    Array polynomial = polynomial(a, b, c, x, ends, tolerance);
    return where(ends, polynomial, where(near, atOne(a, b, c, x, near), plain));
  }

  /** The sum of all terms up to the one that is 0, of the longer of two polynomials. */
  private static Array polynomial(
      Array a, Array b, Array c, Array x, Array mask, double tolerance) {
    Array cutBefore = Bits.and(Bits.and(isWhole(c, 0), c.le(0)), c.gt(b));
    Array swap = Bits.and(Bits.and(b.lt(a), isWhole(b, tolerance)), Bits.not(cutBefore));
    Array degree = where(mask, Arithmetic.abs(where(swap, b, a)), 0.0);
    Array other = where(swap, a, b);
    return Programs.repeat(
            s -> s.get(1).le(degree),
            s -> {
              Array i = s.get(1);
              Array factor = i.minus(1).minus(degree).div(c.plus(i).minus(1));
              Array term = s.get(2).times(factor).times(other.plus(i).minus(1)).div(i).times(x);
              return List.of(s.get(0).plus(term), i.plus(1), term);
            },
            List.of(Jnp.onesLike(x), Jnp.onesLike(x), Jnp.onesLike(x)))
        .getFirst();
  }

  /** Abramowitz and Stegun 15.3.10 to 12: digamma functions and a logarithm of 1 - x. */
  private static Array atOne(Array a0, Array b0, Array c, Array x, Array mask) {
    Array a = where(mask, a0, 1.0);
    Array b = where(mask, b0, 1.0);
    Array d = where(mask, c.minus(a0).minus(b0), 0.0);
    Array s = where(mask, Jnp.minus(1, x), 0.05);
    Array turns = Elementary.roundEven(d);
    Array positive = turns.ge(0);
    Array e = where(positive, d, Arithmetic.neg(d));
    Array zero = Programs.constant(d, 0);
    Array d1 = where(positive, d, zero);
    Array d2 = where(positive, zero, d);
    Array infinite = logarithmic(a.plus(d1), b.plus(d1), e, s);
    Array finite = finite(a.plus(d2), b.plus(d2), e, s, Arithmetic.abs(turns));
    Array g = Gammas.ofReal(c);
    BinaryOperator<Array> gammas = (u, v) -> Gammas.ofReal(u).times(Gammas.ofReal(v));
    Array none = infinite.times(g).div(gammas.apply(a, b));
    Array scale = Gammas.ofReal(where(turns.eq(0), 1.0, e)).times(g);
    finite = finite.times(scale).div(gammas.apply(a.plus(d1), b.plus(d1)));
    Array odd = Arithmetic.abs(turns).rem(2).ne(0);
    infinite = infinite.times(g).div(gammas.apply(a.plus(d2), b.plus(d2)));
    infinite = where(odd, Arithmetic.neg(infinite), infinite);
    Array q = Jnp.power(s, turns);
    Array both = where(turns.gt(0), infinite.times(q).plus(finite), infinite.plus(finite.times(q)));
    return where(turns.eq(0), none, both);
  }

  private static Array logarithmic(Array a, Array b, Array e, Array s) {
    double epsilon = s.dtype() == DType.F32 ? 0x1p-23 : 0x1p-52;
    Array one = Programs.constant(s, 1);
    Array start = digammas(a, b, e, s, Programs.constant(s, 0)).div(Gammas.ofReal(e.plus(1)));
    Array p = a.times(b).times(s).div(Gammas.ofReal(e.plus(2)));
    return Programs.repeat(
            k -> {
              Array goesOn = Arithmetic.abs(k.get(3)).ge(Arithmetic.abs(k.get(0)).times(epsilon));
              return Bits.and(goesOn, k.get(1).lt(TERMS));
            },
            k -> {
              Array t = k.get(1);
              Array q = k.get(2).times(digammas(a, b, e, s, t));
              Array next = k.get(2).times(s).times(a.plus(t)).div(t.plus(1));
              next = next.times(b.plus(t)).div(t.plus(1).plus(e));
              return List.of(k.get(0).plus(q), t.plus(1), next, q);
            },
            List.of(start, one, p, start))
        .getFirst();
  }

  private static Array digammas(Array a, Array b, Array e, Array s, Array t) {
    return SpecialFunctions.digamma(t.plus(1))
        .plus(SpecialFunctions.digamma(t.plus(1).plus(e)))
        .minus(SpecialFunctions.digamma(a.plus(t)))
        .minus(SpecialFunctions.digamma(b.plus(t)))
        .minus(Elementary.log(s));
  }

  private static Array finite(Array a, Array b, Array e, Array s, Array count) {
    Array one = Programs.constant(s, 1);
    return Programs.repeat(
            k -> k.get(1).lt(count.minus(1)),
            k -> {
              Array t = k.get(1);
              Array r = Jnp.minus(1, e).plus(t);
              Array p = k.get(2).times(s).times(a.plus(t)).times(b.plus(t)).div(r);
              p = p.div(t.plus(1));
              return List.of(k.get(0).plus(p), t.plus(1), p);
            },
            List.of(one, Programs.constant(s, 0), one))
        .getFirst();
  }
}
