package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg.EighResult;
import dev.jacobi.numpy.Linalg.SvdResult;
import dev.jacobi.numpy.Linalg.Triangle;
import dev.jacobi.scipy.Linalg;
import dev.jacobi.scipy.Linalg.Assume;
import dev.jacobi.scipy.Linalg.EigvalshOptions;
import dev.jacobi.scipy.Linalg.Trans;
import dev.jacobi.scipy.Linalg.TriangularOptions;
import dev.jacobi.scipy.LinalgFactors.PolarMethod;
import dev.jacobi.scipy.LinalgFactors.QrMode;
import dev.jacobi.scipy.LinalgFactors.Side;
import dev.jacobi.scipy.LinalgFunctions.ExpmOptions;
import dev.jacobi.scipy.LinalgFunctions.SylvesterMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Our factorisations, solvers and functions of matrices of jnp/scipy_linalg.tsv. */
final class ScipyLinalgFactors {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new HashMap<>();

  private ScipyLinalgFactors() {}

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    var f = new ScipyLinalgFactors();
    f.put();
    return f.all;
  }

  private void one(String name, UnaryOperator<Array> f) {
    all.put(name, x -> List.of(f.apply(x.getFirst())));
  }

  private void two(String name, BinaryOperator<Array> f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private void several(String name, Function<Array, List<Array>> f) {
    all.put(name, x -> f.apply(x.getFirst()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void put() {
    factors();
    orthogonal();
    solvers();
    triangular();
    similar();
    ofMatrices();
    eigenvalues();
  }

  private void factors() {
    for (boolean lower : new boolean[] {false, true}) {
      String word = lower ? " lower" : " upper";
      one("cholesky" + word, a -> Linalg.cholesky(a, lower));
      two("cho_solve" + word, (a, b) -> Linalg.choSolve(Linalg.choFactor(a, lower), b));
      two("solve pos_" + word.strip(), (a, b) -> Linalg.solve(a, b, Assume.POSITIVE, lower));
    }
    one("cho_factor", a -> Linalg.choFactor(a).c());
    one("cho_factor lower", a -> Linalg.choFactor(a, true).c());
    several(
        "lu_factor",
        a -> {
          Linalg.LuFactors r = Linalg.luFactor(a);
          return List.of(r.lu(), r.pivots());
        });
    several(
        "lu",
        a -> {
          Linalg.LuResult r = Linalg.lu(a);
          return List.of(r.p(), r.l(), r.u());
        });
    several(
        "lu permuted",
        a -> {
          Linalg.PermutedLu r = Linalg.permutedLu(a);
          return List.of(r.pl(), r.u());
        });
  }

  private void orthogonal() {
    for (QrMode mode : QrMode.values()) {
      several(
          "qr " + word(mode),
          a -> {
            var r = Linalg.qr(a, mode);
            return List.of(r.q(), r.r());
          });
      several(
          "qr pivoting_" + word(mode),
          a -> {
            var r = Linalg.pivotedQr(a, mode);
            return List.of(r.q(), r.r(), r.p());
          });
    }
    for (Side side : Side.values()) {
      for (boolean conjugate : new boolean[] {false, true}) {
        String name = "qr_multiply " + word(side) + (conjugate ? "_conj" : "");
        all.put(
            name,
            x -> {
              var r = Linalg.qrMultiply(x.get(0), x.get(1), side, conjugate);
              return List.of(r.product(), r.r());
            });
        all.put(
            name + "_pivoting",
            x -> {
              var r = Linalg.pivotedQrMultiply(x.get(0), x.get(1), side, conjugate);
              return List.of(r.product(), r.r(), r.p());
            });
      }
      for (PolarMethod method : PolarMethod.values()) {
        several(
            "polar " + word(side) + "_" + word(method),
            a -> {
              var r = Linalg.polar(a, side, method);
              return List.of(r.u(), r.p());
            });
      }
    }
  }

  private void solvers() {
    two("solve", Linalg::solve);
    two("solve sym", (a, b) -> Linalg.solve(a, b, Assume.SYMMETRIC));
    two("solve her", (a, b) -> Linalg.solve(a, b, Assume.HERMITIAN));
    for (Trans trans : Trans.values()) {
      two("lu_solve " + word(trans), (a, b) -> Linalg.luSolve(Linalg.luFactor(a), b, trans));
    }
    for (SylvesterMethod method : SylvesterMethod.values()) {
      all.put(
          "solve_sylvester " + word(method),
          x -> List.of(Linalg.solveSylvester(x.get(0), x.get(1), x.get(2), method, 1e-8)));
    }
    two("solve_sylvester singular", (a, c) -> Linalg.solveSylvester(a, a.unaryMinus(), c));
    one("det", Linalg::det);
    one("inv", Linalg::inv);
  }

  private void triangular() {
    Map<String, Trans> letters = Map.of("N", Trans.NONE, "T", Trans.TRANSPOSE, "C", Trans.ADJOINT);
    letters.forEach(
        (letter, trans) -> {
          for (boolean lower : new boolean[] {false, true}) {
            for (boolean unit : new boolean[] {false, true}) {
              var options =
                  TriangularOptions.DEFAULT
                      .withTrans(trans)
                      .withLower(lower)
                      .withUnitDiagonal(unit);
              two(
                  "solve_triangular " + letter + (lower ? "L" : "U") + (unit ? "1" : ""),
                  (a, b) -> Linalg.solveTriangular(a, b, options));
            }
          }
        });
  }

  /** Without the signs and phases of the vectors, which nothing fixes. */
  private static List<Array> both(Linalg.SchurResult r) {
    return List.of(Jnp.abs(r.t()), Jnp.abs(r.z()));
  }

  private void similar() {
    several("schur", a -> both(Linalg.schur(a)));
    several("schur complex", a -> both(Linalg.schur(a, true)));
    several(
        "rsf2csf",
        a -> {
          Linalg.SchurResult r = Linalg.schur(a);
          return both(Linalg.rsf2csf(r.t(), r.z()));
        });
    one("hessenberg", Linalg::hessenberg);
    several(
        "hessenberg q",
        a -> {
          var r = Linalg.hessenbergWithQ(a);
          return List.of(r.h(), r.q());
        });
  }

  private void ofMatrices() {
    one("expm", Linalg::expm);
    for (String k : List.of("0.01", "0.3", "5", "30")) {
      one("expm times_" + k, a -> Linalg.expm(a.times(Double.parseDouble(k))));
    }
    ExpmOptions options = ExpmOptions.DEFAULT;
    one("expm upper", a -> Linalg.expm(Jnp.triu(a), options.withUpperTriangular(true)));
    one(
        "expm few",
        a -> {
          Array scale = Jnp.array(1.0, 99.0).reshape(2, 1, 1).astype(a.dtype());
          return Linalg.expm(a.times(scale), options.withMaxSquarings(3));
        });
    all.put(
        "expm_frechet",
        x -> {
          var r = Linalg.expmFrechet(x.get(0), x.get(1));
          return List.of(r.expm(), r.frechet());
        });
    one("funm", a -> Linalg.funm(a, x -> Jnp.exp(x)));
    one("funm cube", a -> Linalg.funm(a, x -> x.times(x).times(x)));
    several(
        "funm estimated",
        a -> {
          var r = Linalg.funmEstimated(a, x -> Jnp.exp(x));
          return List.of(r.value(), r.error());
        });
    one("sqrtm", Linalg::sqrtm);
    one(
        "sqrtm rank",
        a -> {
          Array first = a.get(0).times(Jnp.array(1.0, 0.0));
          return Linalg.sqrtm(Jnp.diag(first.times(first)));
        });
  }

  private static List<Array> squares(EighResult r) {
    return List.of(r.eigenvalues(), Jnp.square(Jnp.abs(r.eigenvectors())));
  }

  private void eigenvalues() {
    all.put("eigh_tridiagonal", x -> squares(Linalg.eighTridiagonal(x.get(0), x.get(1))));
    two("eigh_tridiagonal values", Linalg::eigvalshTridiagonal);
    two("eigh_tridiagonal one", Linalg::eigvalshTridiagonal);
    two(
        "eigh_tridiagonal some",
        (d, e) -> Linalg.eigvalshTridiagonal(d, e, EigvalshOptions.DEFAULT.withIndices(1, 3)));
    several("svd", a -> svd(Linalg.svd(a, false)));
    several("svd full", a -> svd(Linalg.svd(a)));
    one("svd values", Linalg::svdvals);
    several("eigh", a -> pair(Linalg.eigh(a)));
    several("eigh upper", a -> pair(Linalg.eigh(a, Triangle.UPPER)));
    one("eigh values", Linalg::eigvalsh);
  }

  private static List<Array> svd(SvdResult r) {
    return List.of(r.u(), r.s(), r.vh());
  }

  private static List<Array> pair(EighResult r) {
    return List.of(r.eigenvalues(), r.eigenvectors());
  }
}
