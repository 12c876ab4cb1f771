package dev.jacobi.golden;

import static dev.jacobi.scipy.LinalgMatrices.DftScale;
import static dev.jacobi.scipy.LinalgMatrices.PascalKind;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.JnpLinalg.ConvolveMode;
import dev.jacobi.scipy.Linalg;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Our forms of the functions of jnp/scipy_matrices.tsv. */
final class ScipyLinalgFunctions {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new HashMap<>();

  private ScipyLinalgFunctions() {}

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    var f = new ScipyLinalgFunctions();
    f.structured();
    f.named();
    f.longOnes();
    return f.all;
  }

  private void one(String name, UnaryOperator<Array> f) {
    all.put(name, x -> List.of(f.apply(x.getFirst())));
  }

  private void two(String name, BinaryOperator<Array> f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private void none(String name, Supplier<Array> f) {
    all.put(name, x -> List.of(f.get()));
  }

  private void orders(String name, Function<Long, Array> f, long... orders) {
    for (long n : orders) {
      none(name + " " + n, () -> f.apply(n));
    }
  }

  private void structured() {
    one("toeplitz", Linalg::toeplitz);
    two("toeplitz two", Linalg::toeplitz);
    one("hankel", Linalg::hankel);
    two("hankel two", Linalg::hankel);
    one("circulant", Linalg::circulant);
    two("leslie", Linalg::leslie);
    one("companion", Linalg::companion);
    one("fiedler", Linalg::fiedler);
    one("fiedler_companion", Linalg::fiedlerCompanion);
    for (ConvolveMode mode : ConvolveMode.values()) {
      for (int n : new int[] {2, 6}) {
        String name = "convolution_matrix " + mode.name().toLowerCase(Locale.ROOT) + "_" + n;
        one(name, a -> Linalg.convolutionMatrix(a, n, mode));
      }
    }
    for (String name : List.of("block_diag", "block_diag none")) {
      all.put(name, x -> List.of(Linalg.blockDiag(x.toArray(Array[]::new))));
    }
  }

  private void named() {
    orders("hilbert", Linalg::hilbert, 0, 1, 7);
    orders("invhilbert", Linalg::invhilbert, 1, 7);
    orders("hadamard", Linalg::hadamard, 1, 2, 8);
    orders("helmert", Linalg::helmert, 1, 2, 6);
    orders("dft", Linalg::dft, 0, 1, 5, 8);
    for (PascalKind kind : PascalKind.values()) {
      String word = " " + kind.name().toLowerCase(Locale.ROOT) + "_";
      for (long n : new long[] {1, 8}) {
        none("pascal" + word + n, () -> Linalg.pascal(n, kind));
        none("invpascal" + word + n, () -> Linalg.invpascal(n, kind));
      }
    }
    none("helmert full", () -> Linalg.helmert(5, true));
    none("helmert full_1", () -> Linalg.helmert(1, true));
    none("hadamard c64", () -> Linalg.hadamard(4, DType.C64));
    none("hadamard f16", () -> Linalg.hadamard(4, DType.F16));
    none("dft sqrtn", () -> Linalg.dft(6, DftScale.SQRTN));
    none("dft n", () -> Linalg.dft(6, DftScale.N));
  }

  /** An operand of 64 bits says that JAX's flag is on. */
  private void longOnes() {
    one("hilbert long", x -> Linalg.hilbert(6, DType.F64));
    one("invhilbert long", x -> Linalg.invhilbert(9, DType.F64));
    one("helmert long", x -> Linalg.helmert(5, false, DType.F64));
    one("dft long", x -> Linalg.dft(7, DftScale.NONE, DType.C128));
    one("invpascal long", x -> Linalg.invpascal(9, PascalKind.SYMMETRIC, DType.F64));
  }
}
