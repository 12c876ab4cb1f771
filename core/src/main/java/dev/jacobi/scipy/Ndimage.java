package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.scipy.interpolate.Border;
import dev.jacobi.scipy.interpolate.Coordinates;
import java.util.List;

/** Images of any number of dimensions: {@code scipy.ndimage}. */
public final class Ndimage {
  private Ndimage() {}

  /**
   * An array at coordinates that may lie between its elements; beyond its borders it is 0. {@code
   * Ndimage.mapCoordinates(array(0f, 10f, 20f), List.of(array(0.5f, 1.9f)), 1)} is {@code [ 5.
   * 19.]}.
   *
   * @param coordinates one array for each dimension, in units of elements; they broadcast to the
   *     shape of the result, whose element type is that of {@code input}
   * @param order 0 for the nearest element, 1 for linear between the nearest ones; of integers the
   *     result is rounded, halves away from zero
   * @throws dev.jacobi.lax.LaxTypeException if there is not one array for each dimension, or the
   *     order is another
   */
  public static Array mapCoordinates(Array input, List<Array> coordinates, int order) {
    return mapCoordinates(input, coordinates, order, Border.CONSTANT, 0);
  }

  /**
   * The same with what is beyond the borders.
   *
   * @param cval what is there if the border is {@link Border#CONSTANT}
   */
  public static Array mapCoordinates(
      Array input, List<Array> coordinates, int order, Border mode, double cval) {
    return Coordinates.map(input, coordinates, order, mode, cval);
  }
}
