package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import java.util.List;

/** Sorting and selection. */
final class OrderForms {
  private OrderForms() {}

  /**
   * {@code "stablehlo.sort"(%0, %1) <{dimension = 0 : i64, is_stable = true}> ({ comparator }) :
   * (t, t) -> (t, t)}.
   */
  static final Form<OrderOp.Sort> SORT =
      Form.of(
          "stablehlo.sort",
          in ->
              new OrderOp.Sort(
                  in.operands, in.int32Or(-1, "dimension"), in.flag("is_stable"), in.region(0)),
          (op, out) ->
              out.genericOperands()
                  .text(" <{dimension = " + op.dimension() + " : i64")
                  .text(", is_stable = " + op.stable() + "}>")
                  .genericRegions()
                  .signature());

  /**
   * {@code chlo.top_k(%0, k = 2) : t -> (t, t)}. Later versions say whether equal elements keep
   * their order; here they do.
   */
  static final Form<OrderOp.TopK> TOP_K =
      Form.of(
          "chlo.top_k",
          OrderForms::topK,
          (op, out) -> out.text("(").operands().text(", k = " + op.k() + ")").arrowTypes());

  private static Op topK(OpText in) {
    if (in.has("largest") && !in.flag("largest")) {
      throw in.unsupported("top_k of the smallest");
    }
    return new OrderOp.TopK(in.operand(0), in.integer("k"));
  }

  static final List<Form<?>> ALL = List.of(SORT, TOP_K);
}
