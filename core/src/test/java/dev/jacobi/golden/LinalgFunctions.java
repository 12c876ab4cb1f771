package dev.jacobi.golden;

import static dev.jacobi.lax.linalg.TriangularSolve.LOWER;
import static dev.jacobi.lax.linalg.TriangularSolve.UPPER;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Op1;
import dev.jacobi.lax.linalg.Cholesky;
import dev.jacobi.lax.linalg.Eigh;
import dev.jacobi.lax.linalg.Householder;
import dev.jacobi.lax.linalg.Lu;
import dev.jacobi.lax.linalg.Pivots;
import dev.jacobi.lax.linalg.Qr;
import dev.jacobi.lax.linalg.Svd;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.numpy.Jnp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Our form of the functions in {@code goldens/values/linalg.tsv} and {@code jaxpr/linalg.tsv}. */
final class LinalgFunctions {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private LinalgFunctions() {}

  /** By name; the names of those with values have words after it in the file's cases. */
  static Map<String, Fn1<List<Array>, List<Array>>> values() {
    LinalgFunctions f = new LinalgFunctions();
    Function<Array, List<Array>> cholesky = x -> List.of(Cholesky.cholesky(x, true));
    f.lists("cholesky", cholesky, "", " any", " one", " batch", " nine", " empty");
    f.one("cholesky lower", x -> Cholesky.cholesky(x, false));
    Fn1<Array, Array> beside = x -> Jnp.stack(x, Jnp.eye(2).astype(x.dtype()));
    f.one("cholesky indefinite", x -> Cholesky.cholesky(beside.apply(x), true));
    f.solves();
    f.lu();
    f.qr();
    f.eigh();
    f.svd();
    return f.all;
  }

  /** Those whose programs are compared. */
  static Map<String, Fn1<List<Array>, List<Array>>> programs() {
    LinalgFunctions f = new LinalgFunctions();
    f.one("lax_cholesky", x -> Cholesky.cholesky(x, true));
    f.one("lax_cholesky_complex", x -> Cholesky.cholesky(x, true));
    f.one("lax_cholesky_lower", x -> Cholesky.cholesky(x, false));
    f.two("lax_triangular_solve", LOWER);
    f.two("lax_triangular_solve_right", UPPER.right().adjoint().unit());
    f.lists("lax_lu", x -> lu(x), "", "_tall", "_wide");
    f.lists("lax_qr", x -> qr(x, false), "", "_complex", "_wide");
    f.lists("lax_qr_full", x -> qr(x, true), "");
    f.lists("lax_qr_pivoting", x -> pivoted(x, false), "");
    f.lists("lax_eigh", x -> eigh(Eigh.eigh(x, true, true)), "");
    f.lists("lax_eigh_upper", x -> eigh(Eigh.eigh(x, false, false)), "");
    f.lists("lax_svd", x -> svd(Svd.svd(x, true)), "");
    f.lists("lax_svd", x -> svd(Svd.svd(x, false)), "_tall", "_wide");
    f.one("lax_svd_values", Svd::svdvals);
    f.lists("lax_geqrf", LinalgFunctions::geqrf, "");
    f.all.put(
        "lax_householder_product",
        x -> List.of(Householder.householderProduct(x.get(0), x.get(1))));
    f.one("lax_lu_pivots_to_permutation", x -> Pivots.luPivotsToPermutation(x, 5));
    return f.all;
  }

  private void one(String name, Op1 f) {
    all.put(name, x -> List.of(f.apply(x.get(0))));
  }

  private void lists(String name, Function<Array, List<Array>> f, String... words) {
    for (String word : words) {
      all.put(name + word, x -> f.apply(x.get(0)));
    }
  }

  private void two(String name, TriangularSolve solve) {
    all.put(name, x -> List.of(solve.of(x.get(0), x.get(1))));
  }

  private void solves() {
    boolean[] both = {true, false};
    for (boolean left : both) {
      for (boolean lower : both) {
        for (boolean transpose : both) {
          for (boolean conjugate : both) {
            for (boolean unit : both) {
              String flags = letter(left) + letter(lower) + letter(transpose);
              two(
                  "triangular_solve " + flags + letter(conjugate) + letter(unit),
                  new TriangularSolve(left, lower, transpose, conjugate, unit));
            }
          }
        }
      }
    }
    for (String word : List.of("more columns", "batch", "empty", "short")) {
      two("triangular_solve " + word, LOWER);
    }
    all.put(
        "triangular_solve singular",
        x -> {
          Array a = x.get(0);
          Array first = a.get(Jnp.all(), Jnp.range(0, 1));
          return List.of(LOWER.of(a.minus(first), x.get(1)));
        });
  }

  private static String letter(boolean flag) {
    return flag ? "T" : "F";
  }

  private void lu() {
    lists(
        "lu",
        LinalgFunctions::lu,
        "",
        " tall",
        " wide",
        " batch",
        " nine",
        " many",
        " singular",
        " empty",
        " no columns");
    one("lu_pivots_to_permutation/square", x -> Pivots.luPivotsToPermutation(x, 4));
    one("lu_pivots_to_permutation/more", x -> Pivots.luPivotsToPermutation(x, 6));
    one("lu_pivots_to_permutation/many", x -> Pivots.luPivotsToPermutation(x, 30));
    for (Lu.Of of : Lu.Of.values()) {
      String name = "lu_solve " + of.name().toLowerCase(java.util.Locale.ROOT);
      all.put(name, x -> List.of(Lu.solve(Lu.lu(x.get(0)), x.get(1), of)));
    }
  }

  private static List<Array> lu(Array x) {
    Lu.Result r = Lu.lu(x);
    return List.of(r.lu(), r.pivots(), r.permutation());
  }

  private void qr() {
    lists("qr", x -> qr(x, false), "", " tall", " wide");
    lists("qr", x -> qr(x, true), " full", " full wide", " batch", " empty");
    lists("qr", x -> pivoted(x, false), " pivoting", " pivoting wide", " no rows");
    lists("qr", x -> pivoted(x, true), " pivoting full");
    lists("geqrf", LinalgFunctions::geqrf, "", " wide");
    lists(
        "geqp3",
        x -> {
          Array pivots = Jnp.array(0, 0, 1);
          Householder.PivotedReflections r = Householder.geqp3(x, pivots);
          return List.of(r.a(), r.pivots(), r.taus());
        },
        "");
    for (String word : List.of("", " batch")) {
      all.put(
          "householder_product" + word,
          x -> List.of(Householder.householderProduct(x.get(0), x.get(1))));
    }
  }

  private static List<Array> qr(Array x, boolean full) {
    Qr.Result r = Qr.qr(x, full);
    return List.of(r.q(), r.r());
  }

  private static List<Array> pivoted(Array x, boolean full) {
    Qr.Pivoted r = Qr.pivotedQr(x, full);
    return List.of(r.q(), r.r(), r.permutation());
  }

  private static List<Array> geqrf(Array x) {
    Householder.Reflections r = Householder.geqrf(x);
    return List.of(r.a(), r.taus());
  }

  private void eigh() {
    lists("eigh", x -> eigh(Eigh.eigh(x, true, true)), "", " one", " batch", " nine", " empty");
    lists("eigh lower", x -> eigh(Eigh.eigh(x, true, false)), "");
    lists("eigh upper", x -> eigh(Eigh.eigh(x, false, false)), "");
  }

  private static List<Array> eigh(Eigh.Result r) {
    return List.of(r.eigenvectors(), r.eigenvalues());
  }

  private void svd() {
    lists("svd", x -> svd(Svd.svd(x, false)), "", " tall", " wide", " batch", " empty");
    lists("svd", x -> svd(Svd.svd(x, true)), " full", " full square", " full, no rows");
    lists("svd values", x -> List.of(Svd.svdvals(x)), "", " of rank one");
    lists("svd qr", x -> free(Svd.svd(x, false, Svd.Algorithm.QR)), "");
  }

  /** Without the phases that pairs of vectors have in common. */
  private static List<Array> free(Svd.Result r) {
    Array first = r.vt().get(Jnp.all(), Jnp.i(0));
    return List.of(r.u().times(first), r.s());
  }

  private static List<Array> svd(Svd.Result r) {
    return List.of(r.u(), r.s(), r.vt());
  }
}
