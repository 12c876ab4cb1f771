package dev.jacobi.control;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.makeJaxpr;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.array;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Key;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.random.Random;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A lane does not run what it does not need: in a batch, a branch that is not taken may hold a loop
 * that would never end (jax#2947, jax#8409).
 */
class LanesOfLoopsTest {
  private static final Array X = array(-1f, 3f, 2f);

  /** Doubles a number until it is above one, which a negative one never is. */
  private static Array untilLarge(Array x) {
    return Lax.whileLoop(c -> c.le(1f), (Array c) -> c.times(2f), x);
  }

  private static Array taken(Array x) {
    return Lax.cond(x.gt(0f), LanesOfLoopsTest::untilLarge, (Array c) -> c, x);
  }

  private static Array inSteps(Array x) {
    return Lax.foriLoop(0, 3, (i, c) -> taken(c).times(0.25f), x);
  }

  private static Array nested(Array x) {
    return Lax.whileLoop(
        c -> Jnp.logicalAnd(c.gt(0f), c.lt(50f)),
        (Array c) -> untilLarge(c.times(0.3f)).times(4f),
        x);
  }

  private static Array called(Array x) {
    return Lax.cond(x.gt(0f), jit(LanesOfLoopsTest::untilLarge)::apply, (Array c) -> c, x);
  }

  /** A branch with a loop whose length is known costs too much for lanes that do not take it. */
  private static Array counted(Array x) {
    return Lax.cond(
        x.gt(50f),
        (Array c) -> Lax.foriLoop(0, 1L << 40, (i, d) -> Jnp.sin(d), c),
        (Array c) -> c.times(c),
        x);
  }

  private static Array countedByArrays(Array x) {
    return Lax.switchCase(
        x.gt(50f).astype(DType.I32),
        List.<Fn1<Array, Array>>of(
            c -> c.times(c),
            c ->
                Lax.foriLoop(
                    Jnp.scalar(0L), Jnp.scalar(1L << 40), (i, d) -> Jnp.sin(d).times(c), c)),
        x);
  }

  private static Array countedInSteps(Array x) {
    return Lax.foriLoop(0, 3, (i, c) -> countedByArrays(c.times(0.5f)), x);
  }

  record Row(String what, Op1 f) {}

  @TestFactory
  List<DynamicTest> everyLaneEnds() {
    return List.of(
            new Row("a branch", LanesOfLoopsTest::taken),
            new Row("a branch in a loop", LanesOfLoopsTest::inSteps),
            new Row("a loop in a loop", LanesOfLoopsTest::nested),
            new Row("a call in a branch", LanesOfLoopsTest::called),
            new Row("a long loop between arrays", LanesOfLoopsTest::countedByArrays),
            new Row("a long loop between arrays in a loop", LanesOfLoopsTest::countedInSteps))
        .stream()
        .map(row -> DynamicTest.dynamicTest(row.what, () -> ends(row.f)))
        .toList();
  }

  private static void ends(Op1 f) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          Array one = Jnp.stack(List.of(f.apply(X.get(0)), f.apply(X.get(1)), f.apply(X.get(2))));
          for (Op1 g : List.<Op1>of(vmap(f), jit(vmap(f)))) {
            assertThat(g.apply(X).toString()).isEqualTo(one.toString());
          }
          Op1 slope = grad(f);
          Array slopes =
              Jnp.stack(
                  List.of(slope.apply(X.get(0)), slope.apply(X.get(1)), slope.apply(X.get(2))));
          assertThat(jit(vmap(slope)).apply(X).toString()).isEqualTo(slopes.toString());
        });
  }

  /** Its gradient keeps all steps, taken or not. */
  @Test
  void longLoopsThatNoLaneTakesDoNotRun() {
    Op1 f = vmap(LanesOfLoopsTest::counted);
    assertThat(f.apply(X).toFloatArray()).containsExactly(1, 9, 4);
    assertThat(jit(f).apply(X).toFloatArray()).containsExactly(1, 9, 4);
    assertThat(vmap(f).apply(X.reshape(3, 1)).reshape(3).toFloatArray()).containsExactly(1, 9, 4);
  }

  /** What costs much stands in a branch of its own, what costs little does not. */
  @Test
  void costlyBranchesRunIfALaneTakesThem() {
    Array m = Jnp.ones(3, 4, 4);
    Fn2<Array, Array, Array> product =
        (p, x) -> Lax.cond(p.gt(2f), y -> y.matmul(y), y -> y.times(2), x);
    Fn2<Array, Array, Array> sum = (p, x) -> Lax.cond(p.gt(2f), y -> y.plus(y), y -> y.times(3), x);
    assertThat(makeJaxpr(vmap(product), X, m).toString()).contains("cond[").contains("dot_general");
    assertThat(makeJaxpr(vmap(sum), X, m).toString()).doesNotContain("cond[");
    Array some = jit(vmap(product)).apply(X, m);
    assertThat(some.sum(1, 2).toFloatArray()).containsExactly(32, 64, 32);
    Array none = jit(vmap(product)).apply(X.times(0), m);
    assertThat(none.sum(1, 2).toFloatArray()).containsExactly(32, 32, 32);
    Op1 slope = x -> grad((Array y) -> vmap(product).apply(X, y).sum()).apply(x);
    assertThat(jit(slope).apply(m).sum(1, 2).toFloatArray()).containsExactly(32, 128, 32);
  }

  record Walk(Array x, Key key) {
    Walk step() {
      Key[] next = {key.split(2).get(0), key.split(2).get(1)};
      return new Walk(x.plus(Random.uniform(next[1], Shape.of())), next[0]);
    }
  }

  /** Lanes choose among keys, in branches and where loops have ended; values are JAX 0.10.2's. */
  @Test
  void keysAreChosenPerLane() {
    Fn1<Array, Walk> walk =
        end -> Lax.whileLoop(w -> w.x.lt(end), Walk::step, new Walk(Jnp.scalar(0f), Random.key(0)));
    assertThat(jit(vmap(walk)).apply(array(1f, 2f, 3f)).x.toFloatArray())
        .containsExactly(1.162658f, 2.1873896f, 3.7531679f);
    Fn1<Array, Key> cases =
        i ->
            Lax.switchCase(
                i,
                List.<Fn1<Key, Key>>of(k -> k, k -> k.foldIn(3), k -> k.split(2).get(1)),
                Random.key(0));
    long[] data = {0, 0, 2467461003L, 3840466878L, 928981903, 3453687069L};
    assertThat(vmap(cases).apply(array(0, 1, 2)).data().toLongArray()).isEqualTo(data);
    assertThat(vmap(vmap(cases)).apply(array(0, 1, 2).reshape(3, 1)).data().toLongArray())
        .isEqualTo(data);
  }
}
