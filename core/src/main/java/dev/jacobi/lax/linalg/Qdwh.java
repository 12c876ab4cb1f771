package dev.jacobi.lax.linalg;

import static dev.jacobi.lax.linalg.Matrices.adjoint;
import static dev.jacobi.lax.linalg.Matrices.matmul;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;

/**
 * The polar decomposition {@code x = u h} by Halley's iteration with weights that change. Source:
 * Nakatsukasa, Bai, Gygi, Optimizing Halley's iteration for computing the matrix polar
 * decomposition.
 *
 * <p>The first steps, whose weights are known before, run always, as in JAX; the others are written
 * out too, and change nothing once the iteration has converged.
 */
public final class Qdwh {
  /** From this weight on, Cholesky factors would lose digits. */
  private static final double CHOLESKY_CUTOFF = 100;

  private final Array x;
  private final double threshold;
  private Array u;
  private Array isMoving;

  private Qdwh(Array x, Array u, double threshold) {
    this.x = x;
    this.u = u;
    this.threshold = threshold;
    this.isMoving = Scalars.of(DType.BOOL, 1);
  }

  /**
   * What {@link #qdwh} gives.
   *
   * @param u orthonormal columns (m, n)
   * @param h positive semidefinite (n, n)
   * @param numIters an i32
   * @param isConverged whether that many steps were enough
   */
  public record Result(Array u, Array h, Array numIters, Array isConverged) {}

  private record Weights(double a, double b, double c) {}

  /**
   * JAX's {@code lax.linalg.qdwh} with its defaults: at most 10 steps, to the type's precision.
   *
   * @param x of full rank, shape (m, n) of f32, f64, c64 or c128, m at least n
   */
  public static Result qdwh(Array x) {
    return qdwh(x, 10, x.dtype().real() == DType.F32 ? 0x1p-23 : 0x1p-52);
  }

  /**
   * JAX's {@code lax.linalg.qdwh}.
   *
   * @param x of full rank, shape (m, n) of f32, f64, c64 or c128, m at least n
   * @param eps steps end when u changes by less than the cube root of {@code 5 eps}
   * @throws LaxTypeException if the shape or type does not fit
   */
  public static Result qdwh(Array x, int maxIterations, double eps) {
    if (!Factorisation.isLapack(x.dtype()) || x.rank() != 2 || x.dim(0) < x.dim(1)) {
      throw new LaxTypeException(
          "qdwh", "takes a matrix with no more columns than rows, not " + x.aval());
    }
    Qdwh q = new Qdwh(x, Arithmetic.mul(x, scale(x)), Math.cbrt(5 * eps));
    int steps = 0;
    double l = eps;
    while (l + 5 * eps < 1 && steps < maxIterations) {
      steps++;
      double l2 = l * l;
      double dd = Math.cbrt(4 * (1 / l2 - 1) / l2);
      double root = Math.sqrt(1 + dd);
      double a = root + Math.sqrt(2 - dd + 2 * (2 - l2) / (l2 * root));
      double b = (a - 1) * (a - 1) / 4;
      Weights w = new Weights(a, b, a + b - 1);
      l = l * (a + b * l2) / (1 + w.c * l2);
      if (w.c > CHOLESKY_CUTOFF) {
        q.u = q.byQr(w);
      } else {
        Array next = q.byCholesky(w);
        q.isMoving = q.moves(next);
        q.u = next;
      }
    }
    return q.finish(steps, maxIterations);
  }

  /** The inverse of a bound of the largest singular value; 1 for zeros. */
  private static Array scale(Array x) {
    Array sizes = Arithmetic.abs(x);
    Array one = Reductions.max(Reductions.sum(sizes, Axes.of(0)), Axes.of(0));
    Array infinity = Reductions.max(Reductions.sum(sizes, Axes.of(1)), Axes.of(0));
    Array inverse = Arithmetic.mul(Powers.rsqrt(one), Powers.rsqrt(infinity));
    Array zero = Compare.eq(one, Zeros.like(one));
    Array safe = Compare.select(zero, Scalars.like(inverse, 1), inverse);
    return Shapes.broadcastInDim(
        Convert.convertElementType(safe, x.dtype()), x.shape(), Axes.range(0));
  }

  private Array byQr(Weights w) {
    double e = w.b / w.c;
    double root = Math.sqrt(w.c);
    long m = u.dim(0);
    long n = u.dim(1);
    Array eye = Matrices.eye(u.dtype(), Matrices.batch(u), n, n);
    Array high = Matrices.padded(Arithmetic.mul(u, root), 0, m + n, 0, n);
    Array y = Arithmetic.add(high, Matrices.padded(eye, m, m + n, 0, n));
    Array q = Qr.qr(y, false).q();
    Array product = matmul(Matrices.part(q, 0, m, 0, n), adjoint(Matrices.part(q, m, m + n, 0, n)));
    return Arithmetic.add(Arithmetic.mul(u, e), Arithmetic.mul(product, (w.a - e) / root));
  }

  private Array byCholesky(Weights w) {
    double e = w.b / w.c;
    long n = u.dim(1);
    Array eye = Matrices.eye(u.dtype(), Matrices.batch(u), n, n);
    Array inner = Arithmetic.add(Arithmetic.mul(matmul(adjoint(u), u), w.c), eye);
    Array l = Cholesky.cholesky(inner, false);
    Array z = TriangularSolve.LOWER.of(l, adjoint(u));
    z = adjoint(TriangularSolve.LOWER.adjoint().of(l, z));
    return Arithmetic.add(Arithmetic.mul(u, e), Arithmetic.mul(z, w.a - e));
  }

  private Array moves(Array next) {
    Array squares = Arithmetic.square(Arithmetic.abs(Arithmetic.sub(next, u)));
    Array norm = Powers.sqrt(Reductions.sum(squares, Axes.range(2)));
    return Compare.gt(norm, Scalars.like(norm, threshold));
  }

  /** Halley's own weights, which the others approach, as long as u moves. */
  private Result finish(int steps, int maxIterations) {
    Array count = Scalars.of(DType.I32, steps);
    for (int k = steps; k < maxIterations; k++) {
      Array next = byCholesky(new Weights(3, 1, 3));
      Array moving = Bits.and(isMoving, moves(next));
      Array everywhere = Shapes.broadcastInDim(isMoving, u.shape(), Axes.range(0));
      count = Arithmetic.add(count, Convert.convertElementType(isMoving, DType.I32));
      u = Compare.select(everywhere, next, u);
      isMoving = moving;
    }
    Array cubic = matmul(u, matmul(adjoint(u), u));
    u = Arithmetic.sub(Arithmetic.mul(u, 1.5), Arithmetic.mul(cubic, 0.5));
    Array h = Matrices.symmetrize(matmul(adjoint(u), x));
    return new Result(u, h, count, Bits.not(isMoving));
  }
}
