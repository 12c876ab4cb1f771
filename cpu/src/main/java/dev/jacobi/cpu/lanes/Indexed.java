package dev.jacobi.cpu.lanes;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes of arrays in memory at indices that are known when a lane runs. */
final class Indexed {
  private final Scalarizer lane;

  Indexed(Scalarizer lane) {
    this.lane = lane;
  }

  private Writer b() {
    return lane.writer();
  }

  // --- slices ---

  List<Value> slice(IndexOp.DynamicSlice o, Value result) {
    Value array = lane.indexed(o.operand());
    Spread to = lane.spread(result);
    List<Value> starts = starts(o.operand(), o.starts(), o.sizes().toArray());
    List<Value> all = new ArrayList<>();
    int count = to.count();
    for (int i = 0; i < count; i++) {
      all.add(b().load(array, places(to, starts, to.index(i))));
    }
    return all;
  }

  Value update(IndexOp.DynamicUpdateSlice o) {
    Value array = lane.written(o.operand());
    Spread from = lane.spread(o.update());
    List<Value> starts = starts(o.operand(), o.starts(), o.update().shape().toArray());
    List<Value> elements = lane.elements(o.update());
    for (int i = 0; i < elements.size(); i++) {
      array = lane.store(array, elements.get(i), places(from, starts, from.index(i)));
    }
    return array;
  }

  /** The starts of a box, clamped so that it fits, as i64; null along lanes. */
  private List<Value> starts(Value array, List<Value> given, long[] sizes) {
    List<Value> all = new ArrayList<>();
    for (int d = 0; d < sizes.length; d++) {
      long last = array.shape().dim(d) - sizes[d];
      if (lane.isLane(array, d)) {
        all.add(null);
      } else if (last == 0) {
        all.add(b().index(0));
      } else {
        Value start = wide(lane.elements(given.get(d)).getFirst());
        // A load or store of one element clamps by itself.
        all.add(sizes[d] > 1 ? clamped(start, last) : start);
      }
    }
    return all;
  }

  private Value wide(Value index) {
    DType t = index.dtype();
    if (t == DType.U64 || t.bits() < 32) {
      throw new Unfit("an index of type " + t.mlir());
    }
    return t == DType.I64 ? index : b().add(new ElementwiseOp.Convert(index, DType.I64));
  }

  private Value clamped(Value start, long last) {
    return pointwise(Fn.CLAMP, b().index(0), start, b().index(last));
  }

  private Value pointwise(Fn fn, Value... operands) {
    return b().add(new ElementwiseOp.Pointwise(fn, List.of(operands)));
  }

  private Value plus(Value start, long offset) {
    return offset == 0 ? start : pointwise(Fn.ADD, start, b().index(offset));
  }

  private List<Value> places(Spread spread, List<Value> starts, long[] offset) {
    List<Value> all = new ArrayList<>();
    for (int d = 0; d < offset.length; d++) {
      Value start = starts.get(d);
      all.add(start == null ? lane.coord(spread.lane()[d]) : plus(start, offset[d]));
    }
    return all;
  }

  // --- windows ---

  List<Value> gather(IndexOp.Gather o, Value result) {
    Windows w = Windows.of(o, result);
    for (int d = 0; d < o.operand().shape().rank(); d++) {
      if (w.size(d) != o.sliceSizes().get(d)) {
        throw new Unfit("a gather of empty windows");
      }
    }
    Value array = lane.indexed(o.operand());
    Spread to = lane.spread(result);
    List<Value> all = new ArrayList<>();
    int count = to.count();
    for (int i = 0; i < count; i++) {
      all.add(b().load(array, places(w, to, to.index(i), new ArrayList<>())));
    }
    return all;
  }

  /** Each update in turn; one whose window does not fit stores what was there. */
  Value scatter(IndexOp.Scatter o) {
    Windows w = Windows.of(o);
    Value array = lane.written(w.array());
    Spread from = lane.spread(w.windows());
    List<Value> elements = lane.elements(w.windows());
    for (int i = 0; i < elements.size(); i++) {
      List<Value> fits = new ArrayList<>();
      List<Value> places = places(w, from, from.index(i), fits);
      Value old = b().load(array, places);
      Value now = lane.applied(o.body(), List.of(old, elements.get(i)));
      for (Value fit : fits) {
        now = pointwise(Fn.SELECT, fit, now, old);
      }
      array = lane.store(array, now, places);
    }
    return array;
  }

  /**
   * Where a lane finds an element of a window.
   *
   * @param fits is given what must hold if the window lies in the array
   */
  private List<Value> places(Windows w, Spread spread, long[] at, List<Value> fits) {
    List<Value> places = new ArrayList<>();
    for (int d = 0; d < w.array().shape().rank(); d++) {
      int moved = w.map().indexOf(d);
      int own = w.batch().contains(d) ? w.batchOfArray(d) : w.offset(d);
      long last = w.array().shape().dim(d) - w.size(d);
      if (lane.isLane(w.array(), d)) {
        places.add(lane.coord(spread.lane()[own]));
      } else if (moved < 0 || w.batch().contains(d)) {
        places.add(b().index(own < 0 ? 0 : at[own]));
      } else {
        Value start = wide(lane.element(w.indices(), w.index(at, moved)));
        Value clamped = clamped(start, last);
        fits.add(b().add(equal(start, clamped)));
        places.add(w.size(d) == 1 ? start : plus(clamped, at[own]));
      }
    }
    return places;
  }

  private static ElementwiseOp equal(Value x, Value y) {
    return new ElementwiseOp.Compare(ElementwiseOp.Direction.EQ, ElementwiseOp.Order.SIGNED, x, y);
  }
}
