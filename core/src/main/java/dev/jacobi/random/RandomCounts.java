package dev.jacobi.random;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Elementary.floor;
import static dev.jacobi.lax.Elementary.log;
import static dev.jacobi.lax.Elementary.log1p;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/** Distributions of counts and signs. Parameters broadcast to the shape of the result. */
public abstract class RandomCounts extends RandomGammas {
  RandomCounts() {}

  /**
   * Signs -1 and 1 as i32. {@code Random.rademacher(Random.key(0), shape(3))} is {@code [-1 -1 1]}.
   */
  public static Array rademacher(Key key, Shape shape) {
    return rademacher(key, shape, DType.I32);
  }

  /** The same in any element type of numbers. */
  public static Array rademacher(Key key, Shape shape, DType dtype) {
    DType drawn = Sampling.is64(dtype) ? DType.F64 : DType.F32; // as JAX without and with 64 bits
    Array up = Random.bernoulli(key, Scalars.of(drawn, 0.5), shape);
    Array ones = Convert.convertElementType(up, dtype);
    Array one = Scalars.of(dtype, 1);
    return Arithmetic.sub(mul(Scalars.of(dtype, 2), ones), one);
  }

  /**
   * Numbers of trials until the first success of probability {@code p}, as i32. {@code
   * Random.geometric(Random.key(0), scalar(0.2f))} is {@code 1}.
   */
  public static Array geometric(Key key, Array p) {
    return geometric(key, p, p.shape());
  }

  /** The same in a shape. */
  public static Array geometric(Key key, Array p, Shape shape) {
    return geometric(key, p, shape, DType.I32);
  }

  /** The same of one number, as i32. */
  public static Array geometric(Key key, double p, Shape shape) {
    return geometric(key, Jnp.weak(p), shape, DType.I32);
  }

  /** The same in an integer type. */
  public static Array geometric(Key key, Array p, Shape shape, DType dtype) {
    Sampling.scalarKey("geometric", key);
    integer("geometric", dtype);
    Sampling.broadcastable("geometric", shape, p);
    Array chance = Sampling.inexact(p, dtype);
    return NamedJit.call(
            "_geometric",
            List.of(shape, dtype),
            in -> List.of(trials(Key.of(in.get(0)), in.get(1), shape, dtype)),
            List.of(key.array(), chance))
        .getFirst();
  }

  /** By the inverse of the distribution; a uniform 0 counts as 1. */
  private static Array trials(Key key, Array p, Shape shape, DType dtype) {
    Array u = Random.uniform(key, shape, p.dtype());
    Array zero = Scalars.like(u, 0);
    Array one = Scalars.like(u, 1);
    Array positive = Jnp.where(Compare.eq(u, zero), one, u);
    Array logs = Promotion.broadcastTo(log1p(neg(p)), shape);
    Array g = add(floor(div(log(positive), logs)), one);
    return Convert.convertElementType(g, dtype);
  }

  /**
   * Poisson counts of rates {@code lam} as i32; -1 where a rate is NaN. As in JAX all is computed
   * in f32: of rates above 1e5 roundings decide which proposals are accepted, and engines differ.
   * {@code Random.poisson(Random.key(0), scalar(4f))} is {@code 0}.
   */
  public static Array poisson(Key key, Array lam) {
    return poisson(key, lam, lam.shape());
  }

  /** The same in a shape. */
  public static Array poisson(Key key, Array lam, Shape shape) {
    return poisson(key, lam, shape, DType.I32);
  }

  /** The same of one number, as i32. */
  public static Array poisson(Key key, double lam, Shape shape) {
    return poisson(key, Jnp.weak(lam), shape, DType.I32);
  }

  /** The same in an integer type. */
  public static Array poisson(Key key, Array lam, Shape shape, DType dtype) {
    Sampling.scalarKey("poisson", key);
    integer("poisson", dtype);
    Sampling.broadcastable("poisson", shape, lam);
    Array rates = Promotion.convert(lam, DType.F32, false);
    return NamedJit.call(
            "_poisson",
            List.of(shape, dtype),
            in -> {
              Array all = Promotion.broadcastTo(in.get(1), shape);
              return List.of(Poisson.sample(Key.of(in.get(0)), all, dtype));
            },
            List.of(key.array(), rates))
        .getFirst();
  }

  /**
   * Numbers of successes in {@code n} trials of probability {@code p}; NaN where there is no such
   * distribution. {@code Random.binomial(Random.key(0), scalar(10f), scalar(0.3f))} is {@code 2.0}.
   */
  public static Array binomial(Key key, Array n, Array p) {
    return binomial(key, n, p, Sampling.common("binomial", n, p));
  }

  /** The same in a shape. */
  public static Array binomial(Key key, Array n, Array p, Shape shape) {
    return binomial(key, n, p, shape, Sampling.floatFor(n, p));
  }

  /** The same of two numbers, as f32. */
  public static Array binomial(Key key, double n, double p, Shape shape) {
    return binomial(key, Jnp.weak(n), Jnp.weak(p), shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array binomial(Key key, Array n, Array p, Shape shape, DType dtype) {
    Sampling.scalarKey("binomial", key);
    Sampling.floating("binomial", dtype);
    Sampling.broadcastable("binomial", shape, n, p);
    Array chance = Sampling.inexact(p, dtype);
    Array trials = Promotion.convert(n, chance.dtype(), false);
    return NamedJit.call(
            "_binomial",
            List.of(shape, dtype),
            in -> {
              Array all = Promotion.broadcastTo(in.get(1), shape);
              Array each = Promotion.broadcastTo(in.get(2), shape);
              return List.of(Binomial.sample(Key.of(in.get(0)), all, each, dtype));
            },
            List.of(key.array(), trials, chance))
        .getFirst();
  }

  /**
   * Counts of {@code n} draws of classes of probabilities {@code p}, of shape (..., classes).
   * {@code Random.multinomial(Random.key(0), scalar(10f), array(0.2f, 0.3f, 0.5f))} is {@code [1.
   * 1. 8.]}.
   */
  public static Array multinomial(Key key, Array n, Array p) {
    return multinomial(key, n, p, p.shape());
  }

  /** The same in a shape that {@code p} broadcasts to, and {@code n} without the last dimension. */
  public static Array multinomial(Key key, Array n, Array p, Shape shape) {
    return multinomial(key, n, p, shape, Sampling.floatFor(n, p));
  }

  /** The same in an element type. */
  public static Array multinomial(Key key, Array n, Array p, Shape shape, DType dtype) {
    Sampling.scalarKey("multinomial", key);
    if (shape.rank() == 0) {
      throw new LaxTypeException("multinomial", "needs probabilities of shape (..., classes)");
    }
    Sampling.broadcastable("multinomial", shape, p);
    Shape draws = shape.without(dev.jacobi.hlo.Axes.of(shape.rank() - 1));
    Sampling.broadcastable("multinomial", draws, n);
    DType join = Promotion.join(List.of(n.aval(), p.aval())).dtype();
    DType type = join.isFloat() ? join : Sampling.is64(join) ? DType.F64 : DType.F32;
    Array trials = Promotion.broadcastTo(Promotion.convert(n, type, false), draws);
    Array chances = Promotion.broadcastTo(Promotion.convert(p, type, false), shape);
    return Convert.convertElementType(Binomial.each(key, trials, chances), dtype);
  }

  private static void integer(String function, DType dtype) {
    if (!dtype.isInteger()) {
      throw new LaxTypeException(function, "gives integers, not " + dtype.shortName());
    }
  }
}
