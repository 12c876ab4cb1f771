package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;
import dev.jacobi.scipy.special.Programs.Formula;
import java.util.Arrays;

/** What the distributions have in common. Location and scale are a formula's last operands. */
final class Law {
  private Law() {}

  /** A formula as one program at location 0 and, if {@code count} is 2, scale 1. */
  static Array standard(String name, Formula f, int count, Array... operands) {
    return Programs.real(
        name,
        "standard",
        x -> {
          Array[] all = Arrays.copyOf(x, x.length + count);
          all[x.length] = Scalars.like(x[0], 0);
          if (count == 2) {
            all[x.length + 1] = Scalars.like(x[0], 1);
          }
          return f.of(all);
        },
        operands);
  }

  static Formula exp(Formula f) {
    return a -> Elementary.exp(f.of(a));
  }

  static Formula log(Formula f) {
    return a -> Elementary.log(f.of(a));
  }

  /** {@code (x - loc) / scale}. */
  static Array z(Array[] a) {
    return a[0].minus(a[a.length - 2]).div(a[a.length - 1]);
  }

  /** An operand, which may be a scalar of the program text, in the shape of the first. */
  static Array full(Array[] a, Array x) {
    return x.rank() == a[0].rank() ? x : Jnp.where(Jnp.onesLike(a[0]).eq(1), x, x);
  }

  /** {@code log(1 - exp(-x))} for positive x: Maechler, Accurately computing log(1 - exp(-|a|)). */
  static Array log1mexp(Array x) {
    Array near = x.lt(Math.log(2));
    Array small =
        Elementary.log(Arithmetic.neg(Elementary.expm1(Arithmetic.neg(where(near, x, 0.5)))));
    Array large =
        Elementary.log1p(Arithmetic.neg(Elementary.exp(Arithmetic.neg(where(near, 1.0, x)))));
    return where(near, small, large);
  }

  /** The value where q is from 0 to 1, else NaN. */
  static Array ifProbability(Array q, Array value) {
    Array valid = Bits.and(q.ge(0), q.le(1));
    return where(valid, value, Programs.constant(value, Double.NaN));
  }

  /** The value where x is positive, else NaN. */
  static Array ifPositive(Array x, Array value) {
    return where(x.gt(0), value, Programs.constant(value, Double.NaN));
  }

  static Array positive(Array x) {
    return Compare.clamp(Scalars.like(x, 0), x, Scalars.like(x, Double.POSITIVE_INFINITY));
  }

  static Array unit(Array x) {
    return Compare.clamp(Scalars.like(x, 0), x, Scalars.like(x, 1));
  }
}
