package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Jacobi;
import dev.jacobi.Key;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.golden.GoldenFile.Line;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.random.CovarianceFactor;
import dev.jacobi.random.KeyReuseException;
import dev.jacobi.random.Random;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Distributions against JAX's for the same keys: counts and signs are equal, the others within
 * rounding; the derivatives by the parameters as well.
 */
class SamplersGoldenTest {
  /** A sampler of parameters, in a shape and an element type. */
  @FunctionalInterface
  interface Sampler {
    Array sample(Key key, List<Array> p, Shape shape, DType dtype);
  }

  private static final Map<String, Sampler> SAMPLERS = new LinkedHashMap<>();

  static {
    SAMPLERS.put("cauchy", (k, p, s, t) -> Random.cauchy(k, s, t));
    SAMPLERS.put("laplace", (k, p, s, t) -> Random.laplace(k, s, t));
    SAMPLERS.put("logistic", (k, p, s, t) -> Random.logistic(k, s, t));
    SAMPLERS.put("maxwell", (k, p, s, t) -> Random.maxwell(k, s, t));
    SAMPLERS.put("lognormal", (k, p, s, t) -> Random.lognormal(k, p.get(0), s, t));
    SAMPLERS.put("pareto", (k, p, s, t) -> Random.pareto(k, p.get(0), s, t));
    SAMPLERS.put("rayleigh", (k, p, s, t) -> Random.rayleigh(k, p.get(0), s, t));
    SAMPLERS.put("wald", (k, p, s, t) -> Random.wald(k, p.get(0), s, t));
    SAMPLERS.put(
        "triangular", (k, p, s, t) -> Random.triangular(k, p.get(0), p.get(1), p.get(2), s, t));
    SAMPLERS.put("weibull_min", (k, p, s, t) -> Random.weibullMin(k, p.get(0), p.get(1), s, t));
    SAMPLERS.put(
        "double_sided_maxwell",
        (k, p, s, t) -> Random.doubleSidedMaxwell(k, p.get(0), p.get(1), s, t));
    SAMPLERS.put(
        "truncated_normal", (k, p, s, t) -> Random.truncatedNormal(k, p.get(0), p.get(1), s, t));
    SAMPLERS.put(
        "orthogonal",
        (k, p, s, t) -> Random.orthogonal(k, p.get(0).itemLong(), s, t, p.get(1).itemLong()));
    SAMPLERS.put(
        "multivariate_normal",
        (k, p, s, t) ->
            Random.multivariateNormal(k, p.get(0), p.get(1), s, t, CovarianceFactor.CHOLESKY));
    SAMPLERS.put("gamma", (k, p, s, t) -> Random.gamma(k, p.get(0), s, t));
    SAMPLERS.put("loggamma", (k, p, s, t) -> Random.loggamma(k, p.get(0), s, t));
    SAMPLERS.put("chisquare", (k, p, s, t) -> Random.chisquare(k, p.get(0), s, t));
    SAMPLERS.put("t", (k, p, s, t) -> Random.t(k, p.get(0), s, t));
    SAMPLERS.put("beta", (k, p, s, t) -> Random.beta(k, p.get(0), p.get(1), s, t));
    SAMPLERS.put("f", (k, p, s, t) -> Random.f(k, p.get(0), p.get(1), s, t));
    SAMPLERS.put("dirichlet", (k, p, s, t) -> Random.dirichlet(k, p.get(0), s, t));
    SAMPLERS.put(
        "generalized_normal", (k, p, s, t) -> Random.generalizedNormal(k, p.get(0).item(), s, t));
    SAMPLERS.put("ball", (k, p, s, t) -> Random.ball(k, 3, p.get(0).item(), s, t));
    SAMPLERS.put("rademacher", (k, p, s, t) -> Random.rademacher(k, s, t));
    SAMPLERS.put("geometric", (k, p, s, t) -> Random.geometric(k, p.get(0), s, t));
    SAMPLERS.put("poisson", (k, p, s, t) -> Random.poisson(k, p.get(0), s, t));
    SAMPLERS.put("binomial", (k, p, s, t) -> Random.binomial(k, p.get(0), p.get(1), s, t));
    SAMPLERS.put("multinomial", (k, p, s, t) -> Random.multinomial(k, p.get(0), p.get(1), s, t));
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> all() {
    return tests(List.of("continuous", "gammas", "made_of_gammas", "counts"), SAMPLERS);
  }

  /** One test per function; every function has cases, and every case a function. */
  static Stream<DynamicTest> tests(List<String> files, Map<String, Sampler> samplers) {
    Map<String, List<Case>> all = new LinkedHashMap<>();
    for (String file : files) {
      for (Case c : GoldenFile.read("random/" + file + ".tsv")) {
        all.computeIfAbsent(c.text("fn"), f -> new ArrayList<>()).add(c);
      }
    }
    assertThat(all.keySet()).isEqualTo(samplers.keySet());
    return all.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(), () -> check(e.getValue(), samplers.get(e.getKey()))));
  }

  private static void check(List<Case> cases, Sampler sampler) {
    List<String> wrong = new ArrayList<>();
    batch(cases.getFirst(), sampler, wrong);
    for (Case c : cases) {
      try {
        compare(c, sampler, wrong);
      } catch (RuntimeException e) {
        wrong.add(c.name() + ": " + e);
      }
    }
    assertThat(wrong).as("of %s cases", cases.size()).isEmpty();
  }

  private static void compare(Case c, Sampler sampler, List<String> wrong) {
    DType dtype = DType.valueOf(c.text("dtype").toUpperCase(Locale.ROOT));
    Shape shape = sizes(c.text("shape"));
    Key key = Key.wrap(Jnp.astype(Jnp.array(new int[] {0, seed(c)}), DType.U32));
    List<Array> in = c.arrays("in").stream().map(GoldenArray::toArray).toList();
    Closeness closeness = closeness(c.text("fn"), dtype);
    GoldenArray ours = GoldenArray.of(sampler.sample(key, in, shape, dtype));
    note(c.name(), closeness, ours, c.arrays("out").getFirst(), wrong);
    for (Line grad : c.all("grad")) {
      int i = Integer.parseInt(grad.field(0));
      List<Array> other = new ArrayList<>(in);
      var jvp =
          Jacobi.jvp(
              (Array p) -> {
                other.set(i, p);
                return sampler.sample(key, other, shape, dtype);
              },
              in.get(i),
              Jnp.onesLike(in.get(i)));
      GoldenArray tangent = GoldenArray.of(jvp.tangent());
      GoldenArray jax = GoldenArray.of(grad.field(1), grad.field(2));
      note(c.name() + " by parameter " + i, closeness, tangent, jax, wrong);
    }
  }

  /** Over a batch of keys a sampler gives what it gives for each. */
  private static void batch(Case c, Sampler sampler, List<String> wrong) {
    DType dtype = DType.valueOf(c.text("dtype").toUpperCase(Locale.ROOT));
    Shape shape = sizes(c.text("shape"));
    List<Array> in = c.arrays("in").stream().map(GoldenArray::toArray).toList();
    Key keys = Random.key(9).split(2);
    Array mapped = Jacobi.vmap((Key k) -> sampler.sample(k, in, shape, dtype)).apply(keys);
    for (int i = 0; i < 2; i++) {
      GoldenArray one = GoldenArray.of(sampler.sample(keys.get(i), in, shape, dtype));
      GoldenArray lane = GoldenArray.of(mapped.get(i));
      note(c.name() + " of key " + i, closeness(c.text("fn"), dtype), lane, one, wrong);
    }
  }

  private static int seed(Case c) {
    return Integer.parseInt(c.text("seed"));
  }

  private static void note(
      String name, Closeness closeness, GoldenArray ours, GoldenArray jax, List<String> wrong) {
    closeness.difference(ours, jax).ifPresent(text -> wrong.add(name + ": " + text));
  }

  /** As {@code normal} is: within 4 ulp of max(|x|, 1), more where a reason stands beside it. */
  private static Closeness closeness(String function, DType dtype) {
    boolean f64 = dtype == DType.F64;
    return switch (function) {
      case "rademacher", "geometric", "poisson", "binomial", "multinomial" -> new Closeness.Exact();
      // in f64, JAX's erf_inv is 20 ulp off and its log1p 116 (values/tolerance.tsv)
      case "maxwell", "double_sided_maxwell", "truncated_normal", "multivariate_normal", "t" ->
          new Closeness.UlpsOfOne(f64 ? 24 : 4);
      case "laplace", "logistic" -> new Closeness.UlpsOfOne(f64 ? 118 : 4);
      // a difference of numbers up to 2^8, whose last bits are lost; XLA contracts them
      case "wald" -> new Closeness.UlpsOfOne(64);
      // small numbers count too; the derivatives are series of up to thousands of terms, of which
      // JAX's is 11 ulp off among these (f32, a = 20), by numbers of 40 digits
      case "gamma", "loggamma", "chisquare", "f", "dirichlet" -> new Closeness.Ulps(16);
      // a quotient of exponentials: an ulp of the exponents, here -22, is 32 of the result; its
      // derivatives have the factor 1 - x, here 1e-5, of which an ulp of x is 2^-7
      case "beta" -> new Closeness.Ulps(256);
      default -> new Closeness.UlpsOfOne(4);
    };
  }

  private static Shape sizes(String text) {
    return Shape.of(
        java.util.regex.Pattern.compile("\\d+")
            .matcher(text)
            .results()
            .mapToLong(found -> Long.parseLong(found.group()))
            .toArray());
  }

  /** Samplers whose loops go on for as long as one of the batch needs, for one key each. */
  @Test
  void mappedKeysGiveWhatALoopGives() {
    Key keys = Random.key(3).split(3);
    Array a = Jnp.array(new float[] {0.3f, 2, 30});
    Map<String, Sampler> some =
        Map.of(
            "gamma", (k, p, s, t) -> Random.gamma(k, p.get(0), s),
            "poisson", (k, p, s, t) -> Random.poisson(k, p.get(0), s),
            "binomial", (k, p, s, t) -> Random.binomial(k, p.get(0), Jnp.weak(0.4), s),
            "t", (k, p, s, t) -> Random.t(k, p.get(0), s));
    some.forEach(
        (name, f) -> {
          Array mapped =
              Jacobi.vmap((Key k, Array p) -> f.sample(k, List.of(p), shape(4), DType.F32))
                  .apply(keys, a);
          for (int i = 0; i < 3; i++) {
            Array one = f.sample(keys.get(i), List.of(a.get(i)), shape(4), DType.F32);
            assertThat(GoldenArray.of(mapped.get(i)))
                .as("%s of key %d", name, i)
                .isEqualTo(GoldenArray.of(one));
          }
        });
  }

  @Test
  void everyFactorGivesTheCovariances() {
    Array mean = Jnp.array(new double[] {1, -1});
    Array cov = Jnp.array(new double[][] {{2, 0.8}, {0.8, 1}});
    for (CovarianceFactor factor : CovarianceFactor.values()) {
      Array x =
          Random.multivariateNormal(Random.key(7), mean, cov, shape(40_000), DType.F64, factor);
      Array centred = Jnp.subtract(x, mean);
      Array seen = Jnp.matmul(Jnp.transpose(centred), centred).div(40_000.0);
      assertThat(Jnp.all(Jnp.isclose(seen, cov, 0.05, 0.03)).itemBoolean())
          .as("%s", factor)
          .isTrue();
    }
  }

  @Test
  void aCloneIsANewKey() {
    Key key = Random.key(0);
    assertThatThrownBy(
            () ->
                Random.checkKeyReuse(
                    () -> Random.gamma(key, 2.0, shape(2)).plus(Random.gamma(key, 2.0, shape(2)))))
        .isInstanceOf(KeyReuseException.class);
    Random.checkKeyReuse(
        () -> Random.cauchy(key, shape(2)).plus(Random.cauchy(Random.clone(key), shape(2))));
    assertThat(GoldenArray.of(Random.keyData(Random.wrapKeyData(Random.prngKey(5)))))
        .isEqualTo(GoldenArray.of(Random.key(5).data()));
    assertThat(Random.keyImpl(key)).isEqualTo("threefry2x32");
  }

  private static Map<String, ThrowingCallable> misuse() {
    Key key = Random.key(0);
    Array two = Jnp.array(new float[] {1, 2});
    return Map.of(
        "cauchy.*not i32", () -> Random.cauchy(key, shape(2), DType.I32),
        "gamma.*do not broadcast", () -> Random.gamma(key, two, shape(3)),
        "pareto.*does not fit", () -> Random.pareto(key, Jnp.scalar(1.0), shape(), DType.F32),
        "beta.*one key", () -> Random.beta(key.split(2), two, two),
        "poisson.*integers", () -> Random.poisson(key, two, shape(2), DType.F32),
        "dirichlet.*concentrations", () -> Random.dirichlet(key, Jnp.scalar(1f), shape()),
        "multivariateNormal.*covariances", () -> Random.multivariateNormal(key, two, two),
        "orthogonal.*no matrix", () -> Random.orthogonal(key, -1),
        "ball.*no ball", () -> Random.ball(key, -2),
        "multinomial.*classes", () -> Random.multinomial(key, two, two, shape()));
  }

  @TestFactory
  Stream<DynamicTest> misuseIsNamed() {
    return misuse().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () ->
                        assertThatThrownBy(e.getValue())
                            .isInstanceOf(LaxTypeException.class)
                            .hasMessageMatching("(?s).*" + e.getKey() + ".*")));
  }
}
