package dev.jacobi.random;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Elementary.log;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;

/**
 * Poisson counts: below the rate 10 by Knuth's product of uniform numbers ("The Art of Computer
 * Programming", 3.4.1), above by the transformed rejection of Hoermann, "The transformed rejection
 * method for generating Poisson random variables" (1993).
 */
final class Poisson {
  private static final double MOST_BY_KNUTH = 10;

  /** In place of a rate that the other method serves: quickly accepted. */
  private static final double ANY_LARGE = 1e5;

  private Poisson() {}

  private record Product(Array step, Array count, Array key, Array logs) {}

  private record Rejection(Array step, Array count, Array accepted, Array key) {}

  static Array sample(Key key, Array lam, DType dtype) {
    Array small = Bits.or(Compare.ne(lam, lam), Compare.lt(lam, of(lam, MOST_BY_KNUTH)));
    Array product = Compare.select(small, lam, of(lam, 0));
    Array rejection = Compare.select(small, of(lam, ANY_LARGE), lam);
    Array drawn =
        Compare.select(small, knuth(key, product, dtype), hoermann(key, rejection, dtype));
    return Compare.select(Compare.eq(lam, of(lam, 0)), Zeros.like(drawn), drawn);
  }

  private static Array of(Array x, double value) {
    return Zeros.full(Scalars.like(x, value), x.shape());
  }

  /** As many steps as the element type can count, which no loop comes near. */
  private static Array most(DType dtype) {
    double most = dtype.bits() >= 32 ? Integer.MAX_VALUE : dtype.maxInteger();
    return Scalars.of(DType.I32, most);
  }

  private static Array knuth(Key key, Array lam, DType dtype) {
    Shape shape = lam.shape();
    Array one = Scalars.of(dtype, 1);
    Array zeros = Zeros.full(Scalars.of(dtype, 0), shape);
    Product start = new Product(Scalars.of(DType.I32, 0), zeros, key.data(), Zeros.like(lam));
    Array limit = neg(lam);
    Array count =
        Loops.whileLoop(
                p ->
                    Bits.and(
                        Jnp.any(Compare.gt(p.logs(), limit)), Compare.lt(p.step(), most(dtype))),
                p -> {
                  Key keys = Random.split(Key.wrap(p.key()));
                  Array more = Compare.gt(p.logs(), limit);
                  Array next = Compare.select(more, add(p.count(), one), p.count());
                  Array u = Random.uniform(keys.get(1), shape);
                  return new Product(
                      add(p.step(), Scalars.of(DType.I32, 1)),
                      next,
                      keys.get(0).data(),
                      add(p.logs(), log(u)));
                },
                start,
                LoopOptions.DEFAULT)
            .count();
    return sub(count, one);
  }

  private static Array hoermann(Key key, Array lam, DType dtype) {
    Array accepted = Zeros.full(Scalars.ofLong(DType.BOOL, 0), lam.shape());
    Rejection start = new Rejection(Scalars.of(DType.I32, 0), of(lam, -1), accepted, key.data());
    Array count =
        Loops.whileLoop(
                r -> Bits.and(Jnp.any(Bits.not(r.accepted())), Compare.lt(r.step(), most(dtype))),
                r -> propose(r, lam),
                start,
                LoopOptions.DEFAULT)
            .count();
    return Convert.convertElementType(count, dtype);
  }

  /** One proposal for every element. */
  private static Rejection propose(Rejection r, Array lam) {
    Key keys = Random.split(Key.wrap(r.key()), 3);
    Array b = add(c(0.931), mul(c(2.53), Powers.sqrt(lam)));
    Array a = add(c(-0.059), mul(c(0.02483), b));
    Array inverse = add(c(1.1239), div(c(1.1328), sub(b, c(3.4))));
    Array quick = sub(c(0.9277), div(c(3.6224), sub(b, c(2))));
    Array u = sub(Random.uniform(keys.get(1), lam.shape()), c(0.5));
    Array v = Random.uniform(keys.get(2), lam.shape());
    Array us = sub(c(0.5), Arithmetic.abs(u));
    Array slope = add(div(mul(c(2), a), us), b);
    Array k = Elementary.floor(add(add(mul(slope, u), lam), c(0.43)));
    Array s = log(div(mul(v, inverse), add(div(a, mul(us, us)), b)));
    Array factorial = SpecialFunctions.lgamma(add(k, c(1)));
    Array t = sub(add(neg(lam), mul(k, log(lam))), factorial);
    Array inside = Bits.and(Compare.ge(us, c(0.07)), Compare.le(v, quick));
    Array thin = Bits.and(Compare.lt(us, c(0.013)), Compare.gt(v, us));
    Array outside = Bits.or(Compare.lt(k, c(0)), thin);
    Array accept = Bits.or(inside, Bits.and(Bits.not(outside), Compare.le(s, t)));
    return new Rejection(
        add(r.step(), Scalars.of(DType.I32, 1)),
        Compare.select(accept, k, r.count()),
        Bits.or(r.accepted(), accept),
        keys.get(0).data());
  }

  private static Array c(double value) {
    return Scalars.of(DType.F32, value);
  }
}
