package dev.jacobi.transform;

import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.JitOp1;
import dev.jacobi.Key;
import dev.jacobi.NamedError;
import dev.jacobi.Op1;
import dev.jacobi.ValueAndGrad;
import dev.jacobi.control.Step;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.Padding;
import dev.jacobi.lax.Sizes;
import dev.jacobi.nn.Nn;
import dev.jacobi.numpy.ShapeMismatchException;
import dev.jacobi.random.Random;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The law of {@code symbolicBatch}: traced once, it gives for every size what plain jit gives. */
class SymbolicBatchTest {
  record Dense(Array w, Array b) {
    Array apply(Array x) {
      return tanh(x.matmul(w).plus(b));
    }
  }

  record Mlp(Dense hidden, Dense out) {
    Array apply(Array x) {
      return out.apply(hidden.apply(x));
    }
  }

  record Sample(Array x, Array y) {}

  private static Array draw(long seed, long... sizes) {
    return Random.normal(key(seed), dev.jacobi.hlo.Shape.of(sizes));
  }

  private static final Mlp MLP =
      new Mlp(new Dense(draw(1, 4, 5), draw(2, 5)), new Dense(draw(3, 5, 3), draw(4, 3)));
  private static final Array TABLE = draw(9, 10, 3);
  private static final long[] SIZES = {3, 0, 1, 70, 8, 3};

  private static Map<String, Op1> functions() {
    Map<String, Op1> all = new LinkedHashMap<>();
    all.put("elementwise", x -> sin(x).times(2).plus(x));
    all.put("where", x -> where(x.gt(0), x, x.times(0.1)));
    all.put("mlp", MLP::apply);
    all.put("transpose", x -> x.transpose());
    all.put("x xT", x -> x.matmul(x.transpose()));
    all.put("xT x", x -> x.transpose().matmul(x));
    all.put("einsum", x -> einsum("bi,ij->jb", x, MLP.hidden.w));
    all.put("expand", x -> expandDims(x, 1).plus(expandDims(x, 0)));
    all.put("reshape", x -> x.reshape(-1, 2, 2).plus(1));
    all.put("concatenate", x -> concatenate(List.of(x, x.times(2)), 1));
    all.put("stack", x -> stack(List.of(x, x), 0));
    all.put("column", x -> x.get(dev.jacobi.numpy.Jnp.all(), i(1)));
    all.put("ones", x -> onesLike(x).plus(zerosLike(x)));
    all.put("count", x -> Lax.broadcastedIota(DType.F32, x.shape(), 0));
    all.put("flip columns", x -> flip(x, 1));
    all.put("flip rows", x -> flip(x, 0));
    all.put("sort columns", x -> sort(x, 1));
    all.put("sort rows", x -> sort(x, 0));
    all.put("cumsum", x -> cumsum(x, 1));
    all.put("argmax", x -> argmax(x, 1));
    all.put("one hot", x -> Nn.oneHot(argmax(x, 1), 4));
    all.put("gather of a table", x -> TABLE.get(ix(argmax(x, 1))));
    all.put("gather of columns", x -> take(x, array(2, 0), 1));
    all.put("scatter to columns", x -> x.at(dev.jacobi.numpy.Jnp.all(), i(1)).set(scalar(3f)));
    return all;
  }

  private static Map<String, Op1> reductions() {
    Map<String, Op1> all = new LinkedHashMap<>();
    all.put("sum of rows", x -> sum(x, 1));
    all.put("sum over the batch", x -> sum(x, 0));
    all.put("sum of all", x -> sum(x));
    all.put("product", x -> prod(tanh(x).plus(1), 0));
    all.put("any", x -> any(x.gt(1), 0));
    all.put("mean of all", x -> mean(x.plus(x.sum())));
    all.put("mean and deviation", x -> x.minus(mean(x, 0)).div(std(x, 0).plus(1)));
    all.put("rest of a sum", x -> x.minus(sum(x, 0)).times(sum(tanh(x))));
    all.put("softmax", x -> Nn.softmax(x, -1));
    all.put("size", x -> x.times(Sizes.dimensionSize(x, 0)));
    all.put("layer norm", x -> x.minus(mean(x, 1).reshape(-1, 1)));
    return all;
  }

  private static Map<String, Op1> transformed() {
    Map<String, Op1> all = new LinkedHashMap<>();
    all.put("grad in the batch", x -> grad((Array y) -> sum(MLP.apply(y))).apply(x));
    all.put("grad of a mean", x -> grad((Array y) -> mean(tanh(y), 0).sum()).apply(x));
    all.put("grad in the model", x -> trained(x).hidden.w);
    all.put("grad of a gather", x -> grad(SymbolicBatchTest::looked).apply(TABLE, x));
    all.put("checkpoint", x -> grad((Array y) -> sum(checkpoint(MLP::apply).apply(y))).apply(x));
    all.put("vmap", x -> vmap((Array r) -> MLP.apply(r)).apply(x));
    all.put("vmap of grad", x -> vmap(grad((Array r) -> sum(MLP.apply(r)))).apply(x));
    all.put("vmap of matrices", x -> vmap((Array r) -> square(r).matmul(square(r))).apply(x));
    all.put("vmap of a loop", x -> vmap(SymbolicBatchTest::grown).apply(x));
    all.put("normal", x -> Random.normal(key(5), x.shape()).plus(x));
    all.put("bernoulli", x -> where(Random.bernoulli(key(5), 0.5, x.shape()), x, scalar(0f)));
    all.put("scan", x -> Lax.scan(SymbolicBatchTest::step, x, arange(3)).carry());
    all.put("scan over time", x -> recurrent(x.reshape(-1, 2, 2)));
    all.put("grad of a scan", x -> grad((Array y) -> sum(recurrent(y))).apply(x.reshape(-1, 2, 2)));
    all.put("fori", x -> Lax.foriLoop(0, 5, (i, c) -> c.times(1.5).plus(1), x));
    all.put("while of the batch", SymbolicBatchTest::grownTogether);
    all.put("cond", x -> Lax.cond(sum(x).gt(0), c -> c.times(2), c -> c.minus(1), x));
    all.put("conv", SymbolicBatchTest::convolved);
    all.put("grad of a conv", x -> grad((Array y) -> sum(convolved(y))).apply(x));
    all.put("descent", SymbolicBatchTest::descended);
    all.put("inner jit", x -> jit((Array y) -> mean(y, 0)).apply(x).plus(x));
    return all;
  }

  private static Array square(Array row) {
    return row.reshape(2, 2);
  }

  private static Array looked(Array table, Array x) {
    return sum(
        table.get(ix(argmax(x, 1))).times(x.get(dev.jacobi.numpy.Jnp.all(), i(0)).reshape(-1, 1)));
  }

  private static Array grown(Array x) {
    return Lax.whileLoop(
        (Array c) -> sum(abs(c)).lt(10.0), (Array c) -> c.times(1.5).plus(0.1), x.plus(0.01));
  }

  /** The loop of nothing would never end. */
  private static Array grownTogether(Array x) {
    return Lax.whileLoop(
        (Array c) -> logicalAnd(sum(abs(c)).lt(10.0), Sizes.dimensionSize(c, 0).gt(0)),
        (Array c) -> c.times(1.5).plus(0.1),
        x.plus(0.01));
  }

  private static Step<Array, Array> step(Array c, Array t) {
    Array next = tanh(c.plus(t));
    return new Step<>(next, sum(next, 1));
  }

  private static Array recurrent(Array x) {
    Array time = x.transpose(1, 0, 2);
    var out =
        Lax.scan(
            (Array h, Array now) -> new Step<>(tanh(h.plus(now)), h),
            zerosLike(x.get(dev.jacobi.numpy.Jnp.all(), i(0))),
            time);
    return out.carry().plus(sum(out.ys(), 0));
  }

  private static Array convolved(Array x) {
    return Lax.conv(x.reshape(-1, 1, 2, 2), ones(3, 1, 2, 2), Padding.SAME, 1, 1);
  }

  private static Mlp trained(Array x) {
    return grad((Mlp m, Array y) -> sum(m.apply(y))).apply(MLP, x);
  }

  private static Array descended(Array x) {
    Array w =
        Lax.foriLoop(
            0,
            3,
            (i, now) -> now.minus(grad((Array v) -> sum(tanh(x.matmul(v)))).apply(now).times(0.01)),
            MLP.hidden.w);
    return x.matmul(w);
  }

  @TestFactory
  Stream<DynamicTest> every_size_gives_what_jit_gives() {
    Map<String, Op1> all = functions();
    all.putAll(reductions());
    all.putAll(transformed());
    return all.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue())));
  }

  private static void check(Op1 f) {
    JitOp1 any = jit(f).symbolicBatch();
    JitOp1 each = jit(f);
    for (long size : SIZES) {
      Array x = draw(size, size, 4);
      close(any.apply(x), each.apply(x), "size " + size);
    }
    assertThat(any.cacheStats().misses()).isEqualTo(1);
  }

  private static void close(Array got, Array wanted, String what) {
    assertThat(got.aval()).as(what).isEqualTo(wanted.aval());
    double[] a = got.astype(DType.F64).toDoubleArray();
    double[] b = wanted.astype(DType.F64).toDoubleArray();
    double most = 1;
    for (double v : b) {
      most = Math.max(most, Double.isFinite(v) ? Math.abs(v) : 1);
    }
    for (int k = 0; k < a.length; k++) {
      boolean same = Double.compare(a[k], b[k]) == 0 || Math.abs(a[k] - b[k]) <= 1e-5 * most;
      assertThat(same).as(what + ", element " + k + ": " + a[k] + " and " + b[k]).isTrue();
    }
  }

  @Test
  void a_training_step_is_traced_once_for_all_batches() {
    AtomicInteger traces = new AtomicInteger();
    var step =
        jit((Mlp m, Sample s) -> {
              traces.incrementAndGet();
              return valueAndGrad((Mlp p, Sample t) -> mean(p.apply(t.x).minus(t.y).pow(2)))
                  .apply(m, s);
            })
            .symbolicBatch(in(NONE, 0));
    var plain =
        jit(
            (Mlp m, Sample s) ->
                valueAndGrad((Mlp p, Sample t) -> mean(p.apply(t.x).minus(t.y).pow(2)))
                    .apply(m, s));
    for (long n : new long[] {4, 1, 33, 4}) {
      Sample s = new Sample(draw(n, n, 4), draw(n + 1, n, 3));
      ValueAndGrad<Array, Mlp> got = step.apply(MLP, s);
      ValueAndGrad<Array, Mlp> wanted = plain.apply(MLP, s);
      close(got.value(), wanted.value(), "loss");
      close(got.grad().hidden.w, wanted.grad().hidden.w, "hidden");
      close(got.grad().out.b, wanted.grad().out.b, "out");
    }
    assertThat(traces).hasValue(1);
  }

  @Test
  void a_model_serves_every_batch() {
    // begin serve
    var predict = jit((Mlp m, Array x) -> m.apply(x)).symbolicBatch(in(NONE, 0));
    Array one = predict.apply(MLP, ones(1, 4)); // traced here
    Array many = predict.apply(MLP, ones(500, 4));
    // end serve
    close(many.get(499), one.get(0), "the same row");
    assertThat(predict.cacheStats().misses()).isEqualTo(1);
  }

  @Test
  void keys_are_a_batch_too() {
    var draws = jit(vmap((Key k) -> Random.normal(k, shape(3)))).symbolicBatch();
    for (int n : new int[] {2, 5}) {
      Key keys = key(1).split(n);
      close(draws.apply(keys), vmap((Key k) -> Random.normal(k, shape(3))).apply(keys), "keys");
    }
    assertThat(draws.cacheStats().misses()).isEqualTo(1);
  }

  @Test
  void transformed_from_outside_it_is_a_function_of_given_sizes() {
    JitOp1 f = jit((Array x) -> sum(tanh(x))).symbolicBatch();
    Array x = draw(1, 3, 4);
    close(grad(f).apply(x), grad((Array y) -> sum(tanh(y))).apply(x), "grad");
    close(vmap(f).apply(x), vmap((Array y) -> sum(tanh(y))).apply(x), "vmap");
    assertThat(f.apply(x).rank()).isZero();
  }

  private static Map<String, NamedError> errors() {
    Map<String, NamedError> all = new LinkedHashMap<>();
    fails(all, "concatenation", x -> concatenate(List.of(x, x), 0), "(?, 4)");
    fails(all, "number of elements", x -> x.times((double) x.size()), "Sizes.dimensionSize(x, 0)");
    fails(all, "size", x -> x.times((double) x.dim(0)), "reads a size as a number");
    fails(all, "last row", x -> x.get(-1), "(?, 4)");
    fails(all, "cumsum", x -> cumsum(x, 0), "cumsum cannot be compiled for any size");
    Op1 wrong = x -> x.plus(ones(3, 4));
    all.put("another size", error(wrong, ShapeMismatchException.class, "(3, 4)"));
    fails(all, "flattening", x -> x.reshape(-1), "(?, 4)");
    var two = jit((Array x, Array y) -> x.plus(y)).symbolicBatch();
    named(all, "sizes that differ", () -> two.apply(ones(3, 2), ones(4, 2)), "3 rows and leaf 1");
    named(all, "a scalar", () -> two.apply(ones(3), scalar(1f)), "argument 1 has a scalar");
    var none = jit((Array x) -> x).symbolicBatch(in(NONE));
    named(all, "no batch", () -> none.apply(ones(3)), "no argument has one");
    all.put(
        "no arguments are said to have it",
        new NamedError(
            () -> jit((Array x) -> x).symbolicBatch(null),
            dev.jacobi.trace.NullArgumentException.class,
            "null"));
    var later = jit((Array x) -> x).symbolicBatch(in(1));
    named(all, "another axis", () -> later.apply(ones(3, 4)), "at axis 1 of f32[3,4]");
    return all;
  }

  private static NamedError error(Op1 f, Class<? extends Exception> error, String says) {
    return new NamedError(() -> jit(f).symbolicBatch().apply(ones(3, 4)), error, says);
  }

  private static void fails(Map<String, NamedError> all, String name, Op1 f, String says) {
    all.put(name, error(f, SymbolicBatchException.class, says));
  }

  private static void named(Map<String, NamedError> all, String name, Runnable f, String says) {
    all.put(name, new NamedError(f, SymbolicBatchException.class, says));
  }

  @TestFactory
  Stream<DynamicTest> what_needs_the_size_is_a_named_error() {
    return NamedError.tests(errors(), "SymbolicBatchTest.java");
  }
}
