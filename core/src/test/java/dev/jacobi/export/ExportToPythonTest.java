package dev.jacobi.export;

import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.spec;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.ones;
import static dev.jacobi.numpy.Jnp.tanh;
import static dev.jacobi.random.Random.categorical;
import static dev.jacobi.random.Random.key;
import static dev.jacobi.random.Random.normal;
import static dev.jacobi.random.Random.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Jacobi;
import dev.jacobi.JitFn2;
import dev.jacobi.Key;
import dev.jacobi.Trees;
import dev.jacobi.golden.GoldenArray;
import dev.jacobi.golden.GoldenFile;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.config.Config;
import dev.jacobi.lax.Zeros;
import dev.jacobi.lax.linalg.LaxLinalg;
import dev.jacobi.nn.Nn;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.transform.JitFunction;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.tree.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Functions of Java, exported: read again in Java, and by real JAX where a Python has it. */
class ExportToPythonTest {
  private record Dense(Array w, Array b) {
    Array apply(Array x) {
      return x.matmul(w).plus(b);
    }
  }

  /** Components in another order than Python's, and a static one. */
  private record Mlp(Dense out, Dense hidden, int width) {}

  private record Point(Array y, Array x) {}

  private record Result(Point moved, Optional<Array> nothing, List<Array> parts) {}

  /** A function at arguments, and how often it is to be differentiable. */
  private record Sample(
      JitFunction.Lowered lowered, JitFunction.Lowered reference, List<Object> args, int order) {
    Sample(JitFunction.Lowered lowered, List<Object> args, int order) {
      this(lowered, lowered, args, order);
    }
  }

  private static final Array WEIGHTS = random(1, 4, 3);

  private static Array random(long seed, long... sizes) {
    return normal(key(seed), Shape.of(sizes)).times(0.5);
  }

  private static Map<String, Sample> samples() {
    Map<String, Sample> all = new LinkedHashMap<>();
    Dense dense = new Dense(random(2, 3), random(3));
    var regression = jit((Dense d, Array x) -> d.apply(x));
    Array x = random(4, 5, 3);
    all.put("regression", new Sample(regression.lower(dense, x), List.of(dense, x), 2));
    var mlp = jit((Mlp m, Array in) -> m.out.apply(Nn.gelu(m.hidden.apply(in))).pow(2).mean());
    Dense dense8 = new Dense(random(7, 3, 8), random(8, 8));
    Mlp net = new Mlp(new Dense(random(5, 8, 2), random(6, 2)), dense8, 8);
    all.put("mlp", new Sample(mlp.lower(net, x), List.of(net, x), 2));
    var captured = jit((Array in) -> tanh(in.matmul(WEIGHTS)));
    Array in = random(9, 2, 4);
    all.put("captured", new Sample(captured.lower(in), List.of(in), 1));
    var mixed =
        jit(
            (Map<String, Object> m, List<Array> l) -> {
              Array scaled = exp((Array) m.get("x")).times(l.get(1));
              Array sum = scaled.sum().plus(l.get(0).sum());
              return new Result(
                  new Point(scaled, sum),
                  Optional.empty(),
                  List.of(l.get(1).plus(1), scaled.gt(1)));
            });
    Map<String, Object> map = Map.of("x", random(10, 3), "n", Optional.empty());
    List<Array> list = List.of(random(11, 2, 2), array(3, 1, 2));
    all.put("mixed", new Sample(mixed.lower(map, list), List.of(map, list), 1));
    var sampling =
        jit(
            (Key k, Array logits) ->
                List.of(uniform(k, Shape.of(3)), categorical(k.foldIn(7), logits)));
    Array logits = random(12, 4);
    all.put("sampling", new Sample(sampling.lower(key(3), logits), List.of(key(3), logits), 0));
    var cholesky =
        jit((Array a) -> Linalg.solve(a.matmul(a.transpose()).plus(Jnp.eye(4)), Jnp.ones(4)));
    Array matrix = random(13, 4, 4);
    all.put("solve", new Sample(cholesky.lower(matrix), List.of(matrix), 1));
    var doubles = jit((Array a, Array c) -> List.of(a.times(2).plus(1), c.times(c)));
    Array f64 = Jnp.astype(random(14, 3), DType.F64);
    Array complex = Jnp.astype(random(15, 3), DType.C64);
    JitFn2<Dense, Array, List<Array>> batch =
        jit(
            (Dense d, Array images) -> {
              Array h = Nn.relu(d.apply(images));
              return List.of(Nn.softmax(h), h.sum(), Jnp.argmax(h, 1));
            });
    Array any = spec(DType.F32, Export.BATCH, 3);
    List<Object> images = List.of(dense8, x);
    all.put("batch", new Sample(batch.lower(dense8, any), batch.lower(dense8, x), images, 1));
    all.put("types", new Sample(doubles.lower(f64, complex), List.of(f64, complex), 1));
    return all;
  }

  /** What a function gives, by its jaxpr and in JAX's order. */
  private static List<Array> direct(Sample s, List<Array> ins) {
    List<Array> java = new ArrayList<>(s.reference.captured());
    int first = 0;
    for (int i = 0; i < s.args.size(); i++) {
      PythonTree tree = PythonTree.of(s.reference.arguments().get(i), "");
      for (int place : tree.places()) {
        java.add(ins.get(first + place));
      }
      first += tree.places().size();
    }
    List<Array> outs = dev.jacobi.transform.Jaxprs.eval(s.reference.primitive().jaxpr(), java);
    List<Integer> places = PythonTree.of(s.reference.result(), "").places();
    return IntStream.range(0, outs.size()).mapToObj(i -> outs.get(places.indexOf(i))).toList();
  }

  private static List<Array> cotangents(List<Array> results) {
    return results.stream()
        .map(r -> r.aval().isDifferentiable() ? Zeros.like(r).plus(0.5) : Zeros.like(r))
        .toList();
  }

  private static final Set<String> FAST = Set.of("regression", "mixed", "batch");

  @TestFactory
  Stream<DynamicTest> readAgain() {
    return readAgain(samples().keySet().stream().filter(FAST::contains).toList());
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> othersReadAgain() {
    return readAgain(samples().keySet().stream().filter(name -> !FAST.contains(name)).toList());
  }

  private static Stream<DynamicTest> readAgain(List<String> names) {
    return samples().entrySet().stream()
        .filter(e -> names.contains(e.getKey()))
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> readAgain(e.getValue())));
  }

  private static void readAgain(Sample s) {
    Exported exported = Export.export(s.lowered, ExportOptions.DEFAULT);
    Exported back = Export.deserialize(exported.serialize(s.order));
    assertThat(back.signature()).isEqualTo(exported.signature());
    assertThat(back.mlirModule()).isEqualTo(exported.mlirModule());
    List<Array> ins = back.operands(s.args, Map.of());
    List<Array> expected = direct(s, ins);
    ExportGoldenTest.compare(back.callFlat(ins), goldens(expected));
    Object result = back.call(s.args.toArray());
    assertThat(TreeFn.Args.of(result).leaves()).hasSameSizeAs(expected);
    if (s.order > 0) {
      List<Array> cts = cotangents(expected);
      Fn1<List<Array>, List<Array>> flat = a -> direct(s, a);
      List<Array> pulled = Jacobi.vjp(flat, ins).pullback().apply(cts);
      Fn1<List<Array>, List<Array>> called = back::callFlat;
      ExportGoldenTest.compare(Jacobi.vjp(called, ins).pullback().apply(cts), goldens(pulled));
    }
    for (int i = 0; i < s.order; i++) {
      back = back.vjp();
    }
    assertThat(back.hasVjp()).isFalse();
  }

  private static Array plain(Array array) {
    return array.aval().key() ? Key.of(array).data() : array;
  }

  private static List<GoldenArray> goldens(List<Array> arrays) {
    return arrays.stream().map(a -> GoldenArray.of(plain(a))).toList();
  }

  @Test
  @Tag("slow")
  void jaxComputesTheSame(@TempDir Path folder) throws Exception {
    String python = Config.get("python").orElse("python3");
    assumeTrue(
        run(folder, python, "-c", "import jax.export").isEmpty(),
        "skipped: " + python + " has no jax");
    for (var e : samples().entrySet()) {
      Sample s = e.getValue();
      Exported exported = Export.export(s.lowered, ExportOptions.DEFAULT);
      Files.write(folder.resolve(e.getKey() + ".jaxexport"), exported.serialize(s.order));
      Files.writeString(folder.resolve(e.getKey() + ".tsv"), table(s, exported));
    }
    Path script = GoldenFile.folder().resolve("accept_export.py").toAbsolutePath();
    assertThat(run(folder, python, script.toString(), folder.toString())).isEmpty();
  }

  /** What a command says if it fails, else nothing. */
  private static String run(Path folder, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAX_PLATFORMS", "cpu");
    builder.redirectOutput(folder.resolve("said").toFile());
    try {
      int code = builder.start().waitFor();
      return code == 0 ? "" : Files.readString(folder.resolve("said")) + "exit status " + code;
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String table(Sample s, Exported exported) {
    List<String> lines = new ArrayList<>();
    lines.add("tree\t" + exported.inTree().text());
    lines.add("result\t" + exported.outTree().text());
    lines.add("order\t" + s.order);
    List<Array> ins = exported.operands(s.args, Map.of());
    List<Array> outs = direct(s, ins);
    ins.forEach(a -> lines.add(line("in", a)));
    outs.forEach(a -> lines.add(line("out", a)));
    if (s.order > 0) {
      List<Array> cts = cotangents(outs);
      Fn1<List<Array>, List<Array>> flat = a -> direct(s, a);
      List<Array> pulled = Jacobi.vjp(flat, ins).pullback().apply(cts);
      cts.forEach(a -> lines.add(line("cot", a)));
      pulled.forEach(a -> lines.add(line("vjp", a)));
    }
    return String.join("\n", lines) + "\n";
  }

  /** A line of a golden file; of cotangents of integers only the shape counts. */
  private static String line(String tag, Array array) {
    GoldenArray golden = GoldenArray.of(plain(array));
    boolean isTangent = tag.equals("cot") || tag.equals("vjp");
    boolean isFloat0 = isTangent && !array.aval().isDifferentiable();
    String sizes =
        Arrays.stream(golden.shape().toArray())
            .mapToObj(Long::toString)
            .collect(Collectors.joining(",", "[", "]"));
    return tag
        + "\t"
        + (isFloat0 ? "float0" : golden.dtype().shortName())
        + sizes
        + "\t"
        + golden.elements();
  }

  @Test
  void aFunctionIsWrittenToAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.jaxexport");
    Dense dense = new Dense(random(2, 3), random(3));
    // begin write
    var model = jit((Dense d, Array x) -> tanh(x.matmul(d.w).plus(d.b)));
    Exported exported = Export.export(model).apply(dense, spec(DType.F32, 8, 3)); // types only
    Files.write(file, exported.serialize(1)); // 1: it can be differentiated once
    // end write
    Fn2<Dense, Array, Array> read = Export.read(file).fn2(Array.class);
    Array x = random(4, 8, 3);
    assertThat(read.apply(dense, x).toFloatArray()).isEqualTo(model.apply(dense, x).toFloatArray());
  }

  @Test
  void namedtuplesTravelByTheirNames() {
    Export.registerNamedtupleSerialization(Point.class, "geometry.Point");
    Exported exported =
        Export.export(jit((Point p) -> new Point(p.x, p.y.plus(1))))
            .apply(new Point(ones(2), ones()));
    assertThat(exported.outTree().text())
        .contains("geometry.Point[[\"y\", \"x\"]]")
        .contains("[\"y\", \"x\"]");
    Exported back = Export.deserialize(exported.serialize());
    Point moved = (Point) back.call(new Point(ones(2), ones()));
    assertThat(moved.x.shape()).isEqualTo(Shape.of(2));
    Exported trees = ExportGoldenTest.read("trees"); // a namedtuple of Python's with fields x, y
    assertThat(trees.outTree().toString()).contains("geometry.Point");
    assertThatThrownBy(() -> Export.registerNamedtupleSerialization(Dense.class, "geometry.Point"))
        .isExactlyInstanceOf(ExportException.StructureMismatch.class)
        .hasMessageContaining("registered already");
  }

  @Test
  void severalPlatforms() {
    ExportOptions options = ExportOptions.DEFAULT.withPlatforms("tpu", "cpu");
    Exported exported =
        Export.export(jit((Array x) -> x.plus(1)).lower(spec(DType.F32, 2)), options);
    Exported back = Export.deserialize(exported.serialize(1));
    assertThat(back.platforms()).containsExactly("tpu", "cpu");
    assertThat(((Array) back.call(ones(2))).toFloatArray()).containsExactly(2, 2);
    Exported other =
        Export.export(
            jit((Array x) -> x.plus(1)).lower(spec(DType.F32, 2)),
            ExportOptions.DEFAULT
                .withPlatforms("tpu")
                .withDisabledChecks(DisabledSafetyCheck.platform()));
    Exported again = Export.deserialize(other.serialize());
    assertThat(again.disabledSafetyChecks()).containsExactly(DisabledSafetyCheck.platform());
    assertThat(((Array) again.call(ones(2))).toFloatArray()).containsExactly(2, 2);
  }

  private static final class Registered {
    private final Array x;

    private Registered(Array x) {
      this.x = x;
    }

    static {
      Trees.register(Registered.class, r -> Parts.of(r.x), p -> new Registered(p.child(0)));
    }
  }

  @Test
  void whatCannotBeWrittenIsNamed() {
    Map<String, Runnable> all = new LinkedHashMap<>();
    all.put(
        "is the static value 3",
        () -> Export.export(jit((Array x, Integer n) -> x.times(n))).apply(ones(2), 3));
    all.put(
        "registered class",
        () -> Export.export(jit((Registered r) -> r.x)).apply(new Registered(ones(2))));
    all.put(
        "captures a value that is being traced",
        () ->
            Jacobi.grad(
                    (Array x) -> {
                      Export.export(jit((Array y) -> y.times(x))).apply(x);
                      return x.sum();
                    })
                .apply(ones(2)));
    Array any = spec(DType.F32, Export.BATCH, 3);
    all.put(
        "the size of dimension 0 of (?, 3) is not known",
        () -> Export.export(jit((Array a) -> a.reshape(-1).sum())).apply(any));
    all.put(
        "no compatibility guarantees",
        () ->
            Export.export(jit((Array a) -> LaxLinalg.ormqr(a, Jnp.ones(3), a))).apply(ones(3, 3)));
    all.forEach(
        (says, call) ->
            assertThatThrownBy(call::run)
                .isExactlyInstanceOf(ExportException.NotExportable.class)
                .hasMessageContaining(says));
  }
}
