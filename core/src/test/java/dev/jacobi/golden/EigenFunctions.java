package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.imag;
import static dev.jacobi.numpy.Jnp.ones;
import static dev.jacobi.numpy.Jnp.real;
import static dev.jacobi.numpy.Jnp.reshape;
import static dev.jacobi.numpy.Jnp.triu;
import static dev.jacobi.numpy.Jnp.zeros;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.lax.linalg.Eig;
import dev.jacobi.lax.linalg.LaxLinalg;
import dev.jacobi.lax.linalg.LaxLinalg.EigOptions;
import dev.jacobi.lax.linalg.Qdwh;
import dev.jacobi.lax.linalg.SimilarForms;
import dev.jacobi.numpy.Linalg;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of {@code make_eigen.py}. */
final class EigenFunctions {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private EigenFunctions() {
    text();
    eigenvalues();
    others();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new EigenFunctions().all;
  }

  private void text() {
    all.put("lax_eig", x -> parts(LaxLinalg.eig(x.getFirst())));
    all.put("lax_eig_values", x -> parts(LaxLinalg.eig(x.getFirst(), EigOptions.VALUES)));
    all.put("lax_schur", x -> parts(LaxLinalg.schur(x.getFirst())));
    all.put("lax_schur_form", x -> parts(LaxLinalg.schur(x.getFirst(), false)));
    all.put("lax_hessenberg", EigenFunctions::hessenberg);
    all.put("lax_tridiagonal", x -> parts(LaxLinalg.tridiagonal(x.getFirst())));
    all.put("lax_ormqr", x -> List.of(LaxLinalg.ormqr(x.get(0), x.get(1), x.get(2))));
    all.put(
        "lax_tridiagonal_solve",
        x -> List.of(LaxLinalg.tridiagonalSolve(x.get(0), x.get(1), x.get(0), x.get(2))));
    all.put("lax_cholesky_update", x -> List.of(LaxLinalg.choleskyUpdate(x.get(0), x.get(1))));
    all.put(
        "lax_symmetric_product",
        x -> List.of(LaxLinalg.symmetricProduct(x.get(0), x.get(1), 2, 0.5, false)));
  }

  private void eigenvalues() {
    for (String name : List.of("eig", "eig_c64", "eig_batch", "eig_i32")) {
      all.put(name, x -> eig(x.getFirst()));
    }
    all.put("eig_zeros", x -> eig(zeros(3, 3)));
    all.put("eigvals", x -> List.of(Linalg.eigvals(x.getFirst())));
    all.put("eigvals_real", x -> List.of(real(Linalg.eigvals(x.getFirst()))));
    all.put("eigvals_nan", x -> List.of(Linalg.eigvals(reshape(array(1, Float.NaN, 2, 3), 2, 2))));
    all.put(
        "eig_derivs",
        x -> {
          var options = EigOptions.DEFAULT.enableEigvecDerivs(true);
          List<Array> out = new ArrayList<>();
          for (Array z : parts(LaxLinalg.eig(x.getFirst(), options))) {
            out.add(real(z));
            out.add(imag(z));
          }
          return out;
        });
  }

  private void others() {
    float nan = Float.NaN;
    Array three = reshape(array(1, 0, 0, 0, nan, 0, 0, 0, 2), 3, 3);
    all.put("cholesky_nan", x -> List.of(LaxLinalg.cholesky(three)));
    Array pair = reshape(array(1, 0, 0, 1, 1, 0, 0, nan), 2, 2, 2);
    all.put("cholesky_nan_batch", x -> List.of(LaxLinalg.cholesky(pair)));
    all.put("qdwh", x -> parts(LaxLinalg.qdwh(x.getFirst())));
    all.put("qdwh_c64", x -> parts(LaxLinalg.qdwh(x.getFirst())));
    all.put("qdwh_zeros", x -> parts(LaxLinalg.qdwh(zeros(2, 2))));
    all.put("qdwh_stopped", x -> parts(LaxLinalg.qdwh(x.getFirst(), 2, 0x1p-23)));
    all.put("qdwh_long", x -> parts(LaxLinalg.qdwh(x.getFirst(), 8, 1e-3)));
    all.put("schur_c64", x -> parts(LaxLinalg.schur(x.getFirst())));
    all.put("hessenberg_c64", EigenFunctions::hessenberg);
    all.put("tridiagonal_upper", x -> parts(LaxLinalg.tridiagonal(x.getFirst(), false)));
    all.put(
        "ormqr_right", x -> List.of(LaxLinalg.ormqr(x.get(0), x.get(1), x.get(2), false, true)));
    all.put(
        "tridiagonal_solve",
        x -> List.of(LaxLinalg.tridiagonalSolve(x.get(0), x.get(1).plus(5), x.get(2), x.get(3))));
    all.put(
        "tridiagonal_singular",
        x -> List.of(LaxLinalg.tridiagonalSolve(zeros(2), zeros(2), zeros(2), ones(2, 1))));
    all.put(
        "cholesky_update",
        x ->
            List.of(
                LaxLinalg.choleskyUpdate(
                    triu(Jacobi.stopGradient(x.get(0))), Jacobi.stopGradient(x.get(1)))));
    all.put(
        "cholesky_update_zero",
        x -> List.of(LaxLinalg.choleskyUpdate(reshape(array(1f, 0, 0, 1), 2, 2), array(0f, -2))));
    all.put(
        "symmetric_product",
        x ->
            List.of(
                LaxLinalg.symmetricProduct(
                    Jacobi.stopGradient(x.get(0)), Jacobi.stopGradient(x.get(1)), 2, 0.5, true)));
  }

  private static List<Array> parts(Eig.Result r) {
    List<Array> out = new ArrayList<>(List.of(r.eigenvalues()));
    r.left().ifPresent(out::add);
    r.right().ifPresent(out::add);
    return out;
  }

  private static List<Array> parts(Qdwh.Result r) {
    return List.of(r.u(), r.h(), r.numIters(), r.isConverged());
  }

  private static List<Array> parts(SimilarForms.SchurResult r) {
    List<Array> out = new ArrayList<>(List.of(r.form()));
    r.vectors().ifPresent(out::add);
    return out;
  }

  private static List<Array> parts(SimilarForms.TridiagonalResult r) {
    return List.of(r.a(), r.d(), r.e(), r.taus());
  }

  private static List<Array> hessenberg(List<Array> x) {
    var r = LaxLinalg.hessenberg(x.getFirst());
    return List.of(r.a(), r.taus());
  }

  private static List<Array> eig(Array x) {
    var r = Linalg.eig(x);
    return List.of(r.eigenvalues(), r.eigenvectors());
  }
}
