package dev.jacobi.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Jacobi;
import dev.jacobi.Key;
import dev.jacobi.golden.Closeness;
import dev.jacobi.golden.GoldenArray;
import dev.jacobi.golden.GoldenFile;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.tree.Leaf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that real JAX exported, called from Java: values, VJPs, in {@code jit} and without. */
class ExportGoldenTest {
  private static final Closeness NEAR = new Closeness.OfLargest(2e-5);

  private static final Set<String> FAST =
      Set.of("regression/0", "sampling/0", "symbolic/1", "trees/0", "platforms/0");

  @TestFactory
  Stream<DynamicTest> calls() {
    return calls(FAST::contains);
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> longerCalls() {
    return calls(name -> !FAST.contains(name));
  }

  private static Stream<DynamicTest> calls(Predicate<String> wanted) {
    return GoldenFile.read("export/calls.tsv").stream()
        .filter(c -> wanted.test(c.name()))
        .flatMap(
            c ->
                Stream.of(
                    DynamicTest.dynamicTest(c.name(), () -> values(c)),
                    DynamicTest.dynamicTest(c.name() + " file", () -> roundTrip(c)),
                    DynamicTest.dynamicTest(c.name() + " vjp", () -> derivatives(c))));
  }

  static Exported read(String name) {
    try {
      return Export.read(GoldenFile.folder().resolve("export").resolve(name + ".jaxexport"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Exported read(GoldenFile.Case c) {
    return read(c.name().substring(0, c.name().indexOf('/')));
  }

  /** Keys stand in the file as their words. */
  static List<Array> inputs(Exported exported, GoldenFile.Case c) {
    List<Array> inputs = new ArrayList<>();
    for (GoldenArray in : c.arrays("in")) {
      boolean isKey = exported.inAvals().get(inputs.size()).dtype().isKey();
      inputs.add(isKey ? Key.wrap(in.toArray()).array() : in.toArray());
    }
    return inputs;
  }

  static void compare(List<Array> ours, List<GoldenArray> jax) {
    assertThat(ours).hasSameSizeAs(jax);
    for (int i = 0; i < jax.size(); i++) {
      Array plain = ours.get(i).aval().key() ? Key.of(ours.get(i)).data() : ours.get(i);
      if (jax.get(i).dtype() == null) { // float0: zeros, of any type
        assertThat(plain.shape()).isEqualTo(jax.get(i).shape());
      } else {
        assertThat(NEAR.difference(GoldenArray.of(plain), jax.get(i))).isEmpty();
      }
    }
  }

  private static void values(GoldenFile.Case c) {
    Exported exported = read(c);
    assertThat(exported.inAvals().stream().map(Object::toString))
        .isEqualTo(c.all("aval").stream().map(line -> line.field(0)).toList());
    assertThat(exported.outAvals().stream().map(Object::toString))
        .isEqualTo(c.all("result").stream().map(line -> line.field(0)).toList());
    List<Array> inputs = inputs(exported, c);
    compare(exported.callFlat(inputs), c.arrays("out"));
    Fn1<List<Leaf>, List<Array>> flat = ins -> exported.callFlat(TreeFn.Args.of(ins).leaves());
    List<Leaf> leaves = new ArrayList<>();
    inputs.forEach(a -> leaves.add(a.aval().key() ? Key.of(a) : a));
    List<Array> jitted = TreeFn.Args.of(Jacobi.jit(flat).apply(leaves)).leaves();
    compare(jitted, c.arrays("out"));
    compare(throughTrees(exported, inputs), c.arrays("out"));
  }

  /** The call on Java's containers. */
  private static List<Array> throughTrees(Exported exported, List<Array> inputs) {
    PyTree args = exported.inTree().children().get(0);
    PyTree kwargs = exported.inTree().children().get(1);
    List<?> positional = (List<?>) TreeTarget.of(args, Object.class, "args").build(inputs);
    List<Array> rest = inputs.subList(args.leafCount(), inputs.size());
    Map<String, Object> named = new LinkedHashMap<>();
    ((Map<?, ?>) TreeTarget.of(kwargs, Object.class, "kwargs").build(rest))
        .forEach((key, value) -> named.put((String) key, value));
    Object result = exported.call(Object.class, positional, named);
    List<Array> leaves = TreeFn.Args.of(result).leaves();
    List<Integer> places = TreeTarget.of(exported.outTree(), Object.class, "").places();
    Array[] ordered = new Array[leaves.size()];
    for (int i = 0; i < ordered.length; i++) {
      ordered[places.get(i)] = leaves.get(i);
    }
    return List.of(ordered);
  }

  private static void roundTrip(GoldenFile.Case c) {
    Exported exported = read(c);
    int order = Integer.parseInt(c.text("order"));
    Exported again = Export.deserialize(exported.serialize(order));
    for (int i = 0; i <= order; i++) {
      assertThat(again.signature()).isEqualTo(exported.signature());
      assertThat(again.bytecode()).isEqualTo(exported.bytecode());
      if (i < order) {
        again = again.vjp();
        exported = exported.vjp();
      }
    }
    assertThat(again.hasVjp()).isFalse();
    assertThat(exported.hasVjp()).isFalse();
  }

  private record Params(Array w, Array b) {}

  /** {@code tanh(x @ w) + b} for any number of rows, by releases of two years. */
  @ParameterizedTest
  @ValueSource(strings = {"0.4.30", "0.6.2"})
  void oldReleases(String version) {
    Exported exported = read("old/" + version);
    assertThat(exported.callingConventionVersion()).isEqualTo(9);
    assertThat(exported.inAvals()).hasToString("[f32[2], f32[3,2], f32[b,3]]");
    Params params = new Params(Jnp.arange(6).times(0.1f).reshape(3, 2), Jnp.ones(2));
    for (long rows : new long[] {1, 5}) {
      Array x = Jnp.ones(rows, 3).times(0.5f);
      Array expected = Jnp.tanh(x.matmul(params.w)).plus(params.b);
      Fn2<Params, Array, Array> call = exported.fn2(Array.class);
      compare(List.of(call.apply(params, x)), List.of(GoldenArray.of(expected)));
      Params pulled = Jacobi.grad((Params p) -> call.apply(p, x).sum()).apply(params);
      Params own = Jacobi.grad((Params p) -> Jnp.tanh(x.matmul(p.w)).plus(p.b).sum()).apply(params);
      compare(List.of(pulled.w, pulled.b), List.of(GoldenArray.of(own.w), GoldenArray.of(own.b)));
    }
    assertThatThrownBy(() -> exported.call(params, Jnp.ones(0, 3)))
        .isExactlyInstanceOf(ExportException.ArgumentMismatch.class)
        .hasMessageContaining("Expected value >= 1 for dimension variable 'b'");
  }

  private static void derivatives(GoldenFile.Case c) {
    Exported exported = read(c);
    List<Array> inputs = inputs(exported, c);
    if (c.all("vjp").isEmpty()) {
      assertThat(exported.hasVjp()).isFalse();
      return;
    }
    List<Array> results = exported.callFlat(inputs);
    List<Array> cotangents = new ArrayList<>();
    for (GoldenArray cot : c.arrays("cot")) {
      boolean isFloat0 = cot.dtype() == null;
      cotangents.add(isFloat0 ? Zeros.like(results.get(cotangents.size())) : cot.toArray());
    }
    List<Array> both = new ArrayList<>(inputs);
    both.addAll(cotangents);
    compare(exported.vjp().callFlat(both), c.arrays("vjp"));
    Fn1<List<Array>, List<Array>> flat = exported::callFlat;
    compare(Jacobi.vjp(flat, inputs).pullback().apply(cotangents), c.arrays("vjp"));
    Fn1<List<Array>, List<Array>> jitted =
        Jacobi.jit((List<Array> ins) -> Jacobi.vjp(flat, ins).pullback().apply(cotangents));
    compare(jitted.apply(inputs), c.arrays("vjp"));
  }
}
