package dev.jacobi.debug;

import static dev.jacobi.Jacobi.check;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.OnPlugins;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.host.CheckFailedException;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.ArrayIndexException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A check in a compiled loop says the first step and lane that fail, however the loop runs. */
class ChecksInLoopsTest {
  @BeforeEach
  void onEngines() {
    OnPlugins.skip("nothing is checked");
  }

  private static Array raise(Array x, int steps) {
    return Lax.foriLoop(0, steps, (i, c) -> c.at(ix(i)).set(c.get(ix(i)).plus(1.0)), x);
  }

  /** Sums seven elements from each start on. */
  private static Fn1<Array, Array> sums(Array x) {
    return vmap(
        (Array start) ->
            Lax.foriLoop(0, 7, (i, c) -> c.plus(x.get(ix(i.plus(start)))), scalar(0f)));
  }

  @Test
  void indicesOfAStateInMemory() {
    Fn1<Array, Array> f = x -> raise(x, 20);
    assertThat(jit(f).apply(zeros(20)).sum().item()).isEqualTo(20);
    for (Fn1<Array, Array> g : List.of(f, grad((Array x) -> f.apply(x).sum()))) {
      assertThatThrownBy(() -> jit(g).apply(zeros(10)))
          .isInstanceOf(ArrayIndexException.class)
          .hasMessageContaining("index 10 at ChecksInLoopsTest.java:");
    }
  }

  @Test
  void indicesOfEachLane() {
    var f = jit((Array n) -> sums(arange(36).astype(DType.F32)).apply(n));
    assertThat(f.apply(arange(30)).get(29).item()).isEqualTo(224);
    var g = jit((Array n) -> sums(arange(33).astype(DType.F32)).apply(n));
    assertThatThrownBy(() -> g.apply(arange(30)))
        .isInstanceOf(ArrayIndexException.class)
        .hasMessageContaining("index 33 at ChecksInLoopsTest.java:")
        .hasMessageContaining("in lane 29");
  }

  @Test
  void aCheckEndsALoopThatWouldNot() {
    var f =
        jit(
            (Array x) ->
                Lax.whileLoop(
                    c -> c.get(0).gt(-1f),
                    (Array c) -> {
                      check(c.get(0).lt(1000f), "too large: {}", c.get(0));
                      return c.plus(1f);
                    },
                    x));
    assertThatThrownBy(() -> f.apply(zeros(4)))
        .isInstanceOf(CheckFailedException.class)
        .hasMessageContaining("too large: 1000");
  }
}
