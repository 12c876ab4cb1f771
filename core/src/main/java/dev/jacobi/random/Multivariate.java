package dev.jacobi.random;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Normal vectors: a factor of their covariances times standard normal numbers. */
final class Multivariate {
  private static final String NAME = "multivariateNormal";

  private Multivariate() {}

  static Array normal(
      Key key,
      Array mean,
      Array cov,
      @Nullable Shape shape,
      @Nullable DType dtype,
      CovarianceFactor factor) {
    Array key0 = Sampling.scalarKey(NAME, key);
    DType join = Promotion.join(List.of(mean.aval(), cov.aval())).dtype();
    if (join.isComplex()) {
      throw new LaxTypeException(NAME, "takes real parameters, not " + join.shortName());
    }
    boolean wide = join == DType.I64 || join == DType.U64;
    DType own = join.isFloat() ? join : wide ? DType.F64 : DType.F32;
    DType drawn = dtype == null ? own : dtype;
    Sampling.floating(NAME, drawn);
    check(mean.shape(), cov.shape());
    Shape batch = leading(mean.shape(), 1);
    Shape samples = shape == null ? Jnp.broadcastShapes(batch, leading(cov.shape(), 2)) : shape;
    Sampling.fits(NAME, samples, batch);
    Sampling.fits(NAME, samples, leading(cov.shape(), 2));
    Shape all = samples.insert(samples.rank(), mean.dim(-1));
    return NamedJit.call(
            "_multivariate_normal",
            List.of(all, drawn, factor),
            in -> {
              Array z = Random.normal(Key.of(in.get(0)), all, drawn);
              Array root = root(in.get(2), factor);
              return List.of(Jnp.add(in.get(1), Jnp.einsum("...ij,...j->...i", root, z)));
            },
            List.of(key0, Promotion.convert(mean, own, false), Promotion.convert(cov, own, false)))
        .getFirst();
  }

  private static void check(Shape mean, Shape cov) {
    long n = mean.rank() == 0 ? 0 : mean.dim(mean.rank() - 1);
    boolean fits =
        mean.rank() > 0
            && cov.rank() > 1
            && cov.dim(cov.rank() - 1) == n
            && cov.dim(cov.rank() - 2) == n;
    if (!fits) {
      throw new LaxTypeException(
          NAME,
          "needs means of shape (..., n) and covariances of shape (..., n, n), but got "
              + mean
              + " and "
              + cov);
    }
  }

  private static Shape leading(Shape shape, int trailing) {
    long[] sizes = shape.toArray();
    return Shape.of(java.util.Arrays.copyOf(sizes, sizes.length - trailing));
  }

  private static Array root(Array cov, CovarianceFactor factor) {
    return switch (factor) {
      case CHOLESKY -> Linalg.cholesky(cov);
      case EIGH -> {
        var parts = Linalg.eigh(cov);
        yield columns(parts.eigenvectors(), parts.eigenvalues());
      }
      case SVD -> {
        var parts = Linalg.svd(cov);
        yield columns(parts.u(), parts.s());
      }
    };
  }

  /** Every column times the root of its variance. */
  private static Array columns(Array vectors, Array variances) {
    return Jnp.multiply(vectors, Jnp.expandDims(Jnp.sqrt(variances), -2));
  }
}
