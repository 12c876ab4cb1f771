package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.grid.Grouping;
import dev.jacobi.hlo.grid.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What one device of a run does together with the others: it brings its operands to its group and
 * computes its own results from those of all members. Reductions take them in the group's order.
 */
record Collectives(int device, int devices, Rendezvous<List<Tensor>> meeting) implements Peers {
  @Override
  public List<Tensor> perform(
      CollectiveOp op, Instr at, List<Tensor> operands, Function<Block, Combiner> combiner) {
    if (op instanceof CollectiveOp.ProcessId id) {
      return List.of(
          new Tensor.Ints(
              TensorType.scalar(DType.U32), new long[] {id.isPartition() ? device : 0}));
    }
    Grouping grouping = Grouping.of(op, devices, at.loc());
    List<Integer> group = grouping.of(device);
    String what = op.mnemonic() + (at.loc().isKnown() ? " at " + at.loc() : "");
    List<List<Tensor>> all =
        meeting.meet(
            device,
            new Standing.Waits(at.results().getFirst(), what, group),
            List.copyOf(operands));
    int place = grouping.place(device);
    return switch (op) {
      case CollectiveOp.AllReduce o -> reduced(all, o.body(), combiner);
      case CollectiveOp.ReduceScatter o -> {
        Tensor sum = reduced(all, o.body(), combiner).getFirst();
        yield List.of(part(sum, o.dim(), group.size(), place));
      }
      case CollectiveOp.AllGather o ->
          each(
              operands.size(),
              k -> Movement.concatenate(column(all, k), o.dim(), o.types().get(k)));
      case CollectiveOp.AllToAll o ->
          each(
              operands.size(),
              k -> {
                List<Tensor> parts =
                    column(all, k).stream()
                        .map(t -> part(t, o.splitDim(), group.size(), place))
                        .toList();
                return Movement.concatenate(parts, o.concatDim(), at.results().get(k).type());
              });
      case CollectiveOp.CollectivePermute _ -> sent(all, grouping);
      case CollectiveOp.CollectiveBroadcast _ -> sent(all, grouping);
      case CollectiveOp.CrossReplicaSum o -> reduced(all, sum(o.operand()), combiner);
      case CollectiveOp.ProcessId _ -> throw new AssertionError("performed above");
    };
  }

  private static List<Tensor> each(int n, Function<Integer, Tensor> f) {
    return IntStream.range(0, n).boxed().map(f).toList();
  }

  /** Operand {@code k} of every member. */
  private static List<Tensor> column(List<List<Tensor>> all, int k) {
    return all.stream().map(row -> row.get(k)).toList();
  }

  private static List<Tensor> reduced(
      List<List<Tensor>> all, Block body, Function<Block, Combiner> combiner) {
    DType dtype = body.results().getFirst().dtype();
    Combiner combine = combiner.apply(body);
    List<Tensor> sums = new ArrayList<>();
    for (int k = 0; k < all.getFirst().size(); k++) {
      List<Tensor> members =
          column(all, k).stream().map(t -> Conversions.convert(t, dtype)).toList();
      Tensor sum = members.getFirst().copy();
      for (Tensor next : members.subList(1, members.size())) {
        for (int i = 0; i < sum.size(); i++) {
          combine.combine(List.of(sum), i, List.of(next), i);
        }
      }
      sums.add(sum);
    }
    return sums;
  }

  /** Part {@code i} of {@code n} along a dimension. */
  private static Tensor part(Tensor x, int dim, int n, int i) {
    long[] strides = x.shape().strides();
    Shape shape = x.shape().with(dim, x.shape().dim(dim) / n);
    long offset = i * shape.dim(dim) * strides[dim];
    return x.pick(shape, Strided.positions(shape, strides, offset));
  }

  /** The operand of the device's source; zeros if it has none. */
  private List<Tensor> sent(List<List<Tensor>> all, Grouping grouping) {
    int source = grouping.sources().get(device);
    List<Tensor> own = all.get(grouping.place(device));
    return source < 0
        ? own.stream().map(t -> Tensor.zeros(t.type())).toList()
        : all.get(grouping.of(device).indexOf(source));
  }

  private static Block sum(Value operand) {
    HloBuilder b = new HloBuilder();
    TensorType scalar = TensorType.scalar(operand.dtype());
    return b.build(b.pointwise(Fn.ADD, b.param(scalar), b.param(scalar)));
  }
}
