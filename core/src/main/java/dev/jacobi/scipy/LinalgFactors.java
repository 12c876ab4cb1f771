package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Linalg.QrResult;
import dev.jacobi.scipy.linalg.Factors;
import dev.jacobi.scipy.linalg.Functions;
import java.util.List;

/** The part of {@link Linalg} with factorisations of stacks (..., m, n) of matrices. */
public abstract class LinalgFactors extends LinalgFunctions {
  LinalgFactors() {}

  /** A factor of Cholesky's, and which triangle it is. */
  public record CholeskyFactor(Array c, boolean lower) {}

  /**
   * {@link #cholesky(Array)} for {@link Linalg#choSolve}. {@code
   * dev.jacobi.scipy.Linalg.choFactor(array(new float[][] {{4, 2}, {2, 5}})).lower()} is {@code
   * false}.
   */
  public static CholeskyFactor choFactor(Array a) {
    return choFactor(a, false);
  }

  /** {@link #cholesky(Array, boolean)} for {@link Linalg#choSolve}. */
  public static CholeskyFactor choFactor(Array a, boolean lower) {
    return new CholeskyFactor(cholesky(a, lower), lower);
  }

  /**
   * The upper factor, {@code a = u^H u}; NaN if the matrix is not positive definite. {@code
   * dev.jacobi.scipy.Linalg.cholesky(array(new float[][] {{4, 2}, {2, 5}}))} is {@code [[2. 1.] [0.
   * 2.]]}.
   */
  public static Array cholesky(Array a) {
    return cholesky(a, false);
  }

  /** The upper or the lower factor, {@code a = l l^H}; that triangle of the matrix is read. */
  public static Array cholesky(Array a, boolean lower) {
    return Factors.cholesky(a, lower);
  }

  /** Both triangles in one matrix, and the row with which each was exchanged, i32. */
  public record LuFactors(Array lu, Array pivots) {}

  /**
   * Factors for {@link Linalg#luSolve}. {@code dev.jacobi.scipy.Linalg.luFactor(array(new float[][]
   * {{2, 1}, {1, 2}})).pivots()} is {@code [0 1]}.
   */
  public static LuFactors luFactor(Array a) {
    List<Array> r = Factors.luFactor(a);
    return new LuFactors(r.get(0), r.get(1));
  }

  /** {@code a = p l u}: a permutation, a triangle with a unit diagonal, an upper triangle. */
  public record LuResult(Array p, Array l, Array u) {}

  /**
   * A permutation (m, m) and triangles (m, k) and (k, n), k the lesser of m and n. {@code
   * dev.jacobi.scipy.Linalg.lu(array(new float[][] {{2, 1}, {1, 2}})).u()} is {@code [[2. 1. ] [0.
   * 1.5]]}.
   */
  public static LuResult lu(Array a) {
    List<Array> r = Factors.lu(a);
    return new LuResult(r.get(0), r.get(1), r.get(2));
  }

  /** {@code a = pl u}: the first a triangle with its rows permuted. */
  public record PermutedLu(Array pl, Array u) {}

  /**
   * The same with the permutation applied: SciPy's {@code permute_l}. {@code
   * dev.jacobi.scipy.Linalg.permutedLu(array(new float[][] {{2, 1}, {1, 2}})).pl()} is {@code [[1.
   * 0. ] [0.5 1. ]]}.
   */
  public static PermutedLu permutedLu(Array a) {
    List<Array> r = Factors.permutedLu(a);
    return new PermutedLu(r.get(0), r.get(1));
  }

  /** Shapes of {@link #qr}. */
  public enum QrMode {
    /** (..., m, m) and (..., m, n). */
    FULL,
    /** (..., m, k) and (..., k, n), k the lesser of m and n. */
    ECONOMIC
  }

  /**
   * Orthogonal columns and an upper triangle, {@code a = q r}, both in full. {@code
   * dev.jacobi.scipy.Linalg.qr(array(new float[][] {{1, 2}, {0, 1}})).r()} is {@code [[1. 2.] [0.
   * 1.]]}.
   */
  public static QrResult qr(Array a) {
    return qr(a, QrMode.FULL);
  }

  /** The same in full or not. */
  public static QrResult qr(Array a, QrMode mode) {
    List<Array> r = Factors.qr(a, mode == QrMode.FULL);
    return new QrResult(r.get(0), r.get(1));
  }

  /** {@code a[:, p] = q r}, the diagonal of r descending. */
  public record PivotedQr(Array q, Array r, Array p) {}

  /**
   * The factors of the matrix with its columns in another order. {@code
   * dev.jacobi.scipy.Linalg.pivotedQr(array(new float[][] {{1, 2}, {0, 1}}),
   * dev.jacobi.scipy.Linalg.QrMode.FULL).p()} is {@code [1 0]}.
   */
  public static PivotedQr pivotedQr(Array a, QrMode mode) {
    List<Array> r = Factors.pivotedQr(a, mode == QrMode.FULL);
    return new PivotedQr(r.get(0), r.get(1), r.get(2));
  }

  /** On which side something stands. */
  public enum Side {
    LEFT,
    RIGHT
  }

  /** A product with q, and r. */
  public record QrProduct(Array product, Array r) {}

  /** A product with q, r, and the order of the columns. */
  public record PivotedQrProduct(Array product, Array r, Array p) {}

  /**
   * {@code c q} and r of {@code a = q r}, without q; q has k columns. {@code
   * dev.jacobi.scipy.Linalg.qrMultiply(array(new float[][] {{1, 2}, {0, 1}}), array(3f,
   * 4f)).product().shape()} is {@code (2,)}.
   */
  public static QrProduct qrMultiply(Array a, Array c) {
    return qrMultiply(a, c, Side.RIGHT, false);
  }

  /**
   * The product of a matrix with q of {@code a = q r}, without making q.
   *
   * @param a shape (..., m, n)
   * @param c shape (..., k, p) on the right of q, k the lesser of m and n, or (..., p, m) on its
   *     left; a vector for p = 1
   * @param mode RIGHT for {@code c q}, LEFT for {@code q c}: where q stands
   * @param conjugate whether q is conjugated, not transposed
   */
  public static QrProduct qrMultiply(Array a, Array c, Side mode, boolean conjugate) {
    var how = new Factors.Multiplication(mode == Side.LEFT, conjugate, false);
    List<Array> r = Factors.qrMultiply(a, c, how);
    return new QrProduct(r.get(0), r.get(1));
  }

  /**
   * The same of the matrix with its columns in the order of {@link #pivotedQr}. {@code
   * dev.jacobi.scipy.Linalg.pivotedQrMultiply(array(new float[][] {{1, 2}, {0, 1}}), eye(2),
   * dev.jacobi.scipy.Linalg.Side.RIGHT, false).p()} is {@code [1 0]}.
   */
  public static PivotedQrProduct pivotedQrMultiply(Array a, Array c, Side mode, boolean conjugate) {
    var how = new Factors.Multiplication(mode == Side.LEFT, conjugate, true);
    List<Array> r = Factors.qrMultiply(a, c, how);
    return new PivotedQrProduct(r.get(0), r.get(1), r.get(2));
  }

  /** {@code a = z t z^H}. */
  public record SchurResult(Array t, Array z) {}

  /**
   * Of real matrices a real form, with blocks of order 2 for pairs of complex eigenvalues. {@code
   * dev.jacobi.scipy.Linalg.schur(array(new float[][] {{1, 2}, {0, 1}})).t()} is {@code [[1. 2.]
   * [0. 1.]]}.
   */
  public static SchurResult schur(Array a) {
    return schur(a, false);
  }

  /**
   * The same, or a complex triangular form. There are no derivatives.
   *
   * @throws LaxTypeException if matrices are not square
   */
  public static SchurResult schur(Array a, boolean complex) {
    List<Array> r = Factors.schur(a, complex);
    return new SchurResult(r.get(0), r.get(1));
  }

  /**
   * A real form of {@link #schur} as a complex triangular one. {@code
   * dev.jacobi.scipy.Linalg.rsf2csf(array(new float[][] {{1, 2}, {0, 1}}), eye(2)).t()} is {@code
   * [[1.+0.j 2.+0.j] [0.+0.j 1.+0.j]]}.
   */
  public static SchurResult rsf2csf(Array t, Array z) {
    List<Array> r = Functions.rsf2csf(t, z);
    return new SchurResult(r.get(0), r.get(1));
  }

  /** {@code a = q h q^H}, h zero below its first subdiagonal. */
  public record HessenbergResult(Array h, Array q) {}

  /**
   * A similar matrix that is zero below its first subdiagonal. There are no derivatives. {@code
   * dev.jacobi.scipy.Linalg.hessenberg(array(new float[][] {{2, 1}, {1, 2}}))} is {@code [[2. 1.]
   * [1. 2.]]}.
   */
  public static Array hessenberg(Array a) {
    return Factors.hessenberg(a, false).getFirst();
  }

  /**
   * The same with the unitary matrix: JAX's {@code calc_q}. {@code
   * dev.jacobi.scipy.Linalg.hessenbergWithQ(array(new float[][] {{2, 1}, {1, 2}})).q()} is {@code
   * [[1. 0.] [0. 1.]]}.
   */
  public static HessenbergResult hessenbergWithQ(Array a) {
    List<Array> r = Factors.hessenberg(a, true);
    return new HessenbergResult(r.get(0), r.get(1));
  }

  /** How {@link #polar} works. */
  public enum PolarMethod {
    /** Halley's iteration with weights, for matrices of full rank. */
    QDWH,
    /** By singular values, for all matrices. */
    SVD
  }

  /** {@code a = u p} or {@code a = p u}: u with orthonormal columns or rows, p semidefinite. */
  public record PolarResult(Array u, Array p) {}

  /**
   * {@code a = u p} with p of shape (..., n, n). {@code dev.jacobi.scipy.Linalg.polar(array(new
   * float[][] {{0, -2}, {2, 0}})).p()} is {@code [[2. 0.] [0. 2.]]}.
   */
  public static PolarResult polar(Array a) {
    return polar(a, Side.RIGHT, PolarMethod.QDWH);
  }

  /** The same with p on either side, by either method. */
  public static PolarResult polar(Array a, Side side, PolarMethod method) {
    return polar(a, new Factors.PolarForm(side == Side.RIGHT, method == PolarMethod.SVD, 0, 0));
  }

  /**
   * The same by iteration.
   *
   * @param maxIterations how many steps there are at most
   * @param eps the relative change of a step that ends the iteration
   * @throws LaxTypeException if a number is not positive
   */
  public static PolarResult polar(Array a, Side side, int maxIterations, double eps) {
    if (maxIterations < 1 || !(eps > 0)) {
      throw new LaxTypeException(
          "polar", "takes positive numbers, not " + maxIterations + " steps and " + eps);
    }
    return polar(a, new Factors.PolarForm(side == Side.RIGHT, false, maxIterations, eps));
  }

  private static PolarResult polar(Array a, Factors.PolarForm form) {
    List<Array> r = Factors.polar(a, form);
    return new PolarResult(r.get(0), r.get(1));
  }
}
