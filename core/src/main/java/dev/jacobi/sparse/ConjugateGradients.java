package dev.jacobi.sparse;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.implicit.Solves;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;

/**
 * Solutions with symmetric positive definite matrices. Source: Hestenes and Stiefel, Methods of
 * conjugate gradients for solving linear systems (1952); divided by the diagonal (Jacobi).
 */
final class ConjugateGradients {
  private ConjugateGradients() {}

  private record State(Array x, Array r, Array p, Array rz, Array steps) {}

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
    Array bound = dot(b, b).times(tol * tol);
    Array z = b.div(diagonal);
    var start = new State(Jnp.zerosLike(b), b, z, dot(b, z), Jnp.zeros(Shape.scalar(), DType.I64));
    Fn1<State, Array> goesOn = s -> Jnp.logicalAnd(dot(s.r, s.r).gt(bound), s.steps.lt(maxiter));
    Fn1<State, State> step = s -> next(f, s, diagonal);
    return Loops.whileLoop(goesOn, step, start, LoopOptions.DEFAULT).x;
  }

  private static State next(Fn1<Array, Array> f, State s, Array diagonal) {
    Array product = f.apply(s.p);
    Array alpha = s.rz.div(dot(s.p, product));
    Array r = s.r.minus(product.times(alpha));
    Array z = r.div(diagonal);
    Array rz = dot(r, z);
    Array p = z.plus(s.p.times(rz.div(s.rz)));
    return new State(s.x.plus(s.p.times(alpha)), r, p, rz, s.steps.plus(1));
  }

  private static Array dot(Array x, Array y) {
    return x.times(y).sum();
  }
}
