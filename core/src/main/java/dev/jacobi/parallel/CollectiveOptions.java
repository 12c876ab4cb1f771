package dev.jacobi.parallel;

import java.util.Optional;

/**
 * What {@code allGather}, {@code psumScatter} and {@code allToAll} may be told besides their axes.
 *
 * @param axis the dimension along which arrays are put together or divided; negative ones count
 *     from the end
 * @param tiled whether that dimension is there already and stays, so that ranks do not change
 * @param axisIndexGroups places along the axis in groups that each work by themselves
 */
public record CollectiveOptions(int axis, boolean tiled, Optional<int[][]> axisIndexGroups) {
  public static final CollectiveOptions DEFAULT = new CollectiveOptions(0, false, Optional.empty());

  public CollectiveOptions withAxis(int dimension) {
    return new CollectiveOptions(dimension, tiled, axisIndexGroups);
  }

  public CollectiveOptions withTiled(boolean isTiled) {
    return new CollectiveOptions(axis, isTiled, axisIndexGroups);
  }

  public CollectiveOptions withAxisIndexGroups(int[]... groups) {
    return new CollectiveOptions(axis, tiled, Optional.of(groups));
  }
}
