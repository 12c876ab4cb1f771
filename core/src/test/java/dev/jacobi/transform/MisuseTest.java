package dev.jacobi.transform;

import static dev.jacobi.Jacobi.customJvp;
import static dev.jacobi.Jacobi.customVjp;
import static dev.jacobi.Jacobi.evalShape;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.in;
import static dev.jacobi.Jacobi.jacrev;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.jvp;
import static dev.jacobi.Jacobi.out;
import static dev.jacobi.Jacobi.spec;
import static dev.jacobi.Jacobi.vjp;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Jacobi;
import dev.jacobi.JvpResult;
import dev.jacobi.Op1;
import dev.jacobi.Pure;
import dev.jacobi.WithResiduals;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.numpy.ArrayIndexException;
import dev.jacobi.numpy.ScalarRangeException;
import dev.jacobi.numpy.ShapeMismatchException;
import dev.jacobi.random.KeyReuseException;
import dev.jacobi.random.Random;
import dev.jacobi.trace.ConcretizationException;
import dev.jacobi.trace.DeletedArrayException;
import dev.jacobi.trace.EscapedTracerException;
import dev.jacobi.tree.TreeException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What users do wrong: each has its named error, which shows what is wrong and the user's line. */
class MisuseTest {
  private static final Array MATRIX = array(new double[][] {{1, 2, 3}, {4, 5, 6}});
  private static final List<Array> KEPT = new ArrayList<>();

  /** A static argument without equals. */
  static final class Setting {}

  /** Holds one. */
  record Layer(Array w, Setting setting) {}

  /** Holds a Java array. */
  record Table(Array w, float[] rows) {}

  /** Integers among the parameters. */
  record Counter(Array w, Array count) {}

  /**
   * A row.
   *
   * @param says what the message shows, beside the line of this file where {@code line} is set
   */
  record Row(String what, ThrowingCallable does, Class<?> error, boolean line, String... says) {}

  @TestFactory
  Stream<DynamicTest> errors() {
    return Stream.of(shapes(), differentiation(), tracers(), arguments(), rules(), results())
        .flatMap(List::stream)
        .map(row -> DynamicTest.dynamicTest(row.what, () -> check(row)));
  }

  private static void check(Row row) {
    Throwable thrown = catchThrowable(row.does);
    assertThat(thrown).as(row.what).isInstanceOf(row.error);
    assertThat(thrown.getMessage()).contains(row.says);
    if (row.line) {
      assertThat(thrown.getMessage()).as("the user's line").containsPattern("MisuseTest.java:\\d+");
    }
  }

  private static Row row(String what, ThrowingCallable does, Class<?> error, String... says) {
    return new Row(what, does, error, true, says);
  }

  private static List<Row> shapes() {
    Array three = array(1.0, 2.0, 3.0);
    Array four = array(1.0, 2.0, 3.0, 4.0);
    return List.of(
        row(
            "shapes that do not broadcast",
            () -> three.plus(four),
            ShapeMismatchException.class,
            "(3,)",
            "(4,)"),
        row(
            "the same under jit",
            () -> jit((Array x) -> x.plus(four)).apply(three),
            ShapeMismatchException.class,
            "(3,)",
            "(4,)"),
        row(
            "a product of matrices that do not fit",
            () -> MATRIX.matmul(MATRIX),
            RuntimeException.class,
            "(2, 3)"),
        row(
            "lax without broadcasting",
            () -> Arithmetic.add(three, four),
            LaxTypeException.class,
            "add",
            "(3,)",
            "(4,)"),
        row(
            "lax with two types",
            () -> Arithmetic.add(three, array(1f, 2f, 3f)),
            LaxTypeException.class,
            "f64",
            "f32",
            "astype"),
        row(
            "a reshape to another size",
            () -> Shapes.reshape(MATRIX, Shape.of(4)),
            LaxTypeException.class,
            "(2, 3)",
            "6",
            "4"),
        row(
            "an axis that is not there",
            () -> Reductions.sum(MATRIX, Axes.of(2)),
            LaxTypeException.class,
            "reduce_sum"),
        row(
            "a slice out of range",
            () -> Slices.slice(three, Longs.of(1), Longs.of(5), Longs.of(1)),
            LaxTypeException.class,
            "1:5"),
        row("a static index out of range", () -> three.get(3), ArrayIndexException.class, "3"),
        row("an index below -n", () -> three.get(-4), ArrayIndexException.class, "-4"),
        row(
            "the same under jit",
            () -> jit((Array x) -> x.get(7)).apply(three),
            ArrayIndexException.class,
            "7"),
        row(
            "an integer that the type cannot hold",
            () -> array(1, 2).plus(1L << 40),
            ScalarRangeException.class,
            "i32"));
  }

  private static List<Row> differentiation() {
    Op1 square = x -> x.times(x);
    Fn1<Counter, Array> withCount = c -> c.w().times(2.0);
    Counter counter = new Counter(scalar(1.0), scalar(3));
    return List.of(
        row(
            "the gradient in integers",
            () -> grad(square).apply(scalar(3)),
            GradientException.class,
            "i32",
            "astype"),
        row(
            "an integer leaf",
            () -> grad(withCount).apply(counter),
            GradientException.class,
            "count",
            "i32"),
        row(
            "a loss that is no scalar",
            () -> grad(square).apply(array(1.0, 2.0)),
            GradientException.class,
            "(2,)",
            "sum()",
            "jacrev"),
        row(
            "an integer loss",
            () -> grad((Array x) -> x.gt(0)).apply(scalar(1.0)),
            GradientException.class,
            "bool"),
        row(
            "a tangent of another shape",
            () -> jvp(square, array(1.0, 2.0), array(1.0)),
            GradientException.class,
            "f64[2]",
            "f64[1]"),
        row(
            "a cotangent of another type",
            () -> vjp(square, scalar(1.0)).pullback().apply(scalar(1f)),
            GradientException.class,
            "f64[]",
            "f32[]"),
        row(
            "item() of what is differentiated",
            () -> grad((Array x) -> x.times(x.item())).apply(scalar(3.0)),
            ConcretizationException.class,
            "stopGradient(x).item()"));
  }

  private static List<Row> tracers() {
    return List.of(
        row(
            "item() under jit",
            () -> jit((Array x) -> x.times(x.item())).apply(scalar(3.0)),
            ConcretizationException.class,
            "jit",
            "where"),
        row(
            "an if under vmap",
            () -> vmap((Array x) -> x.gt(0).itemBoolean() ? x : x).apply(array(1.0, 2.0)),
            ConcretizationException.class,
            "vmap"),
        row(
            "item() of an array of two",
            () -> array(1.0, 2.0).item(),
            ConcretizationException.class,
            "(2,)"),
        row(
            "a tracer that escapes by a field",
            MisuseTest::escape,
            EscapedTracerException.class,
            "jit",
            "Return the value"),
        row(
            "a tracer that escapes to a thread",
            MisuseTest::escapeToThread,
            EscapedTracerException.class,
            "thread",
            "jit"));
  }

  @Pure
  private static void escape() {
    KEPT.clear();
    jit((Array x) -> {
          KEPT.add(x);
          return x;
        })
        .apply(scalar(1.0));
    KEPT.getFirst().plus(1.0);
  }

  private static void escapeToThread() {
    jit((Array x) -> {
          List<RuntimeException> caught = new ArrayList<>();
          Thread other =
              Thread.ofPlatform()
                  .start(
                      () -> {
                        try {
                          x.plus(1.0);
                        } catch (RuntimeException e) {
                          caught.add(e);
                        }
                      });
          join(other);
          throw caught.getFirst();
        })
        .apply(scalar(1.0));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Row> arguments() {
    Fn1<Layer, Array> layer = l -> l.w();
    Fn1<Table, Array> table = t -> t.w();
    Op1 id = x -> x.times(1.0);
    Fn2<Array, Array, Array> add = (x, y) -> x.plus(y);
    return List.of(
        row(
            "a static argument without equals",
            () -> jit(layer).apply(new Layer(scalar(1.0), new Setting())),
            TreeException.IdentityEquals.class,
            "Setting",
            "equals"),
        row(
            "a record with a Java array",
            () -> jit(table).apply(new Table(scalar(1.0), new float[2])),
            TreeException.class,
            "rows"),
        row(
            "a donated array used again",
            MisuseTest::useDonated,
            DeletedArrayException.class,
            "donated",
            "f64[2]"),
        row(
            "a key consumed twice",
            MisuseTest::reuseKey,
            KeyReuseException.class,
            "consumed again"),
        row(
            "batches of two sizes",
            () -> vmap(add).apply(array(1.0, 2.0), array(1.0, 2.0, 3.0)),
            VmapException.class,
            "2",
            "3",
            "NONE"),
        row(
            "an axis that an argument lacks",
            () -> vmap(id, in(1)).apply(array(1.0, 2.0)),
            VmapException.class,
            "axis 1"),
        row(
            "nothing to map over",
            () -> vmap(id, in(Jacobi.NONE)).apply(array(1.0)),
            VmapException.class,
            "at least one"),
        row(
            "a batched result declared shared",
            () -> vmap(id, in(0), out(Jacobi.NONE)).apply(array(1.0, 2.0)),
            VmapException.class,
            "NONE"),
        new Row("an axis of another class", () -> in("0"), VmapException.class, false, "String"));
  }

  private static void useDonated() {
    Array x = array(1.0, 2.0);
    jit((Array a) -> a.times(2.0)).donate(0).apply(x);
    x.plus(1.0);
  }

  private static void reuseKey() {
    Random.checkKeyReuse(
        () -> {
          var key = Random.key(0);
          Array a = Random.normal(key, Shape.of(2));
          return a.plus(Random.uniform(key, Shape.of(2)));
        });
  }

  private static List<Row> rules() {
    Op1 onlyBack =
        customVjp(
            x -> x.times(x),
            x -> new WithResiduals<>(x.times(x), x),
            (Array x, Array ct) -> ct.times(x));
    Op1 captures =
        grad(
            (Array a) -> {
              Op1 f = customJvp(x -> x.times(a), (x, t) -> new JvpResult<>(x.times(a), t));
              return f.apply(a);
            });
    return List.of(
        row(
            "forward through a VJP rule",
            () -> jvp(onlyBack, scalar(1.0), scalar(1.0)),
            CustomRuleException.class,
            "custom VJP rule only",
            "grad"),
        row(
            "a rule that captures what is differentiated",
            () -> captures.apply(scalar(1.0)),
            CustomRuleException.class,
            "captures",
            "argument"),
        row(
            "the value of an abstract result",
            () -> evalShape((Array x) -> x, spec(DType.F32)).item(),
            ConcretizationException.class,
            "evalShape"));
  }

  private static Op1 sumOf(Op1 f) {
    return x -> f.apply(x).sum();
  }

  private static Op1 withPullback(
      Fn1<Array, WithResiduals<Array, Array>> forward, Fn2<Array, Array, Array> backward) {
    return sumOf(customVjp((Op1) x -> x.times(1.0), forward, backward));
  }

  /** What rules of derivatives give must be like what they are rules of. */
  private static List<Row> results() {
    Array x = array(1.0, 2.0);
    Fn1<Array, WithResiduals<Array, Array>> forward = v -> new WithResiduals<>(v, v);
    Op1 narrow = customJvp((Op1) v -> v, (v, t) -> new JvpResult<>(v, t.sum()));
    Op1 other = customJvp((Op1) v -> v, (v, t) -> new JvpResult<>(v.sum(), t));
    Op1 row = withPullback(forward, (v, ct) -> ct.sum());
    Op1 value = withPullback(v -> new WithResiduals<>(v.sum(), v), (v, ct) -> ct);
    Op1 none = withPullback(v -> null, (v, ct) -> ct);
    Class<?> rule = CustomRuleException.class;
    return List.of(
        row("a tangent", () -> jvp(narrow, x, x), rule, "tangent", "f64[2]", "f64[]"),
        row("a value beside it", () -> jvp(other, x, x), rule, "value", "f64[2]", "f64[]"),
        row("backward", () -> grad(sumOf(narrow)).apply(x), rule, "tangent", "f64[2]", "f64[]"),
        row("a cotangent", () -> grad(row).apply(x), rule, "cotangent", "f64[2]", "f64[]"),
        row("in lanes", () -> vmap(grad(row)).apply(MATRIX), rule, "cotangent", "f64[3]", "f64[]"),
        row("a forward value", () -> grad(value).apply(x), rule, "forward", "f64[2]", "f64[]"),
        row("no residuals", () -> grad(none).apply(x), rule, "new WithResiduals<>"),
        row(
            "rows of an integer result",
            () -> jacrev((Op1) v -> v.astype(DType.I32)).apply(x),
            GradientException.class,
            "jacrev",
            "i32[2]"));
  }
}
