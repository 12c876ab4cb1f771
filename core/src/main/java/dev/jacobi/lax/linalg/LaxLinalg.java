package dev.jacobi.lax.linalg;

import dev.jacobi.Array;

/**
 * {@code jax.lax.linalg}: factorisations and solutions of stacks of matrices, by JAX's names in
 * camelCase. The last two dimensions are rows and columns, those before them are batches, equal in
 * all operands. Element types are f32, f64, c64 and c128 where nothing else is said. What Python
 * passes by keyword is an argument, or an option record for functions with many.
 */
public final class LaxLinalg {
  private LaxLinalg() {}

  /** Who finds the eigenvalues of a general matrix; the CPU has LAPACK. */
  public enum EigImplementation {
    CUSOLVER,
    MAGMA,
    LAPACK
  }

  /** How eigenvalues of a symmetric matrix are found; the CPU has QR. */
  public enum EighImplementation {
    QR,
    JACOBI,
    QDWH
  }

  /** How singular values are found; the CPU has neither Jacobi nor polar. */
  public enum SvdAlgorithm {
    DEFAULT,
    QR,
    JACOBI,
    POLAR,
    DIVIDE_AND_CONQUER
  }

  /** Which eigenvectors of a general matrix are found, and whether these have derivatives. */
  public record EigOptions(
      boolean computeLeftEigenvectors,
      boolean computeRightEigenvectors,
      boolean enableEigvecDerivs,
      EigImplementation implementation) {
    /** JAX's defaults: both vectors, without derivatives. */
    public static final EigOptions DEFAULT =
        new EigOptions(true, true, false, EigImplementation.LAPACK);

    /** No vectors: the values have derivatives. */
    public static final EigOptions VALUES =
        new EigOptions(false, false, false, EigImplementation.LAPACK);

    public EigOptions computeLeftEigenvectors(boolean computes) {
      return new EigOptions(computes, computeRightEigenvectors, enableEigvecDerivs, implementation);
    }

    public EigOptions computeRightEigenvectors(boolean computes) {
      return new EigOptions(computeLeftEigenvectors, computes, enableEigvecDerivs, implementation);
    }

    public EigOptions enableEigvecDerivs(boolean enables) {
      return new EigOptions(
          computeLeftEigenvectors, computeRightEigenvectors, enables, implementation);
    }

    public EigOptions implementation(EigImplementation chosen) {
      return new EigOptions(
          computeLeftEigenvectors, computeRightEigenvectors, enableEigvecDerivs, chosen);
    }
  }

  /** See {@link Cholesky#cholesky}; the matrix is made symmetric first. */
  public static Array cholesky(Array x) {
    return Cholesky.cholesky(x, true);
  }

  /** See {@link Cholesky#cholesky}. */
  public static Array cholesky(Array x, boolean symmetrizeInput) {
    return Cholesky.cholesky(x, symmetrizeInput);
  }

  /** See {@link Updates#choleskyUpdate}. */
  public static Array choleskyUpdate(Array r, Array w) {
    return Updates.choleskyUpdate(r, w);
  }

  /** Eigenvalues and both kinds of eigenvectors; see {@link Eig#eig}. */
  public static Eig.Result eig(Array x) {
    return eig(x, EigOptions.DEFAULT);
  }

  /**
   * See {@link Eig#eig}.
   *
   * @throws NotOnCpuException for another implementation than LAPACK
   */
  public static Eig.Result eig(Array x, EigOptions options) {
    if (options.implementation != EigImplementation.LAPACK) {
      throw new NotOnCpuException("eig", options.implementation, EigImplementation.LAPACK);
    }
    Eig eig =
        new Eig(
            options.computeLeftEigenvectors,
            options.computeRightEigenvectors,
            options.enableEigvecDerivs);
    return Eig.eig(x, eig);
  }

  /** Of the symmetric part of {@code x}; see {@link Eigh#eigh}. */
  public static Eigh.Result eigh(Array x) {
    return Eigh.eigh(x, true, true);
  }

  /** See {@link Eigh#eigh}. */
  public static Eigh.Result eigh(Array x, boolean lower, boolean symmetrizeInput) {
    return Eigh.eigh(x, lower, symmetrizeInput);
  }

  /**
   * The same with a choice of how.
   *
   * @throws NotOnCpuException for another implementation than QR
   */
  public static Eigh.Result eigh(
      Array x, boolean lower, boolean symmetrizeInput, EighImplementation implementation) {
    if (implementation != EighImplementation.QR) {
      throw new NotOnCpuException("eigh", implementation, EighImplementation.QR);
    }
    return Eigh.eigh(x, lower, symmetrizeInput);
  }

  /** See {@link SimilarForms#hessenberg}. */
  public static Householder.Reflections hessenberg(Array a) {
    return SimilarForms.hessenberg(a);
  }

  /** See {@link Householder#householderProduct}. */
  public static Array householderProduct(Array a, Array taus) {
    return Householder.householderProduct(a, taus);
  }

  /** See {@link Lu#lu}. */
  public static Lu.Result lu(Array x) {
    return Lu.lu(x);
  }

  /** See {@link Pivots#luPivotsToPermutation}. */
  public static Array luPivotsToPermutation(Array pivots, int permutationSize) {
    return Pivots.luPivotsToPermutation(pivots, permutationSize);
  }

  /** The product {@code q c}; see {@link Ormqr#ormqr}. */
  public static Array ormqr(Array a, Array taus, Array c) {
    return Ormqr.ormqr(a, taus, c, true, false);
  }

  /** See {@link Ormqr#ormqr}. */
  public static Array ormqr(Array a, Array taus, Array c, boolean left, boolean transpose) {
    return Ormqr.ormqr(a, taus, c, left, transpose);
  }

  /** See {@link Qdwh#qdwh}. */
  public static Qdwh.Result qdwh(Array x) {
    return Qdwh.qdwh(x);
  }

  /** See {@link Qdwh#qdwh}. */
  public static Qdwh.Result qdwh(Array x, int maxIterations, double eps) {
    return Qdwh.qdwh(x, maxIterations, eps);
  }

  /** With square factors q, as by JAX's default; see {@link Qr#qr}. */
  public static Qr.Result qr(Array x) {
    return Qr.qr(x, true);
  }

  /** See {@link Qr#qr}. */
  public static Qr.Result qr(Array x, boolean fullMatrices) {
    return Qr.qr(x, fullMatrices);
  }

  /** With Schur vectors; see {@link SimilarForms#schur}. */
  public static SimilarForms.SchurResult schur(Array x) {
    return SimilarForms.schur(x, true);
  }

  /** See {@link SimilarForms#schur}. */
  public static SimilarForms.SchurResult schur(Array x, boolean computeSchurVectors) {
    return SimilarForms.schur(x, computeSchurVectors);
  }

  /** With square factors, as by JAX's default; see {@link Svd#svd}. */
  public static Svd.Result svd(Array x) {
    return Svd.svd(x, true);
  }

  /** See {@link Svd#svd}. */
  public static Svd.Result svd(Array x, boolean fullMatrices) {
    return Svd.svd(x, fullMatrices);
  }

  /**
   * The same with a choice of how.
   *
   * @throws NotOnCpuException for Jacobi and polar
   */
  public static Svd.Result svd(Array x, boolean fullMatrices, SvdAlgorithm algorithm) {
    Svd.Algorithm chosen =
        switch (algorithm) {
          case DEFAULT -> Svd.Algorithm.DEFAULT;
          case DIVIDE_AND_CONQUER -> Svd.Algorithm.DIVIDE_AND_CONQUER;
          case QR -> Svd.Algorithm.QR;
          case JACOBI, POLAR -> throw new NotOnCpuException("svd", algorithm, SvdAlgorithm.DEFAULT);
        };
    return Svd.svd(x, fullMatrices, chosen);
  }

  /**
   * See {@link Updates#symmetricProduct}; JAX's defaults: {@code a a^T}, both triangles written.
   */
  public static Array symmetricProduct(Array a, Array c) {
    return Updates.symmetricProduct(a, c, 1, 0, false);
  }

  /** See {@link Updates#symmetricProduct}. */
  public static Array symmetricProduct(
      Array a, Array c, double alpha, double beta, boolean symmetrizeOutput) {
    return Updates.symmetricProduct(a, c, alpha, beta, symmetrizeOutput);
  }

  /** JAX's {@code triangular_solve}: {@code LOWER.transposed()} and the like say which system. */
  public static Array triangularSolve(Array a, Array b, TriangularSolve system) {
    return system.of(a, b);
  }

  /** Of the lower triangle; see {@link SimilarForms#tridiagonal}. */
  public static SimilarForms.TridiagonalResult tridiagonal(Array a) {
    return SimilarForms.tridiagonal(a, true);
  }

  /** See {@link SimilarForms#tridiagonal}. */
  public static SimilarForms.TridiagonalResult tridiagonal(Array a, boolean lower) {
    return SimilarForms.tridiagonal(a, lower);
  }

  /** See {@link TridiagonalSolve#tridiagonalSolve}. */
  public static Array tridiagonalSolve(Array dl, Array d, Array du, Array b) {
    return TridiagonalSolve.tridiagonalSolve(dl, d, du, b);
  }
}
