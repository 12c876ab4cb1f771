package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.lax.LaxTypeException;
import java.util.Arrays;

/**
 * In which order the elements of an array are taken and laid out anew: {@code
 * ElementOrder.F.ravel(x)}. NumPy's {@code order}, which says here what an array means, not how it
 * is stored.
 */
public enum ElementOrder {
  /** The last index changes fastest. */
  C,
  /** The first index changes fastest, as in Fortran. */
  F;

  /** All elements as a vector. */
  public Array ravel(Array x) {
    return reshape(x, -1);
  }

  /**
   * The same elements in another shape.
   *
   * @param sizes one may be -1: what is left
   * @throws LaxTypeException if the number of elements differs
   */
  public Array reshape(Array x, long... sizes) {
    return switch (this) {
      case C -> Jnp.reshape(x, sizes);
      case F -> Jnp.transpose(Jnp.reshape(Jnp.transpose(x), reversed(sizes)));
    };
  }

  private static long[] reversed(long... sizes) {
    long[] back = new long[sizes.length];
    Arrays.setAll(back, i -> sizes[sizes.length - 1 - i]);
    return back;
  }
}
