package dev.jacobi.jaxpr;

import dev.jacobi.hlo.spi.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * Devices along named axes, the last axis fastest. A device's place in the list is its number in
 * the programs of the grid.
 */
public record Grid(List<String> names, List<Integer> sizes, List<Device> devices) {
  public Grid {
    names = List.copyOf(names);
    sizes = List.copyOf(sizes);
    devices = List.copyOf(devices);
  }

  /** How many devices lie along an axis. */
  public int size(String axis) {
    return sizes.get(names.indexOf(axis));
  }

  /** How many lie along all of these axes. */
  public int size(List<String> axes) {
    return axes.stream().mapToInt(this::size).reduce(1, (a, b) -> a * b);
  }

  /** How far apart neighbours along an axis are in the list of devices. */
  public int stride(String axis) {
    return sizes.subList(names.indexOf(axis) + 1, sizes.size()).stream().reduce(1, (a, b) -> a * b);
  }

  /** The place of a device along some axes together, the last one fastest. */
  public int index(int device, List<String> axes) {
    int index = 0;
    for (String axis : axes) {
      index = index * size(axis) + device / stride(axis) % size(axis);
    }
    return index;
  }

  /** The devices that differ in these axes only, each group in the order of the axes. */
  public List<List<Integer>> groups(List<String> axes) {
    List<List<Integer>> groups = new ArrayList<>();
    int n = size(axes);
    for (int first = 0; first < devices.size(); first++) {
      if (index(first, axes) == 0) {
        Integer[] group = new Integer[n];
        for (int i = 0; i < n; i++) {
          int device = first;
          int rest = i;
          for (String axis : axes.reversed()) {
            device += rest % size(axis) * stride(axis);
            rest /= size(axis);
          }
          group[i] = device;
        }
        groups.add(List.of(group));
      }
    }
    return groups;
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
