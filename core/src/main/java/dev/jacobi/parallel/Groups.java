package dev.jacobi.parallel;

import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.jaxpr.Grid;
import dev.jacobi.lowering.GridOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Who takes part in a collective: all that lie along its axes, or groups of them.
 *
 * @param indices places along the axes, each in one group; empty for one group of all
 */
record Groups(Optional<List<List<Integer>>> indices) {
  static final Groups ALL = new Groups(Optional.empty());

  /**
   * Groups that a user gave.
   *
   * @param size how many places there are
   * @param even whether all must be of one size
   * @throws CollectiveException unless every place is in exactly one group
   */
  static Groups of(String collective, int[][] groups, long size, boolean even) {
    List<List<Integer>> all = new ArrayList<>();
    boolean[] seen = new boolean[(int) size];
    for (int[] group : groups) {
      for (int i : group) {
        if (i < 0 || i >= size || seen[i]) {
          throw notOnce(collective, groups, size);
        }
        seen[i] = true;
      }
      all.add(Arrays.stream(group).boxed().toList());
    }
    if (all.stream().mapToLong(List::size).sum() < size) {
      throw notOnce(collective, groups, size);
    }
    if (even && all.stream().anyMatch(g -> g.size() != all.getFirst().size())) {
      throw new CollectiveException(
          collective,
          "its axisIndexGroups must be of one size, not " + Arrays.deepToString(groups));
    }
    return new Groups(Optional.of(List.copyOf(all)));
  }

  private static CollectiveException notOnce(String collective, int[][] groups, long size) {
    return new CollectiveException(
        collective,
        "axisIndexGroups must name every place from 0 to %d exactly once, not %s"
            .formatted(size - 1, Arrays.deepToString(groups)));
  }

  /** Members of a group; of the first, if they differ. */
  long size(long all) {
    return indices.map(g -> (long) g.getFirst().size()).orElse(all);
  }

  /** The groups of places of a batch of so many. */
  List<List<Integer>> places(long size) {
    return indices.orElseGet(() -> List.of(IntStream.range(0, (int) size).boxed().toList()));
  }

  /** The same as numbers of devices. */
  CollectiveOp.Groups on(Grid grid, List<String> axes, boolean global) {
    List<List<Integer>> devices = new ArrayList<>();
    for (List<Integer> along : grid.mesh().groups(axes)) {
      places(along.size()).forEach(g -> devices.add(g.stream().map(along::get).toList()));
    }
    return GridOps.groups(devices, global);
  }

  /**
   * Pairs of source and target as numbers of devices. Of several axes the places are in the order
   * of the mesh, whatever order the axes are named in: so JAX's {@code ppermute} counts them.
   */
  static CollectiveOp.Groups pairs(Grid grid, List<String> axes, List<List<Integer>> perm) {
    List<List<Integer>> devices = new ArrayList<>();
    for (List<Integer> along : grid.mesh().groups(axes)) {
      List<Integer> inOrder = along.stream().sorted().toList();
      perm.forEach(pair -> devices.add(pair.stream().map(inOrder::get).toList()));
    }
    return GridOps.groups(devices, false);
  }

  @Override
  public String toString() {
    return indices.map(Object::toString).orElse("None");
  }
}
