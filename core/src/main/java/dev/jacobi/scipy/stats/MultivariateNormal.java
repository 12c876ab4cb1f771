package dev.jacobi.scipy.stats;

import dev.jacobi.Array;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.linalg.Cholesky;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/** The normal distribution of vectors. */
public final class MultivariateNormal {
  private MultivariateNormal() {}

  /**
   * The logarithm of the density of each vector along the last dimension of x; NaN where cov is not
   * positive definite. {@code MultivariateNormal.logpdf(zeros(2), zeros(2), eye(2))} is {@code
   * -1.837877}.
   *
   * @param mean (..., n), or a scalar, for which x and cov are scalars too
   * @param cov (..., n, n), or a scalar, which is the variance of each component
   * @throws LaxTypeException if the shapes do not fit
   */
  public static Array logpdf(Array x, Array mean, Array cov) {
    long n = mean.rank() == 0 ? 1 : mean.dim(-1);
    boolean fits = cov.rank() == 0 || cov.rank() > 1 && cov.dim(-1) == n && cov.dim(-2) == n;
    if (mean.rank() > 0 && !fits) {
      throw new LaxTypeException(
          "logpdf",
          "a mean of shape "
              + mean.shape()
              + " needs a covariance of shape (..., "
              + n
              + ", "
              + n
              + ") or a scalar, not "
              + cov.shape());
    }
    return NamedJit.call(
            "multivariate_normal.logpdf",
            "",
            a -> List.of(logDensity(a.get(0), a.get(1), a.get(2))),
            Promotion.together(x, mean, cov))
        .getFirst();
  }

  /**
   * The density. {@code MultivariateNormal.pdf(zeros(2), zeros(2), eye(2))} is {@code 0.15915495}.
   */
  public static Array pdf(Array x, Array mean, Array cov) {
    return Elementary.exp(logpdf(x, mean, cov));
  }

  private static Array logDensity(Array x, Array mean, Array cov) {
    Array d = Jnp.subtract(x, mean);
    if (mean.rank() == 0) {
      Array quadratic = Jnp.trueDivide(Jnp.multiply(d, d), cov);
      return quadratic.plus(Jnp.log(cov)).plus(Math.log(2 * Math.PI)).times(-0.5);
    }
    long n = d.dim(-1);
    if (cov.rank() == 0) {
      Array quadratic = Jnp.trueDivide(Jnp.sum(Jnp.multiply(d, d), -1), cov);
      Array log = Jnp.log(cov).plus(Math.log(2 * Math.PI)).times((double) n);
      return quadratic.plus(log).times(-0.5);
    }
    Array[] both = inOneType(d, cov);
    Array factor = Cholesky.cholesky(both[1], true);
    Array y = whitened(both[0], factor);
    Array log = Jnp.sum(Jnp.log(Jnp.diagonal(factor, 0, -2, -1)), -1);
    Array quadratic = Jnp.sum(y.times(y), -1).times(-0.5);
    return quadratic.minus(0.5 * n * Math.log(2 * Math.PI)).minus(log);
  }

  /** Promoted, but not broadcast. */
  private static Array[] inOneType(Array d, Array cov) {
    var type = Promotion.promoteInexact("logpdf", Jnp.sum(d), Jnp.sum(cov))[0].aval();
    return new Array[] {
      Promotion.convert(d, type.dtype(), false), Promotion.convert(cov, type.dtype(), false)
    };
  }

  /** The solution y of {@code L y = d}, of all vectors at once where there is one matrix. */
  private static Array whitened(Array d, Array factor) {
    TriangularSolve system = TriangularSolve.LOWER.right().transposed();
    long n = d.dim(-1);
    if (factor.rank() == 2) {
      Array rows = d.reshape(d.shape().size() / n, n);
      return system.of(factor, rows).reshape(d.shape().toArray());
    }
    Shape batch =
        Promotion.commonShape(
            "logpdf",
            d.get(Jnp.ellipsis(), Jnp.i(0)),
            factor.get(Jnp.ellipsis(), Jnp.i(0), Jnp.i(0)));
    long[] vectors = append(batch, 1, n);
    long[] matrices = append(batch, n, n);
    Array wide = Jnp.broadcastTo(Jnp.expandDims(d, -2), vectors);
    return Jnp.squeeze(system.of(Jnp.broadcastTo(factor, matrices), wide), -2);
  }

  private static long[] append(Shape shape, long... sizes) {
    return java.util.stream.LongStream.concat(
            java.util.Arrays.stream(shape.toArray()), java.util.Arrays.stream(sizes))
        .toArray();
  }
}
