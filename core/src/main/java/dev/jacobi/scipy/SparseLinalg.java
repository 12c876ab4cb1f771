package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.Aux;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.hlo.DType;
import dev.jacobi.implicit.Solves;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.scipy.krylov.BiCgStab;
import dev.jacobi.scipy.krylov.ConjugateGradients;
import dev.jacobi.scipy.krylov.Gmres;
import dev.jacobi.scipy.krylov.Problem;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Iterative solvers of linear equations, {@code jax.scipy.sparse.linalg}. The matrix is an array
 * (n, n) with a vector (n) as the right side, or a linear function of trees like the right side.
 * Derivatives are the solution's, by one more solution each, and do not go through the iteration.
 */
public final class SparseLinalg {
  private SparseLinalg() {}

  /**
   * A solution.
   *
   * @param x like the right side
   * @param steps how many steps it took, as an i32; of {@link #bicgstab} negative if it broke down
   */
  public record Solution<T>(T x, Array steps) {}

  /**
   * When an iteration ends, and where it begins.
   *
   * @param tol the residual's norm must be at most this part of the right side's
   * @param atol or at most this
   * @param maxiter how many steps are allowed; 0 for ten times the number of unknowns
   * @param x0 where it begins; null for zeros
   * @param preconditioner an approximate inverse of the matrix; null for none
   * @param restart how many vectors {@link #gmres} keeps
   * @param incremental whether {@link #gmres} ends a round as soon as the residual is small enough
   */
  public record Options<T>(
      double tol,
      double atol,
      long maxiter,
      @Nullable T x0,
      @Nullable Fn1<T, T> preconditioner,
      int restart,
      boolean incremental) {
    public Options {
      if (!(tol >= 0) || !(atol >= 0) || maxiter < 0 || restart < 1) {
        throw new LaxTypeException(
            "iterative solver",
            "needs tolerances and steps that are not negative, not "
                + tol
                + ", "
                + atol
                + ", "
                + maxiter
                + ", "
                + restart);
      }
    }

    /** JAX's defaults: 1e-5, 0, ten steps per unknown, zeros, no preconditioner, 20 vectors. */
    public static <T> Options<T> defaults() {
      return new Options<>(1e-5, 0, 0, null, null, 20, false);
    }

    public Options<T> withTol(double part) {
      return new Options<>(part, atol, maxiter, x0, preconditioner, restart, incremental);
    }

    public Options<T> withAtol(double bound) {
      return new Options<>(tol, bound, maxiter, x0, preconditioner, restart, incremental);
    }

    public Options<T> withMaxiter(long steps) {
      return new Options<>(tol, atol, steps, x0, preconditioner, restart, incremental);
    }

    public Options<T> withX0(T start) {
      return new Options<>(tol, atol, maxiter, start, preconditioner, restart, incremental);
    }

    public Options<T> withPreconditioner(Fn1<T, T> inverse) {
      return new Options<>(tol, atol, maxiter, x0, inverse, restart, incremental);
    }

    public Options<T> withRestart(int vectors) {
      return new Options<>(tol, atol, maxiter, x0, preconditioner, vectors, incremental);
    }

    public Options<T> withIncremental(boolean ends) {
      return new Options<>(tol, atol, maxiter, x0, preconditioner, restart, ends);
    }
  }

  /**
   * Solves with a Hermitian positive definite matrix, by conjugate gradients. {@code
   * SparseLinalg.cg(array(new float[][] {{2, 1}, {1, 2}}), array(3f, 3f))} is {@code [1. 1.]}.
   */
  public static Array cg(Array a, Array b) {
    return cg(matrix("cg", a, b), b).x();
  }

  /** The same of a function. */
  public static <T> Solution<T> cg(Fn1<T, T> a, T b) {
    return cg(a, b, Options.defaults());
  }

  /** The same with options. */
  public static <T> Solution<T> cg(Fn1<T, T> a, T b, Options<T> options) {
    return solved(a, b, options, p -> ConjugateGradients.solve(p), true);
  }

  /**
   * Solves with any regular matrix, by stabilized biconjugate gradients. {@code
   * SparseLinalg.bicgstab(array(new float[][] {{2, 1}, {1, 2}}), array(3f, 3f))} is {@code [1.
   * 1.]}.
   */
  public static Array bicgstab(Array a, Array b) {
    return bicgstab(matrix("bicgstab", a, b), b).x();
  }

  /** The same of a function. */
  public static <T> Solution<T> bicgstab(Fn1<T, T> a, T b) {
    return bicgstab(a, b, Options.defaults());
  }

  /** The same with options. */
  public static <T> Solution<T> bicgstab(Fn1<T, T> a, T b, Options<T> options) {
    return solved(a, b, options, p -> BiCgStab.solve(p), false);
  }

  /**
   * Solves with any regular matrix, by least residuals, which are restarted. {@code
   * SparseLinalg.gmres(array(new float[][] {{2, 1}, {1, 2}}), array(3f, 3f))} is {@code [1. 1.]}.
   */
  public static Array gmres(Array a, Array b) {
    return gmres(matrix("gmres", a, b), b).x();
  }

  /** The same of a function. */
  public static <T> Solution<T> gmres(Fn1<T, T> a, T b) {
    return gmres(a, b, Options.defaults());
  }

  /** The same with options; steps are rounds. */
  public static <T> Solution<T> gmres(Fn1<T, T> a, T b, Options<T> options) {
    return solved(
        a,
        b,
        options,
        p -> {
          int restart = (int) Math.min(options.restart, Math.max(1, p.b().dim(0)));
          return Gmres.solve(p, restart, options.incremental);
        },
        false);
  }

  /** A matrix as a function; the right side is as wide as the product. */
  private static Fn1<Array, Array> matrix(String function, Array a, Array b) {
    boolean fits = a.rank() == 2 && a.dim(0) == a.dim(1) && b.rank() == 1 && b.dim(0) == a.dim(0);
    if (!fits) {
      throw new LaxTypeException(
          function,
          "takes a square matrix and a vector, not shapes " + a.shape() + " and " + b.shape());
    }
    if (!a.dtype().isInexact()
        || Promotion.join(List.of(a.aval(), b.aval())).dtype() != b.dtype()) {
      throw new LaxTypeException(
          function,
          "takes floating point numbers of one type, not " + a.aval() + " and " + b.aval());
    }
    return x -> Jnp.matmul(a, x);
  }

  /** Which method solves a problem of vectors. */
  private interface Method extends Fn1<Problem, List<Array>> {}

  private static <T> Solution<T> solved(
      Fn1<T, T> a, T b, Options<T> options, Method method, boolean definite) {
    Layout<T> layout = new Layout<>(b);
    T start = options.x0 == null ? layout.zeros() : options.x0;
    layout.requireLike(start);
    Fn1<T, T> preconditioner = options.preconditioner == null ? x -> x : options.preconditioner;
    long steps = options.maxiter == 0 ? 10 * layout.size : options.maxiter;
    Fn2<Fn1<T, T>, T, Aux<T, Array>> solve =
        (f, right) -> {
          Problem p =
              new Problem(
                  layout.flat(f),
                  layout.vector(right),
                  layout.vector(start),
                  layout.flat(preconditioner),
                  options.tol,
                  options.atol,
                  steps);
          List<Array> xk = method.apply(p);
          return new Aux<>(layout.tree(xk.get(0)), xk.get(1));
        };
    boolean symmetric = definite && !layout.dtype.isComplex(); // a complex one is the conjugate's
    Aux<T, Array> x = Solves.linear(a, b, solve, solve, symmetric);
    return new Solution<>(x.value(), x.aux());
  }

  /** Trees like one, as vectors. */
  private static final class Layout<T> {
    private final TreeFn.Args like;
    private final DType dtype;
    private final long size;

    Layout(T tree) {
      this.like = TreeFn.Args.of(tree);
      List<Array> leaves = like.leaves();
      if (leaves.isEmpty() || leaves.stream().anyMatch(x -> !x.dtype().isInexact())) {
        throw new LaxTypeException(
            "iterative solver", "the right side must be of floating point numbers, not " + leaves);
      }
      this.dtype = Promotion.join(leaves.stream().map(Array::aval).toList()).dtype();
      this.size = leaves.stream().mapToLong(Array::size).sum();
    }

    void requireLike(T tree) {
      TreeFn.Args other = TreeFn.Args.of(tree);
      var differences =
          Trees.differences(
              "x0",
              like.defs().getFirst(),
              like.leaves().stream().map(Array::aval).toList(),
              other.defs().getFirst(),
              other.leaves().stream().map(Array::aval).toList());
      if (!differences.isEmpty()) {
        throw new LaxTypeException(
            "iterative solver", "x0 is not like the right side: " + String.join("; ", differences));
      }
    }

    T zeros() {
      return of(like.leaves().stream().map(Jnp::zerosLike).toList());
    }

    @SuppressWarnings("unchecked") // of the structure of a T
    private T of(List<Array> leaves) {
      return (T) Trees.unflatten(like.defs().getFirst(), leaves);
    }

    Array vector(T tree) {
      List<Array> parts = new ArrayList<>();
      for (Array leaf : TreeFn.Args.of(tree).leaves()) {
        parts.add(Convert.convertElementType(Jnp.ravel(leaf), dtype));
      }
      return parts.size() == 1 ? parts.getFirst() : Jnp.concatenate(parts, 0);
    }

    T tree(Array vector) {
      List<Array> leaves = new ArrayList<>();
      long from = 0;
      for (Array leaf : like.leaves()) {
        Array part = vector.get(Jnp.range(from, from + leaf.size()));
        leaves.add(Convert.convertElementType(part.reshape(leaf.shape().toArray()), leaf.dtype()));
        from += leaf.size();
      }
      return of(leaves);
    }

    Fn1<Array, Array> flat(Fn1<T, T> f) {
      return x -> vector(f.apply(tree(x)));
    }
  }
}
