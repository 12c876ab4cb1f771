package dev.jacobi.export;

import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.ones;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Jacobi;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.transform.CustomRuleException;
import dev.jacobi.tree.TreeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every misuse of an exported function has a name, and says what to do. */
class ExportErrorsTest {
  private record Params(Array w, Array b) {}

  private record Wrong(Array w, Array bias) {}

  private static final Exported REGRESSION = ExportGoldenTest.read("regression");
  private static final Exported ODE = ExportGoldenTest.read("ode");
  private static final Exported TREES = ExportGoldenTest.read("trees");
  private static final Array W = ones(3);
  private static final Array B = ones();
  private static final Array X = ones(5, 3);
  private static final Params PARAMS = new Params(W, B);

  private record Misuse(Runnable call, Class<? extends Exception> error, String... says) {}

  private static Misuse mismatch(Runnable call, String... says) {
    return new Misuse(call, ExportException.StructureMismatch.class, says);
  }

  private static Misuse argument(Runnable call, String... says) {
    return new Misuse(call, ExportException.ArgumentMismatch.class, says);
  }

  @TestFactory
  Stream<DynamicTest> calls() {
    Map<String, Misuse> all = structures();
    all.putAll(arguments());
    all.putAll(uses());
    all.putAll(nothing());
    return all.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () ->
                        assertThatThrownBy(() -> e.getValue().call().run())
                            .isExactlyInstanceOf(e.getValue().error())
                            .hasMessageContainingAll(e.getValue().says())));
  }

  private static Map<String, Misuse> structures() {
    Map<String, Misuse> all = new LinkedHashMap<>();
    all.put(
        "number of arguments", mismatch(() -> REGRESSION.call(PARAMS), "2 arguments", "with 1"));
    all.put(
        "a list for a dict",
        mismatch(() -> REGRESSION.call(List.of(W, B), X), "args[0]", "keys [b, w]", "[*, *]"));
    all.put(
        "another key",
        mismatch(() -> REGRESSION.call(Map.of("w", W, "c", B), X), "args[0]", "\"c\": *"));
    all.put(
        "another component",
        mismatch(
            () -> REGRESSION.call(new Wrong(W, B), X), "args[0]", "bias", "exported PyTreeDef"));
    all.put(
        "a static value for an array",
        mismatch(() -> REGRESSION.call(PARAMS, 3), "args[1]", "pass it as an array"));
    all.put(
        "an optional for an array",
        mismatch(() -> REGRESSION.call(PARAMS, Optional.empty()), "args[1]", "Optional.empty"));
    all.put("missing names", mismatch(() -> TREES.call(W, W, W), "3 arguments", "[shift, unused]"));
    all.put(
        "a result that does not fit",
        mismatch(() -> REGRESSION.fn2(Params.class).apply(PARAMS, X), "the result", "Params"));
    return all;
  }

  private static Map<String, Misuse> arguments() {
    Map<String, Misuse> all = new LinkedHashMap<>();
    all.put(
        "rank",
        argument(
            () -> REGRESSION.call(PARAMS, W), "Rank mismatch for args[1]", "f32[5,3]", "f32[3]"));
    all.put(
        "element type",
        argument(
            () -> REGRESSION.call(PARAMS, Jnp.astype(X, DType.F64)),
            "Dtype mismatch for args[1]",
            "f64[5,3]"));
    all.put(
        "size",
        argument(
            () -> REGRESSION.call(Map.of("w", ones(4), "b", B), X),
            "Shape mismatch for args[0]['w']",
            "f32[4]",
            "ExportErrorsTest.java:"));
    return all;
  }

  private static Map<String, Misuse> nothing() {
    Map<String, Misuse> all = new LinkedHashMap<>();
    all.put(
        "derivatives of a negative order",
        new Misuse(
            () -> ODE.serialize(-1),
            ExportException.NotExportable.class,
            "order -1",
            "ExportErrorsTest.java:"));
    all.put(
        "null for an argument",
        new Misuse(
            () -> ODE.call((Object) null, B), TreeException.NullComponent.class, "null is given"));
    all.put(
        "no array of arguments",
        new Misuse(() -> ODE.call((Object[]) null), NullArgumentException.class, "is null"));
    all.put(
        "no bytes",
        new Misuse(() -> Export.deserialize(null), NullArgumentException.class, "bytes is null"));
    return all;
  }

  private static Map<String, Misuse> uses() {
    Map<String, Misuse> all = new LinkedHashMap<>();
    all.put(
        "no VJP",
        new Misuse(
            () ->
                Jacobi.vjp((Fn1<Array, Object>) y -> ODE.call(y, B), ones(2))
                    .pullback()
                    .apply(ODE.call(ones(2), B)),
            ExportException.NoVjp.class,
            "No VJP of 'ode'",
            "vjp_order=1"));
    all.put(
        "vmap",
        new Misuse(
            () -> Jacobi.vmap((Array x) -> (Array) REGRESSION.call(PARAMS, x)).apply(ones(2, 5, 3)),
            ExportException.NotBatchable.class,
            "vmap of the exported function 'regression'"));
    all.put(
        "forward differentiation",
        new Misuse(
            () -> Jacobi.jvp((Array x) -> (Array) REGRESSION.call(PARAMS, x), X, X),
            CustomRuleException.class,
            "regression"));
    all.put(
        "devices",
        new Misuse(
            () -> changed(REGRESSION, 2, List.of("cpu"), List.of()).call(PARAMS, X),
            ExportException.Unsupported.class,
            "exported for 2 devices"));
    all.put(
        "effects",
        new Misuse(
            () -> changed(REGRESSION, 1, List.of("cpu"), List.of("<class 'X'>")).call(PARAMS, X),
            ExportException.Unsupported.class,
            "effects [<class 'X'>]"));
    all.put(
        "platform",
        new Misuse(
            () -> changed(REGRESSION, 1, List.of("tpu"), List.of()).call(PARAMS, X),
            ExportException.Unsupported.class,
            "exported for platforms [tpu]"));
    return all;
  }

  private static Exported changed(
      Exported exported, long devices, List<String> platforms, List<String> effects) {
    Signature s = exported.signature();
    return new Exported(
        new Signature(
            s.funName(),
            s.inTree(),
            s.inAvals(),
            s.outTree(),
            s.outAvals(),
            devices,
            platforms,
            effects,
            List.of(),
            List.of(),
            s.callingConventionVersion(),
            s.moduleKeptVarIdx(),
            s.usesGlobalConstants()),
        exported.bytecode(),
        Optional::empty);
  }

  @Test
  void orderedDerivativesEndWhereTheFileEnds() {
    Fn2<Params, Array, Array> once = (p, x) -> ((Array) REGRESSION.call(p, x)).pow(2).sum();
    Fn1<Array, Array> second = x -> Jacobi.grad(once).apply(PARAMS, x).w().sum();
    assertThat(Jacobi.grad(second).apply(X).shape()).isEqualTo(X.shape());
    Fn1<Array, Array> third = x -> Jacobi.grad(second).apply(x).sum();
    assertThatThrownBy(() -> Jacobi.grad(third).apply(X))
        .isExactlyInstanceOf(ExportException.NoVjp.class);
  }

  @Test
  void recordsStandForDictsAndTuples() {
    Fn2<Params, Array, Array> typed = REGRESSION.fn2(Array.class);
    Array map = (Array) REGRESSION.call(Map.of("w", W, "b", B), X);
    assertThat(typed.apply(PARAMS, X).toFloatArray()).isEqualTo(map.toFloatArray());
    Params gradient = Jacobi.grad((Params p) -> typed.apply(p, X).sum()).apply(PARAMS);
    assertThat(gradient.w().toFloatArray()).containsExactly(5, 5, 5);
    assertThat(gradient.b().item()).isEqualTo(5);
  }

  @Test
  void loopsCallItAndAreDifferentiated() {
    Array xs = Jnp.arange(30).times(0.1f).reshape(2, 5, 3);
    Fn1<Array, Array> mapped = all -> Lax.map((Array x) -> (Array) REGRESSION.call(PARAMS, x), all);
    Array first = (Array) REGRESSION.call(PARAMS, xs.get(0));
    assertThat(mapped.apply(xs).get(0).toFloatArray()).isEqualTo(first.toFloatArray());
    Array gradient = Jacobi.grad((Array all) -> mapped.apply(all).sum()).apply(xs);
    assertThat(gradient.toFloatArray()).hasSize(30).containsOnly(1f);
  }

  private record Pair(Array x, Array y) {}

  private static Array full(float value) {
    return array(value).reshape();
  }

  private record Out(Array n, List<Object> l) {}

  private record Both(Named point, Out rest) {}

  /** A namedtuple, whose fields are matched by name. */
  private record Named(Object y, Array x) {}

  @Test
  void resultsBecomeNestedRecords() {
    Pair point = new Pair(full(2f), W);
    Map<String, Object> left = Map.of("a", full(3f), "b", Map.of("c", W));
    List<Object> stuff = List.of(left, Optional.empty(), List.of(ones(2)));
    Map<String, Object> names = Map.of("shift", W, "unused", B);
    Both both = TREES.call(Both.class, List.of(point, stuff, array(4).reshape()), names);
    assertThat(both.rest.n.item()).isEqualTo(5);
    assertThat(both.point.x.toFloatArray()).containsExactly(8, 8, 8); // 2 * 3 + 1 * 1 + 1
    assertThat(both.rest.l).hasSize(2);
  }

  @Test
  void sizesAreReadAndPrintedAsInJax() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("3", "3");
    texts.put("b", "b");
    texts.put("2*b + 1", "2*b + 1");
    texts.put("b*2-1", "2*b - 1");
    texts.put("-b+4", "- b + 4");
    texts.put("max(b, 4)", "max(b, 4)");
    texts.put("floordiv(b + 1, 2)*n^2 - mod(n,3)", "floordiv(b + 1, 2)*n^2 - mod(n, 3)");
    texts.put("min( b,n )", "min(b, n)");
    texts.forEach((text, printed) -> assertThat(DimExpr.parse(text)).hasToString(printed));
    assertThat(
            DimExpr.parse("floordiv(0-b, 2)*n^2 - mod(0-n, 3)").evaluate(Map.of("b", 3L, "n", 4L)))
        .isEqualTo(-2 * 16 - 2); // rounded down, as in Python
    for (String bad :
        List.of("", "b b", "2*", "b^c", "max(b)", "(b)", "b+", "9999999999999999999", "é$")) {
      assertThatThrownBy(() -> DimExpr.parse(bad))
          .isExactlyInstanceOf(ExportException.Unsupported.class)
          .hasMessageContaining("symbolic size");
    }
  }

  private static Map<String, Long> solve(String shape, long... sizes) {
    List<DimExpr> dims = Stream.of(shape.split(";")).map(DimExpr::parse).toList();
    return DimSolver.solve(
        List.of("args[0]"),
        List.of(new ShapedArray(JaxDtype.F32, dims)),
        List.of(dev.jacobi.hlo.Shape.of(sizes)));
  }

  @Test
  void sizesAreSolvedAsInJax() {
    assertThat(solve("3;b", 3, 7)).containsExactly(Map.entry("b", 7L));
    assertThat(solve("2*b + n;n", 11, 3)).containsEntry("b", 4L).containsEntry("n", 3L);
    assertThat(solve("b;max(b, 4);floordiv(b, 2)", 2, 4, 1)).containsEntry("b", 2L);
    Map<String, List<Object>> bad = new LinkedHashMap<>();
    bad.put(
        "2*b", List.of(new long[] {3}, "Division had remainder 1 when computing the value of 'b'"));
    bad.put("b", List.of(new long[] {0}, "Expected value >= 1 for dimension variable 'b'"));
    bad.put(
        "b;b",
        List.of(new long[] {2, 3}, "args[0].shape[1] (= 3) and the specification 'b' (= 2)"));
    bad.put("b*n;n", List.of(new long[] {6, 3}, "Cannot solve for values of dimension variables"));
    bad.put("max(b, 4)", List.of(new long[] {6}, "linear uni-variate"));
    bad.put("b;floordiv(b, b - 2)", List.of(new long[] {2, 1}, "cannot be compared"));
    bad.put("b;b^9", List.of(new long[] {10_000_000, 1}, "cannot be compared"));
    bad.forEach(
        (shape, wrong) ->
            assertThatThrownBy(() -> solve(shape, (long[]) wrong.get(0)))
                .isExactlyInstanceOf(ExportException.ArgumentMismatch.class)
                .hasMessageContaining((String) wrong.get(1)));
  }
}
