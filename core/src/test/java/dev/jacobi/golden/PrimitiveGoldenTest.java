package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.golden.PrimitiveCalls.Call;
import dev.jacobi.golden.PrimitiveCalls.Parameters;
import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every primitive's values and derivatives against JAX's, one test per primitive. */
@Tag("slow")
class PrimitiveGoldenTest {
  private static final List<String> FILES =
      List.of(
          "values/elementwise.tsv",
          "values/arithmetic.tsv",
          "values/special.tsv",
          "values/convert.tsv",
          "values/shapes.tsv",
          "values/reductions.tsv",
          "values/cumulative.tsv",
          "values/windows.tsv",
          "values/dot.tsv",
          "values/indexing.tsv",
          "values/fft.tsv",
          "values/conv.tsv");

  /** JAX primitives that Jacobi expresses by others. */
  private static final List<String> NOT_OURS = List.of("stack", "tile", "split", "unstack");

  /** Cases where Jacobi differs on purpose, and why. */
  private static final Map<String, String> DELIBERATE =
      Map.of(
          "(sqrt|asin|acos|asinh|acosh)/c(64|128) special",
          "on a branch cut the sign of zero chooses the side, as in C99; XLA ignores it",
          "atan2/c(64|128) special",
          "on the axes ours is exact, and the sign of zero chooses the side of a branch cut",
          "conj/f(32|64) .*",
          "the conjugate of a real array is that array",
          "convert_element_type/c(64|128) bool",
          "a number is true if it is not zero; JAX asks its real part alone",
          "pow/c(64|128) special",
          "0 to a negative power is infinite; JAX gives NaN");

  /** Cases that fail today. One that begins to pass fails the test until it leaves this list. */
  private static final Map<String, String> TO_FIX = Map.of();

  private static final Map<String, Double> ULPS = tolerances();

  @TestFactory
  Stream<DynamicTest> primitives() {
    Map<String, List<Case>> byPrimitive = new LinkedHashMap<>();
    for (String file : FILES) {
      for (Case c : GoldenFile.read(file)) {
        byPrimitive.computeIfAbsent(c.text("prim"), p -> new ArrayList<>()).add(c);
      }
    }
    return byPrimitive.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  private static void check(String primitive, List<Case> cases) {
    var all = new ArrayList<String>();
    for (Case c : cases) {
      if (isListed(DELIBERATE, c)) {
        continue;
      }
      var wrong = new ArrayList<String>();
      var call = PrimitiveCalls.of(primitive, Parameters.of(c), c.arrays("in"));
      if (call.isEmpty()) {
        assertThat(NOT_OURS).as("without a call: " + c.name()).contains(primitive);
        continue;
      }
      try {
        compare(c, primitive, call.get(), wrong);
      } catch (RuntimeException | StackOverflowError e) {
        wrong.add(c.name() + ": " + e);
      }
      if (!isListed(TO_FIX, c)) {
        all.addAll(wrong);
      } else if (wrong.isEmpty()) {
        all.add(c.name() + " agrees with JAX now: take it off TO_FIX");
      }
    }
    assertThat(all).as("cases of %s that differ from JAX", primitive).isEmpty();
  }

  private static boolean isListed(Map<String, String> list, Case c) {
    return list.keySet().stream().anyMatch(c.name()::matches);
  }

  private static void compare(Case c, String primitive, Call call, List<String> wrong) {
    List<Array> operands = arrays(c, "in");
    GoldenArray value = GoldenArray.of(call.apply(operands));
    GoldenArray expected = c.arrays("out").getFirst();
    DType dtype = c.has("in") ? c.arrays("in").getFirst().dtype() : expected.dtype();
    note(c, "value", closeness(primitive, dtype), value, expected, wrong);
    if (c.has("active")) {
      derivatives(c, call, operands, wrong);
    }
  }

  private static void derivatives(Case c, Call call, List<Array> operands, List<String> wrong) {
    int[] active = Stream.of(c.text("active").split(" ")).mapToInt(Integer::parseInt).toArray();
    Fn1<List<Array>, Array> f = xs -> call.apply(replaced(operands, active, xs));
    List<Array> point = Stream.of(active(operands, active)).toList();
    List<Array> direction = arrays(c, "dir");
    Array cotangent = arrays(c, "cot").getFirst();
    boolean special = c.name().contains("special");
    DType dtype = c.arrays("out").getFirst().real();
    double eps = Closeness.epsilon(dtype) * 64;
    Closeness first = special ? new Closeness.Mixed(eps, 1.0 / 16) : new Closeness.OfLargest(eps);
    Closeness second = new Closeness.OfLargest(eps * 10);

    compareAll(c, "jvp", first, List.of(Jacobi.jvp(f, point, direction).tangent()), wrong);
    compareAll(c, "vjp", first, Jacobi.vjp(f, point).pullback().apply(cotangent), wrong);
    if (c.has("jvp2")) {
      Fn1<List<Array>, Array> along = xs -> Jacobi.jvp(f, xs, direction).tangent();
      compareAll(c, "jvp2", second, List.of(Jacobi.jvp(along, point, direction).tangent()), wrong);
      compareAll(c, "vjp2", second, Jacobi.vjp(along, point).pullback().apply(cotangent), wrong);
    }
  }

  private static Array[] active(List<Array> operands, int[] active) {
    Array[] point = new Array[active.length];
    for (int i = 0; i < active.length; i++) {
      point[i] = operands.get(active[i]);
    }
    return point;
  }

  private static List<Array> replaced(List<Array> operands, int[] active, List<Array> xs) {
    var full = new ArrayList<>(operands);
    for (int i = 0; i < active.length; i++) {
      full.set(active[i], xs.get(i));
    }
    return full;
  }

  private static void compareAll(
      Case c, String tag, Closeness closeness, List<Array> ours, List<String> wrong) {
    List<GoldenArray> expected = c.arrays(tag);
    for (int i = 0; i < expected.size(); i++) {
      note(c, tag + " " + i, closeness, GoldenArray.of(ours.get(i)), expected.get(i), wrong);
    }
  }

  private static void note(
      Case c,
      String what,
      Closeness closeness,
      GoldenArray ours,
      GoldenArray jax,
      List<String> wrong) {
    Optional<String> difference = closeness.difference(ours, jax);
    difference.ifPresent(text -> wrong.add(c.name() + " " + what + ": " + text));
  }

  private static List<Array> arrays(Case c, String tag) {
    return c.arrays(tag).stream().map(GoldenArray::toArray).toList();
  }

  static Closeness closeness(String primitive, DType dtype) {
    return switch (primitive) {
      case "reduce_sum",
          "reduce_prod",
          "cumsum",
          "cumprod",
          "cumlogsumexp",
          "logaddexp",
          "reduce",
          "reduce_window",
          "reduce_window_sum",
          "select_and_scatter_add",
          "dot_general",
          "conv_general_dilated",
          "fft",
          "scatter-add",
          "scatter-mul",
          "scatter-sub" ->
          new Closeness.OfLargest(16 * Closeness.epsilon(dtype));
      case "integer_pow" -> new Closeness.Ulps(4);
      case "lgamma", "digamma", "zeta", "polygamma" -> ofFormula(dtype, 16, 1);
      case "bessel_i0e", "bessel_i1e" -> ofFormula(dtype, 16, 1.0 / 16);
      case "igamma", "igammac", "igamma_grad_a", "random_gamma_grad" ->
          ofFormula(dtype, 64, 1.0 / 64);
      case "regularized_incomplete_beta" -> ofFormula(dtype, 256, 1.0 / 64); // JAX's f64 misses 131
      default -> {
        if (dtype.kind() == DType.Kind.COMPLEX) {
          boolean moved = !ULPS.containsKey(primitive + " f32") && !primitive.equals("square");
          yield moved ? new Closeness.Exact() : new Closeness.Ulps(256);
        }
        double n = ULPS.getOrDefault(primitive + " " + dtype.shortName(), 0.0);
        yield n == 0 ? new Closeness.Exact() : new Closeness.Ulps(n);
      }
    };
  }

  /**
   * For functions whose errors, JAX's above all, are relative to the terms of a formula: a number
   * of epsilons of {@code least} or more; 16-bit types are computed in f32 and rounded.
   */
  private static Closeness ofFormula(DType dtype, int epsilons, double least) {
    double epsilon = Closeness.epsilon(dtype);
    return dtype.bits() == 16
        ? new Closeness.Mixed(epsilon, 1.0 / 512)
        : new Closeness.Mixed(epsilons * epsilon, least);
  }

  /** The ULP that a comparison with JAX may allow, by operation and type. */
  private static Map<String, Double> tolerances() {
    var all = new HashMap<String, Double>();
    for (var line : GoldenFile.lines("values/tolerance.tsv")) {
      if (!line.field(1).equals("any")) {
        all.put(line.field(0) + " " + line.field(1), Double.parseDouble(line.field(3)));
      }
    }
    return all;
  }
}
