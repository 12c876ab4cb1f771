package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Covariances, correlations and weighted means. */
public abstract class JnpMoments extends JnpCounts {
  JnpMoments() {}

  /** A weighted mean and the sum of the weights. */
  public record WeightedMean(Array mean, Array weightSum) {}

  /**
   * Covariances of the rows of a matrix: (n, n), or a scalar of a vector. {@code cov(array(new
   * float[][] {{0, 1, 2}, {2, 1, 0}}))} is {@code [[ 1. -1.] [-1. 1.]]}.
   */
  public static Array cov(Array x) {
    return cov(x, CovOptions.DEFAULT);
  }

  /** Covariances of variables, with options. */
  public static Array cov(Array x, CovOptions options) {
    Array y = options.y();
    DType given = y == null ? x.dtype() : Promotion.join(List.of(x.aval(), y.aval())).dtype();
    DType t = options.dtype() == null ? inexactType(given) : options.dtype();
    if (!t.isInexact()) {
      throw new LaxTypeException("cov", "is computed in floating point, not in " + t);
    }
    Array all = variables(x, options.rows(), t, false);
    if (y != null) {
      all = concatenate(List.of(all, variables(y, options.rows(), t, true)), 0);
    }
    if (all.dim(0) == 0) {
      return zeros(Shape.of(0, 0), DType.F32);
    }
    if (all.dim(1) == 0) {
      Shape shape = all.dim(0) == 1 ? Shape.scalar() : Shape.of(all.dim(0), all.dim(0));
      return full(shape, Double.NaN, t);
    }
    return covariance(all, options);
  }

  /** The variables as rows. */
  private static Array variables(Array x, boolean rows, DType t, boolean second) {
    if (x.rank() > 2) {
      throw new LaxTypeException("cov", "takes vectors and matrices, not shape " + x.shape());
    }
    Array matrix = atleast2d(Promotion.convert(x, t, false));
    boolean turned = !rows && (second ? matrix.dim(0) != 1 : x.rank() != 1);
    return turned ? transpose(matrix) : matrix;
  }

  private static Array covariance(Array x, CovOptions options) {
    long n = x.dim(1);
    int ddof = options.ddof() == null ? 1 : options.ddof();
    Array often = observations("frequencies", options.frequencies(), n);
    Array important = observations("weights", options.weights(), n);
    if (often != null) {
      integers("cov", often);
    }
    Array w = often == null ? important : important == null ? often : multiply(often, important);
    if (w == null) {
      Array centered = subtract(x, mean(x, over(1).keepDims()));
      Array products = matmul(centered, transpose(conj(centered)));
      return squared(trueDivide(products, weak(n - ddof)));
    }
    Array weights = options.dtype() == null ? w : astype(w, options.dtype());
    DType t = inexactType(Promotion.join(List.of(x.aval(), weights.aval())).dtype());
    Array each = Promotion.convert(weights, t, false);
    Array values = Promotion.convert(x, t, false);
    Array total = sum(each);
    Array average = trueDivide(sum(multiply(values, each), over(1).keepDims()), total);
    Array divisor = total;
    if (ddof != 0) {
      Array correction =
          important == null
              ? weak(ddof)
              : trueDivide(multiply(weak(ddof), sum(multiply(weights, important))), total);
      divisor = subtract(total, correction);
    }
    Array centered = subtract(values, average);
    Array weighted = multiply(centered, each);
    return squared(trueDivide(matmul(centered, transpose(conj(weighted))), divisor));
  }

  private static @Nullable Array observations(String what, @Nullable Array given, long n) {
    if (given != null && (given.rank() != 1 || given.dim(0) != n)) {
      throw new LaxTypeException("cov", what + " " + given.aval() + " for " + n + " observations");
    }
    return given == null ? null : abs(given);
  }

  private static Array squared(Array matrix) {
    return matrix.dim(0) == 1 ? Shapes.reshape(matrix, Shape.scalar()) : matrix;
  }

  /**
   * Pearson's correlation coefficients of the rows of a matrix: (n, n), within [-1, 1]. {@code
   * corrcoef(array(new float[][] {{0, 1, 2}, {2, 1, 0}}))} is {@code [[ 1. -1.] [-1. 1.]]}.
   */
  public static Array corrcoef(Array x) {
    return corrcoef(x, CovOptions.DEFAULT);
  }

  /** Correlation coefficients of variables, with options. */
  public static Array corrcoef(Array x, CovOptions options) {
    Array c = cov(x, options);
    if (c.rank() == 0) {
      return trueDivide(c, c);
    }
    Array deviation = astype(sqrt(JnpMath.real(diag(c))), c.dtype());
    Array column = Shapes.expandDims(deviation, Axes.of(1));
    Array scaled = trueDivide(trueDivide(c, column), deviation);
    Array re = clip(JnpMath.real(scaled), -1.0, 1.0);
    return scaled.dtype().isComplex() ? Complexes.complex(re, clip(imag(scaled), -1.0, 1.0)) : re;
  }

  /**
   * Weighted mean and the sum of weights of its shape; weights have the shape of x, or that of the
   * reduced dimensions, and are 1 if null. {@code average(array(1f, 2f, 4f), array(1f, 1f, 2f),
   * over())} is {@code WeightedMean[mean=2.75, weightSum=4.0]}.
   */
  public static WeightedMean average(Array x, @Nullable Array weights, Over options) {
    Axes over = options.of("average", x.rank());
    Over kept = new Over(over, options.keepsDims(), null, null, 0, null);
    if (weights == null) {
      Array mean = mean(x, kept);
      long n = x.shape().select(over).size();
      return new WeightedMean(mean, full(mean.shape(), n, mean.dtype()));
    }
    boolean fits =
        weights.shape().equals(x.shape()) || weights.shape().equals(x.shape().select(over));
    if (!fits) {
      throw new ShapeMismatchException(
          "average",
          "must be equal, or weights those of the reduced dimensions",
          List.of(x, weights));
    }
    DType t = inexactType(Promotion.join(List.of(x.aval(), weights.aval())).dtype());
    Array w = Promotion.convert(weights, t, false);
    Array all = w.shape().equals(x.shape()) ? w : Shapes.broadcastInDim(w, x.shape(), over);
    Array total = sum(all, kept);
    Array products = multiply(Promotion.convert(x, t, false), all);
    return new WeightedMean(trueDivide(sum(products, kept), total), total);
  }
}
