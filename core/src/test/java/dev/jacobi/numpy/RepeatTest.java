package dev.jacobi.numpy;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.ConcretizationException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries repeated by counts, and what is left to integers: common divisors and multiples. */
class RepeatTest {
  private static final Array X = array(10, 20, 30, 40);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1 2 0 3; 10 20 20 40 40 40",
        "0 0 0 0; ''",
        "2 0 0 0; 10 10",
        "2; 10 10 20 20 30 30 40 40"
      })
  void countsWithValues(String counts, String want) {
    assertThat(repeat(X, array(ints(counts))).toIntArray()).isEqualTo(ints(want));
  }

  /** As jax.numpy.repeat gives with total_repeat_length. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1 2 0 3; 6; 10 20 20 40 40 40",
        "1 2 0 3; 4; 10 20 20 40",
        "1 2 0 3; 8; 10 20 20 40 40 40 40 40",
        "1 1 1 0; 5; 10 20 30 40 40",
        "0 3 0 0; 3; 20 20 20"
      })
  void tracedCountsNeedTheSize(String counts, int total, String want) {
    Op1 f = jit(n -> repeat(X, n, 0, total));
    assertThat(f.apply(array(ints(counts))).toIntArray()).isEqualTo(ints(want));
    assertThat(repeat(X, array(ints(counts)), 0, total).toIntArray()).isEqualTo(ints(want));
  }

  private static int[] ints(String words) {
    return Arrays.stream(words.split(" "))
        .filter(w -> !w.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  @Test
  void copiesSumUpInTheGradient() {
    Op1 f = x -> sum(repeat(x, array(2, 0, 1), 0));
    assertThat(grad(f).apply(array(1f, 2f, 3f)).toFloatArray()).containsExactly(2f, 0f, 1f);
  }

  @Test
  void wrongCountsAreNamed() {
    Op1 f = jit(n -> repeat(X, n));
    assertThatThrownBy(() -> f.apply(array(1, 1, 1, 1)))
        .isInstanceOf(ConcretizationException.class)
        .hasMessageContaining("totalLength")
        .hasMessageContaining("RepeatTest.java");
    assertThatThrownBy(() -> repeat(X, array(1, 2)))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("size 4");
    assertThatThrownBy(() -> repeat(X, array(1, -2, 1, 1)))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> repeat(X, array(1f))).isInstanceOf(LaxTypeException.class);
  }

  @Test
  void divisorsAndMultiples() {
    int[] x = {12, -18, 0, 7, 0, 40_009};
    int[] y = {18, 12, 5, 0, 0, 50_021};
    Array a = array(x);
    Array b = array(y);
    Op2 both = jit((p, q) -> stack(gcd(p, q), lcm(p, q)));
    assertThat(gcd(a, b).toIntArray()).containsExactly(6, 6, 5, 7, 0, 1);
    assertThat(vmap((Array p, Array q) -> gcd(p, q)).apply(a, b).toIntArray())
        .isEqualTo(gcd(a, b).toIntArray());
    assertThat(both.apply(a, b).get(1).toIntArray())
        .containsExactly(36, 36, 0, 0, 0, 40_009 * 50_021);
    assertThat(gcd(array(6L), array(4)).toLongArray()).containsExactly(2);
    assertThatThrownBy(() -> gcd(array(1f), array(2)))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("integers");
  }

  @Test
  void divisorsAgreeWithTrialDivision() {
    int[] x = IntStream.range(0, 400).map(i -> i % 20).toArray();
    int[] y = IntStream.range(0, 400).map(i -> i / 20).toArray();
    int[] found = gcd(array(x), array(y)).toIntArray();
    for (int i = 0; i < x.length; i++) {
      int d = Math.max(x[i], y[i]);
      while (d > 0 && (x[i] % d != 0 || y[i] % d != 0)) {
        d--;
      }
      assertThat(found[i]).as("gcd of %s and %s", x[i], y[i]).isEqualTo(d);
    }
  }

  /** As in JAX: complex numbers have an angle between them, but no order. */
  @Test
  void complexNumbers() {
    Array z = array(1f).astype(DType.C64);
    assertThat(arctan2(z, z).get(0).itemComplex().re()).isEqualTo(Math.PI / 4, within(1e-6));
    assertThatThrownBy(() -> argmax(z)).isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> argmin(z)).isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> remainder(z, z)).isInstanceOf(LaxTypeException.class);
  }
}
