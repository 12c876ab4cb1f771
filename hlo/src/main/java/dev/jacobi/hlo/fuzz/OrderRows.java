package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/** Sorting and selection. */
final class OrderRows {
  private static final int MOST = 2_000; // elements: the interpreter compares slowly

  private OrderRows() {}

  static final List<Programs.Row> ALL = List.of(OrderRows::sort, OrderRows::topK);

  /** One to three arrays by some of them, up or down, in a total order or only a partial one. */
  private static void sort(Programs p) {
    Value first = p.any(t -> !t.isComplex(), s -> s.rank() > 0 && s.size() <= MOST);
    List<Value> inputs = new ArrayList<>(List.of(first));
    for (int k = p.draw.below(3); k > 0; k--) {
      inputs.add(p.like(new TensorType(p.draw.dtype(_ -> true), first.shape())));
    }
    int keys = 1;
    while (keys < inputs.size() && !inputs.get(keys).dtype().isComplex() && p.draw.coin()) {
      keys++;
    }
    int rank = first.shape().rank();
    int dimension = Math.toIntExact(p.draw.between(-rank, rank - 1));
    p.add(new OrderOp.Sort(inputs, dimension, true, comparator(p, inputs, keys)));
  }

  private static Block comparator(Programs p, List<Value> inputs, int keys) {
    Direction direction = p.draw.coin() ? Direction.LT : Direction.GT;
    boolean total = !p.draw.oneIn(4);
    HloBuilder b = new HloBuilder();
    List<Value> params = new ArrayList<>();
    for (Value v : inputs) {
      params.add(b.param(TensorType.scalar(v.dtype())));
      params.add(b.param(TensorType.scalar(v.dtype())));
    }
    Value before = null;
    for (int k = keys - 1; k >= 0; k--) {
      Value x = params.get(2 * k);
      Value y = params.get(2 * k + 1);
      Value less = compare(b, direction, total, x, y);
      before =
          before == null
              ? less
              : b.pointwise(
                  Fn.OR, less, b.pointwise(Fn.AND, compare(b, Direction.EQ, total, x, y), before));
    }
    return b.build(before);
  }

  private static Value compare(HloBuilder b, Direction direction, boolean total, Value x, Value y) {
    boolean byBits = total && x.dtype().isFloat();
    return b.add(
        new ElementwiseOp.Compare(
            direction,
            byBits ? ElementwiseOp.Order.TOTALORDER : HloBuilder.defaultOrder(x.dtype()),
            x,
            y));
  }

  private static void topK(Programs p) {
    Value x = p.any(t -> !t.isComplex(), s -> s.rank() > 0 && s.size() <= MOST);
    p.add(new OrderOp.TopK(x, p.draw.between(0, x.shape().dim(x.shape().rank() - 1))));
  }
}
