package dev.jacobi.scipy.krylov;

import static dev.jacobi.numpy.Jnp.where;
import static dev.jacobi.scipy.krylov.Problem.scaled;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.lax.linalg.Qr;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.numpy.Jnp;
import java.util.List;

/**
 * Least residuals over Krylov's spaces, restarted. Source: Saad, Schultz, GMRES, SIAM Journal on
 * Scientific and Statistical Computing 7 (1986). Vectors are made orthogonal twice, and the small
 * problem is solved by orthogonal factors; JAX does the one once and the other by normal equations.
 */
public final class Gmres {
  private final Problem problem;
  private final int restart;
  private final boolean incremental;
  private final Array target;

  private Gmres(Problem problem, int restart, boolean incremental) {
    this.problem = problem;
    this.restart = restart;
    this.incremental = incremental;
    Array norm = norm(problem.b());
    Array atol = Jnp.maximum(norm.times(problem.tol()), Scalars.like(norm, problem.atol()));
    this.target = atol;
  }

  private static Array norm(Array x) {
    return Powers.sqrt(Problem.squaredNorm(x));
  }

  /**
   * The solution and how often it was restarted.
   *
   * @param restart how many vectors a space has
   * @param incremental whether a space ends as soon as the residual is small enough; else when it
   *     is full
   */
  public static List<Array> solve(Problem problem, int restart, boolean incremental) {
    return new Gmres(problem, restart, incremental).solution();
  }

  private Array residual(Array x) {
    return problem.preconditioner().apply(problem.residual(x));
  }

  private List<Array> solution() {
    Array r0 = residual(problem.x0());
    Array bNorm = norm(problem.b());
    Array preparedNorm = norm(problem.preconditioner().apply(problem.b()));
    Array one = Scalars.like(bNorm, 1);
    Array share = Jnp.minimum(one, target.div(where(bNorm.gt(0), bNorm, one)));
    Array within = preparedNorm.times(share); // for the residual of the prepared system
    List<Array> end =
        Iteration.loop(
            s -> Bits.and(norm(s.get(1)).gt(target), s.get(2).lt(problem.steps())),
            s -> {
              Array x = s.get(0).plus(correction(s.get(1), within));
              return List.of(x, residual(x), s.get(2).plus(1));
            },
            List.of(problem.x0(), r0, Iteration.zero()));
    return List.of(end.get(0), end.get(2));
  }

  /** What one space adds to the solution. */
  private Array correction(Array r, Array within) {
    Array size = norm(r);
    Array first = normalized(r, size, Scalars.like(size, 0));
    Array basis = Zeros.full(Scalars.like(r, 0), Shape.of(restart + 1L, r.dim(0)));
    Array none = Scalars.of(DType.I32, 0);
    basis = withRow(basis, first, none);
    // Rows that are not reached are unit vectors, which keep the small problem regular; they leave
    // the column alone in which the residual stands.
    Array h = Jnp.eye(restart, restart + 1L, 1, r.dtype());
    Array start = Convert.convertElementType(size, r.dtype()).reshape(1);
    Array right = Jnp.pad(start, new int[][] {{0, restart}}, 0);
    List<Array> end =
        Iteration.loop(
            s -> {
              Array more = Bits.and(s.get(2).lt(restart), Bits.not(s.get(3)));
              return incremental ? Bits.and(more, s.get(4).gt(within)) : more;
            },
            s -> arnoldi(s, right),
            List.of(basis, h, Iteration.zero(), Scalars.of(DType.BOOL, 0), size));
    Array y = leastSquares(end.get(1), right);
    return Jnp.matmul(y, rows(end.get(0), restart));
  }

  private static Array rows(Array x, long count) {
    return Matrices.part(x, 0, count, 0, x.dim(1));
  }

  private static Array withRow(Array x, Array row, Array at) {
    Array none = Scalars.of(DType.I32, 0);
    Array matrix = Jnp.expandDims(row, 0);
    return DynamicSlices.dynamicUpdateSlice(x, matrix, List.of(at, none));
  }

  /** The vector over its norm, or zero if that is not above a limit. */
  private static Array normalized(Array x, Array size, Array limit) {
    Array isVector = size.gt(limit);
    Array safe = where(isVector, size, Scalars.like(size, 1));
    return where(isVector, scaled(Jnp.div(1, safe), x), Scalars.like(x, 0));
  }

  /** One more vector of the space. */
  private List<Array> arnoldi(List<Array> s, Array right) {
    Array basis = s.get(0);
    Array k = s.get(2);
    Array none = Scalars.of(DType.I32, 0);
    Array last = DynamicSlices.dynamicSlice(basis, List.of(k, none), Longs.of(1, basis.dim(1)));
    Array v = problem.preconditioner().apply(problem.map().apply(Jnp.ravel(last)));
    Array before = norm(v);
    Array h = Zeros.full(Scalars.like(v, 0), Shape.of(restart + 1L));
    Array conjugate = Jnp.conj(basis);
    for (int pass = 0; pass < 2; pass++) { // twice is enough
      Array part = Jnp.matmul(conjugate, v);
      v = v.minus(Jnp.matmul(part, basis));
      h = h.plus(part);
    }
    Array after = norm(v);
    Array limit = before.times(v.dtype().real() == DType.F32 ? 0x1p-23 : 0x1p-52);
    Array next = normalized(v, after, limit);
    Array isLast = after.le(limit);
    Array length = where(isLast, Scalars.like(after, 0), after);
    Array place = Shapes.iota(DType.I32, h.shape(), 0);
    Array own = place.eq(k.plus(1));
    h = where(own, Convert.convertElementType(length, h.dtype()), h);
    Array matrix = withRow(s.get(1), h, k);
    Array vectors = withRow(basis, next, k.plus(1));
    Array error = incremental ? remaining(matrix, right) : s.get(4);
    return List.of(vectors, matrix, k.plus(1), isLast, error);
  }

  /** The norm of the residual that is left. */
  private static Array remaining(Array h, Array right) {
    Array y = leastSquares(h, right);
    return norm(right.minus(Jnp.matmul(y, h)));
  }

  /** {@code h^T y = right}. */
  private static Array leastSquares(Array h, Array right) {
    Qr.Result r = Qr.qr(Matrices.transpose(h), false);
    Array column = Jnp.expandDims(right, 1);
    Array rotated = Matrices.matmul(Matrices.adjoint(r.q()), column);
    return Jnp.ravel(TriangularSolve.UPPER.of(r.r(), rotated));
  }
}
