package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.linalg.Lu;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.numpy.Linalg.EighResult;
import dev.jacobi.numpy.Linalg.SvdResult;
import dev.jacobi.numpy.Linalg.Triangle;
import dev.jacobi.scipy.linalg.Solvers;
import dev.jacobi.scipy.linalg.TridiagonalEigen;

/**
 * SciPy's linear algebra, {@code jax.scipy.linalg}, over stacks of matrices: the last two
 * dimensions are rows and columns. Integers and booleans become floating point; types other than
 * f32, f64, c64 and c128 throw {@link LaxTypeException}, as do shapes that do not fit. NumPy's is
 * {@link dev.jacobi.numpy.Linalg}.
 */
public final class Linalg extends LinalgFactors {
  private Linalg() {}

  /** The determinant. */
  public static Array det(Array a) {
    return dev.jacobi.numpy.Linalg.det(a);
  }

  /** The inverse. */
  public static Array inv(Array a) {
    return dev.jacobi.numpy.Linalg.inv(a);
  }

  /** Singular values and square matrices of vectors. */
  public static SvdResult svd(Array a) {
    return dev.jacobi.numpy.Linalg.svd(a);
  }

  /** The same, or as many vectors as values. */
  public static SvdResult svd(Array a, boolean fullMatrices) {
    return dev.jacobi.numpy.Linalg.svd(a, fullMatrices);
  }

  /** Singular values, descending. */
  public static Array svdvals(Array a) {
    return dev.jacobi.numpy.Linalg.svdvals(a);
  }

  /** Ascending eigenvalues and eigenvectors of the symmetric part {@code (a + a^H) / 2}. */
  public static EighResult eigh(Array a) {
    return dev.jacobi.numpy.Linalg.eigh(a);
  }

  /** Of the symmetric matrix of which this triangle is given; the other is not read. */
  public static EighResult eigh(Array a, Triangle triangle) {
    return dev.jacobi.numpy.Linalg.eigh(a, triangle);
  }

  /** The eigenvalues only, of the symmetric part. */
  public static Array eigvalsh(Array a) {
    return dev.jacobi.numpy.Linalg.eigvalsh(a);
  }

  /**
   * Eigenvalues, ascending, and eigenvectors of a Hermitian tridiagonal matrix. They have
   * derivatives. {@code dev.jacobi.scipy.Linalg.eighTridiagonal(array(2f, 2f),
   * array(1f)).eigenvalues()} is {@code [1. 3.]}.
   *
   * @param d the diagonal, shape (n) of f32, f64, c64 or c128, of which the real parts are read
   * @param e above the diagonal, shape (n - 1) of that type; below it stand their conjugates
   */
  public static EighResult eighTridiagonal(Array d, Array e) {
    return TridiagonalEigen.eigh(d, e);
  }

  /**
   * The eigenvalues only, by bisection, in memory that grows with n alone. {@code
   * dev.jacobi.scipy.Linalg.eigvalshTridiagonal(array(2f, 2f), array(1f))} is {@code [1. 3.]}.
   */
  public static Array eigvalshTridiagonal(Array d, Array e) {
    return eigvalshTridiagonal(d, e, EigvalshOptions.DEFAULT);
  }

  /** Some eigenvalues only: JAX's {@code select} and {@code tol}. */
  public static Array eigvalshTridiagonal(Array d, Array e, EigvalshOptions options) {
    return TridiagonalEigen.values(d, e, options.first, options.last, options.tol);
  }

  /**
   * The eigenvalues in the interval {@code (low, high]}: SciPy's {@code select="v"}. How many there
   * are depends on values, which must be known; JAX does not have this.
   */
  public static Array eigvalshTridiagonal(Array d, Array e, double low, double high) {
    return TridiagonalEigen.between(d, e, low, high);
  }

  /**
   * Which eigenvalues are found, and how exactly.
   *
   * @param first the number of the first one, from 0
   * @param last the number of the last one; -1 for all
   * @param tol how wide the interval may be in which an eigenvalue is found; 0 for the type's
   *     precision
   */
  public record EigvalshOptions(long first, long last, double tol) {
    public static final EigvalshOptions DEFAULT = new EigvalshOptions(0, -1, 0);

    public EigvalshOptions {
      if (first < 0 || last < -1 || last >= 0 && last < first || !(tol >= 0)) {
        throw new LaxTypeException(
            "eigvalshTridiagonal", "no numbers " + first + " to " + last + ", to " + tol);
      }
    }

    /** Only those from one number to another, both included; the least has the number 0. */
    public EigvalshOptions withIndices(long from, long to) {
      return new EigvalshOptions(from, to, tol);
    }

    /** Ends where intervals are so narrow. */
    public EigvalshOptions withTol(double width) {
      return new EigvalshOptions(first, last, width);
    }
  }

  /** Which matrix of a family a system has. */
  public enum Trans {
    /** The matrix itself. */
    NONE,
    TRANSPOSE,
    /** The conjugate transpose. */
    ADJOINT
  }

  /**
   * Solves {@code a x = b} by a factor of a. {@code
   * dev.jacobi.scipy.Linalg.choSolve(dev.jacobi.scipy.Linalg.choFactor(array(new float[][] {{4, 2},
   * {2, 5}})), array(8f, 9f))} is {@code [1.375 1.25 ]}.
   *
   * @param b a vector (n), or columns (..., n, k); batches broadcast
   */
  public static Array choSolve(CholeskyFactor factor, Array b) {
    return Solvers.cholesky(factor.c(), factor.lower(), b);
  }

  /**
   * Solves {@code a x = b} by factors of a. {@code
   * dev.jacobi.scipy.Linalg.luSolve(dev.jacobi.scipy.Linalg.luFactor(array(new float[][] {{2, 1},
   * {1, 2}})), array(3f, 3f))} is {@code [1. 1.]}.
   */
  public static Array luSolve(LuFactors factors, Array b) {
    return luSolve(factors, b, Trans.NONE);
  }

  /** The same with a transpose of a. */
  public static Array luSolve(LuFactors factors, Array b, Trans trans) {
    Lu.Of of =
        switch (trans) {
          case NONE -> Lu.Of.MATRIX;
          case TRANSPOSE -> Lu.Of.TRANSPOSE;
          case ADJOINT -> Lu.Of.ADJOINT;
        };
    return Solvers.lu(factors.lu(), factors.pivots(), b, of);
  }

  /** What is known of a matrix. */
  public enum Assume {
    GENERAL,
    SYMMETRIC,
    HERMITIAN,
    /** Hermitian and positive definite: solved by Cholesky's factor. */
    POSITIVE
  }

  /** Solves {@code a x = b}; see {@link dev.jacobi.numpy.Linalg#solve}. */
  public static Array solve(Array a, Array b) {
    return dev.jacobi.numpy.Linalg.solve(a, b);
  }

  /** The same with what is known of the matrix, of which the upper triangle is read. */
  public static Array solve(Array a, Array b, Assume assume) {
    return solve(a, b, assume, false);
  }

  /** The same; of a positive matrix the lower or the upper triangle is read, else all. */
  public static Array solve(Array a, Array b, Assume assume, boolean lower) {
    return switch (assume) {
      case GENERAL, SYMMETRIC, HERMITIAN -> dev.jacobi.numpy.Linalg.solve(a, b);
      case POSITIVE -> Solvers.positive(a, b, lower);
    };
  }

  /**
   * Which triangular system is solved.
   *
   * @param trans whether with a transpose of the matrix, whose triangle is named as it is stored
   * @param lower which triangle is read
   * @param unitDiagonal whether the diagonal counts as ones and is not read
   */
  public record TriangularOptions(Trans trans, boolean lower, boolean unitDiagonal) {
    /** The upper triangle. */
    public static final TriangularOptions DEFAULT = new TriangularOptions(Trans.NONE, false, false);

    public TriangularOptions withTrans(Trans which) {
      return new TriangularOptions(which, lower, unitDiagonal);
    }

    public TriangularOptions withLower(boolean isLower) {
      return new TriangularOptions(trans, isLower, unitDiagonal);
    }

    public TriangularOptions withUnitDiagonal(boolean isUnit) {
      return new TriangularOptions(trans, lower, isUnit);
    }
  }

  /**
   * Solves {@code a x = b} with the upper triangle of a. {@code
   * dev.jacobi.scipy.Linalg.solveTriangular(array(new float[][] {{1, 2}, {0, 1}}), array(5f, 2f))}
   * is {@code [1. 2.]}.
   */
  public static Array solveTriangular(Array a, Array b) {
    return solveTriangular(a, b, TriangularOptions.DEFAULT);
  }

  /**
   * Solves {@code a x = b} with a triangle of a.
   *
   * @param a shape (..., n, n)
   * @param b a vector (n), or columns (..., n, k); batches broadcast
   */
  public static Array solveTriangular(Array a, Array b, TriangularOptions options) {
    TriangularSolve plain = options.lower ? TriangularSolve.LOWER : TriangularSolve.UPPER;
    TriangularSolve turned =
        switch (options.trans) {
          case NONE -> plain;
          case TRANSPOSE -> plain.transposed();
          case ADJOINT -> plain.adjoint();
        };
    return Solvers.triangular(a, b, options.unitDiagonal ? turned.unit() : turned);
  }
}
