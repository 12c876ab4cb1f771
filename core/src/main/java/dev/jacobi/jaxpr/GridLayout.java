package dev.jacobi.jaxpr;

import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.partition.Sharding;
import java.util.List;

/** How an array is divided among the devices of a grid; it may have further dimensions, whole. */
public record GridLayout(Grid grid, Sharding sharding) {
  /** All devices hold all of it. */
  public static GridLayout replicated(Grid grid, int rank) {
    return new GridLayout(grid, Sharding.replicated(rank));
  }

  public boolean isReplicated() {
    return sharding.isReplicated();
  }

  public int rank() {
    return sharding.rank();
  }

  /** The axes along which a dimension is divided, the first one slowest. */
  public List<String> axes(int dim) {
    return dim < rank() ? sharding.axes(dim) : List.of();
  }

  /** Parts along a dimension. */
  public int parts(int dim) {
    return grid.size(axes(dim));
  }

  /** The shape of one device's part; sizes must be multiples of the parts. */
  public Shape local(Shape global) {
    return sharding.local(global, grid.mesh());
  }

  /** The shape of the whole of parts of this shape. */
  public Shape global(Shape local) {
    Shape global = local;
    for (int d = 0; d < rank(); d++) {
      global = global.with(d, local.dim(d) * parts(d));
    }
    return global;
  }
}
