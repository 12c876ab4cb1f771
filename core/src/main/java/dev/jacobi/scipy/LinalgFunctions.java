package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.scipy.linalg.Expm;
import dev.jacobi.scipy.linalg.Functions;
import dev.jacobi.scipy.linalg.Sylvester;
import java.util.List;

/** The part of {@link Linalg} with functions of matrices, of stacks (..., n, n) of them. */
public abstract class LinalgFunctions extends LinalgMatrices {
  LinalgFunctions() {}

  /**
   * How {@link #expm} is computed.
   *
   * @param upperTriangular whether the matrix is known to be an upper triangle
   * @param maxSquarings the result is NaN for a matrix that needs more
   */
  public record ExpmOptions(boolean upperTriangular, int maxSquarings) {
    /** Any matrix, and 16 squarings. */
    public static final ExpmOptions DEFAULT = new ExpmOptions(false, 16);

    public ExpmOptions {
      if (maxSquarings < 0) {
        throw new LaxTypeException("expm", "cannot square " + maxSquarings + " times");
      }
    }

    /** Says that matrices are upper triangles, which are solved faster. */
    public ExpmOptions withUpperTriangular(boolean isUpper) {
      return new ExpmOptions(isUpper, maxSquarings);
    }

    /** Allows so many squarings, for norms up to about {@code 2^squarings}. */
    public ExpmOptions withMaxSquarings(int squarings) {
      return new ExpmOptions(upperTriangular, squarings);
    }
  }

  /**
   * The exponential {@code 1 + a + a^2 / 2 + ...} of square matrices; NaN if their norm exceeds
   * some 10^5. {@code dev.jacobi.scipy.Linalg.expm(zeros(2, 2))} is {@code [[1. 0.] [0. 1.]]}.
   */
  public static Array expm(Array a) {
    return expm(a, ExpmOptions.DEFAULT);
  }

  /** The same with options. */
  public static Array expm(Array a, ExpmOptions options) {
    return Expm.expm(a, options.upperTriangular, options.maxSquarings);
  }

  /** The exponential, and its derivative in a direction. */
  public record ExpmFrechet(Array expm, Array frechet) {}

  /**
   * The exponential of {@code a} and its derivative in the direction {@code e}, of its shape.
   * {@code dev.jacobi.scipy.Linalg.expmFrechet(zeros(2, 2), eye(2)).frechet()} is {@code [[1. 0.]
   * [0. 1.]]}.
   */
  public static ExpmFrechet expmFrechet(Array a, Array e) {
    List<Array> both = Functions.expmFrechet(a, e);
    return new ExpmFrechet(both.get(0), both.get(1));
  }

  /** A function of a matrix, and an estimate of its relative error. */
  public record Estimated(Array value, Array error) {}

  /**
   * A function of a matrix (n, n), complex, by Parlett's recurrence, which needs eigenvalues that
   * differ.
   *
   * <pre>{@code funm(a, x -> Jnp.exp(x)) // expm(a)}</pre>
   *
   * {@code dev.jacobi.scipy.Linalg.funm(eye(2), x -> x.times(3))} is {@code [[3.+0.j 0.+0.j]
   * [0.+0.j 3.+0.j]]}.
   *
   * @param f the function of the complex eigenvalues (n), elementwise
   */
  public static Array funm(Array a, Fn1<Array, Array> f) {
    return funmEstimated(a, f).value();
  }

  /**
   * The same with an estimate of the error: SciPy's and JAX's {@code disp=False}. {@code
   * dev.jacobi.scipy.Linalg.funmEstimated(eye(2), x -> x.times(3)).value()} is {@code [[3.+0.j
   * 0.+0.j] [0.+0.j 3.+0.j]]}.
   */
  public static Estimated funmEstimated(Array a, Fn1<Array, Array> f) {
    List<Array> both = Functions.funm(a, f);
    return new Estimated(both.get(0), both.get(1));
  }

  /**
   * The principal square root of square matrices, complex; NaN where there is none. It has
   * derivatives, where JAX's has not. {@code real(dev.jacobi.scipy.Linalg.sqrtm(eye(2).times(9)))}
   * is {@code [[3. 0.] [0. 3.]]}.
   */
  public static Array sqrtm(Array a) {
    return Functions.sqrtm(a);
  }

  /** How {@link #solveSylvester} works. */
  public enum SylvesterMethod {
    /** By unitary triangular forms; for all matrices. */
    SCHUR,
    /** By eigenvectors, which must be as many as there are rows. */
    EIGEN
  }

  /**
   * Solves {@code a x + x b = c}. The solution has derivatives, where JAX's has not. {@code
   * dev.jacobi.scipy.Linalg.solveSylvester(eye(2), eye(1), array(new float[][] {{2}, {4}}))} is
   * {@code [[1.] [2.]]}.
   *
   * @param a shape (..., m, m)
   * @param b shape (..., n, n)
   * @param c shape (..., m, n)
   * @return the shape of c with common batches; NaN where an eigenvalue of a and one of b sum to
   *     less than 1e-8
   */
  public static Array solveSylvester(Array a, Array b, Array c) {
    return solveSylvester(a, b, c, SylvesterMethod.SCHUR, 1e-8);
  }

  /** The same by another method, or with another bound of the sums. */
  public static Array solveSylvester(
      Array a, Array b, Array c, SylvesterMethod method, double tol) {
    return Sylvester.sylvester(a, b, c, method == SylvesterMethod.SCHUR, tol);
  }
}
