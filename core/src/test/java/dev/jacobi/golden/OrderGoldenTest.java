package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Key;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.golden.GoldenFile.Line;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Sort;
import dev.jacobi.random.Choice;
import dev.jacobi.random.Random;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Sorting against JAX: functions, primitives with derivatives, random order. */
class OrderGoldenTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    return JnpGoldenTest.tests("jnp/order.tsv", OrderFunctions.functions());
  }

  @TestFactory
  Stream<DynamicTest> primitives() {
    return GoldenFile.read("values/order.tsv").stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> primitive(c)));
  }

  /** Nothing is computed but the order, so that all elements are JAX's to the bit. */
  private static void primitive(Case c) {
    Fn1<List<Array>, List<Array>> f = call(c);
    List<Array> x = arrays(c, "in");
    equal("value", f.apply(x), c.arrays("out"));
    if (c.has("active")) {
      assertThat(c.text("active").split(" ")).as("active operands").hasSize(x.size());
      List<Array> dir = arrays(c, "dir");
      List<Array> cot = arrays(c, "cot");
      Fn1<List<Array>, List<Array>> along = xs -> Jacobi.jvp(f, xs, dir).tangent();
      equal("jvp", along.apply(x), c.arrays("jvp"));
      equal("vjp", Jacobi.vjp(f, x).pullback().apply(cot), c.arrays("vjp"));
      equal("jvp2", Jacobi.jvp(along, x, dir).tangent(), c.arrays("jvp2"));
      equal("vjp2", Jacobi.vjp(along, x).pullback().apply(cot), c.arrays("vjp2"));
    }
  }

  private static Fn1<List<Array>, List<Array>> call(Case c) {
    Map<String, Line> p = params(c);
    if (c.text("prim").equals("top_k")) {
      return x -> Sort.topK(x.getFirst(), number(p, "k"), number(p, "axis"));
    }
    boolean stable = p.get("is_stable").field(1).equals("True");
    return x -> Sort.sort(x, number(p, "dimension"), stable, number(p, "num_keys"));
  }

  private static void equal(String what, List<Array> ours, List<GoldenArray> jax) {
    assertThat(ours.stream().map(GoldenArray::of).toList()).as(what).isEqualTo(jax);
  }

  private static List<Array> arrays(Case c, String tag) {
    return c.arrays(tag).stream().map(GoldenArray::toArray).toList();
  }

  private static Map<String, Line> params(Case c) {
    Map<String, Line> p = new LinkedHashMap<>();
    c.all("param").forEach(line -> p.put(line.field(0), line));
    return p;
  }

  private static int number(Map<String, Line> p, String name) {
    return Integer.parseInt(p.get(name).field(1));
  }

  @TestFactory
  Stream<DynamicTest> draws() {
    return GoldenFile.read("random/order.tsv").stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> draw(c)));
  }

  private static void draw(Case c) {
    Map<String, Line> p = params(c);
    Key key = Key.wrap(c.arrays("key").getFirst().toArray());
    boolean permutes = c.text("fn").equals("permutation");
    Array ours = permutes ? permutation(key, p) : choice(key, p);
    if (c.has("out")) {
      equal("drawn", List.of(ours), c.arrays("out"));
      return;
    }
    long h = 1;
    for (long word : GoldenArray.of(ours).words()) {
      h = 31 * h + word;
    }
    assertThat("%016x".formatted(h)).as("hash of all elements").isEqualTo(c.text("hash"));
  }

  private static Array permutation(Key key, Map<String, Line> p) {
    if (p.containsKey("n")) {
      return Random.permutation(key, number(p, "n"));
    }
    boolean independent = p.get("independent").field(1).equals("True");
    return Random.permutation(key, array(p, "x"), number(p, "axis"), independent);
  }

  private static Array choice(Key key, Map<String, Line> p) {
    long[] sizes =
        Pattern.compile("\\d+")
            .matcher(p.get("shape").field(1))
            .results()
            .mapToLong(found -> Long.parseLong(found.group()))
            .toArray();
    Choice how = Choice.PLAIN;
    how = p.get("replace").field(1).equals("True") ? how : how.withoutReplacement();
    how = p.containsKey("p") ? how.weights(array(p, "p")) : how;
    Shape shape = Shape.of(sizes);
    return p.containsKey("n")
        ? Random.choice(key, number(p, "n"), shape, how)
        : Random.choice(key, array(p, "x"), shape, how.axis(number(p, "axis")));
  }

  private static Array array(Map<String, Line> p, String name) {
    return GoldenArray.of(p.get(name).field(1), p.get(name).field(2)).toArray();
  }
}
