package dev.jacobi.lax;

import static dev.jacobi.hlo.DType.BF16;
import static dev.jacobi.hlo.DType.C128;
import static dev.jacobi.hlo.DType.C64;
import static dev.jacobi.hlo.DType.F32;
import static dev.jacobi.hlo.DType.F64;
import static dev.jacobi.lax.linalg.TriangularSolve.LOWER;
import static dev.jacobi.lax.linalg.TriangularSolve.UPPER;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.linalg.Cholesky;
import dev.jacobi.lax.linalg.Eigh;
import dev.jacobi.lax.linalg.Householder;
import dev.jacobi.lax.linalg.Lu;
import dev.jacobi.lax.linalg.LuSolve;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.lax.linalg.Pivots;
import dev.jacobi.lax.linalg.Qr;
import dev.jacobi.lax.linalg.Svd;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Flat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Operands of the primitives of linear algebra. Matrices have 4 added on the diagonal: they are
 * regular, their pivots and singular values far apart.
 */
final class LinalgSamples {
  private final List<Sample> rows = new ArrayList<>();

  private LinalgSamples() {}

  static List<Sample> all() {
    LinalgSamples samples = new LinalgSamples();
    samples.cholesky();
    samples.triangular();
    samples.lu();
    samples.luSolves();
    samples.qr();
    samples.reflections();
    samples.eigh();
    samples.svd();
    EigenSamples.addTo(samples.rows);
    return samples.rows;
  }

  private static Array matrix(Draw d, DType dtype, long... sizes) {
    Array x = d.of(dtype, -1, 1, sizes);
    Array eye = Matrices.eye(dtype, Matrices.batch(x), x.dim(-2), x.dim(-1));
    return Arithmetic.add(x, Arithmetic.mul(eye, 4));
  }

  private static Function<Draw, List<Array>> one(DType dtype, long... sizes) {
    return d -> List.of(matrix(d, dtype, sizes));
  }

  private void add(String label, Primitive p, Function<Draw, List<Array>> operands) {
    rows.add(Sample.of(label, p, operands));
  }

  /** The primitive inside a function whose derivative is that of its values. */
  private void add(String label, Primitive p, Flat through, Function<Draw, List<Array>> operands) {
    rows.add(Sample.of(label, p, operands).through(through));
  }

  private void cholesky() {
    Flat whole = xs -> List.of(Cholesky.cholesky(xs.getFirst(), true));
    add("f64", new Cholesky(), whole, one(F64, 3, 3));
    add("f32", new Cholesky(), whole, one(F32, 3, 3));
    add("c128", new Cholesky(), whole, one(C128, 3, 3));
    add("batch", new Cholesky(), whole, one(F64, 2, 2, 2));
    add("no batch", new Cholesky(), whole, one(F64, 0, 2, 2));
    add("empty", new Cholesky(), whole, one(F64, 0, 0));
  }

  private void triangular() {
    solve("lower", LOWER, F64, 3, 2);
    solve("upper, right", UPPER.right(), F64, 3, 2);
    solve("upper, transposed, unit", UPPER.transposed().unit(), F64, 3, 4);
    solve("lower, right, transposed", LOWER.right().transposed(), F64, 3, 4);
    solve("adjoint", LOWER.adjoint(), C128, 3, 2);
    solve("conjugated", UPPER.right().conjugated().unit(), C128, 3, 2);
    solve("f32", LOWER, F32, 3, 2);
    solve("c64", UPPER.adjoint(), C64, 3, 2);
    solve("bf16", LOWER.transposed(), BF16, 2, 2);
    solve("no columns", LOWER, F64, 3, 0);
    solve("empty", LOWER, F64, 0, 2);
    add("batch", LOWER, d -> List.of(matrix(d, F64, 2, 3, 3), d.f64(-2, 2, 2, 3, 2)));
    add("no batch", UPPER, d -> List.of(matrix(d, F64, 0, 3, 3), d.f64(-2, 2, 0, 3, 2)));
  }

  private void solve(String label, TriangularSolve p, DType t, long n, long k) {
    add(
        label,
        p,
        d ->
            List.of(
                matrix(d, t, n, n), p.leftSide() ? d.of(t, -2, 2, n, k) : d.of(t, -2, 2, k, n)));
  }

  private void lu() {
    add("square", new Lu(), one(F64, 3, 3));
    add("tall", new Lu(), one(F64, 4, 2));
    add("wide", new Lu(), one(F64, 2, 4));
    add("f32", new Lu(), one(F32, 3, 3));
    add("c128", new Lu(), one(C128, 3, 3));
    add("batch", new Lu(), one(F64, 2, 3, 3));
    add("no batch", new Lu(), one(F64, 0, 3, 3));
    add("no rows", new Lu(), one(F64, 0, 3));
    add("no columns", new Lu(), one(F64, 3, 0));
    pivots("square", 3, 3);
    pivots("more rows", 5, 3);
    pivots("batch", 4, 2, 3);
    pivots("none", 3, 0);
    pivots("many", 20, 20); // as a loop
  }

  /** With the factors that belong to the matrix, also when the matrix moves. */
  private void luSolves() {
    for (boolean transposed : new boolean[] {false, true}) {
      String label = transposed ? "transposed" : "plain";
      luSolve(label, transposed, F64, new long[] {3, 3}, 3, 2);
      luSolve("c128 " + label, transposed, C128, new long[] {3, 3}, 3, 2);
      luSolve("batch " + label, transposed, F64, new long[] {2, 3, 3}, 2, 3, 1);
      luSolve("empty " + label, transposed, F64, new long[] {0, 0}, 0, 2);
    }
  }

  private void luSolve(String label, boolean transposed, DType t, long[] a, long... b) {
    Primitive p = new LuSolve(transposed);
    Function<Draw, List<Array>> operands =
        d -> {
          Array x = matrix(d, t, a);
          Lu.Result factors = Lu.lu(x);
          return List.of(x, factors.lu(), factors.permutation(), d.of(t, -2, 2, b));
        };
    Flat anew =
        xs -> {
          Lu.Result f = Lu.lu(Convert.stopGradient(xs.get(0)));
          return Bind.bind(p, List.of(xs.get(0), f.lu(), f.permutation(), xs.get(3)));
        };
    rows.add(Sample.of(label, p, operands).through(anew).fixing(1));
  }

  private void pivots(String label, int size, long... sizes) {
    add(label, new Pivots.LuPivotsToPermutation(size), d -> List.of(d.i32(0, size - 1, sizes)));
  }

  private void qr() {
    add("tall", new Qr(false, false), one(F64, 4, 2));
    add("square", new Qr(false, false), one(F64, 3, 3));
    add("wide", new Qr(false, false), one(F64, 2, 4));
    add("f32", new Qr(false, false), one(F32, 4, 2));
    add("c128", new Qr(false, false), one(C128, 4, 2));
    add("c128 wide", new Qr(false, false), one(C128, 2, 3));
    add("full", new Qr(true, false), one(F64, 4, 2));
    add("full wide", new Qr(true, false), one(F64, 2, 4));
    add("full c128", new Qr(true, false), one(C128, 3, 1));
    add("batch", new Qr(false, false), one(F64, 2, 3, 2));
    add("full batch", new Qr(true, false), one(F64, 2, 3, 2));
    add("pivoting tall", new Qr(false, true), one(F64, 4, 3));
    add("pivoting wide", new Qr(false, true), one(F64, 2, 4));
    add("pivoting full", new Qr(true, true), one(F64, 4, 2));
    add("no columns", new Qr(true, false), one(F64, 3, 0));
    add("no rows", new Qr(false, true), one(F64, 0, 3));
    add("no batch", new Qr(false, false), one(F64, 0, 3, 2));
  }

  private void reflections() {
    Primitive geqrf = new Householder.Geqrf();
    Primitive geqp3 = new Householder.Geqp3();
    Primitive product = new Householder.HouseholderProduct();
    rows.add(Sample.of("tall", geqrf, one(F64, 4, 2)).fixing(0));
    rows.add(Sample.of("batch", geqrf, one(C64, 2, 2, 3)).fixing(0));
    rows.add(Sample.of("tall", geqp3, free(F64, 4, 2)).fixing(0));
    rows.add(Sample.of("batch", geqp3, free(C64, 2, 2, 3)).fixing(0));
    rows.add(
        Sample.of("fewer", product, d -> List.of(d.f64(-1, 1, 4, 3), d.f64(-1, 1, 2)))
            .fixing(0, 1));
    rows.add(
        Sample.of(
                "batch", product, d -> List.of(d.of(C128, -1, 1, 2, 3, 3), d.of(C128, -1, 1, 2, 3)))
            .fixing(0, 1));
  }

  private static Function<Draw, List<Array>> free(DType dtype, long... sizes) {
    return d -> {
      Array x = matrix(d, dtype, sizes);
      return List.of(x, d.i32(0, 0, x.shape().without(Axes.of(x.rank() - 2)).toArray()));
    };
  }

  private void eigh() {
    Flat whole = xs -> fixed(Eigh.eigh(xs.getFirst(), true, true));
    add("f64", new Eigh(true), whole, one(F64, 3, 3));
    add("upper", new Eigh(false), whole, one(F64, 3, 3));
    add("f32", new Eigh(true), whole, one(F32, 3, 3));
    add("c128", new Eigh(true), whole, one(C128, 3, 3));
    add("batch", new Eigh(true), whole, one(F64, 2, 2, 2));
    add("no batch", new Eigh(true), whole, one(F64, 0, 2, 2));
    add("empty", new Eigh(true), whole, one(F64, 0, 0));
  }

  /** The first row of vectors made positive: phases are free. */
  private static List<Array> fixed(Eigh.Result r) {
    Array v = r.eigenvectors();
    return List.of(Arithmetic.mul(v, Complexes.conj(phases(v))), r.eigenvalues());
  }

  private static Array phases(Array v) {
    Array first = Matrices.part(v, 0, Math.min(1, v.dim(-2)), 0, v.dim(-1));
    Array size = Convert.convertElementType(Arithmetic.abs(first), v.dtype());
    return Shapes.broadcastInDim(Arithmetic.div(first, size), v.shape(), Axes.range(v.rank()));
  }

  private void svd() {
    thin("tall", F64, 4, 2);
    thin("square", F64, 3, 3);
    thin("wide", F64, 2, 4);
    thin("f32", F32, 3, 2);
    thin("c128", C128, 3, 2);
    thin("c128 wide", C128, 2, 3);
    thin("batch", F64, 2, 3, 2);
    thin("no batch", F64, 0, 3, 2);
    thin("no columns", F64, 3, 0);
    var values = new Svd(false, false, Svd.Algorithm.DEFAULT);
    add("values", values, one(F64, 3, 4));
    add("values of c128", values, one(C128, 3, 2));
    var full = new Svd(true, true, Svd.Algorithm.DEFAULT);
    add("full square", full, one(F64, 3, 3));
    rows.add(Sample.of("full tall", full, one(F64, 4, 2)).fixing(0));
    rows.add(Sample.of("full, no rows", full, one(F64, 0, 2)).fixing(0));
    add("by QR", new Svd(false, true, Svd.Algorithm.QR), one(F64, 4, 3));
  }

  private void thin(String label, DType dtype, long... sizes) {
    Svd svd = new Svd(false, true, Svd.Algorithm.DEFAULT);
    add(label, svd, xs -> fixed(Svd.svd(xs.getFirst(), false)), one(dtype, sizes));
  }

  private static List<Array> fixed(Svd.Result r) {
    Array phases = phases(r.u());
    Array u = Arithmetic.mul(r.u(), Complexes.conj(phases));
    Array first = Matrices.part(phases, 0, 1, 0, phases.dim(-1));
    Array turned = Matrices.transpose(first);
    Array across = Shapes.broadcastInDim(turned, r.vt().shape(), Axes.range(turned.rank()));
    return List.of(u, r.s(), Arithmetic.mul(r.vt(), across));
  }
}
