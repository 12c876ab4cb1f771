package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.CollectiveOp.Groups;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes what devices do together, and keeps a list of it. */
final class Collectives {
  private static final long DEVICE_TO_DEVICE = 1;

  private final Mesh mesh;
  private final List<Report.Collective> written = new ArrayList<>();
  private Loc loc = Loc.UNKNOWN;
  private String reader = "";
  private int loops;

  Collectives(Mesh mesh) {
    this.mesh = mesh;
  }

  /** The next collectives are for this operation's operands, or combine its results. */
  void readBy(Instr instr) {
    loc = instr.loc();
    reader = instr.op().mnemonic();
  }

  /** The next collectives are for what the block returns. */
  void readByCaller() {
    loc = Loc.UNKNOWN;
    reader = "return";
  }

  void enterLoop() {
    loops++;
  }

  void leaveLoop() {
    loops--;
  }

  /** What was written on some channels, in order. */
  List<Report.Collective> written(Set<Long> channels) {
    return IntStream.range(0, written.size())
        .filter(i -> channels.contains(i + 1L))
        .mapToObj(written::get)
        .toList();
  }

  /** The channel that a collective has if it is one of these. */
  static Optional<Long> channel(CollectiveOp op) {
    Optional<Groups> groups =
        switch (op) {
          case CollectiveOp.AllReduce o -> Optional.of(o.groups());
          case CollectiveOp.ReduceScatter o -> Optional.of(o.groups());
          case CollectiveOp.AllGather o -> Optional.of(o.groups());
          case CollectiveOp.AllToAll o -> Optional.of(o.groups());
          case CollectiveOp.CollectivePermute o -> Optional.of(o.pairs());
          case CollectiveOp.CollectiveBroadcast o -> Optional.of(o.groups());
          case CollectiveOp.CrossReplicaSum o -> Optional.of(o.groups());
          case CollectiveOp.ProcessId _ -> Optional.empty();
        };
    return groups.flatMap(Groups::channel).map(c -> c.get(0));
  }

  /** Appends a step that needs other devices; {@code type} is that of the result. */
  Value write(Reshard.Step step, Value part, TensorType type, Fn combine, HloBuilder out) {
    Op op =
        switch (step) {
          case Reshard.Cut _ -> throw new IllegalArgumentException("a device cuts alone");
          case Reshard.Gather s ->
              new CollectiveOp.AllGather(
                  List.of(part), s.dim(), groups(s.axes(), true), List.of(type));
          case Reshard.Exchange s ->
              new CollectiveOp.AllToAll(
                  List.of(part),
                  s.to(),
                  s.from(),
                  mesh.size(s.axis()),
                  groups(List.of(s.axis()), false));
          case Reshard.Move s ->
              new CollectiveOp.CollectivePermute(
                  part, ids(Reshard.pairs(s.before(), s.after(), mesh), false));
          case Reshard.SumScatter s ->
              new CollectiveOp.ReduceScatter(
                  part, s.dim(), groups(List.of(s.axis()), true), body(combine, type), type);
          case Reshard.Sum s ->
              new CollectiveOp.AllReduce(
                  List.of(part), groups(s.axes(), true), body(combine, type));
        };
    List<String> axes =
        switch (step) {
          case Reshard.Cut s -> s.axes();
          case Reshard.Gather s -> s.axes();
          case Reshard.Exchange s -> List.of(s.axis());
          case Reshard.Move _ -> List.of();
          case Reshard.SumScatter s -> List.of(s.axis());
          case Reshard.Sum s -> s.axes();
        };
    long bytes = Math.round(step.bytes(part.type().byteSize(), mesh));
    written.add(
        new Report.Collective(op.mnemonic(), axes, part.type(), bytes, reader, loc, loops > 0));
    return out.addAll(op).getFirst();
  }

  /** The first device's array on all devices. */
  Value fromFirst(Value array, HloBuilder out) {
    List<List<Integer>> all = List.of(IntStream.range(0, mesh.devices()).boxed().toList());
    CollectiveOp op = new CollectiveOp.CollectiveBroadcast(array, ids(all, false));
    written.add(
        new Report.Collective(
            op.mnemonic(),
            mesh.axes().stream().map(Mesh.Axis::name).toList(),
            array.type(),
            array.type().byteSize(),
            reader,
            loc,
            loops > 0));
    return out.add(op);
  }

  private static Block body(Fn combine, TensorType type) {
    return HloBuilder.binaryBody(combine, type.element());
  }

  private Groups groups(List<String> axes, boolean global) {
    return ids(mesh.groups(axes), global);
  }

  /** Rows of devices, on a channel of their own; there is one replica. */
  private Groups ids(List<List<Integer>> rows, boolean global) {
    long[] ids = rows.stream().flatMap(List::stream).mapToLong(i -> i).toArray();
    Literal literal = Literal.ofLongs(Shape.of(rows.size(), rows.getFirst().size()), ids);
    Longs channel = Longs.of(written.size() + 1, DEVICE_TO_DEVICE);
    return new Groups(literal, Optional.of(channel), global);
  }
}
