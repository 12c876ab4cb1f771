package dev.jacobi.control;

import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.lax.Lax;
import org.junit.jupiter.api.Test;

/** Traced bodies are remembered by function, and used only where they are the same program. */
class BodyTest {
  /** Both loops run over arrays of shape (2, 3), of which one is a batch of rows. */
  @Test
  void aBatchIsNoElement() {
    Fn1<Array, Array> total = x -> sum(x);
    Array numbers = array(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f);
    Array whole = Lax.map(total, numbers.reshape(2, 2, 3));
    Array rows = Lax.map(total, numbers.reshape(4, 3), 2);
    assertThat(whole.toString()).isEqualTo("[21. 57.]");
    assertThat(rows.toString()).isEqualTo("[ 6. 15. 24. 33.]");
  }
}
