package dev.jacobi.hlo.text;

import dev.jacobi.hlo.ShapeOp;
import java.util.List;

/** Operations that move elements without looking at them. */
final class ShapeForms {
  private ShapeForms() {}

  /** {@code stablehlo.broadcast_in_dim %0, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>}. */
  static final Form<ShapeOp.BroadcastInDim> BROADCAST_IN_DIM =
      Form.of(
          "stablehlo.broadcast_in_dim",
          in ->
              new ShapeOp.BroadcastInDim(
                  in.operand(0), in.axes("dims", "broadcast_dimensions"), in.resultType().shape()),
          (op, out) -> out.text(" ").operands().text(", dims = ").list(op.dims()).signature());

  /** {@code stablehlo.reshape %0 : (tensor<6xf32>) -> tensor<2x3xf32>}. */
  static final Form<ShapeOp.Reshape> RESHAPE =
      Form.of(
          "stablehlo.reshape",
          in -> new ShapeOp.Reshape(in.operand(0), in.resultType().shape()),
          (op, out) -> out.text(" ").operands().signature());

  /** {@code stablehlo.transpose %0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>}. */
  static final Form<ShapeOp.Transpose> TRANSPOSE =
      Form.of(
          "stablehlo.transpose",
          in -> new ShapeOp.Transpose(in.operand(0), in.axes("dims", "permutation")),
          (op, out) ->
              out.text(" ").operands().text(", dims = ").list(op.permutation()).signature());

  /** {@code stablehlo.concatenate %0, %1, dim = 0 : (t, t) -> t}. */
  static final Form<ShapeOp.Concatenate> CONCATENATE =
      Form.of(
          "stablehlo.concatenate",
          in -> new ShapeOp.Concatenate(in.operands, in.int32("dim", "dimension")),
          (op, out) -> out.text(" ").operands().text(", dim = " + op.dim()).signature());

  /** {@code stablehlo.pad %0, %1, low = [0], high = [1], interior = [0] : (t, t) -> t}. */
  static final Form<ShapeOp.Pad> PAD =
      Form.of(
          "stablehlo.pad",
          in ->
              new ShapeOp.Pad(
                  in.operand(0),
                  in.operand(1),
                  in.longs("low", "edge_padding_low"),
                  in.longs("high", "edge_padding_high"),
                  in.longs("interior", "interior_padding")),
          (op, out) ->
              out.text(" ")
                  .operands()
                  .text(", low = ")
                  .list(op.low())
                  .text(", high = ")
                  .list(op.high())
                  .text(", interior = ")
                  .list(op.interior())
                  .signature());

  /** {@code stablehlo.reverse %0, dims = [0] : tensor<4xf32>}. */
  static final Form<ShapeOp.Reverse> REVERSE =
      Form.of(
          "stablehlo.reverse",
          in -> new ShapeOp.Reverse(in.operand(0), in.axes("dims", "dimensions")),
          (op, out) -> out.text(" ").operands().text(", dims = ").list(op.dims()).commonType());

  static final List<Form<?>> ALL =
      List.of(BROADCAST_IN_DIM, RESHAPE, TRANSPOSE, CONCATENATE, PAD, REVERSE);
}
