package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Jnp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The families of {@code Jnp} against JAX's values and derivatives of first and second order; what
 * does not look at values also gives the same inside {@code jit}, and in a batch what it gives for
 * each of its entries.
 */
@Tag("slow")
class NumpyGoldenTest {
  private static final Map<String, Fn1<List<Array>, List<Array>>> FUNCTIONS =
      NumpyFunctions.functions();

  private static final List<String> FAMILIES =
      List.of(
          "elements",
          "nans",
          "places",
          "parts",
          "sets",
          "counts",
          "moments",
          "polynomials",
          "calculus",
          "images",
          "names",
          "methods",
          "options",
          "keywords",
          "lax_names");

  @TestFactory
  Stream<DynamicTest> functions() {
    return cases()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name() + ": " + c.text("source"), () -> check(c, FUNCTIONS.get(c.name()))));
  }

  @Test
  void everyCaseHasAFunction() {
    Set<String> names = cases().map(Case::name).collect(Collectors.toSet());
    assertThat(FUNCTIONS.keySet()).containsExactlyInAnyOrderElementsOf(names);
  }

  private static Stream<Case> cases() {
    return FAMILIES.stream().flatMap(f -> GoldenFile.read("jnp/" + f + ".tsv").stream());
  }

  /** Values, derivatives and, if the function does not look at values, jit and vmap. */
  static void check(Case c, Fn1<List<Array>, List<Array>> f) {
    JnpGoldenTest.check(c, f);
    List<Array> in = c.arrays("in").stream().map(GoldenArray::toArray).toList();
    if (c.has("jvp2")) {
      second(c, f, in);
    }
    if (c.text("law").equals("static") && !in.isEmpty()) {
      List<GoldenArray> eager = f.apply(in).stream().map(GoldenArray::of).toList();
      JnpGoldenTest.near("jit", Jacobi.jit(f).apply(in), eager, t -> few(t));
      batch(f, in);
    }
  }

  private static Closeness few(DType t) {
    return new Closeness.OfLargest(8 * Closeness.epsilon(t));
  }

  /** The derivative along a direction of the derivative along it. */
  private static void second(Case c, Fn1<List<Array>, List<Array>> f, List<Array> in) {
    List<Integer> active = Stream.of(c.text("active").split(" ")).map(Integer::parseInt).toList();
    List<Array> at = active.stream().map(in::get).toList();
    List<Array> dir = c.arrays("dir2").stream().map(GoldenArray::toArray).toList();
    Fn1<List<Array>, List<Array>> g =
        xs -> {
          List<Array> full = new ArrayList<>(in);
          for (int k = 0; k < active.size(); k++) {
            full.set(active.get(k), xs.get(k));
          }
          return f.apply(full);
        };
    Fn1<List<Array>, List<Array>> first = xs -> Jacobi.jvp(g, xs, dir).tangent();
    Function<DType, Closeness> rule = t -> new Closeness.OfLargest(t == DType.F64 ? 1e-11 : 1e-4);
    JnpGoldenTest.near("jvp2", Jacobi.jvp(first, at, dir).tangent(), c.arrays("jvp2"), rule);
  }

  /** Two entries: the operands, and the operands with their elements in reverse order. */
  private static void batch(Fn1<List<Array>, List<Array>> f, List<Array> in) {
    List<Array> other =
        in.stream().map(x -> Jnp.flip(Jnp.ravel(x)).reshape(x.shape().toArray())).toList();
    List<Array> both = new ArrayList<>();
    for (int k = 0; k < in.size(); k++) {
      both.add(Jnp.stack(in.get(k), other.get(k)));
    }
    List<Array> mapped = Jacobi.vmap(f).apply(both);
    List<GoldenArray> loop = new ArrayList<>();
    List<Array> first = f.apply(in);
    List<Array> second = f.apply(other);
    for (int k = 0; k < first.size(); k++) {
      loop.add(GoldenArray.of(Jnp.stack(first.get(k), second.get(k))));
    }
    JnpGoldenTest.near("vmap", mapped, loop, t -> few(t));
  }
}
