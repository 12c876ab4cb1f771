package dev.jacobi.scipy.linalg;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.linalg.Cholesky;
import dev.jacobi.lax.linalg.Householder;
import dev.jacobi.lax.linalg.Lu;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.lax.linalg.Ormqr;
import dev.jacobi.lax.linalg.Pivots;
import dev.jacobi.lax.linalg.Qdwh;
import dev.jacobi.lax.linalg.Qr;
import dev.jacobi.lax.linalg.SimilarForms;
import dev.jacobi.lax.linalg.Svd;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import java.util.ArrayList;
import java.util.List;

/** Factors of matrices, and products with them. */
public final class Factors {
  private Factors() {}

  /** {@code a = l l^H} or {@code a = u^H u}, of which one triangle is read. */
  public static Array cholesky(Array a, boolean lower) {
    return Calls.one(
        "cholesky",
        lower,
        x -> {
          Array l = Cholesky.cholesky(lower ? x[0] : Matrices.adjoint(x[0]), false);
          return lower ? l : Matrices.adjoint(l);
        },
        Calls.squares("cholesky", a));
  }

  /** Both factors in one matrix, and the pivots. */
  public static List<Array> luFactor(Array a) {
    return Calls.several(
        "lu_factor",
        "",
        x -> {
          Lu.Result r = Lu.lu(x[0]);
          return List.of(r.lu(), r.pivots());
        },
        Calls.matrices("luFactor", a));
  }

  /** A permutation, a unit lower and an upper triangle: {@code a = p l u}. */
  public static List<Array> lu(Array a) {
    return Calls.several("lu", "", x -> lower(x[0]), Calls.matrices("lu", a));
  }

  private static List<Array> lower(Array a) {
    Lu.Result r = Lu.lu(a);
    long m = a.dim(-2);
    long k = Math.min(m, a.dim(-1));
    DType real = a.dtype().real();
    Array at = Jnp.expandDims(r.permutation(), -2); // row i of the matrix came from there
    Array row = Shapes.iota(DType.I32, Shape.of(m, m), 0);
    Array p = Convert.convertElementType(row.eq(at), real);
    Array below = Matrices.tril(Matrices.part(r.lu(), 0, m, 0, k), -1);
    Array l = below.plus(Matrices.eye(a.dtype(), Matrices.batch(a), m, k));
    return List.of(p, l, Matrices.triu(Matrices.part(r.lu(), 0, k, 0, a.dim(-1)), 0));
  }

  /** The same with {@code p l} as one matrix: {@code a = pl u}. */
  public static List<Array> permutedLu(Array a) {
    return Calls.several(
        "lu",
        "permuted",
        x -> {
          List<Array> plu = lower(x[0]);
          Array p = Convert.convertElementType(plu.get(0), x[0].dtype());
          return List.of(Jnp.matmul(p, plu.get(1)), plu.get(2));
        },
        Calls.matrices("lu", a));
  }

  /** Orthogonal columns and an upper triangle. */
  public static List<Array> qr(Array a, boolean full) {
    return Calls.several(
        "qr",
        full,
        x -> {
          Qr.Result r = Qr.qr(x[0], full);
          return List.of(r.q(), r.r());
        },
        Calls.matrices("qr", a));
  }

  /** The same of the matrix with its columns put in order, and that order. */
  public static List<Array> pivotedQr(Array a, boolean full) {
    return Calls.several(
        "qr",
        List.of("pivoting", full),
        x -> {
          Qr.Pivoted r = Qr.pivotedQr(x[0], full);
          return List.of(r.q(), r.r(), r.permutation());
        },
        Calls.matrices("qr", a));
  }

  /** What {@link #qrMultiply} does: {@code q c} or {@code c q}, perhaps with q conjugated. */
  public record Multiplication(boolean left, boolean conjugate, boolean pivoting) {}

  /** The product of q and a matrix, the upper triangle, and the order of columns if pivoting. */
  public static List<Array> qrMultiply(Array a, Array c, Multiplication how) {
    Array[] ac = Calls.inexact(a, c);
    Calls.matrices("qrMultiply", a);
    boolean vector = c.rank() == 1;
    Array side = vector ? Jnp.expandDims(ac[1], how.left ? 1 : 0) : ac[1];
    long m = a.dim(-2);
    long k = Math.min(m, a.dim(-1));
    long needed = how.left ? k : m;
    if (c.rank() == 0 || side.dim(how.left ? -2 : -1) != needed) {
      throw Calls.mismatch(
          "qrMultiply", "the second must have " + needed + (how.left ? " rows" : " columns"), a, c);
    }
    List<Array> all =
        Calls.several("qr_multiply", how, x -> multiplied(x[0], x[1], how), ac[0], side);
    if (!vector) {
      return all;
    }
    List<Array> flat = new ArrayList<>(all);
    flat.set(0, Jnp.ravel(all.getFirst()));
    return flat;
  }

  private static List<Array> multiplied(Array a, Array c, Multiplication how) {
    Array[] both = Solvers.batched("qrMultiply", a, c);
    Array matrix = both[0];
    long m = a.dim(-2);
    long k = Math.min(m, a.dim(-1));
    Array product = both[1];
    List<Array> r = reflections(matrix, how.pivoting);
    if (how.left && m > k) {
      int[][] widths = new int[product.rank()][2];
      widths[product.rank() - 2][1] = (int) (m - k);
      product = Jnp.pad(product, widths, 0);
    }
    // conj(q) c = (c^T q^H)^T, so that nothing is conjugated
    product = how.conjugate ? Matrices.transpose(product) : product;
    product = Ormqr.ormqr(r.get(0), r.get(1), product, how.left != how.conjugate, how.conjugate);
    product = how.conjugate ? Matrices.transpose(product) : product;
    product = how.left ? product : Matrices.part(product, 0, product.dim(-2), 0, k);
    Array upper = Matrices.triu(Matrices.part(r.get(0), 0, k, 0, a.dim(-1)), 0);
    return how.pivoting ? List.of(product, upper, r.get(2)) : List.of(product, upper);
  }

  private static List<Array> reflections(Array a, boolean pivoting) {
    if (!pivoting) {
      Householder.Reflections r = Householder.geqrf(a);
      return List.of(r.a(), r.taus());
    }
    Shape columns = Matrices.batch(a).concat(Shape.of(a.dim(-1)));
    Array free = Jnp.zeros(columns, DType.I32);
    Householder.PivotedReflections r = Householder.geqp3(a, free);
    return List.of(r.a(), r.taus(), r.pivots().minus(1));
  }

  /** The triangular form and the vectors. */
  public static List<Array> schur(Array a, boolean complex) {
    return Calls.several(
        "schur",
        complex,
        x -> {
          SimilarForms.SchurResult r = SimilarForms.schur(complex ? complexOf(x[0]) : x[0], true);
          return List.of(r.form(), r.vectors().orElseThrow());
        },
        Calls.squares("schur", a));
  }

  /** Floating point numbers as complex ones of that precision. */
  static Array complexOf(Array x) {
    DType t = x.dtype();
    boolean wide = t == DType.F64 || t == DType.C128;
    return Convert.convertElementType(x, wide ? DType.C128 : DType.C64);
  }

  /** Zero below the first subdiagonal, and the unitary matrix that made it so. */
  public static List<Array> hessenberg(Array a, boolean vectors) {
    Array x = Calls.squares("hessenberg", a);
    if (a.dim(-1) == 0) {
      return vectors ? List.of(x, x) : List.of(x);
    }
    return Calls.several("hessenberg", vectors, y -> similar(y[0], vectors), x);
  }

  private static List<Array> similar(Array a, boolean vectors) {
    Householder.Reflections r = SimilarForms.hessenberg(a);
    Array h = Matrices.triu(r.a(), -1);
    if (!vectors) {
      return List.of(h);
    }
    long n = a.dim(-1);
    Array unit = Matrices.eye(a.dtype(), Matrices.batch(a), n, n);
    if (n == 1) {
      return List.of(h, unit);
    }
    Array inner = Householder.householderProduct(Matrices.part(r.a(), 1, n, 0, n - 1), r.taus());
    int[][] widths = new int[a.rank()][2];
    widths[a.rank() - 2][0] = 1;
    widths[a.rank() - 1][0] = 1;
    Array corner = Shapes.iota(DType.I32, unit.shape(), a.rank() - 2).eq(0);
    return List.of(h, Compare.select(corner, unit, Jnp.pad(inner, widths, 0)));
  }

  /**
   * How a polar decomposition is found, and on which side of u the positive matrix stands.
   *
   * @param iterations at most so many; 0 for as many as are usual
   * @param eps where iterations end
   */
  public record PolarForm(boolean right, boolean svd, int iterations, double eps) {}

  /** A matrix with orthonormal columns or rows, and a positive one. */
  public static List<Array> polar(Array a, PolarForm form) {
    Array x = Calls.matrices("polar", a);
    String signature = form.right ? "(m,n)->(m,n),(n,n)" : "(m,n)->(m,n),(m,m)";
    return Calls.several(
        "polar",
        form,
        y ->
            Jnp.vectorize(z -> form.svd ? bySvd(z.get(0), form) : byQdwh(z.get(0), form), signature)
                .apply(List.of(y[0])),
        x);
  }

  private static List<Array> bySvd(Array a, PolarForm form) {
    Svd.Result r = Svd.svd(a, false);
    Array s = Convert.convertElementType(r.s(), a.dtype());
    Array u = Jnp.matmul(r.u(), r.vt());
    Array wide = form.right ? Matrices.adjoint(r.vt()) : r.u();
    Array positive = Jnp.matmul(wide.times(s), form.right ? r.vt() : Matrices.adjoint(r.u()));
    return List.of(u, positive);
  }

  /** Of the matrix or, if it is wider than high, of its adjoint. */
  private static List<Array> byQdwh(Array a, PolarForm form) {
    boolean wide = a.dim(-2) < a.dim(-1);
    Array x = wide ? Matrices.adjoint(a) : a;
    Qdwh.Result r = form.iterations == 0 ? Qdwh.qdwh(x) : Qdwh.qdwh(x, form.iterations, form.eps);
    Array u = wide ? Matrices.adjoint(r.u()) : r.u();
    if (wide != form.right) { // the side on which the iteration has it
      return List.of(u, r.h());
    }
    Array other =
        form.right ? Jnp.matmul(Matrices.adjoint(u), a) : Jnp.matmul(a, Matrices.adjoint(u));
    return List.of(u, Matrices.symmetrize(other));
  }

  /** The permutation that pivots of factors of matrices with m rows make. */
  static Lu.Result factors(Array lu, Array pivots) {
    return new Lu.Result(lu, pivots, Pivots.luPivotsToPermutation(pivots, (int) lu.dim(-2)));
  }

  /** The conjugate of a complex array. */
  static Array conj(Array x) {
    return x.dtype().isComplex() ? Complexes.conj(x) : x;
  }

  /** The real part of a complex array. */
  static Array realOf(Array x) {
    return x.dtype().isComplex() ? Complexes.real(x) : x;
  }

  /** Batches in front of the last two dimensions, broadcast. */
  static Array spread(Array x, Shape batch) {
    Shape own = x.shape().select(Axes.range(x.rank() - 2, x.rank()));
    return Promotion.broadcastTo(x, batch.concat(own));
  }
}
