package dev.jacobi.sharding;

import dev.jacobi.dispatch.Region;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.partition.Sharding;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.jaxpr.GridLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an array lies on a mesh: each dimension divided along some axes of it, and repeated along the
 * others.
 */
public record NamedSharding(Mesh mesh, PartitionSpec spec) {
  public NamedSharding {
    for (String axis : spec.used()) {
      if (!mesh.axisNames().contains(axis)) {
        throw new ShardingException(
            "NamedSharding",
            "%s names the axis '%s', which %s does not have".formatted(spec, axis, mesh));
      }
    }
  }

  /**
   * The layout of an array of that shape.
   *
   * @throws ShardingException if it has too few dimensions, or a size is no multiple of its parts
   */
  public GridLayout layout(String where, Shape shape) {
    if (spec.axes().size() > shape.rank()) {
      throw new ShardingException(
          where,
          "%s divides %d dimensions, but an array of shape %s has %d"
              .formatted(spec, spec.axes().size(), shape, shape.rank()));
    }
    GridLayout layout = new GridLayout(mesh.grid(), new Sharding(spec.padded(shape.rank())));
    for (int d = 0; d < shape.rank(); d++) {
      if (shape.dim(d) % layout.parts(d) != 0) {
        throw new ShardingException(
            where,
            ("%s divides dimension %d of shape %s into %d parts (axes %s), which %d is no multiple"
                    + " of. Pad the array, or leave that dimension whole.")
                .formatted(spec, d, shape, layout.parts(d), layout.axes(d), shape.dim(d)));
      }
    }
    return layout;
  }

  /** The shape of each device's part. */
  public Shape shardShape(Shape shape) {
    return layout("shardShape", shape).local(shape);
  }

  /** Whether every device has all of the array. */
  public boolean isFullyReplicated() {
    return spec.used().stream().allMatch(axis -> mesh.grid().size(axis) == 1);
  }

  /** The part of an array of that shape that each device has. */
  public Map<Device, Region> devicesIndicesMap(Shape shape) {
    GridLayout layout = layout("devicesIndicesMap", shape);
    List<Device> devices = mesh.devices();
    Map<Device, Region> map = new LinkedHashMap<>();
    for (int i = 0; i < devices.size(); i++) {
      map.put(devices.get(i), Region.of(layout, shape, i));
    }
    return map;
  }

  static NamedSharding of(GridLayout layout) {
    List<List<String>> axes = new ArrayList<>(layout.sharding().dims());
    while (!axes.isEmpty() && axes.getLast().isEmpty()) {
      axes.removeLast();
    }
    return new NamedSharding(Mesh.of(layout.grid()), new PartitionSpec(axes));
  }

  @Override
  public String toString() {
    return "NamedSharding(mesh=" + mesh + ", spec=" + spec + ")";
  }
}
