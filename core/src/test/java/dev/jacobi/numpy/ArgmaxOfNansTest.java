package dev.jacobi.numpy;

import static dev.jacobi.numpy.Jnp.array;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of several NaNs the first wins, as in NumPy, however many elements are looked at side by side.
 */
class ArgmaxOfNansTest {
  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16", "F32", "F64"})
  void theFirstWins(DType dtype) {
    for (int n : new int[] {7, 40, 1000}) {
      float[] x = new float[n];
      for (int i = 0; i < n; i++) {
        x[i] = i % 3 == 0 ? i : Float.NaN;
      }
      var row = array(x).reshape(1, n).astype(dtype);
      assertThat(Jnp.argmax(row, 1).get(0).itemLong()).isEqualTo(1);
      assertThat(Jnp.argmin(row, 1).get(0).itemLong()).isEqualTo(1);
    }
  }
}
