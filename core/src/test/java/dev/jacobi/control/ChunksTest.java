package dev.jacobi.control;

import static dev.jacobi.Jacobi.NONE;
import static dev.jacobi.Jacobi.axes;
import static dev.jacobi.Jacobi.checkpoint;
import static dev.jacobi.Jacobi.customJvp;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.in;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.jvp;
import static dev.jacobi.Jacobi.linearize;
import static dev.jacobi.Jacobi.makeJaxpr;
import static dev.jacobi.Jacobi.out;
import static dev.jacobi.Jacobi.spec;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.outer;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.sum;
import static dev.jacobi.numpy.Jnp.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.JvpResult;
import dev.jacobi.Key;
import dev.jacobi.NamedError;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.VmapFn2;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.random.Random;
import dev.jacobi.transform.CustomRuleException;
import dev.jacobi.transform.VmapException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code vmap(f).chunk(k)} is {@code vmap(f)}, in bounded memory. */
class ChunksTest {
  private static final Array XS = sin(arange(21).astype(DType.F64)).reshape(7, 3);
  private static final Array W = array(0.5, -1.0, 2.0);

  /** What a function of trees takes. */
  record Layer(Array w, List<Array> xs) {}

  /** And gives: a batch, and what is the same for all. */
  record Result(Array y, Array shared, String label) {}

  private static Array energy(Array x, Array w) {
    return sum(sin(x.times(w)).times(x));
  }

  private static Result layer(Layer l, Array bias) {
    Array y = l.w.times(l.xs.get(0)).plus(l.xs.get(1)).plus(bias);
    return new Result(sin(y), l.w.times(2), "layer");
  }

  private static String text(Object value) {
    return value instanceof Array a ? a.aval() + Arrays.toString(a.toDoubleArray()) : value + "";
  }

  /** Every size of chunks, of one element to more than there are. */
  @TestFactory
  Stream<DynamicTest> chunkSizes() {
    return LongStream.rangeClosed(1, 9)
        .mapToObj(k -> DynamicTest.dynamicTest("chunks of " + k, () -> check(k)));
  }

  private static void check(long k) {
    Fn2<Array, Array, Array> f = ChunksTest::energy;
    same(vmap(f, in(0, NONE)), k, XS, W);
    same(vmap(f, in(1, 0)), k, XS.transpose(), XS);
    Op2 products = (x, w) -> outer(x, w);
    assertThat(text(vmap(products, in(0, NONE), out(1)).chunk(k).apply(XS, W)))
        .isEqualTo(text(vmap(products, in(0, NONE), out(1)).apply(XS, W)));
    var layers =
        vmap(ChunksTest::layer, in(axes(0).at("w", NONE), 0), out(axes(1).at("shared", NONE)));
    Layer l = new Layer(W, List.of(XS, XS.times(2)));
    Result ours = layers.chunk(k).apply(l, XS);
    Result theirs = layers.apply(l, XS);
    assertThat(text(ours.y)).isEqualTo(text(theirs.y));
    assertThat(text(ours.shared)).isEqualTo(text(theirs.shared));
    assertThat(ours.label).isEqualTo("layer");
  }

  private static void same(VmapFn2<Array, Array, Array> f, long k, Array x, Array w) {
    var chunked = f.chunk(k);
    near(chunked.apply(x, w), f.apply(x, w));
    near(jit(chunked).apply(x, w), f.apply(x, w));
    Fn2<Array, Array, Array> loss = (a, b) -> sum(f.apply(a, b));
    Fn2<Array, Array, Array> chunkedLoss = (a, b) -> sum(chunked.apply(a, b));
    near(grad(chunkedLoss).apply(x, w), grad(loss).apply(x, w));
    near(jvp(chunkedLoss, x, w, x, w).tangent(), jvp(loss, x, w, x, w).tangent());
    Fn1<Array, Array> over = b -> vmap((Array y) -> chunked.apply(x, y.times(w))).apply(b);
    Fn1<Array, Array> plainOver = b -> vmap((Array y) -> f.apply(x, y.times(w))).apply(b);
    Array b = array(0.5, 2.0);
    near(over.apply(b), plainOver.apply(b));
  }

  /** The same but for the order of sums, which may follow the shape. */
  private static void near(Array ours, Array theirs) {
    double[] a = ours.toDoubleArray();
    double[] b = theirs.toDoubleArray();
    assertThat(ours.aval()).isEqualTo(theirs.aval());
    assertThat(a).usingComparatorWithPrecision(1e-12).containsExactly(b);
  }

  /** Keys are batches too, and what every element shares may be one. */
  @Test
  void keys() {
    Key keys = Random.key(3).split(5);
    Fn1<Key, Array> draw = k -> Random.uniform(k, Shape.of(2));
    assertThat(text(vmap(draw).chunk(2).apply(keys))).isEqualTo(text(vmap(draw).apply(keys)));
    Key shared = Random.key(4);
    Fn1<Array, Key> constant = x -> shared;
    assertThat(text(vmap(constant).chunk(2).apply(arange(5)).data()))
        .isEqualTo(text(vmap(constant).apply(arange(5)).data()));
  }

  /** No array is larger than what one chunk needs, or than arguments and results. */
  @Test
  void memoryIsBounded() {
    Op1 f = x -> sum(sin(outer(x, x)));
    Array batch = zeros(1000, 50);
    assertThat(largest(jit(vmap(f)).lower(batch).text())).isEqualTo(1000 * 50 * 50);
    assertThat(largest(jit(vmap(f).chunk(16)).lower(batch).text())).isEqualTo(1000 * 50);
    Op1 kept = x -> sum(vmap(checkpoint(f)).chunk(16).apply(x));
    assertThat(largest(jit(grad(kept)).lower(batch).text())).isEqualTo(1000 * 50);
  }

  private static long largest(String program) {
    return Pattern.compile("tensor<([0-9x]+)xf32>")
        .matcher(program)
        .results()
        .mapToLong(
            m ->
                Arrays.stream(m.group(1).split("x"))
                    .mapToLong(Long::parseLong)
                    .reduce(1, Math::multiplyExact))
        .max()
        .orElseThrow();
  }

  /** The program's length does not grow with the number of chunks. */
  @Test
  void chunksAreALoop() {
    Op1 f = x -> sin(x);
    String few = makeJaxpr(vmap(f).chunk(2), spec(DType.F32, 4)).toString();
    String many = makeJaxpr(vmap(f).chunk(2), spec(DType.F32, 4000)).toString();
    assertThat(many.lines().count()).isEqualTo(few.lines().count());
    assertThat(many).contains("length=2000");
  }

  /** A function is traced once for all chunks, and not again for the next batch. */
  @Test
  void aFunctionIsTracedOnce() {
    int[] traces = {0};
    Op1 f =
        x -> {
          traces[0]++;
          return sin(x);
        };
    Op1 chunked = vmap(f).chunk(2);
    chunked.apply(arange(6));
    chunked.apply(arange(10));
    assertThat(traces[0]).isEqualTo(1);
  }

  private static final Op1 LOOP = x -> sum(vmap((Array y) -> sin(y.times(y))).chunk(2).apply(x));

  /** A custom rule may push through a loop where it keeps values and tangents apart. */
  @Test
  void insideOfACustomRule() {
    Op1 f =
        customJvp(
            LOOP,
            (x, t) -> {
              var lin = linearize(LOOP, x);
              return new JvpResult<>(lin.value(), lin.pushforward().apply(t));
            });
    Array x = array(0.5, 1.0, 2.0);
    near(grad(f).apply(x), grad(LOOP).apply(x));
  }

  @TestFactory
  Stream<DynamicTest> misuses() {
    Map<String, NamedError> all = new LinkedHashMap<>();
    Op1 mixed =
        customJvp(
            LOOP,
            (x, t) -> {
              var both = jvp(LOOP, x, t);
              return new JvpResult<>(both.value(), both.tangent());
            });
    all.put(
        "a rule that pushes values and tangents through one loop",
        new NamedError(
            () -> grad(mixed).apply(array(0.5, 1.0, 2.0)),
            CustomRuleException.class,
            "computes values together with tangents in one loop"));
    all.put(
        "no elements at a time",
        new NamedError(
            () -> vmap((Array x) -> x).chunk(0), VmapException.class, "at least one element"));
    all.put(
        "batches of two sizes",
        new NamedError(
            () -> vmap((Array x, Array y) -> x.plus(y)).chunk(2).apply(zeros(4), zeros(5)),
            VmapException.class,
            "batches must be of one size"));
    all.put(
        "a batch that is declared none",
        new NamedError(
            () -> vmap((Array x) -> x, in(0), out(NONE)).chunk(2).apply(zeros(4)),
            VmapException.class,
            "it differs between the elements of the batch"));
    all.put(
        "no batch",
        new NamedError(
            () -> vmap((Array x) -> x, in(NONE)).chunk(2).apply(zeros(4)),
            VmapException.class,
            "at least one argument with an axis"));
    return NamedError.tests(all, "ChunksTest.java");
  }
}
