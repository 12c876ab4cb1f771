package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.Cluster;
import dev.jacobi.scipy.Integrate;
import dev.jacobi.scipy.Optimize;
import dev.jacobi.scipy.Optimize.OptimizeResults;
import dev.jacobi.scipy.SparseLinalg;
import dev.jacobi.scipy.SparseLinalg.Options;
import dev.jacobi.scipy.SparseLinalg.Solution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Iterative solvers, minimization, integration and clustering against JAX's and SciPy's. */
@Tag("slow")
class ScipySolversGoldenTest {
  private static final String FILE = "jnp/scipy_solvers.tsv";

  private static final Map<String, Fn1<List<Array>, List<Array>>> FUNCTIONS = functions();

  /** Solutions are as exact as the iterations end, here and there. */
  private static final Map<String, Double> SLOPES =
      Map.of("cg tight", 100.0, "bicgstab tight", 100.0, "gmres tight", 100.0, "cg tree", 100.0);

  /** Ours ends as soon as the residual is small enough, JAX's a step later. */
  private static final Map<String, Double> ULPS = Map.of("gmres incremental", 4096.0);

  @TestFactory
  Stream<DynamicTest> cases() {
    return ScipyGoldens.ofMatrices(SLOPES, ULPS).tests(FILE, FUNCTIONS);
  }

  @Test
  void everyFunctionHasCases() {
    var named =
        GoldenFile.read(FILE).stream().map(ScipyGoldens::functionOf).collect(Collectors.toSet());
    assertThat(named).isEqualTo(FUNCTIONS.keySet());
  }

  /** A solver of a function. */
  private interface Solver {
    Solution<Array> of(Fn1<Array, Array> a, Array b, Options<Array> options);
  }

  private static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    Map<String, Fn1<List<Array>, List<Array>>> all = new HashMap<>();
    solver(all, "cg", SparseLinalg::cg, SparseLinalg::cg);
    solver(all, "bicgstab", SparseLinalg::bicgstab, SparseLinalg::bicgstab);
    solver(all, "gmres", SparseLinalg::gmres, SparseLinalg::gmres);
    special(all, "cg few", SparseLinalg::cg, Options.<Array>defaults().withMaxiter(2));
    special(all, "bicgstab few", SparseLinalg::bicgstab, Options.<Array>defaults().withMaxiter(2));
    Options<Array> tight = Options.<Array>defaults().withTol(1e-13);
    special(all, "gmres restarted", SparseLinalg::gmres, tight.withRestart(3));
    special(all, "gmres incremental", SparseLinalg::gmres, tight.withIncremental(true));
    all.put("cg tree", ScipySolversGoldenTest::tree);
    all.put("trapezoid", x -> List.of(Integrate.trapezoid(x.getFirst())));
    all.put("trapezoid dx", x -> List.of(Integrate.trapezoid(x.getFirst(), 0.25, 0)));
    all.put("trapezoid x", x -> List.of(Integrate.trapezoid(x.get(0), x.get(1), -1)));
    all.put(
        "vq",
        x -> {
          var r = Cluster.vq(x.get(0), x.get(1));
          return List.of(r.code(), r.dist());
        });
    all.put("vq dist", x -> List.of(Cluster.vq(x.get(0), x.get(1)).dist()));
    minima(all, "rosen", ScipySolversGoldenTest::rosen);
    minima(all, "bowl", ScipySolversGoldenTest::bowl);
    return all;
  }

  private static void special(
      Map<String, Fn1<List<Array>, List<Array>>> all,
      String name,
      Solver f,
      Options<Array> options) {
    all.put(name, x -> List.of(f.of(v -> Jnp.matmul(x.get(0), v), x.get(1), options).x()));
  }

  private static void solver(
      Map<String, Fn1<List<Array>, List<Array>>> all,
      String name,
      BinaryOperator<Array> plain,
      Solver f) {
    Options<Array> tight = Options.<Array>defaults().withTol(1e-13);
    all.put(name, x -> List.of(plain.apply(x.get(0), x.get(1))));
    special(all, name + " tight", f, tight);
    all.put(
        name + " prepared",
        x -> {
          Array a = x.get(0);
          Options<Array> prepared =
              tight.withX0(x.get(2)).withPreconditioner(v -> v.div(Jnp.diagonal(a)));
          return List.of(f.of(v -> Jnp.matmul(a, v), x.get(1), prepared).x());
        });
  }

  /** A definite map of two arrays. */
  private static List<Array> tree(List<Array> uv) {
    Fn1<List<Array>, List<Array>> map =
        x -> {
          Array u = x.get(0).times(3).plus(x.get(1).sum().times(0.1));
          Array v = x.get(1).times(2).plus(x.get(0).sum().times(0.1));
          return List.of(u, v);
        };
    return SparseLinalg.cg(map, uv, Options.<List<Array>>defaults().withTol(1e-12)).x();
  }

  private static Array rosen(Array x) {
    Array first = x.get(Jnp.until(-1));
    Array rise = x.get(Jnp.from(1)).minus(first.times(first));
    return Jnp.square(first.minus(1)).plus(Jnp.square(rise).times(100)).sum();
  }

  private static Array bowl(Array x) {
    Array k = Jnp.arange(x.dim(0)).astype(x.dtype());
    Array sum = x.sum().minus(1);
    return Jnp.square(x.minus(k)).times(k.plus(1)).sum().plus(sum.pow(4).times(0.1));
  }

  private static void minima(
      Map<String, Fn1<List<Array>, List<Array>>> all, String name, Fn1<Array, Array> f) {
    minimum(all, "minimize bfgs_" + name, f, Optimize.Bfgs.DEFAULT);
    minimum(all, "minimize lbfgs_" + name, f, Optimize.Lbfgs.DEFAULT);
    minimum(all, "minimize neldermead_" + name, f, Optimize.NelderMead.DEFAULT);
    var adaptive = Optimize.NelderMead.DEFAULT.withAdaptive(true);
    minimum(all, "minimize neldermead_" + name + "_adaptive", f, adaptive);
  }

  private static void minimum(
      Map<String, Fn1<List<Array>, List<Array>>> all,
      String name,
      Fn1<Array, Array> f,
      Optimize.Method method) {
    all.put(
        name,
        x -> {
          OptimizeResults r = Optimize.minimize(f, x.getFirst(), method);
          List<Array> out = new ArrayList<>(List.of(r.x(), r.fun()));
          r.hessInv().ifPresent(out::add);
          out.addAll(List.of(r.success(), r.status(), r.nit(), r.nfev()));
          return out;
        });
  }
}
