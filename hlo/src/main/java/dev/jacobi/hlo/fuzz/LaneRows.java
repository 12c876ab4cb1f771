package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/** Loops as JAX writes them for batches: that each element leaves by itself, and scans. */
final class LaneRows {
  static final List<Programs.Row> ALL = List.of(LaneRows::ends, LaneRows::scan);

  private LaneRows() {}

  /** While any counter is below its bound; where it is not, nothing changes. */
  private static void ends(Programs p) {
    Value x = p.any(_ -> true, s -> s.rank() > 0 && s.size() > 0);
    int lanes = 1 + p.draw.below(x.shape().rank());
    Shape batch = x.shape().select(Axes.range(lanes));
    TensorType counter = new TensorType(DType.I32, batch);
    Value three = p.b.full(DType.I32, batch, 3);
    Value bound = p.b.pointwise(Fn.AND, p.like(counter), three);
    List<Value> inits = new ArrayList<>(List.of(p.b.full(DType.I32, batch, 0)));
    for (int i = 1 + p.draw.below(3); i > 0; i--) {
      inits.add(p.like(new TensorType(p.draw.coin() ? x.dtype() : DType.F32, x.shape())));
    }
    List<TensorType> types = inits.stream().map(Value::type).toList();
    p.add(new ControlOp.While(inits, below(types, bound), steps(p, types, bound, inits)));
  }

  private static Block below(List<TensorType> types, Value bound) {
    HloBuilder b = new HloBuilder();
    List<Value> state = types.stream().map(b::param).toList();
    Value each = b.compare(ElementwiseOp.Direction.LT, state.getFirst(), bound);
    Value none = b.constant(DType.BOOL, 0);
    Block or = HloBuilder.binaryBody(Fn.OR, DType.BOOL);
    Axes all = Axes.range(bound.shape().rank());
    return b.build(b.add(new ReductionOp.Reduce(List.of(each), List.of(none), all, or)));
  }

  private static Block steps(Programs p, List<TensorType> types, Value bound, List<Value> inits) {
    boolean any = p.depth > 0 && p.draw.oneIn(3);
    Programs inner = any ? p.inner(types, true) : null;
    HloBuilder b = any ? inner.b : new HloBuilder();
    List<Value> state = any ? inner.params() : types.stream().map(b::param).toList();
    Value i = state.getFirst();
    Value each = b.compare(ElementwiseOp.Direction.LT, i, bound);
    Value one = b.full(DType.I32, bound.shape(), 1);
    List<Value> next = new ArrayList<>(List.of(chosen(b, each, b.pointwise(Fn.ADD, i, one), i)));
    for (Value v : state.subList(1, state.size())) {
      Value now = any ? inner.result(v.type()) : ControlRows.step(p, b, v, state, inits);
      next.add(chosen(b, each, now, v));
    }
    return b.build(next);
  }

  private static Value chosen(HloBuilder b, Value each, Value yes, Value no) {
    Axes leading = Axes.range(each.shape().rank());
    Value where =
        each.shape().equals(yes.shape())
            ? each
            : b.add(new ShapeOp.BroadcastInDim(each, leading, yes.shape()));
    return b.pointwise(Fn.SELECT, where, yes, no);
  }

  /** Rows of an array one after the other, with a state, into the rows of another. */
  private static void scan(Programs p) {
    Value xs = p.any(_ -> true, s -> s.rank() > 0 && s.size() > 0 && s.dim(0) < 9);
    TensorType row = xs.type().withShape(xs.shape().without(Axes.of(0)));
    Value start = p.b.constant(DType.I32, p.draw.between(-1, 1));
    List<Value> inits = List.of(start, p.like(row), p.like(xs.type()));
    List<TensorType> types = inits.stream().map(Value::type).toList();
    HloBuilder cond = new HloBuilder();
    List<Value> seen = types.stream().map(cond::param).toList();
    Value end = cond.constant(DType.I32, xs.shape().dim(0) + p.draw.below(2));
    Block test = cond.build(cond.compare(ElementwiseOp.Direction.LT, seen.getFirst(), end));
    p.add(new ControlOp.While(inits, test, body(p, xs, types)));
  }

  private static Block body(Programs p, Value xs, List<TensorType> types) {
    HloBuilder b = new HloBuilder();
    List<Value> state = types.stream().map(b::param).toList();
    Value i = state.getFirst();
    Value carry = state.get(1);
    Value next = b.pointwise(Fn.ADD, i, b.constant(DType.I32, 1));
    Value from = p.draw.pick(xs, state.get(2));
    Value row = row(b, from, p.draw.pick(i, next));
    Value x = p.draw.coin() ? row : dear(b, row);
    List<Value> pair = List.of(carry, x);
    Value now = ControlRows.step(p, b, carry, pair, List.of());
    Value out = ControlRows.step(p, b, x, List.of(carry, x, now), List.of());
    Shape one = xs.shape().with(0, 1);
    Value update = b.add(new ShapeOp.Reshape(out, one));
    List<Value> starts = starts(b, xs, p.draw.pick(i, next));
    Value ys = b.add(new IndexOp.DynamicUpdateSlice(state.get(2), update, starts));
    return b.build(next, now, ys);
  }

  /** A chain of slow but exact functions, which compilers may want to move out of the loop. */
  private static Value dear(HloBuilder b, Value x) {
    Fn fn =
        switch (x.dtype().kind()) {
          case SIGNED, UNSIGNED -> Fn.REM;
          case FLOAT -> Fn.DIV;
          case BOOL, COMPLEX -> Fn.ADD;
        };
    Value now = x;
    for (int k = 0; k < 6; k++) {
      now = b.pointwise(fn, now, b.full(x.dtype(), x.shape(), k == 0 ? 1 : 11 - k));
    }
    return now;
  }

  private static Value row(HloBuilder b, Value array, Value at) {
    Shape one = array.shape().with(0, 1);
    List<Value> starts = starts(b, array, at);
    Value row = b.add(new IndexOp.DynamicSlice(array, starts, Longs.of(one.toArray())));
    return b.add(new ShapeOp.Reshape(row, array.shape().without(Axes.of(0))));
  }

  private static List<Value> starts(HloBuilder b, Value array, Value first) {
    List<Value> starts = new ArrayList<>(List.of(first));
    Value zero = b.constant(DType.I32, 0);
    for (int d = 1; d < array.shape().rank(); d++) {
      starts.add(zero);
    }
    return starts;
  }
}
