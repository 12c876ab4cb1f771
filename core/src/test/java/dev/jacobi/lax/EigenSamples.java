package dev.jacobi.lax;

import static dev.jacobi.hlo.DType.BF16;
import static dev.jacobi.hlo.DType.C128;
import static dev.jacobi.hlo.DType.C64;
import static dev.jacobi.hlo.DType.F32;
import static dev.jacobi.hlo.DType.F64;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.linalg.Eig;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.lax.linalg.Ormqr;
import dev.jacobi.lax.linalg.SimilarForms;
import dev.jacobi.lax.linalg.TridiagonalSolve;
import dev.jacobi.lax.linalg.Updates;
import java.util.List;
import java.util.function.Function;

/** Operands of what is beside the factorisations: eigenvalues, similar forms, updates. */
final class EigenSamples {
  private final List<Sample> rows;

  private EigenSamples(List<Sample> rows) {
    this.rows = rows;
  }

  static void addTo(List<Sample> rows) {
    EigenSamples samples = new EigenSamples(rows);
    samples.eig();
    samples.forms();
    samples.solve();
    samples.updates();
  }

  private void add(String label, Primitive p, Function<Draw, List<Array>> operands) {
    rows.add(Sample.of(label, p, operands));
  }

  private void fixed(
      String label, Primitive p, Function<Draw, List<Array>> operands, Integer... fixed) {
    rows.add(Sample.of(label, p, operands).fixing(fixed));
  }

  /** With 0, 4, 8, ... added on the diagonal: eigenvalues are far apart. */
  private static Function<Draw, List<Array>> apart(DType dtype, long... sizes) {
    return d -> {
      Array x = d.of(dtype, -1, 1, sizes);
      Array eye = Matrices.eye(dtype, Matrices.batch(x), x.dim(-1), x.dim(-1));
      Array place = Shapes.iota(DType.I32, x.shape(), x.rank() - 1);
      Array far = Arithmetic.mul(Convert.convertElementType(place, dtype), 4);
      return List.of(Arithmetic.add(x, Arithmetic.mul(eye, far)));
    };
  }

  private static Function<Draw, List<Array>> any(DType dtype, long... sizes) {
    return d -> List.of(d.of(dtype, -1, 1, sizes));
  }

  private void eig() {
    Eig values = new Eig(false, false, false);
    Eig both = new Eig(true, true, true);
    Eig right = new Eig(false, true, true);
    add("values", values, apart(F64, 3, 3));
    add("values of f32", values, apart(F32, 3, 3));
    add("values of c64", values, apart(C64, 2, 2));
    add("complex values", values, any(F64, 4, 4));
    add("vectors", both, apart(F64, 3, 3));
    add("vectors of c128", both, apart(C128, 3, 3));
    add("batch", right, apart(F64, 2, 2, 2));
    add("no batch", right, apart(F64, 0, 2, 2));
    add("empty", both, any(F64, 0, 0));
    fixed("left", new Eig(true, false, false), apart(F64, 2, 2), 0);
  }

  private void forms() {
    for (boolean first : new boolean[] {true, false}) {
      Primitive schur = new SimilarForms.Schur(first);
      Primitive tridiagonal = new SimilarForms.Tridiagonal(first);
      fixed("f64 " + first, schur, any(F64, 3, 3), 0);
      fixed("batch " + first, schur, any(F32, 2, 2, 2), 0);
      fixed("f64 " + first, tridiagonal, any(F64, 4, 4), 0);
      fixed("batch " + first, tridiagonal, any(C64, 2, 3, 3), 0);
    }
    fixed("empty", new SimilarForms.Schur(true), any(F64, 0, 0), 0);
    fixed("c128", new SimilarForms.Hessenberg(), any(C128, 3, 3), 0);
    fixed("batch", new SimilarForms.Hessenberg(), any(F32, 2, 4, 4), 0);
    fixed("one", new SimilarForms.Hessenberg(), any(F64, 1, 1), 0);
    fixed("one", new SimilarForms.Tridiagonal(true), any(F64, 1, 1), 0);
    for (boolean transpose : new boolean[] {true, false}) {
      String of = transpose ? "adjoint" : "itself";
      fixed(of, new Ormqr(true, transpose), three(C128, 4, 2, 3), 0, 1, 2);
      fixed(of + ", right", new Ormqr(false, transpose), three(F64, 4, 2, 4), 0, 1, 2);
    }
    fixed(
        "batch",
        new Ormqr(true, false),
        d -> List.of(d.of(F32, -1, 1, 2, 3, 2), d.of(F32, -1, 1, 2, 2), d.of(F32, -1, 1, 2, 3, 1)),
        0,
        1,
        2);
  }

  /** Reflections (m, k), factors (k), a matrix (m, p). */
  private static Function<Draw, List<Array>> three(DType t, long m, long k, long p) {
    return d -> List.of(d.of(t, -1, 1, m, k), d.of(t, -1, 1, k), d.of(t, -1, 1, m, p));
  }

  private static Function<Draw, List<Array>> system(DType t, long n, long k, long... batch) {
    Shape all = Shape.of(batch).concat(Shape.of(n));
    return d ->
        List.of(
            d.of(t, -1, 1, all.toArray()),
            Arithmetic.add(d.of(t, -1, 1, all.toArray()), Zeros.full(Scalars.of(t, 4), all)),
            d.of(t, -1, 1, all.toArray()),
            d.of(t, -1, 1, all.concat(Shape.of(k)).toArray()));
  }

  private void solve() {
    Primitive p = new TridiagonalSolve();
    add("f64", p, system(F64, 4, 2));
    add("f32", p, system(F32, 3, 1));
    add("c128", p, system(C128, 3, 2));
    add("one", p, system(F64, 1, 2));
    add("batch", p, system(F64, 3, 2, 2));
    add("no columns", p, system(F64, 3, 0));
    add("empty", p, system(F64, 0, 2));
  }

  private void updates() {
    Primitive update = new Updates.CholeskyUpdate();
    fixed("f64", update, d -> List.of(d.f64(-1, 1, 3, 3), d.f64(-1, 1, 3)), 0, 1);
    fixed("batch", update, d -> List.of(d.of(F32, -1, 1, 2, 2, 2), d.of(F32, -1, 1, 2, 2)), 0, 1);
    fixed("empty", update, d -> List.of(d.f64(-1, 1, 0, 0), d.f64(-1, 1, 0)), 0, 1);
    fixed("f32 1 0", new Updates.SymmetricProduct(1, 0), two(F32, 3, 2), 0, 1);
    fixed("f64 2 -0.5", new Updates.SymmetricProduct(2, -0.5), two(F64, 2, 4), 0, 1);
    fixed("bf16", new Updates.SymmetricProduct(1, 1), two(BF16, 2, 2), 0, 1);
    fixed("no columns", new Updates.SymmetricProduct(1, 1), two(F64, 2, 0), 0, 1);
  }

  private static Function<Draw, List<Array>> two(DType t, long m, long n) {
    return d -> List.of(d.of(t, -1, 1, m, n), d.of(t, -1, 1, m, m));
  }
}
