package dev.jacobi.hlo.grid;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.CollectiveOp.Groups;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program for the partitions of a grid becomes one for replicas: XLA takes several partitions
 * only with its partitioner, which wants undivided programs. Groups are written out, without
 * channels.
 */
public final class Replicas {
  private final int devices;

  private Replicas(int devices) {
    this.devices = devices;
  }

  /** The program for as many replicas as there are devices. */
  public static HloModule of(HloModule module, int devices) {
    Replicas replicas = new Replicas(devices);
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    for (HloFunc f : module.funcs().values()) {
      funcs.put(
          f.name(),
          new HloFunc(
              f.name(),
              f.isPublic(),
              replicas.block(f.body()),
              f.argAttrs(),
              f.resultAttrs(),
              f.attrs()));
    }
    Map<String, String> attrs = new LinkedHashMap<>(module.attrs());
    attrs.put("mhlo.num_partitions", "1 : i32");
    attrs.put("mhlo.num_replicas", devices + " : i32");
    return new HloModule(module.name(), funcs, attrs);
  }

  private Block block(Block block) {
    List<Instr> instrs = new ArrayList<>();
    for (Instr i : block.instrs()) {
      Op op = i.op();
      if (!op.regions().isEmpty()) {
        op = op.withRegions(op.regions().stream().map(this::block).toList());
      }
      instrs.add(
          new Instr(op instanceof CollectiveOp c ? among(c, i.loc()) : op, i.results(), i.loc()));
    }
    return new Block(block.params(), instrs, block.results());
  }

  private Op among(CollectiveOp op, Loc loc) {
    return switch (op) {
      case CollectiveOp.ProcessId o ->
          o.isPartition()
              ? new CollectiveOp.ProcessId(false)
              : new ElementwiseOp.Constant(Literal.scalar(DType.U32, 0L));
      case CollectiveOp.CrossReplicaSum o -> // There was one replica.
          new ControlOp.OptimizationBarrier(List.of(o.operand()));
      case CollectiveOp.AllReduce o ->
          new CollectiveOp.AllReduce(o.operands(), groups(op, loc), o.body());
      case CollectiveOp.ReduceScatter o ->
          new CollectiveOp.ReduceScatter(o.operand(), o.dim(), groups(op, loc), o.body(), o.type());
      case CollectiveOp.AllGather o ->
          new CollectiveOp.AllGather(o.operands(), o.dim(), groups(op, loc), o.types());
      case CollectiveOp.AllToAll o ->
          new CollectiveOp.AllToAll(
              o.operands(), o.splitDim(), o.concatDim(), o.count(), groups(op, loc));
      case CollectiveOp.CollectivePermute o ->
          new CollectiveOp.CollectivePermute(o.operand(), pairs(op, loc));
      case CollectiveOp.CollectiveBroadcast o ->
          new CollectiveOp.CollectiveBroadcast(o.operand(), groups(op, loc));
    };
  }

  private Groups groups(CollectiveOp op, Loc loc) {
    List<List<Integer>> rows = Grouping.of(op, devices, loc).groups().stream().distinct().toList();
    int width = rows.stream().mapToInt(List::size).max().orElseThrow();
    long[] ids = new long[rows.size() * width];
    for (int i = 0; i < ids.length; i++) {
      List<Integer> row = rows.get(i / width);
      ids[i] = i % width < row.size() ? row.get(i % width) : -1;
    }
    return table(rows.size(), width, ids);
  }

  private Groups pairs(CollectiveOp op, Loc loc) {
    List<Integer> sources = Grouping.of(op, devices, loc).sources();
    List<Long> ids = new ArrayList<>();
    for (int d = 0; d < devices; d++) {
      if (sources.get(d) >= 0) {
        ids.addAll(List.of((long) sources.get(d), (long) d));
      }
    }
    return table(ids.size() / 2, 2, ids.stream().mapToLong(Long::longValue).toArray());
  }

  private static Groups table(int rows, int width, long[] ids) {
    return new Groups(Literal.ofLongs(Shape.of(rows, width), ids), Optional.empty(), false);
  }
}
