package dev.jacobi.control;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A scan as a loop that carries a counter, the carry and the stacked results, and writes one
 * element of each in every step.
 */
final class ScanLowering {
  private final Scan scan;
  private final LowerContext context;
  private final List<Value> consts;
  private final List<Value> inits;
  private final List<Value> xs;
  private final DType counter;

  ScanLowering(Scan scan, LowerContext context, List<Value> operands) {
    Scan.Parts<Value> parts = scan.parts(operands);
    this.scan = scan;
    this.context = context;
    this.consts = parts.consts();
    this.inits = parts.carry();
    this.xs = parts.xs();
    this.counter = scan.length() <= Integer.MAX_VALUE ? DType.I32 : DType.I64;
  }

  /** Carry and stacked results. */
  private record State(List<Value> carry, List<Value> ys) {
    List<Value> all() {
      return Programs.join(carry, ys);
    }
  }

  List<Value> write() {
    HloBuilder b = context.builder();
    List<Value> stacks = new ArrayList<>();
    List<Aval> outs = scan.jaxpr().outAvals();
    for (Aval y : outs.subList(scan.numCarry(), outs.size())) {
      TensorType type = scan.stacked(y).physical();
      stacks.add(b.full(type.dtype(), type.shape(), 0));
    }
    State state = new State(inits, stacks);
    long perTurn = Math.max(1, Math.min(scan.unroll(), scan.length()));
    long looped = scan.length() > perTurn ? scan.length() / perTurn * perTurn : 0;
    if (looped > 0) {
      state = loop(state, looped, perTurn);
    }
    for (long i = looped; i < scan.length(); i++) {
      state = step(context, state, b.constant(counter, i));
    }
    return state.all();
  }

  private State loop(State state, long turns, long perTurn) {
    HloBuilder b = context.builder();
    List<Value> all = new ArrayList<>();
    all.add(b.constant(counter, 0));
    all.addAll(state.all());
    List<TensorType> types = all.stream().map(Value::type).toList();
    Block cond =
        context.region(
            types,
            (inner, now) -> {
              HloBuilder c = inner.builder();
              return List.of(c.compare(Direction.LT, now.getFirst(), c.constant(counter, turns)));
            });
    Block body =
        context.region(
            types,
            (inner, now) -> {
              HloBuilder c = inner.builder();
              int firstY = 1 + scan.numCarry();
              State next = new State(now.subList(1, firstY), now.subList(firstY, now.size()));
              Value i = now.getFirst();
              for (long k = 0; k < perTurn; k++) {
                next = step(inner, next, i);
                i = c.pointwise(Fn.ADD, i, c.constant(counter, 1));
              }
              return Programs.join(List.of(i), next.all());
            });
    List<Value> out = b.addAll(new ControlOp.While(all, cond, body));
    int firstY = 1 + scan.numCarry();
    return new State(out.subList(1, firstY), out.subList(firstY, out.size()));
  }

  /** Step number {@code i} of the loop, which is element {@code length - 1 - i} in reverse. */
  private State step(LowerContext at, State state, Value i) {
    HloBuilder b = at.builder();
    Value index =
        scan.reverse() ? b.pointwise(Fn.SUB, b.constant(counter, scan.length() - 1), i) : i;
    List<Value> slices = new ArrayList<>();
    for (Value x : xs) {
      Shape one = x.shape().with(0, 1);
      Value slice = b.add(new IndexOp.DynamicSlice(x, starts(b, index, one.rank()), one.sizes()));
      slices.add(b.add(new ShapeOp.Reshape(slice, x.shape().without(Axes.of(0)))));
    }
    List<Value> outs = at.inline(scan.jaxpr(), new Scan.Parts<>(consts, state.carry, slices).all());
    List<Value> ys = new ArrayList<>();
    for (int k = 0; k < state.ys.size(); k++) {
      Value stack = state.ys.get(k);
      Value y = outs.get(scan.numCarry() + k);
      Value one = b.add(new ShapeOp.Reshape(y, stack.shape().with(0, 1)));
      ys.add(
          b.add(
              new IndexOp.DynamicUpdateSlice(stack, one, starts(b, index, stack.shape().rank()))));
    }
    return new State(outs.subList(0, scan.numCarry()), ys);
  }

  private List<Value> starts(HloBuilder b, Value first, int rank) {
    List<Value> starts = new ArrayList<>();
    starts.add(first);
    while (starts.size() < rank) {
      starts.add(b.constant(counter, 0));
    }
    return starts;
  }
}
