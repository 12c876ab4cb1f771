package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.CollectiveOp.Groups;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.stream.LongStream;

/** What processes do together, on a grid of one: every group is that process alone. */
final class OneProcess {
  private OneProcess() {}

  static List<Value> expand(CollectiveOp op, HloBuilder out, Loc loc) {
    return switch (op) {
      case CollectiveOp.AllReduce o -> {
        requireAlone(o, o.groups(), loc);
        DType t = o.body().results().getFirst().dtype();
        yield o.operands().stream().map(v -> converted(v, t, out)).toList();
      }
      case CollectiveOp.ReduceScatter o -> {
        requireAlone(o, o.groups(), loc);
        requireSame(o, o.operand(), o.type().shape().equals(o.operand().shape()), loc);
        yield List.of(converted(o.operand(), o.type().dtype(), out));
      }
      case CollectiveOp.AllGather o -> {
        requireAlone(o, o.groups(), loc);
        for (int i = 0; i < o.types().size(); i++) {
          Value v = o.operands().get(i);
          requireSame(o, v, v.type().equals(o.types().get(i)), loc);
        }
        yield o.operands();
      }
      case CollectiveOp.AllToAll o -> {
        requireAlone(o, o.groups(), loc);
        yield o.operands();
      }
      case CollectiveOp.CollectivePermute o -> {
        requireAlone(o, o.pairs(), loc);
        yield List.of(o.pairs().ids().shape().size() > 0 ? o.operand() : zeros(o.operand(), out));
      }
      case CollectiveOp.CollectiveBroadcast o -> {
        requireAlone(o, o.groups(), loc);
        yield List.of(o.groups().ids().shape().size() > 0 ? o.operand() : zeros(o.operand(), out));
      }
      case CollectiveOp.CrossReplicaSum o -> {
        requireAlone(o, o.groups(), loc);
        yield List.of(o.operand());
      }
      case CollectiveOp.ProcessId _ -> List.of(out.constant(DType.U32, 0));
    };
  }

  private static void requireAlone(CollectiveOp op, Groups groups, Loc loc) {
    Literal ids = groups.ids();
    if (LongStream.range(0, ids.shape().size()).anyMatch(i -> ids.getLong(i) > 0)) {
      throw Shorthand.unsupported(op, "among several processes", loc);
    }
  }

  private static void requireSame(CollectiveOp op, Value v, boolean same, Loc loc) {
    if (!same) {
      throw Shorthand.unsupported(op, "of " + v.type() + " among several processes", loc);
    }
  }

  private static Value converted(Value v, DType to, HloBuilder out) {
    return v.dtype() == to ? v : out.add(new ElementwiseOp.Convert(v, to));
  }

  private static Value zeros(Value v, HloBuilder out) {
    return out.full(v.dtype(), v.shape(), 0);
  }
}
