package dev.jacobi.sparse;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.implicit.Solves;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.krylov.ConjugateGradients;
import dev.jacobi.scipy.krylov.Problem;

/** Solutions with symmetric positive definite matrices, prepared by their diagonals (Jacobi). */
final class PositiveDefinite {
  private PositiveDefinite() {}

  /** The derivatives are the solution's, by one more solution, and not the iteration's. */
  static Array solve(SparseMatrix a, Array b, double tol, long maxiter) {
    check(a, b);
    Array diagonal = a.diagonal();
    Array safe = Jnp.where(diagonal.eq(0.0), Jnp.onesLike(diagonal), diagonal);
    Fn1<Array, Array> matvec = a::matmul;
    return Solves.<Array, Array>linear(
        matvec, b, (f, right) -> iterated(f, right, safe, tol, maxiter), null, true);
  }

  private static void check(SparseMatrix a, Array b) {
    boolean real = a.dtype().isInexact() && !a.dtype().isComplex() && a.dtype() == b.dtype();
    if (a.rows() != a.cols() || b.rank() != 1 || b.dim(0) != a.rows() || !real) {
      throw new LaxTypeException(
          "cg",
          "takes a square matrix and a vector of one real floating-point type, not "
              + Entries.sizes(a)
              + " of "
              + a.dtype()
              + " and "
              + b.aval());
    }
  }

  private static Array iterated(
      Fn1<Array, Array> f, Array b, Array diagonal, double tol, long maxiter) {
    Fn1<Array, Array> divided = r -> r.div(diagonal);
    var problem = new Problem(f, b, Jnp.zerosLike(b), divided, tol, 0, maxiter);
    return ConjugateGradients.solve(problem).getFirst();
  }
}
