package dev.jacobi.random;

/** How a matrix of covariances is taken apart for {@link Random#multivariateNormal}. */
public enum CovarianceFactor {
  /** The lower triangle: fastest; the matrix must be positive definite. */
  CHOLESKY,
  /** Eigenvectors: the matrix may be semidefinite. */
  EIGH,
  /** Singular vectors: the slowest and most robust. */
  SVD
}
