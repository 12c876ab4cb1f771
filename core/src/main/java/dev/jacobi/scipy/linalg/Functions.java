package dev.jacobi.scipy.linalg;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Jacobi;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.linalg.LaxLinalg;
import dev.jacobi.lax.linalg.LaxLinalg.EigOptions;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.transform.NamedJit;
import dev.jacobi.transform.TreeFn;
import java.util.List;

/** Functions of square matrices by their triangular form, {@code f(z t z^H) = z f(t) z^H}. */
public final class Functions {
  private Functions() {}

  /** Repeats a step for every column of a matrix; the step gives column j, of shape (n, 1). */
  private static Array byColumns(Array init, Fn2<Array, Array, Array> column) {
    long n = init.dim(-1);
    Fn2<Array, Array, Array> body =
        (j, all) -> {
          Array here = Shapes.iota(DType.I32, all.shape(), 1).eq(j);
          return where(here, column.apply(j, all), all);
        };
    TreeFn step = new TreeFn(body, a -> body.apply((Array) a[0], (Array) a[1]));
    return (Array) Loops.foriLoop(0, n, step, init, LoopOptions.DEFAULT);
  }

  /** Column j as a matrix of one column. */
  private static Array column(Array x, Array j) {
    Array top = Scalars.of(j.dtype(), 0);
    return DynamicSlices.dynamicSlice(x, List.of(top, j), Longs.of(x.dim(0), 1));
  }

  /** Element (j, j) as a matrix of order 1. */
  private static Array corner(Array x, Array j) {
    return DynamicSlices.dynamicSlice(x, List.of(j, j), Longs.of(1, 1));
  }

  /** Zeros from row j on. */
  private static Array above(Array column, Array j) {
    Array row = Shapes.iota(DType.I32, column.shape(), 0);
    return where(row.lt(j), column, Scalars.like(column, 0));
  }

  private static Array unit(Array x) {
    return Matrices.eye(x.dtype(), Matrices.batch(x), x.dim(-2), x.dim(-1));
  }

  /**
   * Solves an upper triangular system for the rows above j; the matrix there has a diagonal that is
   * given, where it is 0 counted as 1.
   */
  private static Array solveAbove(Array t, Array diagonal, Array right, Array j) {
    Array row = Shapes.iota(DType.I32, t.shape(), 0);
    Array one = Scalars.like(t, 1);
    Array zero = Scalars.like(t, 0);
    Array counts = Jnp.logicalAnd(row.lt(j), diagonal.ne(zero));
    Array used = where(counts, diagonal, one);
    Array onDiagonal = row.eq(Shapes.iota(DType.I32, t.shape(), 1));
    Array outside = Bits.or(row.ge(j), Shapes.iota(DType.I32, t.shape(), 1).ge(j));
    Array matrix = where(onDiagonal, used, where(outside, zero, t));
    return TriangularSolve.UPPER.of(matrix, above(right, j));
  }

  private static Array diagonalAsColumn(Array x) {
    return Jnp.expandDims(Matrices.diagonal(x), -1);
  }

  private static Array each(Array a, String signature, Fn1<Array, Array> f) {
    return Jnp.vectorize(x -> List.of(f.apply(x.getFirst())), signature)
        .apply(List.of(a))
        .getFirst();
  }

  /**
   * The principal square root, complex; NaN where there is none. Source: Björck, Hammarling, A
   * Schur method for the square root of a matrix, Linear Algebra and its Applications 52 (1983).
   */
  public static Array sqrtm(Array a) {
    Array x = Calls.squares("sqrtm", a);
    return Calls.one(
        "sqrtm", "", y -> each(y[0], "(n,n)->(n,n)", m -> root(Factors.complexOf(m))), x);
  }

  /** The root r has the tangent that solves {@code r dr + dr r = da}. */
  private static Array root(Array a) {
    return NamedJit.callWithRule(
            "sqrtm",
            "",
            x -> {
              List<Array> tz = Factors.schur(x.getFirst(), true);
              Array r = triangularRoot(tz.get(0));
              Array z = tz.get(1);
              return List.of(Solvers.product(z, r, Matrices.adjoint(z)));
            },
            x -> {
              Array r = root(x.get(0));
              return List.of(r, Sylvester.solve(r, r, x.get(1), true, 0));
            },
            List.of(a))
        .getFirst();
  }

  /** Column j above the diagonal: {@code (r + r[j, j]) x = t[:, j]}. */
  private static Array triangularRoot(Array t) {
    Array roots = Powers.sqrt(diagonalAsColumn(t));
    Array r =
        byColumns(
            unit(t).times(roots),
            (j, all) -> {
              Array own = corner(all, j);
              Array x = solveAbove(all, roots.plus(own), column(t, j), j);
              return x.plus(column(all, j));
            });
    Array back = Solvers.product(r, r).minus(t);
    Array size = Jnp.max(Arithmetic.abs(t));
    // Two zeros on the diagonal: there is a root only if what stands between them vanishes.
    Array zeros = Jnp.sum(diagonalAsColumn(t).eq(Scalars.like(t, 0)).astype(DType.I32));
    Array fails = Bits.and(zeros.gt(1), Jnp.max(Arithmetic.abs(back)).gt(size.times(1e-3)));
    return where(fails, Double.NaN, r);
  }

  /** A real quasi-triangular form as a triangular one, by rotations of neighbours. */
  public static List<Array> rsf2csf(Array t, Array z) {
    Calls.squares("rsf2csf", t);
    Calls.squares("rsf2csf", z);
    if (t.dim(-1) != z.dim(-1)) {
      throw Calls.mismatch("rsf2csf", "both must be of one order", t, z);
    }
    return Calls.several(
        "rsf2csf",
        "",
        x ->
            Jnp.vectorize(y -> Rotations.triangular(y.get(0), y.get(1)), "(n,n),(n,n)->(n,n),(n,n)")
                .apply(List.of(Factors.complexOf(x[0]), Factors.complexOf(x[1]))),
        Calls.inexact(t, z));
  }

  /** A function of a matrix, and an estimate of its relative error. */
  public static List<Array> funm(Array a, Fn1<Array, Array> f) {
    if (a.rank() != 2 || a.dim(0) != a.dim(1)) {
      throw new LaxTypeException("funm", "takes a square matrix, not shape " + a.shape());
    }
    List<Array> real = Factors.schur(a, false);
    List<Array> tz = rsf2csf(real.get(0), real.get(1));
    Array values = f.apply(Matrices.diagonal(tz.get(0)));
    if (!values.shape().equals(Shape.of(a.dim(0)))) {
      throw new LaxTypeException(
          "funm", "its function gives shape " + values.shape() + " for the eigenvalues");
    }
    Array of = Convert.convertElementType(values, tz.get(0).dtype());
    return Calls.several("funm", "", x -> parlett(x[0], x[1], x[2]), tz.get(0), tz.get(1), of);
  }

  /**
   * Parlett's recurrence, one column after the other: {@code (t - t[j, j]) x = (f - f[j, j]) t[:,
   * j]}. Source: Golub, Van Loan, Matrix Computations, 9.1.4.
   */
  private static List<Array> parlett(Array t, Array z, Array values) {
    Array diagonal = diagonalAsColumn(t);
    Array f =
        byColumns(
            unit(t).times(Jnp.expandDims(values, -1)),
            (j, all) -> {
              Array own = corner(all, j);
              Array upper = above(column(t, j), j);
              Array right = Solvers.product(all, upper).minus(upper.times(own));
              Array shifted = diagonal.minus(corner(t, j));
              Array row = Shapes.iota(DType.I32, right.shape(), 0);
              return where(row.eq(j), own, solveAbove(t, shifted, right, j));
            });
    Array result = Solvers.product(z, f, Matrices.adjoint(z));
    return List.of(result, error(t, result));
  }

  private static Array error(Array t, Array f) {
    DType real = t.dtype().real();
    double tol = real == DType.F32 ? 0x1p-23 : 0x1p-52;
    Array d = Matrices.diagonal(t);
    Array gaps = Arithmetic.abs(Jnp.expandDims(d, 1).minus(d));
    Array own = Shapes.iota(DType.I32, gaps.shape(), 0);
    Array isPair = own.lt(Shapes.iota(DType.I32, gaps.shape(), 1));
    Array infinite = Scalars.of(real, Double.POSITIVE_INFINITY);
    Array least = Jnp.minimum(Jnp.min(where(isPair, gaps, infinite)), Arithmetic.abs(d).get(0));
    Array safe = where(least.eq(0), Scalars.of(real, tol), least);
    Array norm = Jnp.max(Jnp.sum(Arithmetic.abs(Matrices.triu(t, 1)), 0));
    Array bounded = Jnp.clip(Jnp.div(tol, safe).times(norm), tol, 1.0);
    Array isInfinite = Jnp.any(Jnp.isinf(f));
    return where(isInfinite, Double.POSITIVE_INFINITY, bounded);
  }

  /** The derivative of {@link Expm#expm} in a direction, beside its value. */
  public static List<Array> expmFrechet(Array a, Array e) {
    Array[] ae = Calls.inexact(a, e);
    Calls.squares("expmFrechet", a);
    if (!a.shape().equals(e.shape())) {
      throw Calls.mismatch("expmFrechet", "both must be of one shape", a, e);
    }
    return Calls.several(
        "expm_frechet",
        "",
        x -> {
          Fn1<Array, Array> f = m -> Expm.expm(m, false, 16);
          var r = Jacobi.jvp(f, x[0], x[1]);
          return List.of(r.value(), r.tangent());
        },
        ae);
  }

  /** The real part where operands are real. */
  static Array realLike(Array x, DType of) {
    return of.isComplex() ? x : Complexes.real(x);
  }

  /** Complex eigenvalues. */
  static Array eigenvalues(Array a) {
    return LaxLinalg.eig(a, EigOptions.VALUES).eigenvalues();
  }
}
