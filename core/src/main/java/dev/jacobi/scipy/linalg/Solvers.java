package dev.jacobi.scipy.linalg;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Shape;
import dev.jacobi.implicit.Solves;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.linalg.Lu;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.trace.AbstractArray;
import java.util.List;
import java.util.function.BinaryOperator;

/** Linear equations by factors. */
public final class Solvers {
  private Solvers() {}

  /** Stacks of matrices with their batches broadcast. */
  static Array[] batched(String function, Array a, Array b) {
    Shape batch = Promotion.commonShape(function, front(a), front(b));
    return new Array[] {Factors.spread(a, batch), Factors.spread(b, batch)};
  }

  private static Array front(Array x) {
    Shape batch = x.shape().select(Axes.range(x.rank() - 2));
    return new AbstractArray(Aval.of(x.dtype(), batch));
  }

  /** As JAX: right sides with one dimension less than matrices of their length are vectors. */
  private static boolean areVectors(Array a, Array b) {
    return b.rank() == 1 || a.rank() == b.rank() + 1 && a.dim(-1) == b.dim(-1);
  }

  /** A solver for columns, mapped over batches of matrices and right sides. */
  private static Array mapped(Array a, Array b, BinaryOperator<Array> columns) {
    boolean vectors = areVectors(a, b);
    Fn1<List<Array>, List<Array>> f =
        ab -> {
          Array right = vectors ? Jnp.expandDims(ab.get(1), 1) : ab.get(1);
          Array x = columns.apply(ab.get(0), right);
          return List.of(vectors ? Jnp.squeeze(x, 1) : x);
        };
    String signature = vectors ? "(n,n),(n)->(n)" : "(n,n),(n,k)->(n,k)";
    return Jnp.vectorize(f, signature).apply(List.of(a, b)).getFirst();
  }

  private static void requireFit(String function, Array a, Array b) {
    Calls.squares(function, a);
    boolean fits = b.rank() > 0 && b.dim(areVectors(a, b) ? -1 : -2) == a.dim(-1);
    if (!fits) {
      throw Calls.mismatch(
          function, "the second must be vectors or columns of the matrices' size", a, b);
    }
  }

  /** Solves with a triangle of a. */
  public static Array triangular(Array a, Array b, TriangularSolve system) {
    requireFit("solveTriangular", a, b);
    return Calls.one(
        "solve_triangular", system, x -> mapped(x[0], x[1], system::of), Calls.inexact(a, b));
  }

  /** Solves with a factor of Cholesky's. */
  public static Array cholesky(Array c, boolean lower, Array b) {
    requireFit("choSolve", c, b);
    return Calls.one(
        "cho_solve",
        lower,
        x -> mapped(x[0], x[1], (l, y) -> byCholesky(l, lower, y)),
        Calls.inexact(c, b));
  }

  private static Array byCholesky(Array c, boolean lower, Array b) {
    TriangularSolve plain = lower ? TriangularSolve.LOWER : TriangularSolve.UPPER;
    TriangularSolve first = lower ? plain : plain.adjoint();
    TriangularSolve second = lower ? plain.adjoint() : plain;
    return second.of(c, first.of(c, b));
  }

  /** Solves with LU factors. */
  public static Array lu(Array lu, Array pivots, Array b, Lu.Of of) {
    requireFit("luSolve", lu, b);
    boolean vectors = areVectors(lu, b);
    Array[] ab = Calls.inexact(lu, b);
    Fn1<List<Array>, List<Array>> f =
        x -> {
          Array right = vectors ? Jnp.expandDims(x.get(2), 1) : x.get(2);
          Array y = Lu.solve(Factors.factors(x.get(0), x.get(1)), right, of);
          return List.of(vectors ? Jnp.squeeze(y, 1) : y);
        };
    String signature = vectors ? "(n,n),(n),(n)->(n)" : "(n,n),(n),(n,k)->(n,k)";
    return Calls.one(
        "lu_solve",
        of,
        x -> Jnp.vectorize(f, signature).apply(List.of(x)).getFirst(),
        ab[0],
        pivots,
        ab[1]);
  }

  /** Solves with a positive definite matrix, of which one triangle is factored. */
  public static Array positive(Array a, Array b, boolean lower) {
    requireFit("solve", a, b);
    return Calls.one(
        "solve_positive",
        lower,
        x -> mapped(x[0], x[1], (m, y) -> positiveDefinite(m, y, lower)),
        Calls.inexact(a, b));
  }

  /** Derivatives are the solution's, by the factor that is there; {@code a^T = conj(a)}. */
  private static Array positiveDefinite(Array a, Array b, boolean lower) {
    Array c = Factors.cholesky(Convert.stopGradient(a), lower);
    Fn1<Array, Array> product = x -> Jnp.matmul(a, x);
    Fn2<Fn1<Array, Array>, Array, Array> solve = (f, y) -> byCholesky(c, lower, y);
    Fn2<Fn1<Array, Array>, Array, Array> transposed =
        (f, y) -> Factors.conj(byCholesky(c, lower, Factors.conj(y)));
    return Solves.linear(product, b, solve, transposed, false);
  }

  /** Square matrices of one type. */
  static Array product(Array... factors) {
    Array all = factors[0];
    for (int i = 1; i < factors.length; i++) {
      all = Matrices.matmul(all, factors[i]);
    }
    return all;
  }
}
