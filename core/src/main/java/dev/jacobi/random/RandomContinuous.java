package dev.jacobi.random;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Elementary.exp;
import static dev.jacobi.lax.Elementary.log;
import static dev.jacobi.lax.Elementary.log1p;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.numpy.Promotion;

/**
 * Distributions that are functions of uniform and normal numbers. Parameters are arrays that
 * broadcast to the shape of the result, or Java's numbers; without an element type the result is
 * f32, or f64 where a parameter is.
 */
public abstract class RandomContinuous extends RandomKeys {
  RandomContinuous() {}

  /**
   * Standard Cauchy numbers as f32. {@code Random.cauchy(Random.key(0), shape(2))} is {@code [
   * 6.0274944 14.837895 ]}.
   */
  public static Array cauchy(Key key, Shape shape) {
    return cauchy(key, shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array cauchy(Key key, Shape shape, DType dtype) {
    check("cauchy", key, dtype);
    return Sampling.draw(
        "_cauchy",
        key,
        shape,
        dtype,
        (k, none) -> {
          Array low = Scalars.of(dtype, Sampling.eps(dtype));
          Array u = Random.uniform(k, shape, dtype, low, Scalars.of(dtype, 1));
          Array centred = sub(u, Scalars.of(dtype, 0.5));
          return Elementary.tan(mul(Scalars.of(dtype, Math.PI), centred));
        });
  }

  /**
   * Standard Laplace numbers as f32. {@code Random.laplace(Random.key(0), shape(2))} is {@code
   * [-2.2569816 -3.1502788]}.
   */
  public static Array laplace(Key key, Shape shape) {
    return laplace(key, shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array laplace(Key key, Shape shape, DType dtype) {
    check("laplace", key, dtype);
    return Sampling.draw(
        "_laplace",
        key,
        shape,
        dtype,
        (k, none) -> {
          Array low = Scalars.of(dtype, Sampling.eps(dtype) / 2 - 1);
          Array u = Random.uniform(k, shape, dtype, low, Scalars.of(dtype, 1));
          return mul(Arithmetic.sign(u), log1p(neg(Arithmetic.abs(u))));
        });
  }

  /**
   * Standard logistic numbers as f32. {@code Random.logistic(Random.key(0), shape(2))} is {@code
   * [2.896376 3.8217716]}.
   */
  public static Array logistic(Key key, Shape shape) {
    return logistic(key, shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array logistic(Key key, Shape shape, DType dtype) {
    check("logistic", key, dtype);
    return Sampling.draw(
        "_logistic",
        key,
        shape,
        dtype,
        (k, none) -> {
          Array low = Sampling.tiny(dtype);
          Array u = Random.uniform(k, shape, dtype, low, Scalars.of(dtype, 1));
          return sub(log(u), log1p(neg(u)));
        });
  }

  /**
   * Maxwell numbers of scale 1 as f32: lengths of normal vectors of three numbers. {@code
   * Random.maxwell(Random.key(0), shape(2))} is {@code [2.6310966 0.9910329]}.
   */
  public static Array maxwell(Key key, Shape shape) {
    return maxwell(key, shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array maxwell(Key key, Shape shape, DType dtype) {
    check("maxwell", key, dtype);
    return Sampling.draw(
        "_maxwell",
        key,
        shape,
        dtype,
        (k, none) -> {
          Array x = Random.normal(k, shape.insert(shape.rank(), 3), dtype);
          return Powers.sqrt(Jnp.sum(mul(x, x), -1));
        });
  }

  /**
   * Maxwell numbers with random signs, in the common shape of {@code loc} and {@code scale}. {@code
   * Random.doubleSidedMaxwell(Random.key(0), scalar(0f), scalar(1f))} is {@code 1.5457209}.
   */
  public static Array doubleSidedMaxwell(Key key, Array loc, Array scale) {
    return doubleSidedMaxwell(key, loc, scale, Shape.scalar());
  }

  /** The same; the shape of the result is {@code shape}, then that of the parameters. */
  public static Array doubleSidedMaxwell(Key key, Array loc, Array scale, Shape shape) {
    return doubleSidedMaxwell(key, loc, scale, shape, Sampling.floatFor(loc, scale));
  }

  /**
   * The same, drawn in a floating type. As in JAX the parameters' shape follows {@code shape}, and
   * comes twice where {@code shape} is that of a scalar.
   */
  public static Array doubleSidedMaxwell(
      Key key, Array loc, Array scale, Shape shape, DType dtype) {
    check("doubleSidedMaxwell", key, dtype);
    Shape own = Sampling.common("doubleSidedMaxwell", loc, scale);
    Shape all = (shape.rank() == 0 ? own : shape).concat(own);
    Key keys = Random.split(key);
    Array size = maxwell(keys.get(0), all, dtype);
    Array sign = Random.rademacher(keys.get(1), all, dtype);
    return Jnp.add(Jnp.multiply(mul(sign, size), scale), loc);
  }

  /**
   * Pareto numbers of shape parameter {@code b} and scale 1. {@code Random.pareto(Random.key(0),
   * scalar(2f))} is {@code 4.3713155}.
   */
  public static Array pareto(Key key, Array b) {
    return pareto(key, b, b.shape());
  }

  /** The same in a shape. */
  public static Array pareto(Key key, Array b, Shape shape) {
    return pareto(key, b, shape, Sampling.floatFor(b));
  }

  /** The same of one number, as f32. */
  public static Array pareto(Key key, double b, Shape shape) {
    return pareto(key, Jnp.weak(b), shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array pareto(Key key, Array b, Shape shape, DType dtype) {
    check("pareto", key, shape, dtype, b);
    return Sampling.draw(
        "_pareto",
        key,
        shape,
        dtype,
        (k, p) -> exp(div(Random.exponential(k, shape, dtype), p[0])),
        b);
  }

  /**
   * Rayleigh numbers of a scale. {@code Random.rayleigh(Random.key(0), scalar(2f))} is {@code
   * 0.65575665}.
   */
  public static Array rayleigh(Key key, Array scale) {
    return rayleigh(key, scale, scale.shape());
  }

  /** The same in a shape. */
  public static Array rayleigh(Key key, Array scale, Shape shape) {
    return rayleigh(key, scale, shape, Sampling.floatFor(scale));
  }

  /** The same of one number, as f32. */
  public static Array rayleigh(Key key, double scale, Shape shape) {
    return rayleigh(key, Jnp.weak(scale), shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array rayleigh(Key key, Array scale, Shape shape, DType dtype) {
    check("rayleigh", key, shape, dtype, scale);
    return Sampling.draw(
        "_rayleigh",
        key,
        shape,
        dtype,
        (k, p) -> {
          Array logs = log(Random.uniform(k, shape, dtype));
          return mul(p[0], Powers.sqrt(mul(logs, Scalars.of(dtype, -2))));
        },
        scale);
  }

  /**
   * Wald (inverse Gaussian) numbers of a mean and shape parameter 1. {@code
   * Random.wald(Random.key(0), scalar(2f))} is {@code 0.533422}.
   */
  public static Array wald(Key key, Array mean) {
    return wald(key, mean, mean.shape());
  }

  /** The same in a shape. */
  public static Array wald(Key key, Array mean, Shape shape) {
    return wald(key, mean, shape, Sampling.floatFor(mean));
  }

  /** The same of one number, as f32. */
  public static Array wald(Key key, double mean, Shape shape) {
    return wald(key, Jnp.weak(mean), shape, DType.F32);
  }

  /**
   * The same in a floating type, by Michael, Schucany and Haas, "Generating random variates using
   * transformations with multiple roots" (1976).
   */
  public static Array wald(Key key, Array mean, Shape shape, DType dtype) {
    check("wald", key, shape, dtype, mean);
    return Sampling.draw(
        "_wald",
        key,
        shape,
        dtype,
        (k, p) -> {
          Key keys = Random.split(k);
          Array mu = p[0];
          Array y = Powers.integerPow(Random.normal(keys.get(0), shape, dtype), 2);
          Array z = Random.uniform(keys.get(1), shape, dtype);
          Array square = Powers.integerPow(mu, 2);
          Array linear = mul(mul(Scalars.of(dtype, 4), mu), y);
          Array root = Powers.sqrt(add(linear, mul(square, Powers.integerPow(y, 2))));
          Array two = Scalars.of(dtype, 2);
          Array x = sub(add(mu, div(mul(square, y), two)), mul(div(mu, two), root));
          return Compare.select(Compare.le(z, div(mu, add(mu, x))), x, div(square, x));
        },
        mean);
  }

  /**
   * Weibull numbers of a scale and a concentration, in a shape that they broadcast with. {@code
   * Random.weibullMin(Random.key(0), scalar(2f), scalar(1f), shape(2))} is {@code [5.900256
   * 7.686849]}.
   */
  public static Array weibullMin(Key key, Array scale, Array concentration, Shape shape) {
    DType dtype = Sampling.floatFor(scale, concentration);
    return weibullMin(key, scale, concentration, shape, dtype);
  }

  /** The same of two numbers, as f32. */
  public static Array weibullMin(Key key, double scale, double concentration, Shape shape) {
    return weibullMin(key, Jnp.weak(scale), Jnp.weak(concentration), shape);
  }

  /**
   * The same, drawn in a floating type. As in JAX the uniform numbers have {@code shape}: one
   * number serves all parameters if it is that of a scalar.
   */
  public static Array weibullMin(
      Key key, Array scale, Array concentration, Shape shape, DType dtype) {
    check("weibullMin", key, dtype);
    Array u = Random.uniform(key, shape, dtype);
    Array inverse = Jnp.trueDivide(Jnp.weak(1.0), inType(concentration, dtype));
    return Jnp.multiply(Jnp.power(neg(log1p(neg(u))), inverse), inType(scale, dtype));
  }

  /** A Java number in an element type, with all digits; an array as it is. */
  private static Array inType(Array p, DType dtype) {
    return p.aval().weak() ? Promotion.convert(p, dtype, false) : p;
  }

  /**
   * Triangular numbers between {@code left} and {@code right}, densest at {@code mode}. {@code
   * Random.triangular(Random.key(0), scalar(0f), scalar(1f), scalar(2f))} is {@code 1.6764787}.
   */
  public static Array triangular(Key key, Array left, Array mode, Array right) {
    Shape shape = Sampling.common("triangular", left, mode, right);
    return triangular(key, left, mode, right, shape);
  }

  /** The same in a shape. */
  public static Array triangular(Key key, Array left, Array mode, Array right, Shape shape) {
    return triangular(key, left, mode, right, shape, Sampling.floatFor(left, mode, right));
  }

  /** The same of three numbers, as f32. */
  public static Array triangular(Key key, double left, double mode, double right, Shape shape) {
    return triangular(key, Jnp.weak(left), Jnp.weak(mode), Jnp.weak(right), shape, DType.F32);
  }

  /** The same in a floating type. */
  public static Array triangular(
      Key key, Array left, Array mode, Array right, Shape shape, DType dtype) {
    check("triangular", key, shape, dtype, left, mode, right);
    return Sampling.draw(
        "_triangular",
        key,
        shape,
        dtype,
        (k, p) -> {
          Array span = sub(p[2], p[0]);
          Array rise = sub(p[1], p[0]);
          Array u = Random.uniform(k, shape, dtype);
          Array low = add(p[0], Powers.sqrt(mul(mul(u, span), rise)));
          Array rest = mul(mul(sub(Scalars.of(dtype, 1), u), span), sub(p[2], p[1]));
          Array high = sub(p[2], Powers.sqrt(rest));
          return Compare.select(Compare.lt(u, div(rise, span)), low, high);
        },
        left,
        mode,
        right);
  }

  /**
   * Numbers as f32 whose logarithms are standard normal. {@code Random.lognormal(Random.key(0),
   * shape(2))} is {@code [5.066459 7.578117]}.
   */
  public static Array lognormal(Key key, Shape shape) {
    return lognormal(key, 1, shape);
  }

  /** Numbers as f32 whose logarithms are normal with standard deviation {@code sigma}. */
  public static Array lognormal(Key key, double sigma, Shape shape) {
    return lognormal(key, Jnp.weak(sigma), shape, DType.F32);
  }

  /** The same of standard deviations that broadcast to the shape. */
  public static Array lognormal(Key key, Array sigma, Shape shape) {
    return lognormal(key, sigma, shape, Sampling.floatFor(sigma));
  }

  /** The same in a floating or complex type. */
  public static Array lognormal(Key key, Array sigma, Shape shape, DType dtype) {
    Sampling.scalarKey("lognormal", key);
    if (!dtype.isInexact()) {
      Sampling.floating("lognormal", dtype);
    }
    Sampling.broadcastable("lognormal", shape, sigma);
    Sampling.convertible("lognormal", dtype, sigma);
    return Sampling.draw(
        "_lognormal",
        key,
        shape,
        dtype,
        (k, p) -> exp(mul(Random.normal(k, shape, dtype), p[0])),
        sigma);
  }

  /**
   * Normal numbers between bounds that broadcast to the shape. {@code
   * Random.truncatedNormal(Random.key(0), scalar(-1f), scalar(1f), shape(2), DType.F32)} is {@code
   * [0.86185926 0.9412883 ]}.
   */
  public static Array truncatedNormal(Key key, Array lower, Array upper, Shape shape, DType dtype) {
    Sampling.scalarKey("truncatedNormal", key);
    Sampling.floating("truncatedNormal", dtype);
    Sampling.broadcastable("truncatedNormal", shape, lower, upper);
    return Sampling.draw(
        "_truncated_normal",
        key,
        shape,
        dtype,
        (k, p) -> Random.truncated(k, p[0], p[1], shape, dtype),
        lower,
        upper);
  }

  /**
   * Samples of a normal distribution of {@code n} numbers, by Cholesky's factor. {@code
   * Random.multivariateNormal(Random.key(0), zeros(2), eye(2)).shape()} is {@code (2,)}.
   */
  public static Array multivariateNormal(Key key, Array mean, Array cov) {
    return Multivariate.normal(key, mean, cov, null, null, CovarianceFactor.CHOLESKY);
  }

  /** The same; {@code shape} is that of the samples, to which the parameters' batches broadcast. */
  public static Array multivariateNormal(Key key, Array mean, Array cov, Shape shape) {
    return Multivariate.normal(key, mean, cov, shape, null, CovarianceFactor.CHOLESKY);
  }

  /**
   * The same with standard normal numbers of an element type, and a factor of the covariances.
   *
   * @param mean of shape (..., n)
   * @param cov of shape (..., n, n)
   * @return of shape (shape..., n)
   */
  public static Array multivariateNormal(
      Key key, Array mean, Array cov, Shape shape, DType dtype, CovarianceFactor factor) {
    return Multivariate.normal(key, mean, cov, shape, dtype, factor);
  }

  /**
   * A random orthogonal matrix of shape (n, n) as f32, evenly from all of them. {@code
   * Random.orthogonal(Random.key(0), 3).shape()} is {@code (3, 3)}.
   */
  public static Array orthogonal(Key key, long n) {
    return orthogonal(key, n, Shape.scalar());
  }

  /** Random orthogonal matrices, of shape (shape..., n, n). */
  public static Array orthogonal(Key key, long n, Shape shape) {
    return orthogonal(key, n, shape, DType.F32);
  }

  /** Random orthogonal or, if the type is complex, unitary matrices. */
  public static Array orthogonal(Key key, long n, Shape shape, DType dtype) {
    return orthogonal(key, n, shape, dtype, n);
  }

  /** Matrices of shape (shape..., n, m) whose rows or columns, the fewer, are orthonormal. */
  public static Array orthogonal(Key key, long n, Shape shape, DType dtype, long m) {
    Sampling.scalarKey("orthogonal", key);
    if (n < 0 || m < 0) {
      throw new LaxTypeException("orthogonal", "there is no matrix of shape " + n + " x " + m);
    }
    int rank = shape.rank();
    Shape all = shape.insert(rank, Math.max(n, m)).insert(rank + 1, Math.min(n, m));
    var qr = Linalg.qr(Random.normal(key, all, dtype));
    Array signs = Jnp.expandDims(Jnp.sign(Jnp.diagonal(qr.r(), 0, -2, -1)), -2);
    Array x = Jnp.multiply(qr.q(), signs);
    return n < m ? Jnp.matrixTranspose(x) : x;
  }

  private static void check(String function, Key key, DType dtype) {
    Sampling.scalarKey(function, key);
    Sampling.floating(function, dtype);
  }

  static void check(String function, Key key, Shape shape, DType dtype, Array... parameters) {
    check(function, key, dtype);
    Sampling.broadcastable(function, shape, parameters);
    Sampling.convertible(function, dtype, parameters);
  }
}
