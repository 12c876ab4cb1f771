package dev.jacobi.random;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Elementary.exp;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.trace.Bind;

/**
 * The gamma distribution and those made of it, differentiable by their parameters: a parameter's
 * derivative is that of the sample at a fixed share of the distribution. Parameters are arrays that
 * broadcast to the shape of the result, or Java's numbers; without an element type the result is
 * f32, or f64 where a parameter is.
 */
public abstract class RandomGammas extends RandomContinuous {
  RandomGammas() {}

  /**
   * Gamma numbers of shape parameter {@code a} and scale 1. {@code Random.gamma(Random.key(0),
   * scalar(2f))} is {@code 1.5897877}.
   */
  public static Array gamma(Key key, Array a) {
    return gamma(key, a, a.shape());
  }

  /** The same in a shape. */
  public static Array gamma(Key key, Array a, Shape shape) {
    return gamma(key, a, shape, Sampling.floatFor(a));
  }

  /** The same of one number, as f32. */
  public static Array gamma(Key key, double a, Shape shape) {
    return gamma(key, Jnp.weak(a), shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array gamma(Key key, Array a, Shape shape, DType dtype) {
    return gamma("gamma", key, a, shape, dtype, false);
  }

  /**
   * Logarithms of gamma numbers, which stay finite where small parameters underflow. {@code
   * Random.loggamma(Random.key(0), scalar(2f))} is {@code 0.46360058}.
   */
  public static Array loggamma(Key key, Array a) {
    return loggamma(key, a, a.shape());
  }

  /** The same in a shape. */
  public static Array loggamma(Key key, Array a, Shape shape) {
    return loggamma(key, a, shape, Sampling.floatFor(a));
  }

  /** The same of one number, as f32. */
  public static Array loggamma(Key key, double a, Shape shape) {
    return loggamma(key, Jnp.weak(a), shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array loggamma(Key key, Array a, Shape shape, DType dtype) {
    return gamma("loggamma", key, a, shape, dtype, true);
  }

  private static Array gamma(
      String function, Key key, Array a, Shape shape, DType dtype, boolean logSpace) {
    Sampling.scalarKey(function, key);
    Sampling.floating(function, dtype);
    Sampling.broadcastable(function, shape, a);
    return Sampling.draw(
        logSpace ? "_loggamma" : "_gamma",
        key,
        shape,
        dtype,
        (k, p) -> Bind.bind(new RandomGamma(logSpace), k.array(), p[0]),
        a);
  }

  /**
   * Beta numbers in (0, 1) of shape parameters {@code a} and {@code b}. {@code
   * Random.beta(Random.key(0), scalar(2f), scalar(3f))} is {@code 0.23627362}.
   */
  public static Array beta(Key key, Array a, Array b) {
    return beta(key, a, b, Sampling.common("beta", a, b));
  }

  /** The same in a shape. */
  public static Array beta(Key key, Array a, Array b, Shape shape) {
    return beta(key, a, b, shape, Sampling.floatFor(a, b));
  }

  /** The same of two numbers, as f32. */
  public static Array beta(Key key, double a, double b, Shape shape) {
    return beta(key, Jnp.weak(a), Jnp.weak(b), shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array beta(Key key, Array a, Array b, Shape shape, DType dtype) {
    check("beta", key, shape, dtype, a, b);
    return Sampling.draw(
        "_beta",
        key,
        shape,
        dtype,
        (k, p) -> {
          Key keys = Random.split(k);
          Array x = loggamma(keys.get(0), p[0], shape, dtype);
          Array y = loggamma(keys.get(1), p[1], shape, dtype);
          Array most = Arithmetic.max(x, y); // the quotient needs no more than the difference
          Array scaled = exp(sub(x, most));
          return div(scaled, add(scaled, exp(sub(y, most))));
        },
        a,
        b);
  }

  /**
   * Chi-square numbers of {@code df} degrees of freedom. {@code Random.chisquare(Random.key(0),
   * scalar(3f))} is {@code 2.205084}.
   */
  public static Array chisquare(Key key, Array df) {
    return chisquare(key, df, df.shape());
  }

  /** The same in a shape. */
  public static Array chisquare(Key key, Array df, Shape shape) {
    return chisquare(key, df, shape, Sampling.floatFor(df));
  }

  /** The same of one number, as f32. */
  public static Array chisquare(Key key, double df, Shape shape) {
    return chisquare(key, Jnp.weak(df), shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array chisquare(Key key, Array df, Shape shape, DType dtype) {
    check("chisquare", key, shape, dtype, df);
    return Sampling.draw(
        "_chisquare",
        key,
        shape,
        dtype,
        (k, p) -> {
          Array two = Scalars.of(dtype, 2);
          return mul(exp(loggamma(k, div(p[0], two), shape, dtype)), two);
        },
        df);
  }

  /**
   * Student's numbers of {@code df} degrees of freedom. {@code Random.t(Random.key(0), scalar(3f))}
   * is {@code 0.69022465}.
   */
  public static Array t(Key key, Array df) {
    return t(key, df, df.shape());
  }

  /** The same in a shape. */
  public static Array t(Key key, Array df, Shape shape) {
    return t(key, df, shape, Sampling.floatFor(df));
  }

  /** The same of one number, as f32. */
  public static Array t(Key key, double df, Shape shape) {
    return t(key, Jnp.weak(df), shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array t(Key key, Array df, Shape shape, DType dtype) {
    check("t", key, shape, dtype, df);
    return Sampling.draw(
        "_t",
        key,
        shape,
        dtype,
        (k, p) -> {
          Key keys = Random.split(k);
          Array half = div(p[0], Scalars.of(dtype, 2));
          Array n = Random.normal(keys.get(0), shape, dtype);
          return mul(n, Powers.sqrt(div(half, gamma(keys.get(1), half, shape, dtype))));
        },
        df);
  }

  /**
   * Fisher's F numbers: quotients of two chi-square means. {@code Random.f(Random.key(0),
   * scalar(3f), scalar(4f))} is {@code 2.7039125}.
   */
  public static Array f(Key key, Array dfnum, Array dfden) {
    return f(key, dfnum, dfden, Sampling.common("f", dfnum, dfden));
  }

  /** The same in a shape. */
  public static Array f(Key key, Array dfnum, Array dfden, Shape shape) {
    return f(key, dfnum, dfden, shape, Sampling.floatFor(dfnum, dfden));
  }

  /** The same of two numbers, as f32. */
  public static Array f(Key key, double dfnum, double dfden, Shape shape) {
    return f(key, Jnp.weak(dfnum), Jnp.weak(dfden), shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array f(Key key, Array dfnum, Array dfden, Shape shape, DType dtype) {
    check("f", key, shape, dtype, dfnum, dfden);
    return Sampling.draw(
        "_f",
        key,
        shape,
        dtype,
        (k, p) -> {
          Key keys = Random.split(k); // the denominator's first
          Array num = chisquare(keys.get(1), p[0], shape, dtype);
          Array den = chisquare(keys.get(0), p[1], shape, dtype);
          return div(div(num, p[0]), div(den, p[1]));
        },
        dfnum,
        dfden);
  }

  /**
   * Probabilities along the last dimension of {@code alpha}: (..., n). {@code
   * Random.dirichlet(Random.key(0), ones(3)).shape()} is {@code (3,)}.
   */
  public static Array dirichlet(Key key, Array alpha) {
    concentrations(alpha);
    return dirichlet(key, alpha, alpha.shape().without(dev.jacobi.hlo.Axes.of(alpha.rank() - 1)));
  }

  /** The same: {@code shape} is that of the samples, the result's is (shape..., n). */
  public static Array dirichlet(Key key, Array alpha, Shape shape) {
    return dirichlet(key, alpha, shape, Sampling.floatFor(alpha));
  }

  /** The same in a floating type. */
  public static Array dirichlet(Key key, Array alpha, Shape shape, DType dtype) {
    concentrations(alpha);
    Shape all = shape.insert(shape.rank(), alpha.dim(-1));
    return shares(gamma("dirichlet", key, alpha, all, dtype, true));
  }

  /** The softmax of logarithms along the last dimension. */
  private static Array shares(Array logs) {
    Array greatest = Convert.stopGradient(Jnp.max(logs, Jnp.over(-1).keepDims()));
    Array e = Jnp.exp(Jnp.subtract(logs, greatest));
    return Jnp.trueDivide(e, Jnp.sum(e, Jnp.over(-1).keepDims()));
  }

  private static void concentrations(Array alpha) {
    if (alpha.rank() == 0) {
      throw new LaxTypeException("dirichlet", "needs concentrations of shape (..., n), not ()");
    }
  }

  /**
   * Numbers as f32 with density proportional to {@code exp(-|x|^p)}. {@code
   * Random.generalizedNormal(Random.key(0), 2, shape(2)).shape()} is {@code (2,)}.
   */
  public static Array generalizedNormal(Key key, double p, Shape shape) {
    return generalizedNormal(key, p, shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array generalizedNormal(Key key, double p, Shape shape, DType dtype) {
    Array inverse = Scalars.of(dtype, 1 / p);
    return generalized("generalizedNormal", key, inverse, shape, dtype);
  }

  /** The same of powers that broadcast to the shape. */
  public static Array generalizedNormal(Key key, Array p, Shape shape, DType dtype) {
    Array inverse = Jnp.trueDivide(Jnp.weak(1.0), p);
    return generalized("generalizedNormal", key, inverse, shape, dtype);
  }

  private static Array generalized(
      String function, Key key, Array inverse, Shape shape, DType dtype) {
    check(function, key, shape, dtype, inverse);
    return Sampling.draw(
        "_generalized_normal",
        key,
        shape,
        dtype,
        (k, p) -> {
          Key keys = Random.split(k);
          Array g = gamma(keys.get(0), p[0], shape, dtype);
          Array sign = Random.rademacher(keys.get(1), shape, dtype);
          return mul(sign, Powers.pow(g, p[0]));
        },
        inverse);
  }

  /**
   * A point as f32, even in the ball of {@code d} dimensions. {@code Random.ball(Random.key(0),
   * 3).shape()} is {@code (3,)}.
   */
  public static Array ball(Key key, long d) {
    return ball(key, d, 2, Shape.scalar(), DType.F32);
  }

  /** Points, even in the ball of Euclidean length: (shape..., d). */
  public static Array ball(Key key, long d, Shape shape) {
    return ball(key, d, 2, shape, DType.F32);
  }

  /**
   * Points, even in the ball {@code sum(|x|^p) < 1} of {@code d} dimensions: (shape..., d); Barthe,
   * Guedon, Mendelson and Naor, "A probabilistic approach to the geometry of the l_p^n-ball"
   * (2005).
   */
  public static Array ball(Key key, long d, double p, Shape shape, DType dtype) {
    Sampling.scalarKey("ball", key);
    if (d < 0) {
      throw new LaxTypeException("ball", "there is no ball of " + d + " dimensions");
    }
    Shape all = shape.insert(shape.rank(), d);
    Key keys = Random.split(key);
    Array inverse = Scalars.of(dtype, 1 / p);
    Array g = generalized("ball", keys.get(0), inverse, all, dtype);
    Array powers = Powers.pow(Arithmetic.abs(g), full(p, all, dtype));
    Array sums = add(Jnp.sum(powers, -1), Random.exponential(keys.get(1), shape, dtype));
    Array length = Powers.pow(sums, full(1 / p, shape, dtype));
    return Jnp.trueDivide(g, Jnp.expandDims(length, -1));
  }

  private static Array full(double value, Shape shape, DType dtype) {
    return dev.jacobi.lax.Zeros.full(Scalars.of(dtype, value), shape);
  }
}
