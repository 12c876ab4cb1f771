package dev.jacobi.golden;

import static dev.jacobi.Jacobi.vmap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.numpy.Jnp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The functions of {@code Jnp} and {@code Nn} against JAX's values, types and first derivatives.
 * Cases of the 64-bit file count only where an operand has 64 bits: otherwise JAX with its flag off
 * is what we follow.
 */
@Tag("slow")
class JnpGoldenTest {
  private static final Map<String, Fn1<List<Array>, List<Array>>> FUNCTIONS =
      JnpFunctions.functions();

  /** JAX's calls that we do not have, and why. */
  private static final Map<String, String> ABSENT =
      Map.of(
          "dynamic_slice", "a function of lax, not of jnp: PrimitiveGoldenTest has it",
          "dynamic_slice_in_dim", "likewise",
          "dynamic_update_slice", "likewise",
          "custom_jvp", "a transformation with its own tests");

  /** Without a dtype these give JAX's default float, which is f64 with its flag on, f32 here. */
  private static final Set<String> DEFAULT_FLOAT =
      Set.of("constant_result", "one_hot", "one_hot_2d", "one_hot_axis");

  /** Strong here, as factories are; weak in JAX. */
  private static final Set<String> STRONG = Set.of("full", "full_int");

  /** tanh is nearly saturated, and 1 - y^2 loses three digits. */
  private static final String SATURATED = "dense_tanh";

  /** JAX rounds the weights of attention to f32 on the way, we do not. */
  private static final String ATTENTION = "dot_product_attention";

  /** Eigenvalues and least squares: errors are multiplied by the condition of the problem. */
  private static final Set<String> CONDITIONED =
      Set.of("roots", "polyfit_matrix", "polyfit_cov", "polyfit_unscaled");

  private static final Map<String, Double> ULPS = tolerances();

  /** Results that are positions: i64 in JAX with 64 bits, i32 here. */
  private static final Set<DType> INDEX = Set.of(DType.I32, DType.I64);

  @TestFactory
  Stream<DynamicTest> values() {
    return tests("jnp/values.tsv", c -> true);
  }

  @TestFactory
  Stream<DynamicTest> values64() {
    return tests(
        "jnp/values64.tsv",
        c ->
            !DEFAULT_FLOAT.contains(c.name())
                && !c.name().equals(ATTENTION)
                && c.arrays("in").stream().anyMatch(a -> is64(a.dtype())));
  }

  private static boolean is64(DType t) {
    return t == DType.F64 || t == DType.I64 || t == DType.U64 || t == DType.C128;
  }

  private static Stream<DynamicTest> tests(String file, Predicate<Case> counts) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case c : GoldenFile.read(file)) {
      if (!ABSENT.containsKey(c.name()) && counts.test(c)) {
        tests.add(DynamicTest.dynamicTest(c.name() + ": " + c.text("source"), () -> check(c)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(300);
    return tests.stream();
  }

  /** All cases of a file, each against our form of its name. */
  static Stream<DynamicTest> tests(String file, Map<String, Fn1<List<Array>, List<Array>>> ours) {
    List<Case> cases = GoldenFile.read(file);
    assertThat(cases).hasSize(ours.size());
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name() + ": " + c.text("source"), () -> check(c, ours.get(c.name()))));
  }

  private static void check(Case c) {
    check(c, FUNCTIONS.get(c.name()));
  }

  /** Values and derivatives of one function. */
  static void check(Case c, Fn1<List<Array>, List<Array>> f) {
    assertThat(f).as("our form of " + c.text("source")).isNotNull();
    List<Array> in = c.arrays("in").stream().map(GoldenArray::toArray).toList();
    List<Array> out = f.apply(in);
    for (int k = 0; k < out.size(); k++) {
      assertThat(out.get(k).aval().weak())
          .as("weak " + k)
          .isEqualTo(isWeak(c, k) && !STRONG.contains(c.name()));
    }
    near("value", out, c.arrays("out"), t -> valueCloseness(c, t));
    if (!c.has("active")) {
      return;
    }
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
    near("jvp", Jacobi.jvp(g, at, dir).tangent(), c.arrays("jvp"), t -> derivative(c, t));
    List<Array> cot = c.arrays("cot").stream().map(GoldenArray::toArray).toList();
    near("vjp", Jacobi.vjp(g, at).pullback().apply(cot), c.arrays("vjp"), t -> derivative(c, t));
    if (!c.name().startsWith("composite")) { // which has no rule for batches, as in JAX
      checkBatch(c, g, at, dir);
    }
  }

  /** A batch of two is the two calls, one beside the other. */
  private static void checkBatch(
      Case c, Fn1<List<Array>, List<Array>> g, List<Array> at, List<Array> dir) {
    List<Array> other = new ArrayList<>();
    List<Array> both = new ArrayList<>();
    for (int k = 0; k < at.size(); k++) {
      other.add(at.get(k).plus(dir.get(k).times(0x1p-7)));
      both.add(Jnp.stack(List.of(at.get(k), other.get(k))));
    }
    List<Array> first = g.apply(at);
    List<Array> second = g.apply(other);
    if (!shapes(first).equals(shapes(second))) {
      return; // They depend on values: such functions are not for batches.
    }
    List<GoldenArray> calls = new ArrayList<>();
    for (int k = 0; k < first.size(); k++) {
      calls.add(GoldenArray.of(Jnp.stack(List.of(first.get(k), second.get(k)))));
    }
    near("vmap", vmap(g).apply(both), calls, t -> derivative(c, t));
  }

  private static List<Shape> shapes(List<Array> arrays) {
    return arrays.stream().map(Array::shape).toList();
  }

  /** Allowed differences from JAX in ulp, by operation and type. */
  private static Map<String, Double> tolerances() {
    var ulps = new HashMap<String, Double>();
    for (GoldenFile.Line line : GoldenFile.lines("values/tolerance.tsv")) {
      if (line.field(3).matches("[0-9.]+")) { // others say it in words
        ulps.put(line.field(0) + " " + line.field(1), Double.valueOf(line.field(3)));
      }
    }
    return ulps;
  }

  /** One operation by its own row; combinations to a few ulp of the largest, as terms cancel. */
  private static Closeness valueCloseness(Case c, DType t) {
    Double ulps = ULPS.get(c.name() + " " + t.name().toLowerCase(Locale.ROOT));
    return ulps != null
        ? new Closeness.Ulps(ulps)
        : new Closeness.OfLargest((CONDITIONED.contains(c.name()) ? 32 : 8) * Closeness.epsilon(t));
  }

  /** A line {@code weak} follows the output that is weakly typed. */
  private static boolean isWeak(Case c, int output) {
    int seen = -1;
    for (GoldenFile.Line line : c.lines()) {
      if (line.tag().equals("out")) {
        seen++;
      } else if (line.tag().equals("weak") && seen == output) {
        return true;
      }
    }
    return false;
  }

  private static Closeness derivative(Case c, DType t) {
    double fraction = t == DType.F64 ? 1e-12 : 1e-5;
    return new Closeness.OfLargest(c.name().equals(SATURATED) ? 1e3 * fraction : fraction);
  }

  static void near(
      String what, List<Array> ours, List<GoldenArray> jax, Function<DType, Closeness> rule) {
    assertThat(ours).as(what).hasSameSizeAs(jax);
    for (int k = 0; k < jax.size(); k++) {
      GoldenArray expected = jax.get(k);
      GoldenArray got = GoldenArray.of(ours.get(k));
      if (INDEX.contains(expected.dtype()) && got.dtype() == DType.I32) {
        got = new GoldenArray(expected.dtype(), got.shape(), got.words());
      }
      Closeness closeness =
          expected.dtype().isInexact() ? rule.apply(expected.real()) : new Closeness.Exact();
      assertThat(closeness.difference(got, expected)).as(what + " " + k).isEmpty();
    }
  }
}
