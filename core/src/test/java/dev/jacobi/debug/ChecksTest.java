package dev.jacobi.debug;

import static dev.jacobi.Jacobi.check;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.makeJaxpr;
import static dev.jacobi.Jacobi.vjp;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.OnPlugins;
import dev.jacobi.Op1;
import dev.jacobi.hlo.host.CheckFailedException;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.LaxTypeException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Conditions that fail in compiled programs arrive as exceptions, wherever they stand. */
class ChecksTest {
  private static final Array LANES = arange(3f);

  @BeforeEach
  void onEngines() {
    OnPlugins.skip("nothing is checked");
  }

  /** Twice a number that must be less than 42. */
  private static Array small(Array x) {
    check(x.lt(42f), "{} must be less than {}", x, 42);
    return x.times(2);
  }

  /** A program that fails: what its message says after the line. */
  record Row(String what, Op1 f, Array x, String says) {}

  private static List<Row> rows() {
    Op1 f = ChecksTest::small;
    Op1 fori = x -> Lax.foriLoop(0, 100, (i, c) -> small(c), x);
    Op1 nested =
        x ->
            Lax.foriLoop(
                0,
                9,
                (i, c) ->
                    Lax.whileLoop(d -> d.lt(c.plus(9f)), d -> small(d).times(0.5f).plus(1f), c),
                x);
    Op1 lanesOf =
        vmap(x -> Lax.whileLoop(c -> c.lt(x.times(35f)), c -> small(c).plus(1f), x.plus(1f)));
    return List.of(
        new Row("eager", f, scalar(50f), "failed: 50.0 must be less than 42"),
        new Row("jit", jit(f), scalar(50f), "failed: 50.0 must be less than 42"),
        new Row("grad", grad(f), scalar(50f), "failed: 50.0 must"),
        new Row("jit of grad of jit", jit(grad(jit(f))), scalar(50f), "failed: 50.0 must"),
        new Row("an array", jit(f), array(1f, 50f, 60f), "failed at (1,): 50.0 must"),
        new Row("a loop", jit(fori), scalar(1f), "failed: 64.0 must"),
        new Row("grad of a loop", jit(grad(fori)), scalar(1f), "failed: 64.0 must"),
        new Row("nested loops", jit(nested), scalar(1f), "failed: 42.0 must"),
        new Row("grad of nested loops", grad(nested), scalar(1f), "failed: 42.0 must"),
        new Row("vmap", jit(vmap(f)), LANES.times(30f), "failed in lane 2: 60.0 must"),
        new Row(
            "vmap of vmap",
            vmap(vmap(f)),
            arange(6f).reshape(2, 3).times(10f),
            "failed in lane (1, 2): 50.0 must"),
        new Row(
            "vmap of arrays",
            vmap(f),
            arange(6f).reshape(2, 3).times(10f),
            "failed in lane 1 at (2,): 50.0 must"),
        new Row("vmap of a loop", vmap(fori), LANES, "failed in lane 2: 64.0 must"),
        new Row("a loop of lanes", lanesOf, LANES, "failed in lane 2: 63.0 must"),
        new Row(
            "a branch of lanes",
            vmap(x -> Lax.cond(x.gt(1f), y -> small(y.plus(50f)), y -> small(y), x)),
            LANES,
            "failed in lane 2: 52.0 must"),
        new Row(
            "the first of two",
            jit(x -> small(x.minus(9f)).plus(small(x))),
            scalar(60f),
            "failed: 51.0 must"));
  }

  @TestFactory
  Stream<DynamicTest> failures() {
    return rows().stream().map(row -> DynamicTest.dynamicTest(row.what, () -> fails(row)));
  }

  private static void fails(Row row) {
    assertThatThrownBy(() -> row.f.apply(row.x))
        .isInstanceOf(CheckFailedException.class)
        .hasMessageMatching("(?s)check at ChecksTest.java:\\d+ failed.*")
        .hasMessageContaining(row.says);
  }

  /** Lanes and steps that do not get there must not fail. */
  @Test
  void whatHoldsPasses() {
    assertThat(jit(ChecksTest::small).apply(scalar(1f)).item()).isEqualTo(2);
    Op1 loop =
        x ->
            Lax.whileLoop(
                c -> c.lt(x),
                c -> {
                  check(c.lt(x), "{} has ended", c);
                  return c.plus(1f);
                },
                x.times(0));
    assertThat(vmap(loop).apply(LANES).toFloatArray()).containsExactly(0, 1, 2);
    assertThat(vmap(vmap(loop)).apply(LANES.reshape(3, 1)).toFloatArray()).containsExactly(0, 1, 2);
    Op1 branch =
        x ->
            Lax.cond(
                x.lt(1.5f),
                y -> y,
                y -> {
                  check(y.gt(1.5f), "{} is in the wrong branch", y);
                  return y.times(2);
                },
                x);
    assertThat(vmap(branch).apply(LANES).toFloatArray()).containsExactly(0, 1, 4);
  }

  /** The first check in the order of the program wins, and nothing after it happens. */
  @Test
  void nothingHappensAfterAFailure() {
    List<Double> seen = new java.util.ArrayList<>();
    Op1 f =
        jit(
            x ->
                Lax.foriLoop(
                    0,
                    9,
                    (i, c) -> {
                      small(c);
                      dev.jacobi.Jacobi.debugCallback((Array v) -> seen.add(v.item()), c);
                      return c.plus(15f);
                    },
                    x));
    assertThatThrownBy(() -> f.apply(scalar(0f))).isInstanceOf(CheckFailedException.class);
    assertThat(seen).containsExactly(0.0, 15.0, 30.0);
  }

  /** A check is no residual of a derivative, and has none. */
  @Test
  void gradientsAreWithoutCost() {
    Op1 plain = x -> x.times(x);
    Op1 checked =
        x -> {
          check(x.gt(0f), "{}", x);
          return plain.apply(x);
        };
    String with = makeJaxpr((Fn1<Array, Array>) grad(checked)::apply, scalar(2f)).toString();
    String without = makeJaxpr((Fn1<Array, Array>) grad(plain)::apply, scalar(2f)).toString();
    assertThat(with.lines().filter(l -> l.contains("mul")).count())
        .isEqualTo(without.lines().filter(l -> l.contains("mul")).count());
    assertThat(with.lines().filter(l -> l.contains("check")).count()).isEqualTo(1);
    assertThat(
            vjp((Fn1<Array, Array>) checked::apply, scalar(2f)).pullback().apply(scalar(1f)).item())
        .isEqualTo(4);
  }

  @Test
  void misuse() {
    assertThatThrownBy(() -> check(scalar(1f), "x")).isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> check(scalar(true), "{}")).hasMessageContaining("a place for value 0");
    Object[] many = Collections.nCopies(16, scalar(1f)).toArray();
    assertThatThrownBy(() -> check(scalar(true), "many", many)).hasMessageContaining("at most");
  }
}
