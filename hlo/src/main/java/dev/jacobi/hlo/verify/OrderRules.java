package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/** Constraints of sorting. Every method returns the constraint that fixes the result types. */
final class OrderRules {
  private static final List<TensorType> PRED = List.of(TensorType.scalar(DType.BOOL));

  private OrderRules() {}

  static String sort(OrderOp.Sort op, Site at) {
    at.require("c1", !op.inputs().isEmpty(), "there is nothing to sort");
    TensorType first = op.inputs().getFirst().type();
    List<TensorType> pairs = new ArrayList<>();
    for (Value v : op.inputs()) {
      at.require("c3", agree(v.shape(), first.shape()), "sorts %s and %s", first, v.type());
      pairs.add(TensorType.scalar(v.element()));
      pairs.add(TensorType.scalar(v.element()));
    }
    at.require(
        "c4",
        -first.rank() <= op.dimension() && op.dimension() < first.rank(),
        "dimension %s of %s",
        op.dimension(),
        first);
    at.require(
        "c5",
        op.comparator().paramTypes().equals(pairs) && op.comparator().resultTypes().equals(PRED),
        "the comparator takes %s and gives %s",
        op.comparator().paramTypes(),
        op.comparator().resultTypes());
    return "c2";
  }

  /** CHLO numbers no constraints: these are its verifier's, in the order of its checks. */
  static String topK(OrderOp.TopK op, Site at) {
    TensorType x = op.operand().type();
    at.require("i1", !x.element().isComplex(), "complex numbers have no order: %s", x);
    at.require("c1", x.rank() > 0, "a scalar has no rows");
    long size = Site.size(x.shape(), x.rank() - 1);
    at.require("c2", op.k() >= 0 && (op.k() <= size || size < 0), "the first %s of %s", op.k(), x);
    return "c3";
  }
}
