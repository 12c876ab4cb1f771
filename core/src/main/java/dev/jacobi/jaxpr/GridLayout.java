package dev.jacobi.jaxpr;

import dev.jacobi.hlo.Shape;
import java.util.List;

/**
 * How an array is divided among the devices of a grid.
 *
 * @param axes for each dimension the axes of the grid along which it is divided, the first one
 *     slowest; along others the array is repeated
 */
public record GridLayout(Grid grid, List<List<String>> axes) {
  public GridLayout {
    axes = axes.stream().map(List::copyOf).toList();
  }

  /** All devices hold all of it. */
  public static GridLayout replicated(Grid grid, int rank) {
    return new GridLayout(grid, java.util.Collections.nCopies(rank, List.of()));
  }

  public boolean isReplicated() {
    return axes.stream().allMatch(List::isEmpty);
  }

  /** Parts along a dimension. */
  public int parts(int dim) {
    return grid.size(axes.get(dim));
  }

  /** The shape of one device's part; sizes must be multiples of the parts. */
  public Shape local(Shape global) {
    Shape local = global;
    for (int d = 0; d < axes.size(); d++) {
      local = local.with(d, global.dim(d) / parts(d));
    }
    return local;
  }

  /** The shape of the whole of parts of this shape. */
  public Shape global(Shape local) {
    Shape global = local;
    for (int d = 0; d < axes.size(); d++) {
      global = global.with(d, local.dim(d) * parts(d));
    }
    return global;
  }
}
