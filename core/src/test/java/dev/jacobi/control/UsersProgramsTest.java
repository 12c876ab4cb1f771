package dev.jacobi.control;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.makeJaxpr;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.OnPlugins;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.ArrayIndexException;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What users of JAX reported, by the number of the report, and what they wanted to see. */
class UsersProgramsTest {
  /** 278, 3774: an index out of bounds is an error, and not the last element. */
  @Test
  void indicesOutOfBoundsAreErrors() {
    OnPlugins.skip("nothing is checked");
    Array x = array(1f, 2f, 3f);
    assertThatThrownBy(() -> x.get(10)).isInstanceOf(ArrayIndexException.class);
    assertThatThrownBy(() -> jit((Array i) -> x.get(ix(i))).apply(scalar(10)))
        .isInstanceOf(ArrayIndexException.class)
        .hasMessageContaining("index 10");
    assertThatThrownBy(() -> jit((Array i) -> x.at(ix(i)).set(0f)).apply(scalar(-4)))
        .isInstanceOf(ArrayIndexException.class)
        .hasMessageContaining("index -4");
  }

  /** 1218: bounds beyond 32 bits count as they say. */
  @Test
  void boundsOfLoopsDoNotOverflow() {
    long end = 1L << 32;
    Array n = Lax.foriLoop(end - 3, end, (i, c) -> c.plus(1), scalar(0));
    assertThat(n.itemLong()).isEqualTo(3);
    Array last = Lax.foriLoop(end - 3, end, (i, c) -> i, scalar(0L));
    assertThat(last.itemLong()).isEqualTo(end - 1);
    String program =
        makeJaxpr((Array x) -> Lax.foriLoop(0, 100_000_000_000_000L, (i, c) -> c.plus(1), x), n)
            .toString();
    assertThat(program).contains("length=100000000000000");
    assertThatThrownBy(() -> Lax.foriLoop(scalar(0), scalar(end), (i, c) -> c.plus(1), scalar(0)))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("not i32[] and i64[]");
  }

  /** 18385: 2^32 does not become 0. */
  @Test
  void largeScalarsAreNotCut() {
    Array x = zeros(Shape.of(2), DType.I32);
    assertThatThrownBy(() -> x.plus(1L << 32)).hasMessageContaining("4294967296");
    assertThatThrownBy(() -> jit((Array y) -> y.plus(1L << 32)).apply(x))
        .hasMessageContaining("4294967296");
    assertThat(x.astype(DType.I64).plus(1L << 32).get(0).itemLong()).isEqualTo(1L << 32);
  }

  /** 13184: reverse mode through a loop of unknown length. */
  @Test
  void gradientsOfWhile() {
    Fn1<Array, Array> f =
        x -> Lax.whileLoop(c -> c.lt(100f), (Array c) -> c.times(c).times(x), x.plus(1f));
    float h = 1e-3f;
    float x = 1.5f;
    double slope =
        (f.apply(scalar(x + h)).item() - f.apply(scalar(x - h)).item()) / (2 * (double) h);
    assertThat(grad(f).apply(scalar(x)).item()).isCloseTo(slope, within(slope * 1e-2));
    assertThat(jit(grad(f)).apply(scalar(x)).item()).isEqualTo(grad(f).apply(scalar(x)).item());
  }

  /** 40101: a loop that changes an element per step does no more, under grad too. */
  @Test
  void stepsOfGradientsTouchSingleElements() {
    Fn1<Array, Array> f =
        x ->
            Lax.foriLoop(
                    0, 5, (i, b) -> b.at(ix(i.plus(1))).set(b.get(ix(i)).times(0.5).plus(1.0)), x)
                .get(5);
    String program = makeJaxpr(grad(f), zeros(20_000)).toString();
    assertThat(program).contains("scan[").doesNotContain("f32[20000] = add_any");
    double[] slopes = {0.03125, 0};
    Array slope = jit(grad(f)).apply(zeros(20_000));
    assertThat(new double[] {slope.get(0).item(), slope.get(1).item()}).isEqualTo(slopes);
  }

  private static Offset<Double> within(double bound) {
    return Offset.offset(bound);
  }

  /** 22385: functions that call each other twice are traced, compiled and kept once each. */
  @Test
  void nestedCallsStayLinear() {
    OnPlugins.skip("XLA writes every call out, 2^18 of them here");
    Fn1<Array, Array> f = x -> x.plus(1f);
    for (int depth = 0; depth < 18; depth++) {
      var inner = jit(f);
      f = x -> inner.apply(inner.apply(x));
    }
    Fn1<Array, Array> all = f;
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> assertThat(jit(all).apply(scalar(0f)).item()).isEqualTo(1 << 18));
  }
}
