package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.CollectiveOp.Groups;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Constraints of operations among processes. Every method returns the constraint that fixes the
 * result types.
 */
final class CollectiveRules {
  private CollectiveRules() {}

  static String collective(CollectiveOp op, Site at) {
    return switch (op) {
      case CollectiveOp.AllReduce o -> {
        groups(o.groups(), Members.ALL, "c1", "c3", "c4", at);
        o.operands().forEach(v -> combines("c5", o.body(), v.element(), at));
        yield "c6";
      }
      case CollectiveOp.ReduceScatter o -> {
        TensorType t = o.operand().type();
        at.require("c2", inside(o.dim(), t), "no dimension %s in %s", o.dim(), t);
        groups(o.groups(), Members.ALL_OF_ONE_SIZE, "c3", "c5", "c6", at);
        combines("c7", o.body(), t.element(), at);
        long members = o.groups().ids().type().dim(1);
        long n = Site.size(t.shape(), o.dim());
        boolean divides = n == Shape.DYNAMIC || members > 0 && n % members == 0;
        at.require("c1", divides, "%s parts of dimension %s of %s", members, o.dim(), t);
        at.require("c8", parts(t, o.type(), o.dim()), "scatters %s to %s", t, o.type());
        Element sum = o.body().results().getFirst().element();
        at.require("c9", o.type().element() == sum, "sums are %s, not %s", sum, o.type());
        yield "c9";
      }
      case CollectiveOp.AllGather o -> gather(o, at);
      case CollectiveOp.AllToAll o -> exchange(o, at);
      case CollectiveOp.CollectivePermute o -> {
        permute(o.pairs().ids(), at);
        yield "c5";
      }
      case CollectiveOp.CollectiveBroadcast o -> {
        groups(o.groups(), Members.SOME, "c1", "c2", "c2", at);
        yield "c3";
      }
      case CollectiveOp.CrossReplicaSum o -> {
        groups(o.groups(), Members.SOME, "c1", "c2", "c2", at);
        yield "c3";
      }
      case CollectiveOp.ProcessId _ -> "o1";
    };
  }

  private static boolean inside(int d, TensorType t) {
    return 0 <= d && d < t.rank();
  }

  /** Whether groups must have one size, and must together hold all processes. */
  private enum Members {
    ALL_OF_ONE_SIZE,
    ALL,
    SOME
  }

  /** Ids are there once and from 0 on, -1 stands for none, and global ids need a channel. */
  private static void groups(
      Groups groups, Members members, String once, String range, String global, Site at) {
    Literal ids = groups.ids();
    at.require(
        "i_groups", ids.type().element() == DType.I64 && ids.type().rank() == 2, "%s", ids.type());
    Set<Long> seen = new HashSet<>();
    for (long i = 0; i < ids.shape().size(); i++) {
      long id = ids.getLong(i);
      at.require(range, id >= (members == Members.ALL ? -1 : 0), "process %s", id);
      at.require(once, id == -1 || seen.add(id), "process %s twice", id);
    }
    for (long id = 0; id < seen.size() && members != Members.SOME; id++) {
      at.require(range, seen.contains(id), "process %s of %s is in no group", id, seen.size());
    }
    at.require(global, !groups.global() || ids.shape().size() > 0, "global ids, but no group");
    boolean channel = groups.channel().map(c -> c.get(0) > 0).orElse(false);
    at.require(global, !groups.global() || channel, "global ids without a channel");
  }

  private static void combines(String id, Block body, Element dtype, Site at) {
    List<TensorType> result = body.resultTypes();
    boolean holds =
        result.size() == 1
            && result.getFirst().rank() == 0
            && body.paramTypes().equals(List.of(result.getFirst(), result.getFirst()))
            && RegionRules.promotable(dtype, result.getFirst().element());
    at.require(id, holds, "the body takes %s and gives %s", body.paramTypes(), result);
  }

  /** Whether one dimension of the whole divides into that of the part. */
  private static boolean parts(TensorType whole, TensorType part, int d) {
    if (whole.rank() != part.rank()) {
      return false;
    }
    long n = Site.size(whole.shape(), d);
    long m = Site.size(part.shape(), d);
    boolean divides = n == Shape.DYNAMIC || m == Shape.DYNAMIC || (m == 0 ? n == 0 : n % m == 0);
    return divides && agree(whole.shape().with(d, 0), part.shape().with(d, 0));
  }

  private static String gather(CollectiveOp.AllGather op, Site at) {
    groups(op.groups(), Members.ALL_OF_ONE_SIZE, "c2", "c4", "c5", at);
    at.require(
        "c6", op.types().size() == op.operands().size(), "%s of %s", op.types(), op.operands());
    for (int i = 0; i < op.types().size(); i++) {
      TensorType t = op.operands().get(i).type();
      TensorType to = op.types().get(i);
      at.require("c1", inside(op.dim(), t), "no dimension %s in %s", op.dim(), t);
      at.require(
          "c6", t.rank() == to.rank() && t.element() == to.element(), "gathers %s to %s", t, to);
      at.require("c6", parts(to, t, op.dim()), "gathers %s to %s", t, to);
    }
    return "c6";
  }

  private static String exchange(CollectiveOp.AllToAll op, Site at) {
    groups(op.groups(), Members.ALL_OF_ONE_SIZE, "c5", "c7", "c7", at);
    at.require("c4", op.count() > 0, "%s parts", op.count());
    for (Value v : op.operands()) {
      TensorType t = v.type();
      at.require("c1", inside(op.splitDim(), t), "no dimension %s in %s", op.splitDim(), t);
      at.require("c3", inside(op.concatDim(), t), "no dimension %s in %s", op.concatDim(), t);
      long n = Site.size(t.shape(), op.splitDim());
      at.require("c2", n == Shape.DYNAMIC || n % op.count() == 0, "%s parts of %s", op.count(), t);
    }
    at.require(
        "c8",
        op.groups().ids().type().dim(1) == op.count(),
        "%s parts for groups %s",
        op.count(),
        op.groups().ids().type());
    return "c9";
  }

  private static void permute(Literal pairs, Site at) {
    boolean shaped = pairs.type().element() == DType.I64 && pairs.type().rank() == 2;
    at.require("c1", shaped && pairs.type().dim(1) == 2, "pairs are %s", pairs.type());
    for (int side = 0; side < 2; side++) {
      Set<Long> seen = new HashSet<>();
      for (long i = side; i < pairs.shape().size(); i += 2) {
        long id = pairs.getLong(i);
        at.require(side == 0 ? "c2" : "c3", seen.add(id), "process %s twice", id);
        at.require("c4", id >= 0, "process %s", id);
      }
    }
  }
}
