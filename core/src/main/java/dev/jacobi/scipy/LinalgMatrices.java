package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.JnpLinalg.ConvolveMode;
import dev.jacobi.scipy.linalg.Named;
import dev.jacobi.scipy.linalg.Structured;

/**
 * The part of {@link Linalg} that makes matrices. Vectors may come in stacks (..., n), which give
 * stacks of matrices. Matrices that only their order gives are f32 where no other type is asked
 * for.
 */
public abstract class LinalgMatrices {
  LinalgMatrices() {}

  /**
   * Matrices along a diagonal, zeros elsewhere. Vectors are rows, scalars matrices of order 1.
   *
   * <p>{@code dev.jacobi.scipy.Linalg.blockDiag(array(new int[][] {{1, 2}}), array(new int[][]
   * {{3}}))} is {@code [[1 2 0] [0 0 3]]}.
   *
   * @throws LaxTypeException if an array has more than 2 dimensions
   */
  public static Array blockDiag(Array... arrays) {
    return Structured.blockDiag(arrays);
  }

  /**
   * Each column is the one before, turned by one place: {@code c[(i - j) mod n]}. {@code
   * dev.jacobi.scipy.Linalg.circulant(array(1, 2, 3))} is {@code [[1 3 2] [2 1 3] [3 2 1]]}.
   */
  public static Array circulant(Array c) {
    return Structured.circulant(c);
  }

  /**
   * The matrix whose eigenvalues are the roots of a polynomial. {@code
   * dev.jacobi.scipy.Linalg.companion(array(1f, -3f, 2f))} is {@code [[ 3. -2.] [ 1. 0.]]}.
   *
   * @param a coefficients (..., n) from the highest power on, n at least 2
   * @return shape (..., n - 1, n - 1)
   */
  public static Array companion(Array a) {
    return Structured.companion(a);
  }

  /**
   * The matrix whose product with a vector of n elements is {@code convolve(a, vector)}. {@code
   * dev.jacobi.scipy.Linalg.convolutionMatrix(array(1, 2), 2)} is {@code [[1 0] [2 1] [0 2]]}.
   */
  public static Array convolutionMatrix(Array a, long n) {
    return convolutionMatrix(a, n, ConvolveMode.FULL);
  }

  /** The same for the part of the convolution that {@link Jnp#convolve} gives for that mode. */
  public static Array convolutionMatrix(Array a, long n, ConvolveMode mode) {
    return Structured.convolutionMatrix(a, n, mode);
  }

  /** What a matrix of the discrete Fourier transform is divided by. */
  public enum DftScale {
    NONE,
    /** The root of the order: the matrix is unitary. */
    SQRTN,
    /** The order: the conjugate is the inverse of the matrix without a scale. */
    N
  }

  /**
   * The matrix of the discrete Fourier transform, {@code exp(-2 pi i j k / n)}, as c64. {@code
   * real(dev.jacobi.scipy.Linalg.dft(2))} is {@code [[ 1. 1.] [ 1. -1.]]}.
   */
  public static Array dft(long n) {
    return dft(n, DftScale.NONE);
  }

  /** The same divided by a scale. */
  public static Array dft(long n, DftScale scale) {
    return dft(n, scale, DType.C64);
  }

  /** The same of a complex type. */
  public static Array dft(long n, DftScale scale, DType dtype) {
    double by =
        switch (scale) {
          case NONE -> 1;
          case SQRTN -> 1 / Math.sqrt(n);
          case N -> 1.0 / n;
        };
    return Named.dft(n, by, dtype);
  }

  /**
   * The symmetric matrix {@code |a[i] - a[j]|}. {@code dev.jacobi.scipy.Linalg.fiedler(array(1, 4,
   * 6))} is {@code [[0 3 5] [3 0 2] [5 2 0]]}.
   */
  public static Array fiedler(Array a) {
    return Structured.fiedler(a);
  }

  /**
   * A matrix with five diagonals whose eigenvalues are the roots of a polynomial. {@code
   * dev.jacobi.scipy.Linalg.fiedlerCompanion(array(1f, -3f, 2f))} is {@code [[ 3. -2.] [ 1. 0.]]}.
   *
   * @param a coefficients (..., n) from the highest power on, n at least 1
   * @return shape (..., n - 1, n - 1)
   */
  public static Array fiedlerCompanion(Array a) {
    return Structured.fiedlerCompanion(a);
  }

  /**
   * Ones and minus ones in orthogonal rows, as i32; n is a power of 2. {@code
   * dev.jacobi.scipy.Linalg.hadamard(2)} is {@code [[ 1 1] [ 1 -1]]}.
   */
  public static Array hadamard(long n) {
    return hadamard(n, DType.I32);
  }

  /** The same of a signed, floating or complex type. */
  public static Array hadamard(long n, DType dtype) {
    return Named.hadamard(n, dtype);
  }

  /**
   * Constant along antidiagonals: {@code c[i + j]}, zeros beyond its end. {@code
   * dev.jacobi.scipy.Linalg.hankel(array(1, 2, 3))} is {@code [[1 2 3] [2 3 0] [3 0 0]]}.
   */
  public static Array hankel(Array c) {
    return hankel(c, Jnp.zerosLike(c));
  }

  /** The same with a last row r, whose first element is not read. */
  public static Array hankel(Array c, Array r) {
    return Structured.hankel(c, r);
  }

  /**
   * Helmert's n - 1 orthonormal contrasts, shape (n - 1, n). {@code
   * dev.jacobi.scipy.Linalg.helmert(2)} is {@code [[ 0.70710677 -0.70710677]]}.
   */
  public static Array helmert(long n) {
    return helmert(n, false);
  }

  /** The same, or with {@code full} the mean's row before them, shape (n, n). */
  public static Array helmert(long n, boolean full) {
    return helmert(n, full, DType.F32);
  }

  /** The same as f32 or f64. */
  public static Array helmert(long n, boolean full, DType dtype) {
    return Named.helmert(n, full, dtype);
  }

  /**
   * Hilbert's matrix, {@code 1 / (i + j + 1)}. {@code dev.jacobi.scipy.Linalg.hilbert(2)} is {@code
   * [[1. 0.5 ] [0.5 0.33333334]]}.
   */
  public static Array hilbert(long n) {
    return hilbert(n, DType.F32);
  }

  /** The same as f32 or f64. */
  public static Array hilbert(long n, DType dtype) {
    return Named.hilbert(n, dtype);
  }

  /**
   * The inverse of Hilbert's matrix: whole numbers, exact as far as the type holds them. {@code
   * dev.jacobi.scipy.Linalg.invhilbert(2)} is {@code [[ 4. -6.] [-6. 12.]]}.
   */
  public static Array invhilbert(long n) {
    return invhilbert(n, DType.F32);
  }

  /** The same as f32 or f64. */
  public static Array invhilbert(long n, DType dtype) {
    return Named.invhilbert(n, dtype);
  }

  /** Which of Pascal's matrices. */
  public enum PascalKind {
    /** The product of the lower and the upper one: {@code (i + j)! / (i! j!)}. */
    SYMMETRIC,
    /** Pascal's triangle in rows: {@code i! / (j! (i - j)!)}. */
    LOWER,
    /** Pascal's triangle in columns. */
    UPPER
  }

  /**
   * Pascal's symmetric matrix of binomial coefficients. {@code dev.jacobi.scipy.Linalg.pascal(3)}
   * is {@code [[1. 1. 1.] [1. 2. 3.] [1. 3. 6.]]}.
   */
  public static Array pascal(long n) {
    return pascal(n, PascalKind.SYMMETRIC);
  }

  /** One of Pascal's matrices. */
  public static Array pascal(long n, PascalKind kind) {
    return pascal(n, kind, DType.F32);
  }

  /** The same as f32 or f64. */
  public static Array pascal(long n, PascalKind kind, DType dtype) {
    return switch (kind) {
      case SYMMETRIC -> Named.pascal(n, dtype);
      case LOWER -> Named.lowerPascal(n, dtype);
      case UPPER -> Jnp.matrixTranspose(Named.lowerPascal(n, dtype));
    };
  }

  /**
   * The inverse of {@link #pascal(long)}. {@code dev.jacobi.scipy.Linalg.invpascal(3)} is {@code [[
   * 3. -3. 1.] [-3. 5. -2.] [ 1. -2. 1.]]}.
   */
  public static Array invpascal(long n) {
    return invpascal(n, PascalKind.SYMMETRIC);
  }

  /** The inverse of one of Pascal's matrices. */
  public static Array invpascal(long n, PascalKind kind) {
    return invpascal(n, kind, DType.F32);
  }

  /** The same as f32 or f64. */
  public static Array invpascal(long n, PascalKind kind, DType dtype) {
    return switch (kind) {
      case SYMMETRIC -> Named.invpascal(n, dtype);
      case LOWER -> Named.invLowerPascal(n, dtype);
      case UPPER -> Jnp.matrixTranspose(Named.invLowerPascal(n, dtype));
    };
  }

  /**
   * Leslie's matrix of a population: fecundities f (..., n) in the first row, survivals s (..., n -
   * 1) below the diagonal. {@code dev.jacobi.scipy.Linalg.leslie(array(1f, 2f), array(0.5f))} is
   * {@code [[1. 2. ] [0.5 0. ]]}.
   *
   * @throws LaxTypeException if n is less than 2 or s not one shorter than f
   */
  public static Array leslie(Array f, Array s) {
    return Structured.leslie(f, s);
  }

  /**
   * The Hermitian matrix with first column c, constant along diagonals. {@code
   * dev.jacobi.scipy.Linalg.toeplitz(array(1, 2, 3))} is {@code [[1 2 3] [2 1 2] [3 2 1]]}.
   */
  public static Array toeplitz(Array c) {
    return toeplitz(c, Structured.conjugate(c));
  }

  /**
   * Constant along diagonals, with first column c and first row r, whose first element is not read.
   *
   * <pre>{@code toeplitz(array(1, 2), array(0, 7, 8)) // [[1, 7, 8], [2, 1, 7]]}</pre>
   */
  public static Array toeplitz(Array c, Array r) {
    return Structured.toeplitz(c, r);
  }
}
