package dev.jacobi.scipy.special;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;

/** Products with logarithms, which vanish with their factor, and what is made of them. */
public final class Entropies {
  private Entropies() {}

  /** {@code x log(y)}, 0 where x is 0 unless y is NaN. */
  public static Array xlogy(Array... xy) {
    return Programs.withRule(
        "xlogy",
        a -> unlessZero(a[0], a[1], Elementary.log(a[1])),
        (a, y, t) -> t[0].times(Elementary.log(a[1])).plus(t[1].times(a[0]).div(a[1])),
        xy);
  }

  /** {@code x log(1 + y)}, 0 where x is 0 unless y is NaN. */
  public static Array xlog1py(Array... xy) {
    return Programs.withRule(
        "xlog1py",
        a -> unlessZero(a[0], a[1], Elementary.log1p(a[1])),
        (a, y, t) -> t[0].times(Elementary.log1p(a[1])).plus(t[1].times(a[0]).div(a[1].plus(1))),
        xy);
  }

  private static Array unlessZero(Array x, Array y, Array log) {
    return where(Bits.or(x.ne(0), Jnp.isnan(y)), x.times(log), Programs.constant(x, 0));
  }

  private static Array xlogx(Array x) {
    return Programs.withRule(
        "xlogx", a -> xlogy(a[0], a[0]), (a, y, t) -> t[0].times(Elementary.log(a[0]).plus(1)), x);
  }

  /** {@code -x log(x)}, minus infinity below 0. */
  public static Array entr(Array... x) {
    return where(x[0].lt(0), Double.NEGATIVE_INFINITY, Arithmetic.neg(xlogx(x[0])));
  }

  /** {@code p log(p / q)}. */
  public static Array relEntr(Array... pq) {
    Array inside = Bits.and(pq[0].gt(0), pq[1].gt(0));
    Array none = Bits.and(pq[0].eq(0), pq[1].ge(0));
    Array p = where(inside, pq[0], 1.0);
    Array q = where(inside, pq[1], 1.0);
    Array value = xlogx(p).minus(xlogy(p, q));
    Array outside = where(none, 0.0, Programs.constant(p, Double.POSITIVE_INFINITY));
    Array undefined = Bits.or(Jnp.isnan(pq[0]), Jnp.isnan(pq[1]));
    outside = where(undefined, Programs.constant(p, Double.NaN), outside);
    return where(inside, value, outside);
  }

  /** {@code p log(p / q) - p + q}. */
  public static Array klDiv(Array... pq) {
    return relEntr(pq).minus(pq[0]).plus(pq[1]);
  }

  /** {@code log(x / (1 - x))}; near 1/2 from the distance to it, which is exact. */
  public static Array logit(Array... x) {
    return Programs.withRule(
        "logit",
        a -> {
          Array far = Elementary.log(a[0].div(Jnp.minus(1, a[0])));
          Array twice = a[0].minus(0.5).times(2);
          Array near = Elementary.log1p(twice).minus(Elementary.log1p(Arithmetic.neg(twice)));
          return where(Bits.and(a[0].gt(0.3), a[0].lt(0.65)), near, far);
        },
        (a, y, t) -> t[0].div(a[0].times(Jnp.minus(1, a[0]))),
        x);
  }

  /** Box's and Cox's power transform {@code (x^lambda - 1) / lambda}, log(x) where lambda is 0. */
  public static Array boxcox(Array... x) {
    return ofLog(Elementary.log(x[0]), x[1]);
  }

  /** The same of {@code 1 + x}. */
  public static Array boxcox1p(Array... x) {
    return ofLog(Elementary.log1p(x[0]), x[1]);
  }

  private static Array ofLog(Array log, Array lambda) {
    Array none = lambda.eq(0);
    Array safe = where(none, 1.0, lambda);
    return where(none, log, Elementary.expm1(safe.times(log)).div(safe));
  }
}
