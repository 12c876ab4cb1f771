package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Branches, loops and calls. Some bodies compute exactly, so that the interpreter runs them whole.
 */
final class ControlRows {
  private ControlRows() {}

  static final List<Programs.Row> ALL =
      List.of(
          ControlRows::loop,
          ControlRows::branches,
          ControlRows::choose,
          ControlRows::call,
          ControlRows::barrier);

  /** {@code i < n}, and a few arrays that change as they go. */
  private static void loop(Programs p) {
    List<Value> inits = new ArrayList<>(List.of(p.b.constant(DType.I32, 0)));
    inits.addAll(some(p, 3));
    List<TensorType> types = inits.stream().map(Value::type).toList();
    Value n = p.b.constant(DType.I32, p.draw.below(5));
    HloBuilder cond = new HloBuilder();
    List<Value> seen = types.stream().map(cond::param).toList();
    Value more = cond.compare(ElementwiseOp.Direction.LT, seen.getFirst(), n);
    for (Value v : seen.subList(1, seen.size())) {
      if (v.type().equals(TensorType.scalar(DType.BOOL))) {
        more = cond.pointwise(Fn.AND, more, v);
      }
    }
    Block body = p.depth > 0 && p.draw.coin() ? any(p, types) : plain(p, types, inits);
    p.add(new ControlOp.While(inits, cond.build(more), body));
  }

  /** A body of any operations; the first value counts. */
  private static Block any(Programs p, List<TensorType> types) {
    Programs body = p.inner(types, true);
    List<Value> next = new ArrayList<>();
    next.add(null);
    types.stream().skip(1).forEach(t -> next.add(body.result(t)));
    return counting(body.b, body.params().getFirst(), next);
  }

  private static Block plain(Programs p, List<TensorType> types, List<Value> inits) {
    HloBuilder body = new HloBuilder();
    List<Value> state = types.stream().map(body::param).toList();
    List<Value> next = new ArrayList<>();
    state.forEach(v -> next.add(step(p, body, v, state, inits)));
    return counting(body, state.getFirst(), next);
  }

  private static Block counting(HloBuilder body, Value i, List<Value> next) {
    next.set(0, body.pointwise(Fn.ADD, i, body.constant(DType.I32, 1)));
    return body.build(next);
  }

  /** One exact operation on {@code v} with another value in sight. */
  static Value step(Programs p, HloBuilder body, Value v, List<Value> state, List<Value> outer) {
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

  private static List<Block> blocks(Programs p, int n) {
    List<Value> captured = some(p, 2);
    boolean any = p.depth > 0 && p.draw.coin();
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (any) {
        Programs inner = p.inner(List.of(), true);
        blocks.add(inner.b.build(captured.stream().map(v -> inner.result(v.type())).toList()));
      } else {
        HloBuilder b = new HloBuilder();
        blocks.add(
            b.build(captured.stream().map(v -> step(p, b, v, captured, List.of())).toList()));
      }
    }
    return blocks;
  }

  private static List<Value> some(Programs p, int most) {
    List<Value> some = new ArrayList<>();
    for (int i = 1 + p.draw.below(most); i > 0; i--) {
      some.add(p.any(_ -> true));
    }
    return some;
  }

  private static void branches(Programs p) {
    List<Block> branches = blocks(p, 1 + p.draw.below(3));
    p.add(new ControlOp.Case(p.index(DType.I32, branches.size()), branches));
  }

  private static void choose(Programs p) {
    List<Block> blocks = blocks(p, 2);
    p.add(new ControlOp.If(p.scalar(DType.BOOL), blocks.getFirst(), blocks.getLast()));
  }

  /** A function called, by its name or as an operation of another name. */
  private static void call(Programs p) {
    if (p.depth == 0) {
      return;
    }
    List<Value> arguments = some(p, 3);
    HloFunc f = p.function(arguments.stream().map(Value::type).toList());
    p.add(
        p.draw.coin()
            ? new ControlOp.Call(f.name(), arguments, f.outputs())
            : new ControlOp.Composite(
                "fuzz." + f.name(), arguments, f.outputs(), f.name(), 1, Map.of()));
  }

  private static void barrier(Programs p) {
    p.add(new ControlOp.OptimizationBarrier(some(p, 2).stream().distinct().toList()));
  }
}
