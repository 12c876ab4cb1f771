package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.OnPlugins;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Jnp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Cases of functions of SciPy: values against SciPy's, which are {@code true}, and JAX's, whose
 * largest {@code error} they have; derivatives against JAX's; batches against single calls.
 */
final class ScipyGoldens {
  /**
   * JAX's error is the largest of a few points, where formulas carry roundings on by chance: ours
   * may be so many times as large there.
   */
  private static final double TIMES = 3;

  /** What is allowed where JAX's error is less than this, in units in the last place. */
  private static final double OURS = 8;

  /** The same of matrices: sums go in another order on each engine, and conditions amplify that. */
  private static final double MATRICES = 64;

  /** What derivatives may differ by where more than a fraction 1e-5 (f32) or 1e-12, and why. */
  private final Map<String, Double> slopes;

  /** Functions of which more units in the last place are allowed, and by whom said why. */
  private final Map<String, Double> ulps;

  /** Whether units in the last place are those of an array's largest element, as of matrices. */
  private final boolean byLargest;

  ScipyGoldens(Map<String, Double> slopes, Map<String, Double> ulps) {
    this(slopes, ulps, false);
  }

  private ScipyGoldens(Map<String, Double> slopes, Map<String, Double> ulps, boolean byLargest) {
    this.slopes = slopes;
    this.ulps = ulps;
    this.byLargest = byLargest;
  }

  /** Of functions of matrices, whose roundings are of the size of the largest element. */
  static ScipyGoldens ofMatrices(Map<String, Double> slopes, Map<String, Double> ulps) {
    return new ScipyGoldens(slopes, ulps, true);
  }

  Stream<DynamicTest> tests(String file, Map<String, Fn1<List<Array>, List<Array>>> functions) {
    return GoldenFile.read(file).stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c, functions.get(functionOf(c)))));
  }

  static String functionOf(Case c) {
    return c.name().substring(0, c.name().indexOf('/'));
  }

  private void check(Case c, Fn1<List<Array>, List<Array>> f) {
    assertThat(f).as("our form of " + functionOf(c)).isNotNull();
    List<Array> in = c.arrays("in").stream().map(GoldenArray::toArray).toList();
    List<Array> out = f.apply(in);
    values(c, out);
    if (c.name().contains("regular") && !in.isEmpty()) {
      batch(f, in, out);
    }
    if (c.has("active")) {
      derivatives(c, f, in);
    }
  }

  private void values(Case c, List<Array> out) {
    List<GoldenArray> jax = c.arrays("out");
    assertThat(out).hasSameSizeAs(jax);
    if (!c.has("true")) {
      JnpGoldenTest.near("value", out, jax, t -> new Closeness.OfLargest(8 * epsilon(t)));
      return;
    }
    List<GoldenArray> truth = c.arrays("true");
    double least = ulps.getOrDefault(functionOf(c), byLargest ? MATRICES : OURS);
    for (int k = 0; k < out.size(); k++) {
      double error = Double.parseDouble(c.all("error").get(k).field(0));
      GoldenArray ours = GoldenArray.of(out.get(k));
      assertThat(ours.dtype()).isEqualTo(expected(c, jax.get(k).dtype()));
      assertThat(ours.shape()).isEqualTo(jax.get(k).shape());
      value(ours, jax.get(k), truth.get(k), Math.max(least, TIMES * error));
    }
  }

  /** With its flag for 64 bits JAX widens what has none; without it, it does as we do. */
  private static DType expected(Case c, DType jax) {
    List<DType> in = c.arrays("in").stream().map(GoldenArray::dtype).toList();
    boolean wide = in.stream().anyMatch(t -> t.bits() >= 64 && t != DType.C64);
    if (wide || !jax.isInexact()) {
      return jax;
    }
    boolean half = in.contains(DType.F16) || in.contains(DType.BF16);
    return switch (jax) {
      case F64 -> half ? in.getFirst() : DType.F32;
      case C128 -> DType.C64;
      default -> jax;
    };
  }

  private void value(GoldenArray ours, GoldenArray jax, GoldenArray truth, double ulps) {
    double[] a = ours.doubles();
    double[] b = jax.doubles();
    double[] t = truth.doubles();
    DType type = ours.real();
    double largest = byLargest ? largest(t) : 0;
    for (int i = 0; i < a.length; i++) {
      double own = ours.isReal() ? Math.abs(t[i]) : Math.hypot(t[i & ~1], t[i | 1]);
      double size = Math.max(own, largest);
      double unit = Math.scalb(epsilon(type), Math.getExponent(Math.max(size, least(type))));
      boolean near =
          Math.abs(a[i] - t[i]) <= OnPlugins.slack() * ulps * unit || same(a[i], b[i], type);
      boolean beyond = Math.abs(t[i]) > greatest(type) && same(a[i], b[i], type);
      boolean asJax =
          Double.isNaN(t[i]) && Math.abs(a[i] - b[i]) <= 64 * epsilon(type) * Math.abs(b[i]);
      boolean limit = same(a[i], t[i], type) || beyond || asJax;
      assertThat(near || limit)
          .as("element %d: ours %s, JAX %s, true %s, %s ulp allowed", i, a[i], b[i], t[i], ulps)
          .isTrue();
    }
  }

  private static double largest(double[] t) {
    return Arrays.stream(t).map(Math::abs).filter(Double::isFinite).max().orElse(0);
  }

  /** Equal, both NaN, or both nothing but what underflows. */
  private static boolean same(double a, double b, DType type) {
    boolean tiny = Math.abs(a) <= least(type) && Math.abs(b) <= least(type);
    return a == b || Double.isNaN(a) && Double.isNaN(b) || tiny;
  }

  private static double epsilon(DType type) {
    return Closeness.epsilon(type);
  }

  private static double least(DType type) {
    return switch (type) {
      case F16 -> 0x1p-14;
      case F64 -> Double.MIN_NORMAL;
      default -> Float.MIN_NORMAL;
    };
  }

  private static double greatest(DType type) {
    return switch (type) {
      case F16 -> 65504;
      case F64 -> Double.MAX_VALUE;
      default -> Float.MAX_VALUE;
    };
  }

  private static void batch(Fn1<List<Array>, List<Array>> f, List<Array> in, List<Array> out) {
    List<Array> twice = in.stream().map(x -> Jnp.stack(x, x)).toList();
    List<Array> mapped = Jacobi.vmap(f).apply(twice);
    List<GoldenArray> expected = out.stream().map(y -> GoldenArray.of(Jnp.stack(y, y))).toList();
    JnpGoldenTest.near("vmap", mapped, expected, t -> new Closeness.OfLargest(2 * epsilon(t)));
  }

  private void derivatives(Case c, Fn1<List<Array>, List<Array>> f, List<Array> in) {
    List<Integer> active = Stream.of(c.text("active").split(" ")).map(Integer::parseInt).toList();
    Fn1<List<Array>, List<Array>> g =
        xs -> {
          var full = new ArrayList<>(in);
          for (int k = 0; k < active.size(); k++) {
            full.set(active.get(k), xs.get(k));
          }
          return f.apply(full);
        };
    List<Array> at = active.stream().map(in::get).toList();
    List<Array> dir = c.arrays("dir").stream().map(GoldenArray::toArray).toList();
    List<Array> cot = c.arrays("cot").stream().map(GoldenArray::toArray).toList();
    Function<DType, Closeness> rule = t -> slope(c, t, 1);
    near(c, "jvp", Jacobi.jvp(g, at, dir).tangent(), rule);
    near(c, "vjp", Jacobi.vjp(g, at).pullback().apply(cot), rule);
    if (c.has("jvp2")) {
      Fn1<List<Array>, List<Array>> along = xs -> Jacobi.jvp(g, xs, dir).tangent();
      List<Array> second = Jacobi.jvp(along, at, dir).tangent();
      near(c, "jvp2", second, t -> slope(c, t, 10));
    }
  }

  /**
   * Where JAX's derivative is NaN, as outside of a distribution's support, ours may be a number.
   */
  private static void near(Case c, String tag, List<Array> ours, Function<DType, Closeness> rule) {
    List<GoldenArray> expected = c.arrays(tag);
    for (int k = 0; k < ours.size(); k++) {
      double[] jax = expected.get(k).doubles();
      for (int i = 0; i < jax.length; i++) {
        if (Double.isNaN(jax[i])) {
          expected.get(k).words()[i] = GoldenArray.of(ours.get(k)).words()[i];
        }
      }
    }
    JnpGoldenTest.near(tag, ours, expected, rule);
  }

  private Closeness slope(Case c, DType t, double order) {
    double fraction = t == DType.F64 ? 1e-12 : 1e-5;
    return new Closeness.OfLargest(order * fraction * slopes.getOrDefault(functionOf(c), 1.0));
  }
}
