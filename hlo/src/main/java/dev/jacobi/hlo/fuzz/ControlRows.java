package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/** Branches and loops. Their bodies compute exactly, so that results can be compared to the bit. */
final class ControlRows {
  private ControlRows() {}

  static final List<Programs.Row> ALL =
      List.of(ControlRows::loop, ControlRows::branches, ControlRows::choose, ControlRows::barrier);

  /** {@code i < n}, and a few arrays that change as they go. */
  private static void loop(Programs p) {
    List<Value> inits = new ArrayList<>(List.of(p.b.constant(DType.I32, 0)));
    for (int i = 1 + p.draw.below(3); i > 0; i--) {
      inits.add(p.any(_ -> true));
    }
    Value n = p.b.constant(DType.I32, p.draw.below(5));
    HloBuilder cond = new HloBuilder();
    List<Value> seen = inits.stream().map(v -> cond.param(v.type())).toList();
    Value more = cond.compare(ElementwiseOp.Direction.LT, seen.getFirst(), n);
    HloBuilder body = new HloBuilder();
    List<Value> state = inits.stream().map(v -> body.param(v.type())).toList();
    List<Value> next = new ArrayList<>();
    next.add(body.pointwise(Fn.ADD, state.getFirst(), body.constant(DType.I32, 1)));
    for (int i = 1; i < state.size(); i++) {
      next.add(step(p, body, state.get(i), state, inits));
    }
    p.add(new ControlOp.While(inits, cond.build(more), body.build(next)));
  }

  /** One exact operation on {@code v} with another value in sight. */
  private static Value step(
      Programs p, HloBuilder body, Value v, List<Value> state, List<Value> outer) {
    List<Value> others = new ArrayList<>(state);
    others.addAll(outer);
    List<Value> same = others.stream().filter(o -> o.type().equals(v.type())).toList();
    Value other = p.draw.pick(same);
    return switch (p.draw.below(4)) {
      case 0 -> v;
      case 1 -> other;
      default -> body.pointwise(p.draw.pick(exact(v.dtype())), v, other);
    };
  }

  private static List<Fn> exact(DType dtype) {
    return switch (dtype.kind()) {
      case BOOL -> List.of(Fn.AND, Fn.OR, Fn.XOR);
      case SIGNED, UNSIGNED -> List.of(Fn.ADD, Fn.SUB, Fn.MUL, Fn.MAX, Fn.XOR);
      case FLOAT -> List.of(Fn.ADD, Fn.SUB, Fn.MUL, Fn.MIN);
      case COMPLEX -> List.of(Fn.ADD, Fn.SUB);
    };
  }

  private static Block branch(Programs p, List<Value> captured) {
    HloBuilder b = new HloBuilder();
    return b.build(captured.stream().map(v -> step(p, b, v, captured, List.of())).toList());
  }

  private static List<Value> some(Programs p) {
    List<Value> some = new ArrayList<>();
    for (int i = 1 + p.draw.below(2); i > 0; i--) {
      some.add(p.any(_ -> true));
    }
    return some;
  }

  private static void branches(Programs p) {
    List<Value> captured = some(p);
    List<Block> branches = new ArrayList<>();
    for (int i = 1 + p.draw.below(3); i > 0; i--) {
      branches.add(branch(p, captured));
    }
    p.add(new ControlOp.Case(p.index(DType.I32, branches.size()), branches));
  }

  private static void choose(Programs p) {
    List<Value> captured = some(p);
    p.add(new ControlOp.If(p.scalar(DType.BOOL), branch(p, captured), branch(p, captured)));
  }

  private static void barrier(Programs p) {
    p.add(new ControlOp.OptimizationBarrier(some(p).stream().distinct().toList()));
  }
}
