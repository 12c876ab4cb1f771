package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Primitives;
import dev.jacobi.lax.Stacking;
import dev.jacobi.lax.Zeros;
import dev.jacobi.transform.Batching;
import dev.jacobi.transform.Differentiation;
import dev.jacobi.transform.Flat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every primitive's rules against JAX's: the value, derivatives of first and second order in all
 * operands together and in each alone, and vmap over each operand and over all, along any axis.
 */
class RulesGoldenTest {
  private static final List<String> FAMILIES =
      List.of("elementwise", "special", "shapes", "reductions", "windows", "linear", "indexing");

  /** Lines, by the patterns of {@code case tag}, where Jacobi differs on purpose, and why. */
  private static final Map<String, String> DELIBERATE =
      Map.of(
          "conj/f(32|64).*",
          "the conjugate of a real array is that array; JAX makes it complex",
          "scatter-(min|max)/f32 (window )?outside clip True v?(jvp|vjp).*",
          "JAX's rule gathers in the mode that fills, so that places clipped to the edge give NaN");

  /** Primitives without values of their own: nobody's choice, the operands themselves, a size. */
  private static final Set<String> WITHOUT =
      Set.of("dimension_size", "empty", "optimization_barrier");

  /** Their values and rules are goldens of functions: jnp/ragged.tsv and jaxpr/ragged.tsv. */
  private static final Set<String> ELSEWHERE = Set.of("ragged_dot_general", "scaled_dot");

  private static final int FRONT = 0;

  private static Map<String, List<Case>> byPrimitive() {
    return FAMILIES.stream()
        .flatMap(family -> GoldenFile.read("rules/" + family + ".tsv").stream())
        .collect(
            Collectors.groupingBy(c -> c.text("prim"), LinkedHashMap::new, Collectors.toList()));
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> primitives() {
    return byPrimitive().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue())));
  }

  /** Those of linear algebra, in a package of their own, have goldens of their own. */
  @Test
  void everyPrimitiveHasCases() {
    Set<String> missing = new TreeSet<>();
    for (Primitive p : Primitives.all()) {
      if (p.getClass().getPackage().equals(Primitives.class.getPackage())) {
        missing.add(p.name());
      }
    }
    missing.removeAll(byPrimitive().keySet());
    missing.removeAll(ELSEWHERE);
    assertThat(missing).as("without cases in goldens/rules").isEqualTo(WITHOUT);
  }

  private static void check(List<Case> cases) {
    var wrong = new ArrayList<String>();
    for (Case c : cases) {
      new Check(c, wrong).all();
    }
    assertThat(wrong).as("lines that differ from JAX's").isEmpty();
  }

  /** One case, and what was found wrong. */
  private record Check(Case c, List<String> wrong) {
    void all() {
      Flat f = RuleCalls.of(c);
      List<Array> x = arrays("in");
      compare("out", () -> f.apply(x));
      if (c.has("active")) {
        derivatives(f, x);
      }
      if (c.has("lane")) {
        maps(f, x, arrays("lane"));
      }
    }

    private List<Array> arrays(String tag) {
      return c.arrays(tag).stream().map(GoldenArray::toArray).toList();
    }

    private List<Integer> active() {
      return c.all("active").getFirst().fields().stream().map(Integer::parseInt).toList();
    }

    private void derivatives(Flat f, List<Array> x) {
      List<Integer> active = active();
      List<Array> v = arrays("dir");
      List<Array> w = arrays("cot");
      List<Array> point = active.stream().map(x::get).toList();
      Flat g = ys -> smooth(f.apply(replaced(x, active, ys)));
      Flat along = ys -> zeros(Differentiation.jvp(g, ys, v));
      compare("jvp", () -> along.apply(point));
      compare("vjp", () -> pull(g, point, w));
      for (int i = 0; i < active.size() && active.size() > 1; i++) {
        int n = i;
        compare("jvp." + active.get(n), () -> zeros(Differentiation.jvp(g, point, only(v, n))));
        alone("vjp", n, g, point, w);
      }
      if (hasLine("jvp2")) {
        compare("jvp2", () -> zeros(Differentiation.jvp(along, point, nullable(v))));
        compare("vjp2", () -> pull(along, point, w));
      }
    }

    private boolean hasLine(String tag) {
      return c.has(tag) || c.all("refused").stream().anyMatch(line -> line.field(0).equals(tag));
    }

    /** The pullback in one operand alone gives what it gives among others. */
    private void alone(String tag, int n, Flat g, List<Array> point, List<Array> w) {
      List<GoldenArray> jax = c.arrays(tag);
      if (!jax.isEmpty()) {
        Flat h = y -> g.apply(replaced(point, List.of(n), y));
        compare(tag, List.of(jax.get(n)), () -> pull(h, List.of(point.get(n)), w));
      }
    }

    private void maps(Flat f, List<Array> here, List<Array> there) {
      int n = here.size();
      for (int i = 0; i < n; i++) {
        mapped("vmap." + i, f, here, there, Set.of(i));
      }
      Set<Integer> all = IntStream.range(0, n).boxed().collect(Collectors.toSet());
      if (n > 1) {
        mapped(
            "vmap." + IntStream.range(0, n).mapToObj(String::valueOf).collect(Collectors.joining()),
            f,
            here,
            there,
            all);
      }
      if (hasLine("vvjp")) {
        List<Integer> active = active();
        Flat pullback =
            xw -> {
              List<Array> x = xw.subList(0, n);
              Flat g = ys -> smooth(f.apply(replaced(x, active, ys)));
              return pull(g, active.stream().map(x::get).toList(), xw.subList(n, xw.size()));
            };
        var one = new ArrayList<>(here);
        one.addAll(arrays("cot"));
        var two = new ArrayList<>(there);
        two.addAll(arrays("cot2"));
        mapped(
            "vvjp",
            pullback,
            one,
            two,
            IntStream.range(0, one.size()).boxed().collect(Collectors.toSet()));
      }
    }

    /** Along the first axes, the last, and one after the other. */
    private void mapped(
        String tag, Flat f, List<Array> here, List<Array> there, Set<Integer> mask) {
      for (int pattern = 0; pattern < 3; pattern++) {
        List<Array> batches = new ArrayList<>();
        List<@Nullable Integer> dims = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
          int rank = here.get(i).rank();
          boolean in = mask.contains(i);
          int dim = pattern == 0 ? 0 : pattern == 1 ? rank : (i + 1) % (rank + 1);
          dims.add(in ? (Integer) dim : null);
          batches.add(in ? Stacking.stack(List.of(here.get(i), there.get(i)), dim) : here.get(i));
        }
        compare(
            tag,
            c.arrays(tag),
            () -> {
              var out = Batching.vmap(f, 2, batches, dims);
              return Batching.vmap(
                  f, 2, batches, dims, Collections.nCopies(out.values().size(), FRONT));
            });
      }
    }

    private void compare(String tag, java.util.function.Supplier<List<Array>> ours) {
      compare(tag, c.arrays(tag), ours);
    }

    private void compare(
        String tag, List<GoldenArray> jax, java.util.function.Supplier<List<Array>> ours) {
      boolean refused = c.all("refused").stream().anyMatch(line -> line.field(0).equals(tag));
      boolean deliberate = DELIBERATE.keySet().stream().anyMatch((c.name() + " " + tag)::matches);
      if (refused || deliberate) {
        return;
      }
      try {
        List<Array> values = ours.get();
        if (values.size() != jax.size()) {
          wrong.add(
              c.name() + " " + tag + ": " + values.size() + " results, JAX has " + jax.size());
          return;
        }
        for (int i = 0; i < jax.size(); i++) {
          String at = c.name() + " " + tag + " " + i + ": ";
          closeness(tag)
              .difference(GoldenArray.of(values.get(i)), jax.get(i))
              .ifPresent(text -> wrong.add(at + text));
        }
      } catch (RuntimeException | StackOverflowError e) {
        wrong.add(c.name() + " " + tag + ": " + e);
      }
    }

    private Closeness closeness(String tag) {
      boolean direct = tag.equals("out") || tag.startsWith("vmap");
      if (direct) {
        return PrimitiveGoldenTest.closeness(c.text("prim"), types().findFirst().orElseThrow());
      }
      double eps = types().mapToDouble(Closeness::epsilon).max().orElseThrow();
      double rounding = eps * (tag.endsWith("2") ? 640 : 64);
      boolean drawn = c.has("lane"); // else chosen, with results that cancel or are infinite
      return drawn ? new Closeness.OfLargest(rounding) : new Closeness.Mixed(rounding, 1.0 / 16);
    }

    /** The element types of the operands and results. */
    private Stream<DType> types() {
      return Stream.of("in", "out").flatMap(tag -> c.arrays(tag).stream()).map(GoldenArray::dtype);
    }
  }

  private static List<Array> smooth(List<Array> results) {
    return results.stream().filter(r -> r.aval().isDifferentiable()).toList();
  }

  private static List<Array> zeros(Primitive.Jvp jvp) {
    List<Array> tangents = new ArrayList<>();
    for (int i = 0; i < jvp.primals().size(); i++) {
      Array t = jvp.tangents().get(i);
      tangents.add(t == null ? Zeros.like(jvp.primals().get(i)) : t);
    }
    return tangents;
  }

  private static List<Array> pull(Flat f, List<Array> point, List<Array> w) {
    var pulled =
        Differentiation.linearize(f, point, Collections.nCopies(point.size(), true))
            .pull(nullable(w));
    List<Array> all = new ArrayList<>();
    for (int i = 0; i < point.size(); i++) {
      Array t = pulled.get(i);
      all.add(t == null ? Zeros.like(point.get(i)) : t);
    }
    return all;
  }

  private static List<@Nullable Array> nullable(List<Array> arrays) {
    return new ArrayList<>(arrays);
  }

  private static List<@Nullable Array> only(List<Array> arrays, int n) {
    List<@Nullable Array> one = new ArrayList<>(Collections.nCopies(arrays.size(), null));
    one.set(n, arrays.get(n));
    return one;
  }

  private static List<Array> replaced(List<Array> all, List<Integer> at, List<Array> xs) {
    var full = new ArrayList<>(all);
    for (int i = 0; i < at.size(); i++) {
      full.set(at.get(i), xs.get(i));
    }
    return full;
  }
}
