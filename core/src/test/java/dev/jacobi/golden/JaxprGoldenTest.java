package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Key;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.random.Random;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our jaxprs against JAX's text, forward, under jvp and under vmap, in {@link JaxprNormal}. */
class JaxprGoldenTest {
  private static final int BATCH = 5;

  @TestFactory
  Stream<DynamicTest> texts() {
    return Stream.of(
            "jaxpr/differentiable.tsv",
            "jaxpr/other.tsv",
            "jaxpr/conv.tsv",
            "jaxpr/order.tsv",
            "jaxpr/segments.tsv",
            "jaxpr/linalg.tsv",
            "jaxpr/windows.tsv",
            "jaxpr/eigen.tsv",
            "jaxpr/lax.tsv",
            "jaxpr/dots.tsv",
            "jaxpr/ragged.tsv",
            "jaxpr/control.tsv",
            "jaxpr/remat.tsv")
        .flatMap(file -> GoldenFile.read(file).stream())
        .filter(c -> isOurs(function(c)))
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  @Test
  void normalFormTellsDifferentProgramsApart() {
    String row =
        "{ lambda ; a:f32[2,3] b:f32[3]. let c:f32[1,3] = broadcast_in_dim["
            + "broadcast_dimensions=(1,)] b d:f32[2,3] = add a c in (d,) }";
    String ours = row.replace("f32[1,3]", "f32[2,3]");
    assertThat(JaxprNormal.of(row)).isEqualTo(JaxprNormal.of(ours));
    assertThat(JaxprNormal.of(row)).contains("add v0 v1[-1, 0]");
    assertThat(JaxprNormal.of(row)).isNotEqualTo(JaxprNormal.of(row.replace("add a", "sub a")));
    String column =
        "{ lambda ; a:f32[3,3] b:f32[3]. let c:f32[3,3] = broadcast_in_dim["
            + "broadcast_dimensions=(%d,)] b d:f32[3,3] = add a c in (d,) }";
    assertThat(JaxprNormal.of(column.formatted(0)))
        .isNotEqualTo(JaxprNormal.of(column.formatted(1)));
  }

  private static boolean isOurs(String name) {
    return JaxprFunctions.all().containsKey(name) || RandomFunctions.all().containsKey(name);
  }

  private static String function(Case c) {
    return c.name().substring(0, c.name().indexOf('/'));
  }

  private static void check(Case c) {
    if (KnownDifferences.isListed(KnownDifferences.DELIBERATE, c.name())) {
      assumeTrue(false, "differs on purpose");
    }
    String jax = JaxprNormal.of(text(c));
    if (KnownDifferences.isListed(KnownDifferences.TO_FIX, c.name())) {
      assertThat(agrees(c, jax)).as("agrees now: take it off TO_FIX").isFalse();
      assumeTrue(false, "differs still");
    }
    assertThat(JaxprNormal.of(trace(c).toString())).as(c.text("source")).isEqualTo(jax);
  }

  private static boolean agrees(Case c, String jax) {
    try {
      return JaxprNormal.of(trace(c).toString()).equals(jax);
    } catch (LaxTypeException e) {
      return false; // The operation does not take the type yet.
    }
  }

  private static String text(Case c) {
    return String.join("\n", c.all("|").stream().map(line -> line.field(0)).toList());
  }

  private static Jaxpr trace(Case c) {
    Fn1<Key, Object> random = RandomFunctions.all().get(function(c));
    if (random != null) {
      return c.text("kind").equals("forward")
          ? Jacobi.makeJaxpr(random, Random.key(0))
          : Jacobi.makeJaxpr(Jacobi.vmap(random), Random.key(0).split(BATCH));
    }
    Fn1<List<Array>, List<Array>> f = JaxprFunctions.all().get(function(c));
    List<String> types = c.all("arg").stream().map(line -> line.field(0)).toList();
    return switch (c.text("kind")) {
      case "forward" -> Jacobi.makeJaxpr(f, types.stream().map(t -> spec(t, false)).toList());
      case "jvp" -> pushed(c, f, types);
      default -> batched(c, f, types);
    };
  }

  private static Jaxpr pushed(Case c, Fn1<List<Array>, List<Array>> f, List<String> types) {
    List<Integer> active =
        c.all("active").getFirst().fields().stream().map(Integer::parseInt).toList();
    int n = types.size();
    Fn1<List<Array>, List<Array>> both =
        all -> {
          Fn1<List<Array>, List<Array>> g =
              xs -> {
                var full = new ArrayList<>(all.subList(0, n));
                for (int i = 0; i < active.size(); i++) {
                  full.set(active.get(i), xs.get(i));
                }
                return f.apply(full);
              };
          var primals = active.stream().map(all::get).toList();
          var result = Jacobi.jvp(g, primals, all.subList(n, all.size()));
          return Stream.concat(result.value().stream(), result.tangent().stream()).toList();
        };
    var specs = new ArrayList<>(types.stream().map(t -> spec(t, false)).toList());
    active.forEach(i -> specs.add(spec(types.get(i), false)));
    return Jacobi.makeJaxpr(both, List.copyOf(specs));
  }

  private static Jaxpr batched(Case c, Fn1<List<Array>, List<Array>> f, List<String> types) {
    List<String> axes = c.all("axes").getFirst().fields();
    List<Array> specs = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      specs.add(spec(types.get(i), axes.get(i).equals("0")));
    }
    if (types.size() == 1) {
      return Jacobi.makeJaxpr(Jacobi.vmap(f), specs);
    }
    Object[] in = axes.stream().<Object>map(a -> a.equals("0") ? 0 : Jacobi.NONE).toArray();
    if (types.size() == 2) {
      return Jacobi.makeJaxpr(
          Jacobi.vmap((Array x, Array y) -> f.apply(List.of(x, y)), Jacobi.in(in)),
          specs.get(0),
          specs.get(1));
    }
    return Jacobi.makeJaxpr(
        Jacobi.vmap((Array x, Array y, Array z) -> f.apply(List.of(x, y, z)), Jacobi.in(in)),
        specs.get(0),
        specs.get(1),
        specs.get(2));
  }

  /** An abstract array of a type such as {@code f32[2,3]}. */
  private static Array spec(String type, boolean isBatched) {
    int bracket = type.indexOf('[');
    String sizes = type.substring(bracket + 1, type.length() - 1);
    var all = new ArrayList<Long>();
    if (isBatched) {
      all.add((long) BATCH);
    }
    if (!sizes.isEmpty()) {
      Arrays.stream(sizes.split(",")).map(Long::valueOf).forEach(all::add);
    }
    DType dtype = DType.valueOf(type.substring(0, bracket).toUpperCase(Locale.ROOT));
    return Jacobi.spec(dtype, all.stream().mapToLong(Long::longValue).toArray());
  }
}
