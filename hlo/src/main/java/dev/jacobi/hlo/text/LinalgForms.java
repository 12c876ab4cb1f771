package dev.jacobi.hlo.text;

import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.Op;
import java.util.List;

/** Factors and solutions. */
final class LinalgForms {
  private LinalgForms() {}

  /** {@code stablehlo.cholesky %0, lower = true : tensor<3x3xf32>}. */
  static final Form<LinalgOp.Cholesky> CHOLESKY =
      Form.of(
          "stablehlo.cholesky",
          in -> new LinalgOp.Cholesky(in.operand(0), in.flag("lower")),
          (op, out) ->
              out.text(" ").operands().text(op.lower() ? ", lower = true" : "").commonType());

  /** {@code "stablehlo.triangular_solve"(%0, %1) <{left_side = true, ...}> : (t, t) -> t}. */
  static final Form<LinalgOp.TriangularSolve> TRIANGULAR_SOLVE =
      Form.of(
          "stablehlo.triangular_solve",
          LinalgForms::triangularSolve,
          (op, out) ->
              out.genericOperands()
                  .text(" <{left_side = " + op.leftSide() + ", lower = " + op.lower())
                  .text(", transpose_a = #stablehlo<transpose " + op.transposeA() + ">")
                  .text(", unit_diagonal = " + op.unitDiagonal() + "}>")
                  .signature());

  private static Op triangularSolve(OpText in) {
    return new LinalgOp.TriangularSolve(
        in.operand(0),
        in.operand(1),
        in.requiredFlag("left_side"),
        in.requiredFlag("lower"),
        in.requiredFlag("unit_diagonal"),
        in.constant(LinalgOp.Transpose.class, transpose(in)));
  }

  private static String transpose(OpText in) {
    List<String> words = in.words("transpose_a");
    if (words.isEmpty()) {
      throw in.error("needs the attribute transpose_a");
    }
    return words.getLast();
  }

  static final List<Form<?>> ALL = List.of(CHOLESKY, TRIANGULAR_SOLVE);
}
