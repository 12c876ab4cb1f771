package dev.jacobi.sharding;

import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.partition.Mesh.Axis;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.jaxpr.Grid;
import dev.jacobi.trace.NullArgumentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Devices along named axes: {@code Mesh.of(devices(), shape(4, 2), "x", "y")} has eight of them,
 * and neighbours along {@code y} follow each other.
 */
public final class Mesh {
  private final Grid grid;

  private Mesh(Grid grid) {
    this.grid = grid;
  }

  /**
   * A mesh of the first devices of a list.
   *
   * @param devices at least as many as the shape has places
   * @param shape the size of each axis
   * @param axisNames one per axis
   * @throws ShardingException if there are too few devices, one is there twice, or names do not fit
   */
  public static Mesh of(List<Device> devices, Shape shape, String... axisNames) {
    NullArgumentException.require(devices, "Mesh.of", "the devices");
    NullArgumentException.require(shape, "Mesh.of", "the shape");
    List<String> names = List.of(axisNames);
    if (names.size() != shape.rank() || new HashSet<>(names).size() != names.size()) {
      throw new ShardingException(
          "Mesh.of",
          "a mesh of shape %s needs %d different names for its axes, not %s"
              .formatted(shape, shape.rank(), names));
    }
    long places = shape.size();
    if (places < 1 || places > devices.size()) {
      throw new ShardingException(
          "Mesh.of",
          ("a mesh of shape %s has %d places, but there are %d devices. numCpuDevices(n), or"
                  + " JACOBI_DEVICES=n, makes more of a CPU.")
              .formatted(shape, places, devices.size()));
    }
    List<Device> used = devices.subList(0, (int) places);
    if (new HashSet<>(used).size() != used.size()) {
      throw new ShardingException("Mesh.of", "a device has two places: " + used);
    }
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      axes.add(new Axis(names.get(i), (int) shape.dim(i)));
    }
    return new Mesh(new Grid(new dev.jacobi.hlo.partition.Mesh(axes), used));
  }

  /** The devices, the last axis fastest. */
  public List<Device> devices() {
    return grid.devices();
  }

  public List<String> axisNames() {
    return grid.names();
  }

  /** The size of each axis by its name. */
  public Map<String, Integer> shape() {
    Map<String, Integer> shape = new LinkedHashMap<>();
    grid.mesh().axes().forEach(axis -> shape.put(axis.name(), axis.size()));
    return Collections.unmodifiableMap(shape);
  }

  /** How many devices it has. */
  public int size() {
    return grid.devices().size();
  }

  /** How programs see it. */
  public Grid grid() {
    return grid;
  }

  static Mesh of(Grid grid) {
    return new Mesh(grid);
  }

  /** How an array whose dimensions are divided so lies on this mesh. */
  public NamedSharding sharding(PartitionSpec spec) {
    return new NamedSharding(this, spec);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Mesh m && grid.equals(m.grid);
  }

  @Override
  public int hashCode() {
    return grid.hashCode();
  }

  /** As JAX prints it: {@code Mesh('x': 4, 'y': 2, axis_types=(Auto, Auto))}. */
  @Override
  public String toString() {
    String axes =
        grid.mesh().axes().stream()
            .map(axis -> "'" + axis.name() + "': " + axis.size() + ", ")
            .collect(Collectors.joining());
    List<String> auto = new ArrayList<>(Collections.nCopies(grid.names().size(), "Auto"));
    String types = String.join(", ", auto) + (auto.size() == 1 ? "," : "");
    return "Mesh(" + axes + "axis_types=(" + types + "))";
  }
}
