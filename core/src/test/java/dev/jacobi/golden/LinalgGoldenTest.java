package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Linear algebra against JAX: values with signs and phases, first and second derivatives. */
@Tag("slow")
class LinalgGoldenTest {
  private static final Map<String, Fn1<List<Array>, List<Array>>> PRIMITIVES =
      LinalgFunctions.values();

  private static final Map<String, Fn1<List<Array>, List<Array>>> FUNCTIONS =
      LinalgNumpyFunctions.all();

  @TestFactory
  Stream<DynamicTest> primitives() {
    return groups("values/linalg.tsv", PRIMITIVES, "[ /]");
  }

  @TestFactory
  Stream<DynamicTest> functions() {
    return groups("jnp/linalg.tsv", FUNCTIONS, "_");
  }

  /** One test for all cases whose names begin alike. */
  private static Stream<DynamicTest> groups(
      String file, Map<String, Fn1<List<Array>, List<Array>>> functions, String end) {
    Map<String, List<Case>> groups = new LinkedHashMap<>();
    var used = new HashSet<String>();
    for (Case c : GoldenFile.read(file)) {
      groups.computeIfAbsent(c.name().split(end)[0], n -> new ArrayList<>()).add(c);
      used.add(function(functions, c));
    }
    assertThat(used).isEqualTo(functions.keySet());
    return groups.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(functions, e.getValue())));
  }

  /** A name without the type at its end, unless the case itself has an entry. */
  private static String function(Map<String, Fn1<List<Array>, List<Array>>> functions, Case c) {
    String name = c.name();
    return functions.containsKey(name) ? name : name.split("/")[0];
  }

  private static void check(
      Map<String, Fn1<List<Array>, List<Array>>> functions, List<Case> cases) {
    var wrong = new ArrayList<String>();
    for (Case c : cases) {
      try {
        compare(c, functions.get(function(functions, c)), wrong);
      } catch (RuntimeException e) {
        wrong.add(c.name() + ": " + e);
      }
    }
    assertThat(wrong).as("cases that differ from JAX").isEmpty();
  }

  private static void compare(Case c, Fn1<List<Array>, List<Array>> f, List<String> wrong) {
    List<Array> in = arrays(c, "in");
    note(c, "out", 1, f.apply(in), wrong);
    if (c.has("dir")) {
      List<Array> v = arrays(c, "dir");
      List<Array> w = arrays(c, "cot");
      Fn1<List<Array>, List<Array>> g = xs -> smooth(f.apply(xs));
      note(c, "jvp", 8, Jacobi.jvp(g, in, v).tangent(), wrong);
      note(c, "vjp", 8, Jacobi.vjp(g, in).pullback().apply(w), wrong);
      if (c.has("jvp2")) {
        Fn1<List<Array>, List<Array>> along = xs -> Jacobi.jvp(g, xs, v).tangent();
        note(c, "jvp2", 256, Jacobi.jvp(along, in, v).tangent(), wrong);
        note(c, "vjp2", 256, Jacobi.vjp(along, in).pullback().apply(w), wrong);
      }
    }
  }

  private static List<Array> smooth(List<Array> xs) {
    return xs.stream().filter(x -> x.aval().isDifferentiable()).toList();
  }

  private static void note(Case c, String tag, int scale, List<Array> ours, List<String> wrong) {
    List<GoldenArray> jax = c.arrays(tag);
    assertThat(ours).as("%s %s", c.name(), tag).hasSize(jax.size());
    for (int i = 0; i < jax.size(); i++) {
      double eps = 32 * scale * Closeness.epsilon(jax.get(i).dtype());
      String what = c.name() + " " + tag + " " + i + ": ";
      new Closeness.OfLargest(eps)
          .difference(GoldenArray.of(ours.get(i)), narrow(jax.get(i)))
          .ifPresent(text -> wrong.add(what + text));
    }
  }

  /** Ranks are i64 in JAX with 64 bits, i32 here. */
  private static GoldenArray narrow(GoldenArray x) {
    return x.dtype() == DType.I64 ? new GoldenArray(DType.I32, x.shape(), x.words()) : x;
  }

  private static List<Array> arrays(Case c, String tag) {
    return c.arrays(tag).stream().map(GoldenArray::toArray).toList();
  }
}
