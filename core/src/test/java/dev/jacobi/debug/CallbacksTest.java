package dev.jacobi.debug;

import static dev.jacobi.Jacobi.checkpoint;
import static dev.jacobi.Jacobi.customJvp;
import static dev.jacobi.Jacobi.debugCallback;
import static dev.jacobi.Jacobi.debugPrint;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.in;
import static dev.jacobi.Jacobi.ioCallback;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.jvp;
import static dev.jacobi.Jacobi.makeJaxpr;
import static dev.jacobi.Jacobi.pureCallback;
import static dev.jacobi.Jacobi.spec;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.cos;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.JvpResult;
import dev.jacobi.OnPlugins;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Effect;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.transform.GradientException;
import dev.jacobi.transform.VmapException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Calls of Java from programs happen where and as often as the program says. */
class CallbacksTest {
  private static final Array LANES = arange(3f);
  private static final List<Double> SEEN = new ArrayList<>();

  @BeforeEach
  void onEngines() {
    OnPlugins.skip("nothing calls Java");
    SEEN.clear();
  }

  /** Twice its argument, which it tells. */
  private static Array told(Array x) {
    debugCallback((Array v) -> SEEN.add(v.item()), x);
    return x.times(2);
  }

  /** What a function of one number, or of lanes, tells. */
  record Row(String what, Op1 f, Array x, Double... told) {}

  private static Row row(String what, Op1 f, double x, Double... told) {
    return new Row(what, f, scalar((float) x), told);
  }

  private static Row lanes(String what, Op1 f, Double... told) {
    return new Row(what, f, LANES, told);
  }

  private static List<Row> transformed() {
    Op1 f = CallbacksTest::told;
    Op1 jitted = jit(CallbacksTest::told);
    return List.of(
        row("eager", f, 1, 1.0),
        row("jit", jitted, 1, 1.0),
        row("grad", grad(f), 1, 1.0),
        row("grad of jit", grad(jitted), 1, 1.0),
        row("jit of grad of jit", jit(grad(jitted)), 1, 1.0),
        row("second derivative", grad(grad(x -> told(x).times(x))), 3, 3.0),
        row("jvp", x -> jvp((Fn1<Array, Array>) f::apply, x, x).tangent(), 1, 1.0),
        row("unread", x -> told(x).times(0).plus(x), 1, 1.0),
        row("unread in jit", jit(x -> jitted.apply(x).times(0).plus(x)), 1, 1.0),
        row("checkpoint", grad(checkpoint(x -> told(x).times(x))), 3, 3.0),
        row("jit in checkpoint", jit(grad(checkpoint(x -> jitted.apply(x).times(x)))), 3, 3.0),
        lanes("vmap", vmap(f), 0.0, 1.0, 2.0),
        lanes("vmap of jit", vmap(jitted), 0.0, 1.0, 2.0),
        lanes("jit of vmap", jit(vmap(f)), 0.0, 1.0, 2.0),
        lanes("vmap of grad", vmap(grad(f)), 0.0, 1.0, 2.0),
        lanes("not batched", vmap(x -> x.plus(told(scalar(5f)))), 5.0),
        new Row("vmap of vmap", vmap(vmap(f)), arange(4f).reshape(2, 2), 0.0, 1.0, 2.0, 3.0),
        new Row(
            "vmap of vmap along another axis",
            vmap(vmap(f), in(1)),
            arange(4f).reshape(2, 2),
            0.0,
            2.0,
            1.0,
            3.0));
  }

  private static List<Row> control() {
    Op1 fori = x -> Lax.foriLoop(0, 3, (i, c) -> told(c), x);
    Op1 loop = x -> Lax.whileLoop(c -> c.lt(8f), CallbacksTest::told, x);
    Op1 count = x -> Lax.whileLoop(c -> c.lt(x), c -> told(c).times(0.5).plus(1f), x.times(0));
    Op1 branch = x -> Lax.cond(x.gt(0.5f), CallbacksTest::told, y -> y, x);
    return List.of(
        row("fori", fori, 1, 1.0, 2.0, 4.0),
        row("jit of fori", jit(fori), 1, 1.0, 2.0, 4.0),
        row("grad of fori", grad(fori), 1, 1.0, 2.0, 4.0),
        row("while", jit(loop), 1, 1.0, 2.0, 4.0),
        row("grad of while tells once", grad(loop), 1, 1.0, 2.0, 4.0),
        row(
            "in a condition",
            x -> Lax.whileLoop(c -> told(c).lt(8f), c -> c.times(4), x),
            1,
            1.0,
            4.0),
        row("taken branch", jit(branch), 1, 1.0),
        row("other branch", jit(branch), 0),
        row(
            "nested",
            jit(x -> Lax.foriLoop(0, 2, (i, c) -> fori.apply(c), x)),
            1,
            1.0,
            2.0,
            4.0,
            8.0,
            16.0,
            32.0),
        lanes("vmap of fori", vmap(fori), 0.0, 1.0, 2.0, 0.0, 2.0, 4.0, 0.0, 4.0, 8.0),
        lanes("a lane tells as often as it steps", vmap(count), 0.0, 0.0, 1.0),
        lanes("only in the lanes that take the branch", vmap(branch), 1.0, 2.0),
        lanes(
            "a branch in jit in a branch",
            vmap(x -> Lax.cond(x.lt(1.5f), y -> jit(branch).apply(y), y -> y, x)),
            1.0),
        lanes(
            "a loop in a branch",
            vmap(x -> Lax.cond(x.gt(1.5f), fori::apply, y -> y, x)),
            2.0,
            4.0,
            8.0),
        lanes(
            "a branch in a loop",
            jit(vmap(x -> Lax.foriLoop(0, 2, (i, c) -> branch.apply(c), x))),
            1.0,
            2.0,
            2.0,
            4.0),
        lanes(
            "a loop of lanes in a branch of lanes",
            vmap(x -> Lax.cond(x.gt(1.5f), count::apply, y -> y, x)),
            0.0,
            1.0));
  }

  @TestFactory
  Stream<DynamicTest> whatIsTold() {
    return Stream.concat(transformed().stream(), control().stream())
        .map(row -> DynamicTest.dynamicTest(row.what, () -> tells(row)));
  }

  private static void tells(Row row) {
    SEEN.clear();
    row.f.apply(row.x);
    assertThat(SEEN).as(row.what).containsExactly(row.told);
  }

  @Test
  void printsAreLines() {
    PrintStream out = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      jit((Op1)
              x -> {
                debugPrint("x={} and {{}} twice {0}, {}", x, "text");
                debugPrint(Order.ORDERED, "values", x, x.plus(1));
                return x;
              })
          .apply(array(1f, 2f));
    } finally {
      System.setOut(out);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("x=[1. 2.] and {} twice [1. 2.], text", "values: [1. 2.], [2. 3.]");
  }

  @Test
  void jaxprsSayIt() {
    Op1 f =
        x -> {
          debugPrint("x={}", x);
          return pureCallback(v -> sin(v), spec(DType.F32), x)
              .plus(ioCallback(Order.ORDERED, v -> sin(v), spec(DType.F32), x));
        };
    var jaxpr = makeJaxpr((Fn1<Array, Array>) f::apply, scalar(1f));
    assertThat(jaxpr.effect()).isEqualTo(Effect.ORDERED);
    assertThat(jaxpr.toString())
        .isEqualTo(
            """
            { lambda ; a:f32[]. let
                debug_print[fmt=x={} ordered=False] a
                b:f32[] = pure_callback[vmap_method=None] a
                c:f32[] = io_callback[ordered=True] a
                d:f32[] = add b c
              in (d,) }\
            """);
  }

  /** A tree of arrays. */
  record Pair(Array a, Array b) {}

  @Test
  void resultsAreTrees() {
    Pair result = new Pair(spec(DType.F32, 3), spec(DType.I32));
    Fn1<Array, Pair> f = x -> pureCallback((Array v) -> new Pair(v.times(2), scalar(7)), result, x);
    Pair given = jit((Fn1<Array, Pair>) f::apply).apply(LANES);
    assertThat(given.a().toFloatArray()).containsExactly(0, 2, 4);
    assertThat(given.b().itemLong()).isEqualTo(7);
  }

  @Test
  void pureCallbacksTakeBatches() {
    for (VmapMethod method : VmapMethod.values()) {
      List<String> shapes = new ArrayList<>();
      Op1 f =
          x ->
              pureCallback(
                  (List<Array> v) -> {
                    shapes.add(v.get(0).shape() + " " + v.get(1).shape());
                    return v.get(0).times(v.get(1));
                  },
                  spec(DType.F32),
                  List.of(x, scalar(3f)),
                  method);
      assertThat(vmap(f).apply(LANES).toFloatArray()).containsExactly(0, 3, 6);
      assertThat(jit(vmap(f)).apply(LANES).toFloatArray()).containsExactly(0, 3, 6);
      String once =
          switch (method) {
            case SEQUENTIAL -> "() ()";
            case EXPAND_DIMS -> "(3,) (1,)";
            case BROADCAST_ALL -> "(3,) (3,)";
          };
      assertThat(shapes).containsOnly(once).hasSize(method == VmapMethod.SEQUENTIAL ? 6 : 2);
    }
  }

  @Test
  void pureCallbacksHaveDerivativesByRules() {
    Op1 sine =
        customJvp(
            x -> pureCallback(v -> sin(v), spec(DType.F32), x, VmapMethod.SEQUENTIAL),
            (x, dx) -> new JvpResult<>(sin(x), cos(x).times(dx)));
    assertThat(grad(sine).apply(scalar(1f)).item()).isEqualTo(cos(scalar(1f)).item());
    assertThat(vmap(grad(sine)).apply(LANES).toFloatArray())
        .containsExactly(cos(LANES).toFloatArray());
  }

  @Test
  void unreadPureCallbacksAreLeftOut() {
    AtomicInteger calls = new AtomicInteger();
    Op1 f =
        x -> {
          pureCallback(
              (Array v) -> {
                calls.incrementAndGet();
                return v;
              },
              spec(DType.F32),
              x);
          return x;
        };
    jit(f).apply(scalar(1f));
    assertThat(calls.get()).isZero();
  }

  @Test
  void callbacksOfResultsRunInLoops() {
    AtomicInteger calls = new AtomicInteger();
    HostFn<Array, Array> count = v -> v.plus(calls.incrementAndGet());
    Op1 f = x -> Lax.foriLoop(0, 4, (i, c) -> ioCallback(count, spec(DType.F32), c), x);
    assertThat(jit(f).apply(scalar(0f)).item()).isEqualTo(1 + 2 + 3 + 4);
    assertThat(calls.get()).isEqualTo(4);
  }

  @Test
  void callbacksCallJittedCode() {
    Op1 inner = jit(x -> Lax.foriLoop(0, 3, (i, c) -> told(c), x));
    Op1 f =
        jit(x -> Lax.foriLoop(0, 2, (i, c) -> pureCallback(inner::apply, spec(DType.F32), c), x));
    assertThat(f.apply(scalar(1f)).item()).isEqualTo(64);
    assertThat(SEEN).containsExactly(1.0, 2.0, 4.0, 8.0, 16.0, 32.0);
  }

  @Test
  void whatACallbackThrowsReachesTheCaller() {
    Op1 f =
        jit(
            x ->
                Lax.foriLoop(
                    0,
                    5,
                    (i, c) -> {
                      debugCallback(
                          (Array v) -> {
                            SEEN.add(v.item());
                            if (v.item() == 2) {
                              throw new IllegalArgumentException("two");
                            }
                          },
                          i);
                      return c.plus(1);
                    },
                    x));
    assertThatThrownBy(() -> f.apply(scalar(1f)))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("CallbacksTest.java:")
        .hasRootCauseMessage("two");
    assertThat(SEEN).containsExactly(0.0, 1.0, 2.0);
    assertThatThrownBy(() -> vmap(f).apply(LANES)).hasMessageContaining("debug_callback");
    assertThat(jit(CallbacksTest::told).apply(scalar(1f)).item()).isEqualTo(2);
  }

  @Test
  void misuse() {
    Op1 pure = x -> pureCallback(v -> sin(v), spec(DType.F32), x);
    Op1 ordered = x -> ioCallback(Order.ORDERED, v -> sin(v), spec(DType.F32), x);
    Op1 wrong = x -> pureCallback(v -> sin(v), spec(DType.F32, 2), x);
    assertThatThrownBy(() -> vmap(pure).apply(LANES))
        .isInstanceOf(VmapException.class)
        .hasMessageContaining("VmapMethod");
    assertThatThrownBy(() -> vmap(ordered).apply(LANES)).isInstanceOf(VmapException.class);
    assertThatThrownBy(() -> grad(pure).apply(scalar(1f)))
        .isInstanceOf(GradientException.class)
        .hasMessageContaining("customJvp");
    assertThatThrownBy(() -> jit(wrong).apply(scalar(1f)))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("must give [f32[2]]");
    assertThatThrownBy(() -> Lax.reduce(LANES, scalar(0f), (a, b) -> told(a).plus(b), 0))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("prints, checks or calls Java");
    assertThatThrownBy(() -> debugPrint("{} {}", LANES))
        .hasMessageContaining("a place for value 1");
    assertThatThrownBy(() -> debugPrint("{x}", LANES)).hasMessageContaining("{{");
  }

  @Test
  void breakpointsShowValues() {
    List<Breakpoint> hits = new ArrayList<>();
    Breakpoints.hook(hits::add);
    try {
      jit((Op1)
              x ->
                  Lax.foriLoop(
                      0,
                      2,
                      (i, c) -> {
                        dev.jacobi.Jacobi.breakpoint("at", c);
                        return c.plus(1);
                      },
                      x))
          .apply(scalar(1f));
    } finally {
      Breakpoints.reset();
    }
    assertThat(hits).hasSize(2);
    assertThat(hits.getLast().toString())
        .matches("breakpoint at CallbacksTest.java:\\d+: \\[at, 2.0]");
  }
}
