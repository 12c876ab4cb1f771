package dev.jacobi.scipy.interpolate;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Convert;
import dev.jacobi.numpy.Jnp;
import java.util.Arrays;
import java.util.List;

/** Elements at places that are in bounds. */
final class Reads {
  private Reads() {}

  /**
   * What stands at indices of the first dimensions, one array each; the others are kept. One index
   * into the flattened array is computed with what needs it, where several would have to be written
   * side by side before.
   */
  static Array read(Array values, List<Array> places) {
    int d = places.size();
    long[] sizes = values.shape().toArray();
    long[] flat = Arrays.copyOfRange(sizes, d - 1, sizes.length);
    long count = Arrays.stream(sizes, 0, d).reduce(1, (a, b) -> a * b);
    flat[0] = count;
    DType index = count > Integer.MAX_VALUE ? DType.I64 : DType.I32;
    Array at = Convert.convertElementType(places.getFirst(), index);
    for (int k = 1; k < d; k++) {
      Array next = Convert.convertElementType(places.get(k), index);
      at = Jnp.add(at.times(sizes[k]), next);
    }
    return values.reshape(flat).at(Jnp.ix(at)).get(Mode.PROMISE_IN_BOUNDS);
  }
}
