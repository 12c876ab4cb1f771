package dev.jacobi.hlo.grid;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.CollectiveOp.Groups;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Who takes part in a collective of a program that has one replica and {@code n} partitions, the
 * devices. By StableHLO's rules a program's ids are replicas, then each device is alone, unless a
 * channel makes them partitions or both at once, which here is the same.
 *
 * @param groups for each device the members of its group, itself among them, in their order
 * @param sources for each device the one that a permutation or broadcast takes its operand from, -1
 *     if there is none; empty for other collectives
 */
public record Grouping(List<List<Integer>> groups, List<Integer> sources) {
  public Grouping {
    groups = List.copyOf(groups);
    sources = List.copyOf(sources);
  }

  public List<Integer> of(int device) {
    return groups.get(device);
  }

  /** The device's place in its group. */
  public int place(int device) {
    return groups.get(device).indexOf(device);
  }

  /**
   * The groups of an operation that is not {@code partition_id} or {@code replica_id}.
   *
   * @throws CollectiveException if they name a device that is not there, or leave one out that must
   *     take part
   */
  public static Grouping of(CollectiveOp op, int n, Loc loc) {
    return switch (op) {
      case CollectiveOp.AllReduce o -> groups(o, o.groups(), n, o.groups().global(), loc);
      case CollectiveOp.ReduceScatter o -> groups(o, o.groups(), n, o.groups().global(), loc);
      case CollectiveOp.AllGather o -> groups(o, o.groups(), n, o.groups().global(), loc);
      case CollectiveOp.AllToAll o -> groups(o, o.groups(), n, hasChannel(o.groups()), loc);
      case CollectiveOp.CrossReplicaSum o -> groups(o, o.groups(), n, false, loc);
      case CollectiveOp.CollectiveBroadcast o -> broadcast(o, n, loc);
      case CollectiveOp.CollectivePermute o -> permutation(o, n, loc);
      case CollectiveOp.ProcessId _ -> throw new IllegalArgumentException(op.mnemonic());
    };
  }

  /** Accepts a module whose collectives all fit {@code n} devices. */
  public static void check(HloModule module, int n) {
    count(module, "mhlo.num_replicas", 1);
    count(module, "mhlo.num_partitions", n);
    module.funcs().values().forEach(f -> check(f.body(), n));
  }

  private static void count(HloModule module, String attribute, int expected) {
    String stated = module.attrs().get(attribute);
    if (stated != null && !stated.split(":")[0].strip().equals("" + expected)) {
      throw new CollectiveException(
          "module %s states %s = %s, but is compiled for %d"
              .formatted(module.name(), attribute, stated, expected));
    }
  }

  private static void check(Block block, int n) {
    for (Instr i : block.instrs()) {
      if (i.op() instanceof CollectiveOp op && !(op instanceof CollectiveOp.ProcessId)) {
        of(op, n, i.loc());
      }
      i.op().regions().forEach(r -> check(r, n));
    }
  }

  private static boolean hasChannel(Groups groups) {
    return groups.channel().map(c -> c.get(0) > 0).orElse(false);
  }

  /** Groups that hold every device. */
  private static Grouping groups(
      CollectiveOp op, Groups groups, int n, boolean partitions, Loc loc) {
    List<List<Integer>> of = new ArrayList<>();
    IntStream.range(0, n).forEach(d -> of.add(List.of(d)));
    if (!partitions) {
      // Ids are replicas, of which there is one; a channel joins its partitions.
      rows(op, groups.ids(), 1, loc);
      if (hasChannel(groups)) {
        of.replaceAll(_ -> IntStream.range(0, n).boxed().toList());
      }
      return new Grouping(of, List.of());
    }
    List<List<Integer>> rows = rows(op, groups.ids(), n, loc);
    if (rows.isEmpty()) {
      rows = List.of(IntStream.range(0, n).boxed().toList());
    }
    boolean[] seen = new boolean[n];
    for (List<Integer> row : rows) {
      row.forEach(d -> of.set(d, row));
      row.forEach(d -> seen[d] = true);
    }
    for (int d = 0; d < n; d++) {
      require(seen[d], op, "device " + d + " of " + n + " is in no group", loc);
    }
    return new Grouping(of, List.of());
  }

  /** Devices that are in no group get zeros and wait for nobody. */
  private static Grouping broadcast(CollectiveOp.CollectiveBroadcast op, int n, Loc loc) {
    boolean partitions = hasChannel(op.groups());
    List<List<Integer>> of = new ArrayList<>();
    IntStream.range(0, n).forEach(d -> of.add(List.of(d)));
    Integer[] sources = new Integer[n];
    Arrays.fill(sources, -1);
    List<List<Integer>> rows = rows(op, op.groups().ids(), partitions ? n : 1, loc);
    for (List<Integer> row : rows) {
      if (partitions) {
        row.forEach(d -> of.set(d, row));
        row.forEach(d -> sources[d] = row.getFirst());
      } else {
        Arrays.setAll(sources, d -> d);
      }
    }
    return new Grouping(of, List.of(sources));
  }

  /** A device waits for all that it is connected with by pairs. */
  private static Grouping permutation(CollectiveOp.CollectivePermute op, int n, Loc loc) {
    boolean partitions = hasChannel(op.pairs());
    List<List<Integer>> pairs = rows(op, op.pairs().ids(), partitions ? n : 1, loc);
    Integer[] sources = new Integer[n];
    Arrays.fill(sources, -1);
    if (!partitions) {
      List<List<Integer>> alone = IntStream.range(0, n).mapToObj(d -> List.of(d)).toList();
      Arrays.setAll(sources, d -> pairs.isEmpty() ? -1 : d);
      return new Grouping(alone, List.of(sources));
    }
    int[] component = IntStream.range(0, n).toArray();
    for (List<Integer> pair : pairs) {
      sources[pair.get(1)] = pair.get(0);
      int joined = component[pair.get(0)];
      int gone = component[pair.get(1)];
      Arrays.setAll(component, d -> component[d] == gone ? joined : component[d]);
    }
    List<List<Integer>> of = new ArrayList<>();
    for (int d = 0; d < n; d++) {
      int own = component[d];
      of.add(IntStream.range(0, n).filter(k -> component[k] == own).boxed().toList());
    }
    return new Grouping(of, List.of(sources));
  }

  /** The rows of a table of ids below {@code n}, without what fills up shorter ones. */
  private static List<List<Integer>> rows(CollectiveOp op, Literal ids, int n, Loc loc) {
    List<List<Integer>> rows = new ArrayList<>();
    long width = ids.shape().dim(1);
    for (long r = 0; r < ids.shape().dim(0); r++) {
      long first = r * width;
      List<Integer> row = new ArrayList<>();
      for (long i : LongStream.range(first, first + width).toArray()) {
        long id = ids.getLong(i);
        if (id != -1) {
          require(id >= 0 && id < n, op, "process " + id + " is named, of " + n, loc);
          row.add((int) id);
        }
      }
      if (!row.isEmpty()) {
        rows.add(List.copyOf(row));
      }
    }
    return rows;
  }

  private static void require(boolean holds, CollectiveOp op, String what, Loc loc) {
    if (!holds) {
      throw new CollectiveException(op.mnemonic() + " at " + loc + ": " + what);
    }
  }
}
