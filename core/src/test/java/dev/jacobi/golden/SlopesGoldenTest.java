package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Fft;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.scipy.stats.Bernoulli;
import dev.jacobi.scipy.stats.Beta;
import dev.jacobi.scipy.stats.Betabinom;
import dev.jacobi.scipy.stats.Binom;
import dev.jacobi.scipy.stats.Cauchy;
import dev.jacobi.scipy.stats.Chi2;
import dev.jacobi.scipy.stats.Expon;
import dev.jacobi.scipy.stats.Gamma;
import dev.jacobi.scipy.stats.Geom;
import dev.jacobi.scipy.stats.GumbelL;
import dev.jacobi.scipy.stats.GumbelR;
import dev.jacobi.scipy.stats.Logistic;
import dev.jacobi.scipy.stats.Nbinom;
import dev.jacobi.scipy.stats.Norm;
import dev.jacobi.scipy.stats.Pareto;
import dev.jacobi.scipy.stats.Poisson;
import dev.jacobi.scipy.stats.Truncnorm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Derivatives of first and second order against JAX's, of functions whose values other goldens
 * hold: here these are compared to what single precision carries through formulas like {@code
 * lgamma}.
 */
@Tag("slow")
class SlopesGoldenTest {
  private static final Map<String, Fn1<List<Array>, List<Array>>> FUNCTIONS = functions();

  /** {@code exp} of sums of {@code lgamma}s of size 5, whose roundings are those of 5. */
  private static final double FRACTION = 1e-5;

  private static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();
    Table t = new Table(all);
    transforms(t);
    matrices(t);
    laws(t);
    counts(t);
    return all;
  }

  private static void parts(Table t, String name, UnaryOperator<Array> f) {
    t.one(name, x -> Jnp.add(Jnp.real(f.apply(x)), Jnp.imag(f.apply(x))));
  }

  private static void transforms(Table t) {
    parts(t, "fft", Fft::fft);
    parts(t, "fft2", Fft::fft2);
    parts(t, "fftn", x -> Fft.fftn(x));
    parts(t, "ifft", Fft::ifft);
    parts(t, "ifft2", Fft::ifft2);
    parts(t, "ifftn", x -> Fft.ifftn(x));
    parts(t, "rfft2", Fft::rfft2);
    parts(t, "rfftn", x -> Fft.rfftn(x));
    t.one("fftshift", x -> Fft.fftshift(x));
    t.one("ifftshift", x -> Fft.ifftshift(x));
    t.one("irfft2", x -> Fft.irfft2(x));
    t.one("irfftn", x -> Fft.irfftn(x));
  }

  private static void matrices(Table t) {
    t.one("conj", x -> Jnp.conj(x).times(x));
    t.one("atleast_1d", x -> Jnp.atleast1d(x));
    t.one("astype", x -> Jnp.square(Jnp.astype(x, DType.F32)));
    Array nine = Jnp.eye(6).times(9).reshape(2, 3, 6);
    t.one("tensorinv", x -> Linalg.tensorinv(x.plus(nine), 2));
    Array five = Jnp.eye(3).times(5);
    t.one("lu_factor", x -> dev.jacobi.scipy.Linalg.luFactor(x.plus(five)).lu());
    t.one(
        "cho_factor",
        x -> dev.jacobi.scipy.Linalg.choFactor(x.matmul(x.transpose()).plus(five)).c());
  }

  private static void laws(Table t) {
    t.three("cauchy_sf", Cauchy::sf);
    t.three("cauchy_isf", Cauchy::isf);
    t.three("expon_sf", Expon::sf);
    t.three("gumbel_l_sf", GumbelL::sf);
    t.three("gumbel_r_sf", GumbelR::sf);
    t.three("logistic_sf", Logistic::sf);
    t.three("logistic_isf", Logistic::isf);
    t.three("norm_sf", Norm::sf);
    t.three("norm_isf", Norm::isf);
    t.one("beta_sf", x -> Beta.sf(x, 2, 3));
    t.one("chi2_sf", x -> Chi2.sf(x, 3));
    t.one("gamma_sf", x -> Gamma.sf(x, 2.5));
    t.two("pareto_sf", (x, b) -> Pareto.sf(x.plus(1), b));
    t.three("truncnorm_sf", Truncnorm::sf);
  }

  private static void counts(Table t) {
    t.two("bernoulli_pmf", Bernoulli::pmf);
    t.two("binom_pmf", (k, p) -> Binom.pmf(k, Jnp.weak(5L), p));
    t.two("geom_pmf", Geom::pmf);
    t.two("nbinom_pmf", (k, p) -> Nbinom.pmf(k, Jnp.weak(4L), p));
    t.two("poisson_pmf", Poisson::pmf);
    t.three("betabinom_pmf", (k, a, b) -> Betabinom.pmf(k, Jnp.weak(5L), a, b));
  }

  @TestFactory
  Stream<DynamicTest> derivatives() {
    return GoldenFile.read("jnp/slopes.tsv").stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c, FUNCTIONS.get(c.name()))));
  }

  @Test
  void everyFunctionHasACase() {
    assertThat(GoldenFile.read("jnp/slopes.tsv").stream().map(Case::name))
        .containsExactlyInAnyOrderElementsOf(FUNCTIONS.keySet());
  }

  private static void check(Case c, Fn1<List<Array>, List<Array>> f) {
    List<Array> in = arrays(c, "in");
    JnpGoldenTest.near("value", f.apply(in), c.arrays("out"), _ -> within(1));
    List<Integer> active = Stream.of(c.text("active").split(" ")).map(Integer::parseInt).toList();
    Fn1<List<Array>, List<Array>> g =
        xs -> {
          List<Array> full = new ArrayList<>(in);
          for (int k = 0; k < active.size(); k++) {
            full.set(active.get(k), xs.get(k));
          }
          return f.apply(full);
        };
    List<Array> at = active.stream().map(in::get).toList();
    Function<DType, Closeness> first = _ -> within(1);
    JnpGoldenTest.near(
        "jvp", Jacobi.jvp(g, at, arrays(c, "dir")).tangent(), c.arrays("jvp"), first);
    JnpGoldenTest.near(
        "vjp", Jacobi.vjp(g, at).pullback().apply(arrays(c, "cot")), c.arrays("vjp"), first);
    List<Array> dir = arrays(c, "dir2");
    Fn1<List<Array>, List<Array>> along = xs -> Jacobi.jvp(g, xs, dir).tangent();
    JnpGoldenTest.near(
        "jvp2", Jacobi.jvp(along, at, dir).tangent(), c.arrays("jvp2"), _ -> second());
    batch(f, in);
  }

  /** Two entries beside each other are two calls. */
  private static void batch(Fn1<List<Array>, List<Array>> f, List<Array> in) {
    List<Array> twice = in.stream().map(x -> Jnp.stack(x, x)).toList();
    List<GoldenArray> calls =
        f.apply(in).stream().map(y -> GoldenArray.of(Jnp.stack(y, y))).toList();
    JnpGoldenTest.near("vmap", Jacobi.vmap(f).apply(twice), calls, _ -> within(0.1));
  }

  /** Of what is linear nothing is left but roundings of its terms, in JAX too. */
  private static Closeness second() {
    return new Closeness.Mixed(10 * FRACTION, 0.1);
  }

  private static Closeness within(double times) {
    return new Closeness.OfLargest(times * FRACTION);
  }

  private static List<Array> arrays(Case c, String tag) {
    return c.arrays(tag).stream().map(GoldenArray::toArray).toList();
  }
}
