package dev.jacobi.scipy.linalg;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.implicit.Solves;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.lax.linalg.Eig;
import dev.jacobi.lax.linalg.LaxLinalg;
import dev.jacobi.lax.linalg.LaxLinalg.EigOptions;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.transform.TreeFn;
import java.util.List;

/**
 * {@code a x + x b = c}. By triangular forms of both, one column of the unknown after the other;
 * source: Bartels, Stewart, Solution of the matrix equation AX + XB = C, Communications of the ACM
 * 15 (1972). Derivatives are the solution's.
 */
public final class Sylvester {
  private Sylvester() {}

  /** Solves for stacks of matrices; NaN where sums of eigenvalues are less than {@code tol}. */
  public static Array sylvester(Array a, Array b, Array c, boolean schur, double tol) {
    Calls.squares("solveSylvester", a);
    Calls.squares("solveSylvester", b);
    Calls.matrices("solveSylvester", c);
    if (c.dim(-2) != a.dim(-1) || c.dim(-1) != b.dim(-1)) {
      throw Calls.mismatch(
          "solveSylvester", "the last must have the first's rows, the second's columns", a, b, c);
    }
    return Calls.one(
        "solve_sylvester",
        List.of(schur, tol),
        x ->
            Jnp.vectorize(
                    y -> List.of(solve(y.get(0), y.get(1), y.get(2), schur, tol)),
                    "(m,m),(n,n),(m,n)->(m,n)")
                .apply(List.of(x))
                .getFirst(),
        Calls.inexact(a, b, c));
  }

  /** One equation; derivatives do not go through the factors. */
  static Array solve(Array a, Array b, Array c, boolean schur, double tol) {
    if (c.shape().size() == 0) {
      return c;
    }
    Fn1<Array, Array> map = x -> Matrices.matmul(a, x).plus(Matrices.matmul(x, b));
    Array fixedA = Convert.stopGradient(a);
    Array fixedB = Convert.stopGradient(b);
    Fn2<Fn1<Array, Array>, Array, Array> forth = (f, y) -> found(fixedA, fixedB, y, schur, tol);
    Fn2<Fn1<Array, Array>, Array, Array> back =
        (f, y) -> {
          Array at = Matrices.transpose(fixedA);
          return found(at, Matrices.transpose(fixedB), y, schur, tol);
        };
    return Solves.linear(map, c, forth, back, false);
  }

  private static Array found(Array a, Array b, Array c, boolean schur, double tol) {
    return schur ? byTriangles(a, b, c, tol) : byVectors(a, b, c, tol);
  }

  private static Array byTriangles(Array a, Array b, Array c, double tol) {
    List<Array> ru = Factors.schur(a, true);
    List<Array> sv = Factors.schur(Matrices.adjoint(b), true);
    Array r = ru.get(0);
    Array u = ru.get(1);
    Array l = Matrices.adjoint(sv.get(0));
    Array v = sv.get(1);
    Array f = Solvers.product(Matrices.adjoint(u), Factors.complexOf(c), v);
    Array y = columns(r, l, f);
    Array x = Solvers.product(u, y, Matrices.adjoint(v));
    Array sums = Jnp.expandDims(Matrices.diagonal(r), 1).plus(Matrices.diagonal(l));
    return unlessSingular(x, sums, c.dtype(), tol);
  }

  /** {@code r y + y l = f} from the last column on: {@code (r + l[j, j]) y_j = f_j - y l_j}. */
  private static Array columns(Array r, Array l, Array f) {
    long m = f.dim(0);
    long n = f.dim(1);
    Array unit = Matrices.eye(r.dtype(), Matrices.batch(r), m, m);
    Fn2<Array, Array, Array> body =
        (i, y) -> {
          Array j = Arithmetic.sub(Scalars.ofLong(i.dtype(), n - 1), i);
          Array top = Scalars.of(i.dtype(), 0);
          Array known = DynamicSlices.dynamicSlice(l, List.of(top, j), Longs.of(n, 1));
          Array own = DynamicSlices.dynamicSlice(l, List.of(j, j), Longs.of(1, 1));
          Array right = DynamicSlices.dynamicSlice(f, List.of(top, j), Longs.of(m, 1));
          // columns that are not known yet are zero
          Array rest = right.minus(Matrices.matmul(y, known));
          Array column = TriangularSolve.UPPER.of(r.plus(unit.times(own)), rest);
          return where(Shapes.iota(DType.I32, y.shape(), 1).eq(j), column, y);
        };
    TreeFn step = new TreeFn(body, x -> body.apply((Array) x[0], (Array) x[1]));
    return (Array) Loops.foriLoop(0, n, step, Zeros.like(f), LoopOptions.DEFAULT);
  }

  /** By eigenvectors, for matrices that have enough of them. */
  private static Array byVectors(Array a, Array b, Array c, double tol) {
    EigOptions right = EigOptions.DEFAULT.computeLeftEigenvectors(false);
    Eig.Result ea = LaxLinalg.eig(a, right);
    Eig.Result eb = LaxLinalg.eig(b, right);
    Array u = ea.right().orElseThrow();
    Array v = eb.right().orElseThrow();
    Array f = Linalg.solve(u, Matrices.matmul(Factors.complexOf(c), v));
    Array sums = Jnp.expandDims(ea.eigenvalues(), 1).plus(eb.eigenvalues());
    Array x = Solvers.product(u, f.div(sums), Linalg.inv(v));
    return unlessSingular(x, sums, c.dtype(), tol);
  }

  private static Array unlessSingular(Array x, Array sums, DType type, double tol) {
    Array singular = Jnp.any(Arithmetic.abs(sums).lt(tol));
    return where(singular, Double.NaN, Functions.realLike(x, type));
  }
}
