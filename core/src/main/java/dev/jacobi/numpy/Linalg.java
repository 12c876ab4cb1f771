package dev.jacobi.numpy;

import static dev.jacobi.numpy.JnpMath.inexact;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.linalg.Cholesky;
import dev.jacobi.lax.linalg.Eigh;
import dev.jacobi.lax.linalg.LaxLinalg;
import dev.jacobi.lax.linalg.LaxLinalg.EigOptions;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.lax.linalg.Qr;
import dev.jacobi.lax.linalg.Svd;
import dev.jacobi.transform.NamedJit;
import java.util.List;
import java.util.function.Function;

/**
 * NumPy's linear algebra, {@code numpy.linalg}, over stacks of matrices: the last two dimensions
 * are rows and columns, those before them are batches. Integers and booleans become floating point;
 * types other than f32, f64, c64 and c128 throw {@link LaxTypeException}, as do matrices that must
 * be square and are not. Where LAPACK fails, results are NaN.
 */
public final class Linalg extends LinalgProducts {
  private Linalg() {}

  /** {@code a v = v diag(w)}: ascending values (..., n) and vectors (..., n, n) as columns. */
  public record EighResult(Array eigenvalues, Array eigenvectors) {}

  /** {@code a v = v diag(w)}: complex values (..., n) and vectors (..., n, n) as columns. */
  public record EigResult(Array eigenvalues, Array eigenvectors) {}

  /** {@code a = q r}. */
  public record QrResult(Array q, Array r) {}

  /** {@code a = u diag(s) vh}, s descending. */
  public record SvdResult(Array u, Array s, Array vh) {}

  /** A determinant {@code sign * exp(logabsdet)}; the sign of a complex one is its phase. */
  public record SlogdetResult(Array sign, Array logabsdet) {}

  /**
   * What {@link #lstsq} gives: solutions, sums of squared residuals, the rank as an i32, and the
   * singular values.
   */
  public record LstsqResult(Array x, Array residuals, Array rank, Array s) {}

  /** Which triangle of a matrix is read. */
  public enum Triangle {
    LOWER,
    UPPER
  }

  /** A stack of matrices as floating point. */
  static Array matrices(String function, Array a) {
    if (a.rank() < 2) {
      throw new LaxTypeException(function, "takes matrices, not an array of shape " + a.shape());
    }
    return inexact(a);
  }

  static Array squares(String function, Array a) {
    Array x = matrices(function, a);
    if (a.dim(-1) != a.dim(-2)) {
      throw new LaxTypeException(function, "takes square matrices, not shape " + a.shape());
    }
    return x;
  }

  /** A jitted function with several results. */
  static List<Array> jitted(
      String name, Object statics, Function<Array, List<Array>> f, Array operand) {
    return NamedJit.call(name, statics, a -> f.apply(a.getFirst()), Promotion.together(operand));
  }

  /**
   * The lower factor of a positive definite matrix, {@code a = l l^H}; NaN if it is not. {@code
   * Linalg.cholesky(array(new float[][] {{4, 2}, {2, 5}}))} is {@code [[2. 0.] [1. 2.]]}.
   */
  public static Array cholesky(Array a) {
    return cholesky(a, false);
  }

  /** The lower factor, or with {@code upper} its conjugate transpose, {@code a = u^H u}. */
  public static Array cholesky(Array a, boolean upper) {
    Array x = squares("cholesky", a);
    return JnpMath.jitted(
        "cholesky",
        upper,
        xs -> {
          Array l = Cholesky.cholesky(xs.getFirst(), true);
          return upper ? Matrices.adjoint(l) : l;
        },
        x);
  }

  /**
   * Orthogonal columns and an upper triangle: shapes (..., m, k) and (..., k, n), k the less.
   * {@code Linalg.qr(eye(2)).q().shape()} is {@code (2, 2)}.
   */
  public static QrResult qr(Array a) {
    return qr(a, false);
  }

  /** The same, or with {@code complete} of shapes (..., m, m) and (..., m, n). */
  public static QrResult qr(Array a, boolean complete) {
    List<Array> out =
        jitted(
            "qr",
            complete,
            x -> {
              Qr.Result r = Qr.qr(x, complete);
              return List.of(r.q(), r.r());
            },
            matrices("qr", a));
    return new QrResult(out.get(0), out.get(1));
  }

  /**
   * Complex eigenvalues of square matrices, in the order in which LAPACK finds them, and right
   * eigenvectors, of norm 1 and with their largest component real; NaN for matrices that are not
   * finite. Vectors have no derivatives, as in JAX: see {@link EigOptions#enableEigvecDerivs}.
   * {@code Linalg.eig(eye(2)).eigenvalues()} is {@code [1.+0.j 1.+0.j]}.
   */
  public static EigResult eig(Array a) {
    List<Array> out =
        jitted(
            "eig",
            "",
            x -> {
              var r = LaxLinalg.eig(x, EigOptions.DEFAULT.computeLeftEigenvectors(false));
              return List.of(r.eigenvalues(), r.right().orElseThrow());
            },
            squares("eig", a));
    return new EigResult(out.get(0), out.get(1));
  }

  /**
   * The same without vectors; the values have derivatives where they differ. {@code
   * Linalg.eigvals(eye(2))} is {@code [1.+0.j 1.+0.j]}.
   */
  public static Array eigvals(Array a) {
    return JnpMath.jitted(
        "eigvals",
        "",
        x -> LaxLinalg.eig(x.getFirst(), EigOptions.VALUES).eigenvalues(),
        squares("eigvals", a));
  }

  /**
   * Eigenvalues and eigenvectors of the symmetric part {@code (a + a^H) / 2}. {@code
   * Linalg.eigh(eye(2)).eigenvalues()} is {@code [1. 1.]}.
   */
  public static EighResult eigh(Array a) {
    return eigh(a, Triangle.LOWER, true);
  }

  /** Of the symmetric matrix of which this triangle is given; the other is not read. */
  public static EighResult eigh(Array a, Triangle triangle) {
    return eigh(a, triangle, false);
  }

  private static EighResult eigh(Array a, Triangle triangle, boolean symmetrize) {
    List<Array> out =
        jitted(
            "eigh",
            List.of(triangle, symmetrize),
            x -> {
              Eigh.Result r = Eigh.eigh(x, triangle == Triangle.LOWER, symmetrize);
              return List.of(r.eigenvalues(), r.eigenvectors());
            },
            squares("eigh", a));
    return new EighResult(out.get(0), out.get(1));
  }

  /**
   * The eigenvalues only, of the symmetric part. {@code Linalg.eigvalsh(array(new float[][] {{2,
   * 0}, {0, 1}}))} is {@code [1. 2.]}.
   */
  public static Array eigvalsh(Array a) {
    return JnpMath.jitted(
        "eigvalsh", "", x -> eigh(x.getFirst()).eigenvalues(), squares("eigvalsh", a));
  }

  /**
   * Singular values and square matrices of vectors: (..., m, m), (..., k) and (..., n, n). {@code
   * Linalg.svd(eye(2)).s()} is {@code [1. 1.]}.
   */
  public static SvdResult svd(Array a) {
    return svd(a, true);
  }

  /** The same, or without {@code fullMatrices} of shapes (..., m, k), (..., k) and (..., k, n). */
  public static SvdResult svd(Array a, boolean fullMatrices) {
    List<Array> out =
        jitted(
            "svd",
            fullMatrices,
            x -> {
              Svd.Result r = Svd.svd(x, fullMatrices);
              return List.of(r.u(), r.s(), r.vt());
            },
            matrices("svd", a));
    return new SvdResult(out.get(0), out.get(1), out.get(2));
  }

  /**
   * Singular values, descending, of shape (..., min(m, n)). {@code Linalg.svdvals(array(new
   * float[][] {{3, 0}, {0, 4}}))} is {@code [4. 3.]}.
   */
  public static Array svdvals(Array a) {
    return JnpMath.jitted("svd", "values", x -> Svd.svdvals(x.getFirst()), matrices("svdvals", a));
  }

  /**
   * Solves {@code a x = b}. {@code Linalg.solve(array(new float[][] {{2, 0}, {0, 4}}), array(2f,
   * 8f))} is {@code [1. 2.]}.
   *
   * @param a shape (..., n, n)
   * @param b a vector (n) or columns (..., n, k); batches broadcast against those of {@code a}
   * @throws ShapeMismatchException if sizes do not fit
   */
  public static Array solve(Array a, Array b) {
    return LinearSystems.solve(a, b);
  }

  /**
   * The inverse; infinities and NaN for a singular matrix. {@code Linalg.inv(array(new float[][]
   * {{2, 0}, {0, 4}}))} is {@code [[0.5 0. ] [0. 0.25]]}.
   */
  public static Array inv(Array a) {
    return LinearSystems.inv(a);
  }

  /**
   * The pseudoinverse, of shape (..., n, m), by singular values over {@code 10 max(m, n) eps}.
   * {@code Linalg.pinv(array(new float[][] {{2, 0}, {0, 4}})).shape()} is {@code (2, 2)}.
   */
  public static Array pinv(Array a) {
    return LinearSystems.pinv(a, Double.NaN);
  }

  /** By singular values over {@code rtol} times the largest. */
  public static Array pinv(Array a, double rtol) {
    return LinearSystems.pinv(a, rtol);
  }

  /**
   * Least squares of {@code a x = b} by singular values over {@code max(m, n) eps}. {@code
   * Linalg.lstsq(eye(2), array(2f, 8f)).x()} is {@code [2. 8.]}.
   */
  public static LstsqResult lstsq(Array a, Array b) {
    return LinearSystems.lstsq(a, b, Double.NaN);
  }

  /**
   * Least squares of {@code a x = b}; of several solutions the shortest.
   *
   * @param a one matrix (m, n)
   * @param b a vector (m) or columns (m, k)
   * @param rcond singular values less than this part of the largest count as 0; negative: eps
   */
  public static LstsqResult lstsq(Array a, Array b, double rcond) {
    return LinearSystems.lstsq(a, b, rcond);
  }

  /** The determinant. {@code Linalg.det(array(new float[][] {{2, 0}, {0, 4}}))} is {@code 8.0}. */
  public static Array det(Array a) {
    return Determinants.det(a);
  }

  /**
   * Sign and logarithm of the determinant, which itself may overflow. {@code
   * Linalg.slogdet(array(new float[][] {{2, 0}, {0, 4}}))} is {@code SlogdetResult[sign=1.0,
   * logabsdet=2.0794415]}.
   */
  public static SlogdetResult slogdet(Array a) {
    return Determinants.slogdet(a);
  }

  /**
   * A square matrix times itself n - 1 times; 0 gives the unit matrix, less powers the inverse.
   * {@code Linalg.matrixPower(array(new float[][] {{2, 0}, {0, 4}}), 3)} is {@code [[ 8. 0.] [ 0.
   * 64.]]}.
   */
  public static Array matrixPower(Array a, int n) {
    if (a.rank() < 2 || a.dim(-1) != a.dim(-2)) {
      throw new LaxTypeException(
          "matrixPower", "takes square matrices, not an array of shape " + a.shape());
    }
    return JnpMath.jitted("matrix_power", n, x -> power(x.getFirst(), n), a);
  }

  private static Array power(Array a, int n) {
    if (n == 0) {
      long size = a.dim(-1);
      return Promotion.broadcastTo(JnpCreate.eye(size, size, 0, a.dtype()), a.shape());
    }
    Array square = n < 0 ? inv(a) : a;
    Array power = null;
    for (long rest = Math.abs((long) n); rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        power = power == null ? square : Jnp.matmul(power, square);
      }
      square = rest > 1 ? Jnp.matmul(square, square) : square;
    }
    return power;
  }

  /**
   * How many singular values exceed {@code max(m, n) eps} times the largest, as an i32; of vectors
   * and scalars, 1 unless all elements are 0. {@code Linalg.matrixRank(ones(2, 2))} is {@code 1}.
   */
  public static Array matrixRank(Array a) {
    return matrixRank(a, Double.NaN);
  }

  /** How many singular values exceed {@code tol}. */
  public static Array matrixRank(Array a, double tol) {
    return JnpMath.jitted("matrix_rank", tol, x -> rank(x.getFirst(), tol), inexact(a));
  }

  private static Array rank(Array a, double tol) {
    if (a.rank() < 2) {
      return Convert.convertElementType(JnpReduce.any(JnpLogic.truth(a)), DType.I32);
    }
    Array s = svdvals(a);
    if (s.dim(-1) == 0) {
      return JnpReduce.sum(Convert.convertElementType(s, DType.I32), -1);
    }
    Array limit =
        Double.isNaN(tol)
            ? JnpReduce.max(s, Jnp.over(-1).keepDims())
                .times(Math.max(a.dim(-1), a.dim(-2)))
                .times(Norms.epsilon(s.dtype()))
            : JnpMath.weak(tol);
    return JnpReduce.sum(Convert.convertElementType(s.gt(limit), DType.I32), -1);
  }

  /**
   * The ratio of the largest to the least singular value. {@code Linalg.cond(array(new float[][]
   * {{2, 0}, {0, 4}}))} is {@code 2.0}.
   */
  public static Array cond(Array a) {
    return cond(a, MatrixNorm.TWO);
  }

  /** The norm of a matrix times that of its inverse. */
  public static Array cond(Array a, MatrixNorm norm) {
    return Norms.cond(a, norm);
  }

  /**
   * The root of the sum of all squared magnitudes. {@code Linalg.norm(array(3f, 4f))} is {@code
   * 5.0}.
   */
  public static Array norm(Array x) {
    return norm(x, Jnp.over());
  }

  /** The same over dimensions, with options. */
  public static Array norm(Array x, Over options) {
    return Norms.euclidean(x, options);
  }

  /** Norms of matrices that {@link #matrixNorm} knows. */
  public enum MatrixNorm {
    /** The root of the sum of squared magnitudes. */
    FROBENIUS,
    /** The sum of the singular values. */
    NUCLEAR,
    /** The greatest sum of magnitudes of a column. */
    ONE,
    /** The least sum of magnitudes of a column. */
    MINUS_ONE,
    /** The greatest singular value. */
    TWO,
    /** The least singular value. */
    MINUS_TWO,
    /** The greatest sum of magnitudes of a row. */
    INFINITY,
    /** The least sum of magnitudes of a row. */
    MINUS_INFINITY
  }

  /**
   * Frobenius' norm of each matrix. {@code Linalg.matrixNorm(array(new float[][] {{3, 0}, {0,
   * 4}}))} is {@code 5.0}.
   */
  public static Array matrixNorm(Array x) {
    return matrixNorm(x, MatrixNorm.FROBENIUS);
  }

  /** A norm of each matrix; the last two dimensions disappear. */
  public static Array matrixNorm(Array x, MatrixNorm norm) {
    return Norms.matrix(x, norm);
  }

  /** The same; the last two dimensions may stay, with size 1. */
  public static Array matrixNorm(Array x, MatrixNorm norm, boolean keepDims) {
    Array y = matrixNorm(x, norm);
    return keepDims ? Jnp.expandDims(y, -2, -1) : y;
  }

  /**
   * The Euclidean norm of all elements as one vector. {@code Linalg.vectorNorm(array(3f, 4f))} is
   * {@code 5.0}.
   */
  public static Array vectorNorm(Array x) {
    return vectorNorm(x, 2, Jnp.over());
  }

  /** The norm of vectors along a dimension. */
  public static Array vectorNorm(Array x, double order, int axis) {
    return vectorNorm(x, order, Jnp.over(axis));
  }

  /**
   * Norms of vectors over dimensions: order infinity is the greatest magnitude, minus infinity the
   * least, 0 the number of nonzeros, else {@code sum(|x|^order)^(1/order)}.
   */
  public static Array vectorNorm(Array x, double order, Over options) {
    return Norms.vector(x, order, options);
  }

  /**
   * The product of several matrices in the order that takes the fewest multiplications; the first
   * and the last may be vectors. {@code Linalg.multiDot(eye(2), eye(2), array(3f, 4f))} is {@code
   * [3. 4.]}.
   *
   * @throws ShapeMismatchException if neighbours do not fit
   */
  public static Array multiDot(Array... arrays) {
    return Chain.product(List.of(arrays));
  }

  /**
   * The inverse of a tensor whose first {@code ind} dimensions are rows, the others columns. {@code
   * Linalg.tensorinv(eye(4).reshape(2, 2, 2, 2), 2).shape()} is {@code (2, 2, 2, 2)}.
   */
  public static Array tensorinv(Array a, int ind) {
    Axes rows = Axes.range(Math.max(0, Math.min(ind, a.rank())));
    var columns = a.shape().without(rows);
    long n = a.shape().select(rows).size();
    if (ind < 1 || n != columns.size()) {
      throw new LaxTypeException(
          "tensorinv",
          "dimensions of " + a.shape() + " before and from " + ind + " differ in size");
    }
    return inv(Jnp.reshape(a, n, n)).reshape(columns.concat(a.shape().select(rows)).toArray());
  }

  /**
   * Solves {@code tensordot(a, x, x.rank()) = b}; the first dimensions of a are those of b. {@code
   * Linalg.tensorsolve(eye(4).reshape(2, 2, 2, 2), ones(2, 2))} is {@code [[1. 1.] [1. 1.]]}.
   */
  public static Array tensorsolve(Array a, Array b) {
    int rank = b.rank();
    Axes rows = Axes.range(Math.min(rank, a.rank()));
    var columns = a.shape().without(rows);
    if (!a.shape().select(rows).equals(b.shape()) || columns.size() != b.shape().size()) {
      throw new ShapeMismatchException(
          "tensorsolve",
          "do not fit: the first must have the shape of the second, and as many elements again",
          List.of(a, b));
    }
    long n = b.shape().size();
    return solve(Jnp.reshape(a, n, n), Jnp.ravel(b)).reshape(columns.toArray());
  }

  /** The same with dimensions of {@code a} that go to the end first. */
  public static Array tensorsolve(Array a, Array b, int... axes) {
    Axes last = JnpShape.axes("tensorsolve", a.rank(), axes);
    Axes order = last.complement(a.rank()).plus(last);
    return tensorsolve(Jnp.transpose(a, order.toArray()), b);
  }
}
