package dev.jacobi.jaxpr;

import dev.jacobi.hlo.partition.Mesh;
import dev.jacobi.hlo.spi.Device;
import java.util.List;

/**
 * Devices along the named axes of a mesh, the last axis fastest. A device's place in the list is
 * its number in the programs of the grid.
 */
public record Grid(Mesh mesh, List<Device> devices) {
  public Grid {
    devices = List.copyOf(devices);
  }

  public List<String> names() {
    return mesh.axes().stream().map(Mesh.Axis::name).toList();
  }

  /** How many devices lie along an axis. */
  public int size(String axis) {
    return mesh.size(axis);
  }

  /** How many lie along all of these axes. */
  public int size(List<String> axes) {
    return mesh.size(axes);
  }

  /**
   * The grid of a program in which both are used.
   *
   * @throws GridException if their devices are not the same ones in the same order
   */
  public static Grid same(Grid a, Grid b) {
    if (!a.devices.equals(b.devices)) {
      throw new GridException(
          "one program uses meshes of different devices, or of the same in different order: "
              + a.devices
              + " and "
              + b.devices
              + ". Make both from one list of devices.");
    }
    return a;
  }
}
