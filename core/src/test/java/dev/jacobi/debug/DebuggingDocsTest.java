package dev.jacobi.debug;

import static dev.jacobi.Jacobi.check;
import static dev.jacobi.Jacobi.debugNans;
import static dev.jacobi.Jacobi.debugPrint;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.OnPlugins;
import dev.jacobi.Op1;
import dev.jacobi.hlo.host.CheckFailedException;
import dev.jacobi.lowering.NonFiniteException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java of docs/debugging.md. */
class DebuggingDocsTest {
  @BeforeEach
  void onEngines() {
    OnPlugins.skip("nothing calls Java or is checked");
  }

  // begin print
  static Array twice(Array x) {
    debugPrint("x = {}, twice {0}", x); // {} is the next value, {0} one by its number
    return x.times(2);
  }

  // end print

  // begin check
  static Array halved(Array x, int times) {
    for (int i = 0; i < times; i++) {
      check(x.gt(1), "after {} steps x is {}", i, x);
      x = x.times(0.5);
    }
    return x;
  }

  // end check

  // begin nans
  static final Op1 root = jit(x -> where(x.gt(0), sqrt(x), 0).sum());

  static Array slope(Array x) {
    return debugNans(() -> grad(root).apply(x)); // sqrt has no slope at 0
  }

  // end nans

  @Test
  void theyDoWhatTheySay() {
    assertThat(jit(DebuggingDocsTest::twice).apply(scalar(2f)).item()).isEqualTo(4);
    assertThatThrownBy(() -> jit((Op1) x -> halved(x, 9)).apply(scalar(6f)))
        .isInstanceOf(CheckFailedException.class)
        .hasMessageContaining("after 3 steps x is 0.75");
    assertThatThrownBy(() -> slope(array(0f, 1f)))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("mul at DebuggingDocsTest.java:")
        .hasMessageContaining("[0. 1.]; tensor<2xf32> [inf 0.5]");
  }
}
