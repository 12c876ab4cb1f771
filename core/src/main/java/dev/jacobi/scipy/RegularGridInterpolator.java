package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.interpolate.Grid;
import dev.jacobi.scipy.interpolate.GridMethod;
import dev.jacobi.trace.NullArgumentException;
import java.util.List;
import java.util.Optional;

/**
 * Values on a rectangular grid, and between its points: {@code
 * scipy.interpolate.RegularGridInterpolator}. A tree, so that it is an argument of {@code grad},
 * {@code jit} and {@code vmap} as any other record.
 *
 * @param points for each of the first dimensions of {@code values} where its entries are, strictly
 *     ascending or descending (JAX takes ascending ones only)
 * @param values what is there, shape (n1, ..., nd, ...)
 * @param method linear between the points around, or the nearest one
 * @param checksBounds whether a point beyond the grid is an error when the program runs
 * @param fill what is beyond the grid, if that is no error; empty for extrapolation
 */
public record RegularGridInterpolator(
    List<Array> points,
    Array values,
    GridMethod method,
    boolean checksBounds,
    Optional<Array> fill) {
  public RegularGridInterpolator {
    points = List.copyOf(points);
  }

  /**
   * Linear interpolation; NaN beyond the grid. Values that are integers become f32, or f64 if they
   * are 64-bit. {@code RegularGridInterpolator.of(List.of(array(1f, 2f)), array(10f,
   * 20f)).at(array(1.25f))} is {@code [12.5]}.
   *
   * @throws LaxTypeException if points are not one vector for each of the first dimensions of
   *     values, of the same sizes, or known and neither strictly ascending nor descending
   */
  public static RegularGridInterpolator of(List<Array> points, Array values) {
    NullArgumentException.require(points, "RegularGridInterpolator", "the list of points");
    NullArgumentException.require(values, "RegularGridInterpolator", "the array of values");
    Grid.check(points, values);
    return new RegularGridInterpolator(
        points, values, GridMethod.LINEAR, false, Optional.of(Jnp.weak(Double.NaN)));
  }

  public RegularGridInterpolator withMethod(GridMethod how) {
    return new RegularGridInterpolator(points, values, how, checksBounds, fill);
  }

  /** Points beyond the grid are errors, found when the program runs; JAX does not have this. */
  public RegularGridInterpolator withBoundsError() {
    return new RegularGridInterpolator(points, values, method, true, fill);
  }

  /** The value of points beyond the grid. */
  public RegularGridInterpolator withFill(double value) {
    return new RegularGridInterpolator(points, values, method, false, Optional.of(Jnp.weak(value)));
  }

  /** Beyond the grid the values of its border go on. */
  public RegularGridInterpolator withExtrapolation() {
    return new RegularGridInterpolator(points, values, method, false, Optional.empty());
  }

  /**
   * The values at points.
   *
   * @param xi points (..., d); for a grid of one dimension also (n). A vector is taken as rows of d
   * @return shape (..., trailing dimensions of {@link #values})
   * @throws LaxTypeException if points have another number of coordinates than the grid
   */
  public Array at(Array xi) {
    return Grid.at(points, values, method, checksBounds, fill, xi);
  }

  /** The values at points given by one array for each coordinate, which broadcast. */
  public Array at(List<Array> coordinates) {
    return at(Jnp.stack(Jnp.broadcastArrays(coordinates.toArray(Array[]::new)), -1));
  }
}
