package dev.jacobi.scipy.linalg;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.lax.linalg.Eigh;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg.EighResult;
import dev.jacobi.transform.NamedJit;
import dev.jacobi.transform.TreeFn;
import java.util.List;

/** Eigenvalues of Hermitian matrices with three diagonals. */
public final class TridiagonalEigen {
  private TridiagonalEigen() {}

  private static void check(Array d, Array e) {
    DType t = d.dtype();
    boolean types = t == e.dtype() && t.isInexact() && t != DType.F16 && t != DType.BF16;
    boolean shapes = d.rank() == 1 && e.rank() == 1 && e.dim(0) == Math.max(0, d.dim(0) - 1);
    if (!types || !shapes) {
      throw new LaxTypeException(
          "eighTridiagonal",
          "takes a diagonal (n) and a side diagonal (n - 1) of f32, f64, c64 or c128, not "
              + d.aval()
              + " and "
              + e.aval());
    }
  }

  /** Values and vectors. */
  public static EighResult eigh(Array d, Array e) {
    check(d, e);
    List<Array> all = Calls.several("eigh_tridiagonal", "", x -> dense(x[0], x[1]), d, e);
    return new EighResult(all.get(0), all.get(1));
  }

  private static List<Array> dense(Array d, Array e) {
    Array real = Factors.realOf(d);
    Array diagonal = Convert.convertElementType(real, d.dtype());
    Array lower = Factors.conj(e);
    long n = d.dim(0);
    Array all = Jnp.diag(diagonal);
    all = n > 1 ? all.plus(Jnp.diag(lower, -1)).plus(Jnp.diag(e, 1)) : all; // both, for derivatives
    Eigh.Result r = Eigh.eigh(all, true, false);
    return List.of(r.eigenvalues(), r.eigenvectors());
  }

  /** Values from one number to another, -1 for the last; intervals are at most {@code tol} wide. */
  public static Array values(Array d, Array e, long first, long last, double tol) {
    check(d, e);
    long n = d.dim(0);
    long end = last < 0 ? n - 1 : last;
    if (end >= n && n > 0 || first > Math.max(0, end)) {
      throw new LaxTypeException(
          "eigvalshTridiagonal", "no eigenvalues " + first + " to " + end + " of " + n);
    }
    return Calls.one(
        "eigvalsh_tridiagonal",
        List.of(first, end, tol),
        x -> {
          Array real = Factors.realOf(x[0]);
          Array size = Arithmetic.abs(x[1]);
          return n < 2 ? real : ruled(real, size, first, end, tol);
        },
        d,
        e);
  }

  /** Values greater than one bound and not greater than another. */
  public static Array between(Array d, Array e, double low, double high) {
    if (!(low < high)) {
      throw new LaxTypeException(
          "eigvalshTridiagonal", "there is nothing from " + low + " to " + high);
    }
    Array all = values(d, e, 0, -1, 0);
    return Jnp.compress(Jnp.logicalAnd(all.gt(low), all.le(high)), all);
  }

  /** Derivatives are those of the values with vectors: {@code v^T (dt) v}. */
  private static Array ruled(Array d, Array e, long first, long last, double tol) {
    return NamedJit.callWithRule(
            "eigvalsh_tridiagonal",
            List.of(first, last, tol),
            x -> List.of(bisected(x.get(0), x.get(1), first, last, tol)),
            x -> {
              Array v = dense(x.get(0), x.get(1)).get(1);
              v = Matrices.part(v, 0, v.dim(0), first, last + 1);
              long n = v.dim(0);
              long k = v.dim(1);
              Array pairs = Matrices.part(v, 0, n - 1, 0, k).times(Matrices.part(v, 1, n, 0, k));
              Array own = Jnp.matmul(x.get(2), v.times(v));
              Array side = Jnp.matmul(x.get(3), pairs).times(2);
              return List.of(ruled(x.get(0), x.get(1), first, last, tol), own.plus(side));
            },
            List.of(d, e))
        .getFirst();
  }

  /**
   * Bisection of intervals by the number of eigenvalues below a point. Source: Barth, Martin,
   * Wilkinson, Calculation of the eigenvalues of a symmetric tridiagonal matrix by the method of
   * bisection, Numerische Mathematik 9 (1967).
   */
  @SuppressWarnings("unchecked") // the loop gives what it takes
  private static Array bisected(Array d, Array e, long first, long last, double tol) {
    long n = d.dim(0);
    long count = last - first + 1;
    boolean single = d.dtype() == DType.F32;
    double eps = single ? 0x1p-23 : 0x1p-52;
    double tiny = single ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    Array squares = Arithmetic.square(e);
    Array sides = Jnp.pad(e, new int[][] {{1, 0}}, 0).plus(Jnp.pad(e, new int[][] {{0, 1}}, 0));
    Array greatest = Jnp.max(d.plus(sides)); // Gershgorin's circles
    Array least = Jnp.min(d.minus(sides));
    Array norm = Jnp.maximum(Arithmetic.abs(least), Arithmetic.abs(greatest));
    Array one = Scalars.of(d.dtype(), 1);
    Array pivot = Jnp.maximum(one, Jnp.max(squares)).times(tiny * (1 + eps));
    Array slack = norm.times(2.1 * n * eps).plus(pivot.times(4.2));
    Array target =
        Arithmetic.add(
            Shapes.iota(DType.I32, Shape.of(count), 0), Scalars.ofLong(DType.I32, first));
    Array width = Jnp.maximum(norm.times(eps), Scalars.of(d.dtype(), tol));
    Fn1<List<Array>, Array> goesOn =
        x -> {
          Array steps = x.get(0).lt((single ? 23L : 52L) + 2);
          return Bits.and(steps, Jnp.max(x.get(2).minus(x.get(1))).gt(width));
        };
    Fn1<List<Array>, List<Array>> step =
        x -> {
          Array middle = x.get(1).plus(x.get(2)).times(0.5);
          Array below = below(d, squares, pivot, middle);
          Array isAbove = below.le(target);
          return List.of(
              x.get(0).plus(1), where(isAbove, middle, x.get(1)), where(isAbove, x.get(2), middle));
        };
    Shape shape = Shape.of(count);
    Array low = Zeros.full(least.minus(slack), shape);
    Array high = Zeros.full(greatest.plus(slack), shape);
    List<Array> end =
        (List<Array>)
            Loops.whileLoop(
                new TreeFn(goesOn, x -> goesOn.apply((List<Array>) x[0])),
                new TreeFn(step, x -> step.apply((List<Array>) x[0])),
                List.of(Scalars.of(DType.I32, 0), low, high),
                LoopOptions.DEFAULT);
    return end.get(1).plus(end.get(2)).times(0.5);
  }

  /** How many eigenvalues are below points: negative pivots of the shifted matrix. */
  @SuppressWarnings("unchecked") // the loop gives what it takes
  private static Array below(Array d, Array squares, Array pivot, Array points) {
    Array limit = Arithmetic.neg(pivot);
    Array before = Jnp.pad(squares, new int[][] {{1, 0}}, 0);
    Fn2<Array, List<Array>, List<Array>> body =
        (i, x) -> {
          Array own = DynamicSlices.dynamicSlice(d, List.of(i), Longs.of(1));
          Array beta = DynamicSlices.dynamicSlice(before, List.of(i), Longs.of(1));
          Array q = own.minus(beta.div(x.get(0))).minus(points);
          Array isNegative = q.le(pivot);
          Array count = x.get(1).plus(Convert.convertElementType(isNegative, DType.I32));
          return List.of(where(isNegative, Jnp.minimum(q, limit), q), count);
        };
    TreeFn step = new TreeFn(body, a -> body.apply((Array) a[0], (List<Array>) a[1]));
    Array ones = Zeros.full(Scalars.like(d, 1), points.shape());
    Array none = Zeros.full(Scalars.of(DType.I32, 0), points.shape());
    List<Array> end =
        (List<Array>) Loops.foriLoop(0, d.dim(0), step, List.of(ones, none), LoopOptions.DEFAULT);
    return end.get(1);
  }
}
