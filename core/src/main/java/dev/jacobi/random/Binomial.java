package dev.jacobi.random;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Elementary.floor;
import static dev.jacobi.lax.Elementary.log;

import dev.jacobi.Array;
import dev.jacobi.Fn2;
import dev.jacobi.Key;
import dev.jacobi.Mode;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.control.ScanOptions;
import dev.jacobi.control.Step;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Cumulative;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.transform.TreeFn;
import java.util.ArrayList;
import java.util.List;

/**
 * Binomial counts: where few successes are expected as many geometric numbers as fit
 * (Kachitvichyanukul and Schmeiser, "Binomial random variate generation", 1988), else the rejection
 * BTRS of Hoermann, "The generation of binomial random variates" (1993).
 */
final class Binomial {
  private static final double MOST_BY_INVERSION = 10;

  /** log(k!) less Stirling's approximation, for k from 0 to 9. */
  private static final double[] TAILS = {
    0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509,
    0.0166446911898211, 0.0138761288230707, 0.0118967099458917, 0.0104112652619720,
    0.00925546218271273, 0.00833056343336287
  };

  private Binomial() {}

  private record Sums(Array step, Array count, Array sum, Array key) {}

  private record Rejection(Array step, Array count, Array accepted, Array key) {}

  /** A class's part of what the classes before have left, and its key. */
  private record Share(Array ratio, Array key) {}

  /** Both methods run, each on harmless numbers where the other one serves. */
  static Array sample(Key key, Array n, Array p, DType dtype) {
    Array lower = Compare.lt(p, of(p, 0.5));
    Array q = Compare.select(lower, p, sub(c(p, 1), p));
    Array none = Bits.or(Compare.ne(n, n), Compare.lt(n, of(n, 0)));
    Array endless = Jnp.isinf(n);
    Array notNumber = Compare.ne(q, q);
    Array negative = Compare.lt(q, of(q, 0));
    q = Compare.select(Bits.or(notNumber, negative), of(q, 0.01), q);
    Array few = Bits.or(none, Compare.le(mul(n, q), of(n, MOST_BY_INVERSION)));
    Array trials = floor(n);
    Array inverted = inversion(key, Compare.select(few, trials, of(n, 0)), q, dtype);
    few = Bits.or(few, Bits.and(endless, Compare.eq(q, of(q, 0)))); // else nothing is accepted
    Array large = Compare.select(few, of(n, 1e4), trials);
    Array rejected = btrs(key, large, Compare.select(few, of(q, 0.5), q), dtype);
    Array drawn = Compare.select(few, inverted, rejected);
    Array invalid = Bits.or(Bits.or(negative, notNumber), none);
    drawn = Compare.select(invalid, of(drawn, Double.NaN), drawn);
    Array infinite = Bits.and(endless, Bits.not(invalid));
    drawn = Compare.select(infinite, of(drawn, Double.POSITIVE_INFINITY), drawn);
    Array asDrawn = Bits.or(Bits.or(lower, none), Bits.or(notNumber, endless));
    Array rest = sub(Convert.convertElementType(trials, dtype), drawn);
    return Compare.select(asDrawn, drawn, rest);
  }

  /** The counts of every class, of what the classes before have left. */
  static Array each(Key key, Array n, Array p) {
    Array first = Jnp.moveaxis(p, -1, 0); // (classes, ...)
    Array remaining = Cumulative.cumsum(first, 0, true);
    Array none = Compare.eq(remaining, of(remaining, 0));
    Array ratios = div(first, Compare.select(none, of(remaining, 1), remaining));
    Array keys = Random.split(key, first.dim(0)).data();
    Fn2<Array, Share, Step<Array, Array>> draw =
        (left, share) -> {
          Array ratio = Jnp.clip(share.ratio(), 0.0, 1.0);
          Key own = Key.wrap(share.key());
          Array count = Random.binomial(own, left, ratio, n.shape(), n.dtype());
          return new Step<>(sub(left, count), count);
        };
    TreeFn step = new TreeFn(draw, a -> draw.apply((Array) a[0], (Share) a[1]));
    var scanned = Loops.scan(step, n, new Share(ratios, keys), ScanOptions.DEFAULT);
    return Jnp.moveaxis((Array) scanned.ys(), 0, -1);
  }

  private static Array of(Array x, double value) {
    return Zeros.full(Scalars.like(x, value), x.shape());
  }

  private static Array c(Array x, double value) {
    return Scalars.like(x, value);
  }

  private static Array most(DType dtype) {
    return Scalars.of(DType.I32, dtype == DType.F16 ? 65504 : Integer.MAX_VALUE);
  }

  private static Array inversion(Key key, Array n, Array p, DType dtype) {
    Array logs = Elementary.log1p(neg(p));
    Array one = c(p, 1);
    Sums start = new Sums(Scalars.of(DType.I32, 0), Zeros.like(p), Zeros.like(p), key.data());
    Array count =
        Loops.whileLoop(
                s -> Bits.and(Jnp.any(Compare.le(s.sum(), n)), Compare.lt(s.step(), most(dtype))),
                s -> {
                  Key keys = Random.split(Key.wrap(s.key()));
                  Array more = Compare.le(s.sum(), n);
                  Array next = Compare.select(more, add(s.count(), one), s.count());
                  Array u = Random.uniform(keys.get(0), p.shape(), p.dtype());
                  Array trials = Elementary.ceil(div(log(u), logs));
                  return new Sums(
                      add(s.step(), Scalars.of(DType.I32, 1)),
                      next,
                      add(s.sum(), trials),
                      keys.get(1).data());
                },
                start,
                LoopOptions.DEFAULT)
            .count();
    return Convert.convertElementType(sub(count, one), dtype);
  }

  private static Array btrs(Key key, Array n, Array p, DType dtype) {
    Array accepted = Zeros.full(Scalars.ofLong(DType.BOOL, 0), p.shape());
    Rejection start = new Rejection(Scalars.of(DType.I32, 0), of(p, -1), accepted, key.data());
    Hat hat = Hat.of(n, p);
    Array count =
        Loops.whileLoop(
                r -> Bits.and(Jnp.any(Bits.not(r.accepted())), Compare.lt(r.step(), most(dtype))),
                r -> propose(r, n, p, hat),
                start,
                LoopOptions.DEFAULT)
            .count();
    return Convert.convertElementType(count, dtype);
  }

  /** The constants of the rejection, in the names of its paper. */
  private record Hat(Array a, Array b, Array c, Array quick, Array r, Array alpha, Array m) {
    static Hat of(Array n, Array p) {
      Array rest = sub(Binomial.c(p, 1), p);
      Array deviation = Powers.sqrt(mul(mul(n, p), rest));
      Array b = add(Binomial.c(p, 1.15), mul(Binomial.c(p, 2.53), deviation));
      Array a = add(Binomial.c(p, -0.0873), mul(Binomial.c(p, 0.0248), b));
      return new Hat(
          add(a, mul(Binomial.c(p, 0.01), p)),
          b,
          add(mul(n, p), Binomial.c(p, 0.5)),
          sub(Binomial.c(p, 0.92), div(Binomial.c(p, 4.2), b)),
          div(p, rest),
          mul(add(Binomial.c(p, 2.83), div(Binomial.c(p, 5.1), b)), deviation),
          floor(mul(add(n, Binomial.c(n, 1)), p)));
    }
  }

  private static Rejection propose(Rejection state, Array n, Array p, Hat h) {
    Key keys = Random.split(Key.wrap(state.key()), 3);
    Array u = sub(Random.uniform(keys.get(1), p.shape(), p.dtype()), c(p, 0.5));
    Array v = Random.uniform(keys.get(2), p.shape(), p.dtype());
    Array us = sub(c(p, 0.5), Arithmetic.abs(u));
    Array inside = Bits.and(Compare.ge(us, c(p, 0.07)), Compare.le(v, h.quick));
    Array k = floor(add(mul(add(div(mul(c(p, 2), h.a), us), h.b), u), h.c));
    Array outside = Bits.or(Compare.lt(k, c(p, 0)), Compare.gt(k, n));
    Array level = log(div(mul(v, h.alpha), add(div(h.a, mul(us, us)), h.b)));
    Array within = Compare.le(level, bound(n, k, h.r, h.m));
    Array accept = Bits.or(inside, Bits.and(Bits.not(outside), within));
    return new Rejection(
        add(state.step(), Scalars.of(DType.I32, 1)),
        Compare.select(accept, k, state.count()),
        Bits.or(state.accepted(), accept),
        keys.get(0).data());
  }

  /** The logarithm of the probability of k over that of the mode m. */
  private static Array bound(Array n, Array k, Array r, Array m) {
    Array one = c(n, 1);
    Array half = c(n, 0.5);
    Array aboveMode = add(sub(n, m), one);
    Array above = add(sub(n, k), one);
    Array atMode = mul(add(m, half), log(div(add(m, one), mul(r, aboveMode))));
    Array between = mul(add(n, one), log(div(aboveMode, above)));
    Array atCount = mul(add(k, half), log(div(mul(r, above), add(k, one))));
    Array tails = add(add(add(add(atMode, between), atCount), tail(m)), tail(sub(n, m)));
    return sub(sub(tails, tail(k)), tail(sub(n, k)));
  }

  /** What Stirling's approximation of log(k!) lacks: a table, beyond it a series at 9, as JAX's. */
  private static Array tail(Array k) {
    Array known = Compare.le(k, c(k, 9));
    Array at = Compare.clamp(c(k, 0), k, c(k, 9));
    Array next = add(at, c(k, 1));
    Array square = mul(next, next);
    Array inner = sub(c(k, 1.0 / 360), div(c(k, 1.0 / 1260), square));
    Array series = div(sub(c(k, 1.0 / 12), div(inner, square)), next);
    List<Array> rows = new ArrayList<>();
    for (double value : TAILS) {
      rows.add(Zeros.full(c(k, value), Shape.of(1)));
    }
    Array table = Concatenation.concatenate(rows, 0);
    Array place = Convert.convertElementType(floor(at), DType.I32);
    return Compare.select(known, Jnp.take(table, place, 0, Mode.CLIP), series);
  }
}
