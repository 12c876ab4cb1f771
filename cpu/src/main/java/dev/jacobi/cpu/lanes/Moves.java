package dev.jacobi.cpu.lanes;

import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/** Operations that only move elements: of a lane's scalars, they are other names. */
final class Moves {
  private final Scalarizer lane;

  Moves(Scalarizer lane) {
    this.lane = lane;
  }

  /** The elements of a view, a concatenation or a padded array. */
  List<Value> of(ShapeOp op, Value result) {
    Spread to = lane.spread(result);
    int count = to.count();
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] at = to.index(i);
      all.add(
          switch (op) {
            case ShapeOp.BroadcastInDim o -> {
              long[] from = new long[o.dims().size()];
              for (int d = 0; d < from.length; d++) {
                from[d] = o.operand().shape().dim(d) == 1 ? 0 : at[o.dims().get(d)];
              }
              yield lane.element(o.operand(), from);
            }
            case ShapeOp.Transpose o -> {
              long[] from = new long[at.length];
              for (int d = 0; d < from.length; d++) {
                from[o.permutation().get(d)] = at[d];
              }
              yield lane.element(o.operand(), from);
            }
            case ShapeOp.Reshape o -> lane.elements(o.operand()).get(i);
            case ShapeOp.Slice o -> {
              for (int d = 0; d < at.length; d++) {
                at[d] = o.start().get(d) + at[d] * o.strides().get(d);
              }
              yield lane.element(o.operand(), at);
            }
            case ShapeOp.Reverse o -> {
              o.dims().stream().forEach(d -> at[d] = result.shape().dim(d) - 1 - at[d]);
              yield lane.element(o.operand(), at);
            }
            case ShapeOp.Concatenate o -> joined(o, at);
            case ShapeOp.Pad o -> padded(o, at, to);
          });
    }
    return all;
  }

  private Value joined(ShapeOp.Concatenate o, long[] at) {
    for (Value v : o.operands()) {
      if (at[o.dim()] < v.shape().dim(o.dim())) {
        return lane.element(v, at);
      }
      at[o.dim()] -= v.shape().dim(o.dim());
    }
    throw new IllegalStateException("beyond the end of " + o);
  }

  private Value padded(ShapeOp.Pad o, long[] at, Spread to) {
    for (int d = 0; d < at.length; d++) {
      long step = o.interior().get(d) + 1;
      long from = at[d] - o.low().get(d);
      boolean inside = from >= 0 && from % step == 0 && from / step < o.operand().shape().dim(d);
      if (to.lane()[d] < 0 && !inside) {
        return lane.elements(o.value()).getFirst();
      }
      at[d] = to.lane()[d] < 0 ? from / step : 0;
    }
    return lane.element(o.operand(), at);
  }
}
