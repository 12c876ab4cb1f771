package dev.jacobi.scipy.stats;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.linalg.Cholesky;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.nn.Nn;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.random.Choice;
import dev.jacobi.random.Random;
import dev.jacobi.scipy.special.Normals;
import dev.jacobi.transform.NamedJit;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A density estimated from points by a normal distribution around each, as SciPy's {@code
 * gaussian_kde}. A tree of arrays, so that it may go into and come out of jitted functions.
 *
 * @param neff the effective number of points, {@code 1 / sum(weights^2)}
 * @param dataset points, (dimensions, points)
 * @param weights what each point counts, with sum 1
 * @param covariance of the normal distributions
 * @param invCov its inverse
 */
public record GaussianKde(
    Array neff, Array dataset, Array weights, Array covariance, Array invCov) {

  /** By which factor the standard deviation of the data is narrowed. */
  public enum Bandwidth {
    /** {@code neff^(-1 / (d + 4))}. */
    SCOTT,
    /** {@code (neff (d + 2) / 4)^(-1 / (d + 4))}. */
    SILVERMAN;

    Array factor(Array neff, long d) {
      Array base = this == SCOTT ? neff : neff.times((d + 2) / 4.0);
      return Jnp.power(base, Jnp.weak(-1.0 / (d + 4)));
    }
  }

  /**
   * Of points, a vector or (dimensions, points), by Scott's rule. {@code GaussianKde.of(array(0f,
   * 1f, 2f)).evaluate(array(1f)).shape()} is {@code (1,)}.
   */
  public static GaussianKde of(Array dataset) {
    return of(dataset, Bandwidth.SCOTT);
  }

  /** Of points with a rule for the bandwidth. */
  public static GaussianKde of(Array dataset, Bandwidth rule) {
    Array points = points("gaussianKde", dataset);
    return of(points, rule, Jnp.ones(Shape.of(points.dim(1)), points.dtype()));
  }

  /** Of points with weights, which need not sum to 1. */
  public static GaussianKde of(Array dataset, Bandwidth rule, Array weights) {
    Array points = points("gaussianKde", dataset);
    return of(points, weights, neff -> rule.factor(neff, points.dim(0)));
  }

  /** Of points whose standard deviation is scaled by a given factor. */
  public static GaussianKde of(Array dataset, double factor) {
    Array points = points("gaussianKde", dataset);
    Array weights = Jnp.ones(Shape.of(points.dim(1)), points.dtype());
    return of(points, weights, neff -> Jnp.fullLike(neff, factor));
  }

  /** Of points with weights whose standard deviation is scaled by what the rule says of neff. */
  public static GaussianKde of(Array dataset, Array weights, UnaryOperator<Array> factor) {
    Array points = points("gaussianKde", dataset);
    if (points.shape().size() < 2) {
      throw new LaxTypeException("gaussianKde", "needs more than one element");
    }
    if (weights.rank() != 1 || weights.dim(0) != points.dim(1)) {
      throw new LaxTypeException(
          "gaussianKde", points.dim(1) + " points need as many weights, not " + weights.shape());
    }
    Array share = Promotion.convert(weights, points.dtype(), false);
    share = share.div(Jnp.sum(share));
    Array neff = Jnp.reciprocal(Jnp.sum(share.times(share)));
    Array mean = Jnp.sum(points.times(share), Jnp.over(1).keepDims());
    Array centered = points.minus(mean);
    Array spread = Jnp.matmul(centered.times(share), Jnp.matrixTranspose(centered));
    Array data = spread.div(Jnp.minus(1, Jnp.sum(share.times(share))));
    Array square = Jnp.square(factor.apply(neff));
    return new GaussianKde(neff, points, share, data.times(square), Linalg.inv(data).div(square));
  }

  /** Points as floating point (dimensions, points). */
  private static Array points(String name, Array x) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException(name, "does not support complex data");
    }
    return Jnp.atleast2d(Promotion.promoteInexact(name, x)[0]);
  }

  /** The number of dimensions. */
  public long d() {
    return dataset.dim(0);
  }

  /** The number of points. */
  public long n() {
    return dataset.dim(1);
  }

  /**
   * The density at points, (dimensions, points) or, in one dimension, a vector; a vector.
   *
   * @throws LaxTypeException if the points have another number of dimensions
   */
  public Array evaluate(Array points) {
    return kernels(false, points);
  }

  /** The density, as {@link #evaluate}. */
  public Array pdf(Array points) {
    return evaluate(points);
  }

  /** The logarithm of the density, without underflow. */
  public Array logpdf(Array points) {
    return kernels(true, points);
  }

  private Array kernels(boolean log, Array points) {
    Array at = reshaped(points);
    return NamedJit.call(
            "gaussian_kernel_eval",
            log,
            a -> List.of(kernels(log, a.get(0), a.get(1), a.get(2), a.get(3))),
            List.of(dataset, weights, at, invCov))
        .getFirst();
  }

  private static Array kernels(boolean log, Array data, Array weights, Array at, Array precision) {
    Array factor = Cholesky.cholesky(precision, true);
    Array train = Jnp.matmul(Jnp.matrixTranspose(data), factor); // (n, d)
    Array test = Jnp.matmul(Jnp.matrixTranspose(at), factor); // (m, d)
    Array norm = Jnp.sum(Jnp.log(Jnp.diag(factor)));
    norm = norm.minus(0.5 * data.dim(0) * Math.log(2 * Math.PI));
    Array d = Jnp.subtract(Jnp.expandDims(test, 1), Jnp.expandDims(train, 0)); // (m, n, d)
    Array power = Jnp.subtract(norm, Jnp.sum(Jnp.square(d), -1).times(0.5));
    return log
        ? Nn.logsumexp(Jnp.add(power, Jnp.log(weights)), 1)
        : Jnp.sum(Jnp.multiply(Jnp.exp(power), weights), 1);
  }

  private Array reshaped(Array points) {
    Array at = points("evaluate", points);
    if (at.dim(0) == 1 && at.dim(1) == d() && d() != 1) {
      return at.reshape(d(), 1);
    }
    if (at.dim(0) != d()) {
      throw new LaxTypeException(
          "evaluate", "points have " + at.dim(0) + " dimensions, the data " + d());
    }
    return at;
  }

  /**
   * The integral of the density times a normal density.
   *
   * @param mean (d), or a scalar in one dimension
   * @param cov (d, d), or a scalar in one dimension
   */
  public Array integrateGaussian(Array mean, Array cov) {
    Array center = Jnp.atleast1d(Jnp.squeeze(Promotion.convert(mean, dataset.dtype(), false)));
    Array width = Jnp.atleast2d(Promotion.convert(cov, dataset.dtype(), false));
    if (!center.shape().equals(Shape.of(d())) || !width.shape().equals(Shape.of(d(), d()))) {
      throw new LaxTypeException(
          "integrateGaussian",
          "the data has " + d() + " dimensions, but mean " + mean.shape() + ", cov " + cov.shape());
    }
    Array column = center.reshape(d(), 1);
    return Jnp.squeeze(convolved(covariance.plus(width), column), 0);
  }

  /** For each column of means, the sum of weights times normal densities around the points. */
  private Array convolved(Array cov, Array means) {
    Array factor = Cholesky.cholesky(cov, true);
    Array data = TriangularSolve.LOWER.of(factor, dataset);
    Array centers =
        TriangularSolve.LOWER.of(factor, Promotion.convert(means, dataset.dtype(), false));
    Array d = Jnp.subtract(Jnp.expandDims(centers, 2), Jnp.expandDims(data, 1)); // (d, means, n)
    Array power = Jnp.sum(Jnp.square(d), 0).times(-0.5);
    Array norm = Jnp.prod(Jnp.diag(factor)).times(Math.pow(2 * Math.PI, 0.5 * d()));
    return Jnp.sum(Jnp.multiply(Jnp.exp(power), weights), 1).div(norm);
  }

  /** The probability between two numbers, for data of one dimension. */
  public Array integrateBox1d(Array low, Array high) {
    if (d() != 1 || low.rank() != 0 || high.rank() != 0) {
      throw new LaxTypeException(
          "integrateBox1d", "takes two scalars, and data of one dimension, not " + d());
    }
    Array sigma = Jnp.sqrt(covariance).reshape();
    Array from = Normals.ndtr(Jnp.subtract(low, dataset).div(sigma));
    Array to = Normals.ndtr(Jnp.subtract(high, dataset).div(sigma));
    return Jnp.sum(Jnp.multiply(weights, to.minus(from)));
  }

  /** The same for numbers. */
  public Array integrateBox1d(double low, double high) {
    return integrateBox1d(Jnp.weak(low), Jnp.weak(high));
  }

  /**
   * The integral of the product of two densities.
   *
   * @throws LaxTypeException if they have not the same number of dimensions
   */
  public Array integrateKde(GaussianKde other) {
    if (other.d() != d()) {
      throw new LaxTypeException(
          "integrateKde", "densities of " + d() + " and " + other.d() + " dimensions");
    }
    Array each = convolved(covariance.plus(other.covariance), other.dataset);
    return Jnp.sum(Jnp.multiply(each, other.weights));
  }

  /** Points drawn from the density, (d, shape...), those of JAX for the key. */
  public Array resample(Key key, Shape shape) {
    Key both = Random.split(key);
    Array index = Random.choice(both.get(0), n(), shape, Choice.PLAIN.weights(weights));
    Array normal = Random.normal(both.get(1), shape.concat(Shape.of(d())), dataset.dtype());
    Array factor = Cholesky.cholesky(covariance, true);
    Array noise = Jnp.matmul(Jnp.expandDims(normal, -2), Jnp.matrixTranspose(factor));
    Array moved = Jnp.moveaxis(Jnp.squeeze(noise, -2), -1, 0);
    return Jnp.take(dataset, index, 1).plus(moved);
  }
}
