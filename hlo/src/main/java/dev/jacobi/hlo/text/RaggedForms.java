package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.ShorthandOp.RaggedDims;
import java.util.List;
import java.util.stream.Collectors;

/** Ragged products. */
final class RaggedForms {
  private RaggedForms() {}

  /**
   * {@code "chlo.ragged_dot"(%0, %1, %2) <{precision_config = [...], ragged_dot_dimension_numbers =
   * #chlo.ragged_dot<lhs_contracting_dimensions = [1], ...>}> : (t, t, t) -> t}.
   */
  static final Form<ShorthandOp.RaggedDot> RAGGED_DOT =
      Form.of("chlo.ragged_dot", RaggedForms::read, RaggedForms::write);

  private static Op read(OpText in) {
    List<ReductionOp.Precision> precision = ReductionForms.precision(in);
    OpText d = in.struct("ragged_dot_dimension_numbers");
    return new ShorthandOp.RaggedDot(
        in.operand(0),
        in.operand(1),
        in.operand(2),
        new RaggedDims(
            new ReductionOp.DotDims(
                d.axesOrNone("lhs_batching_dimensions"),
                d.axesOrNone("rhs_batching_dimensions"),
                d.axesOrNone("lhs_contracting_dimensions"),
                d.axesOrNone("rhs_contracting_dimensions")),
            d.axesOrNone("lhs_ragged_dimensions"),
            d.axesOrNone("rhs_group_dimensions")),
        precision.getFirst(),
        precision.getLast(),
        in.resultType().element());
  }

  private static void write(ShorthandOp.RaggedDot op, Writer out) {
    RaggedDims r = op.dims();
    String precision =
        "#chlo<precision " + op.lhsPrecision() + ">, #chlo<precision " + op.rhsPrecision() + ">";
    out.genericOperands()
        .text(" <{precision_config = [" + precision + "], ")
        .text("ragged_dot_dimension_numbers = #chlo.ragged_dot<")
        .text(
            fields(
                "lhs_batching_dimensions", r.dot().lhsBatch(),
                "rhs_batching_dimensions", r.dot().rhsBatch(),
                "lhs_contracting_dimensions", r.dot().lhsContract(),
                "rhs_contracting_dimensions", r.dot().rhsContract(),
                "lhs_ragged_dimensions", r.lhsRagged(),
                "rhs_group_dimensions", r.rhsGroup()))
        .text(">}>")
        .signature();
  }

  /** Names and axes in turn; empty ones are left out. */
  private static String fields(Object... pairs) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      Axes axes = (Axes) pairs[i + 1];
      if (!axes.isEmpty()) {
        String list =
            axes.stream().mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
        text.append(text.isEmpty() ? "" : ", ").append(pairs[i]).append(" = ").append(list);
      }
    }
    return text.toString();
  }
}
