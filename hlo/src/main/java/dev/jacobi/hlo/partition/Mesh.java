package dev.jacobi.hlo.partition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Devices in a grid with named axes. Devices are numbered in row-major order, so that those along
 * the last axis are neighbours; a device's number is its {@code partition_id}.
 */
public record Mesh(List<Axis> axes) {
  /** One axis of the grid. */
  public record Axis(String name, int size) {}

  /**
   * @throws ShardingException if a name is there twice, or a size is not positive
   */
  public Mesh {
    axes = List.copyOf(axes);
    Set<String> names = new HashSet<>();
    for (Axis axis : axes) {
      if (axis.size() < 1 || !names.add(axis.name())) {
        throw ShardingException.mesh(axis, axes);
      }
    }
  }

  /** A mesh of one axis. */
  public static Mesh of(String name, int size) {
    return new Mesh(List.of(new Axis(name, size)));
  }

  /** This mesh with one more axis, along which devices are neighbours. */
  public Mesh and(String name, int size) {
    List<Axis> more = new ArrayList<>(axes);
    more.add(new Axis(name, size));
    return new Mesh(more);
  }

  /** The number of devices. */
  public int devices() {
    return axes.stream().mapToInt(Axis::size).reduce(1, Math::multiplyExact);
  }

  public boolean has(String axis) {
    return axes.stream().anyMatch(a -> a.name().equals(axis));
  }

  /** The number of devices along an axis. */
  public int size(String axis) {
    return axes.get(position(axis)).size();
  }

  /** The number of devices along several axes. */
  public int size(Collection<String> names) {
    return names.stream().mapToInt(this::size).reduce(1, (a, b) -> a * b);
  }

  private int position(String name) {
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i).name().equals(name)) {
        return i;
      }
    }
    throw ShardingException.unknownAxis("a sharding", name, this);
  }

  /** How far the numbers of two neighbours along an axis lie apart. */
  public int stride(String axis) {
    return axes.subList(position(axis) + 1, axes.size()).stream()
        .mapToInt(Axis::size)
        .reduce(1, (a, b) -> a * b);
  }

  /** Where a device stands along an axis. */
  public int coordinate(int device, String axis) {
    return device / stride(axis) % size(axis);
  }

  /** Where a device stands among those along several axes, the first of which is the major one. */
  public int coordinate(int device, List<String> names) {
    int at = 0;
    for (String name : names) {
      at = at * size(name) + coordinate(device, name);
    }
    return at;
  }

  /** The devices that differ along these axes only, one row for each such group, in their order. */
  public List<List<Integer>> groups(List<String> names) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int first = 0; first < devices(); first++) {
      if (coordinate(first, names) == 0) {
        groups.add(group(first, names));
      }
    }
    return groups;
  }

  private List<Integer> group(int first, List<String> names) {
    List<Integer> members = List.of(first);
    for (String name : names) {
      List<Integer> more = new ArrayList<>();
      for (int device : members) {
        for (int i = 0; i < size(name); i++) {
          more.add(device + i * stride(name));
        }
      }
      members = more;
    }
    return members;
  }

  /** As in Shardy's text: {@code ["x"=2, "y"=4]}. */
  @Override
  public String toString() {
    return axes.stream()
        .map(a -> '"' + a.name() + "\"=" + a.size())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
