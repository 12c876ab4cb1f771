package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.Op;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Operations whose shapes or places are values. */
final class DynamicForms {
  private DynamicForms() {}

  /** {@code stablehlo.dynamic_reshape %0, %1 : (t, t) -> t}. */
  private static final Form<DynamicOp.DynamicReshape> DYNAMIC_RESHAPE =
      Form.of(
          "stablehlo.dynamic_reshape",
          in -> new DynamicOp.DynamicReshape(in.operand(0), in.operand(1), in.resultType()),
          (op, out) -> out.text(" ").operands().signature());

  /** {@code stablehlo.dynamic_broadcast_in_dim %0, %1, dims = [0] : (t, t) -> t}. */
  private static final Form<DynamicOp.DynamicBroadcastInDim> DYNAMIC_BROADCAST_IN_DIM =
      Form.of(
          "stablehlo.dynamic_broadcast_in_dim",
          DynamicForms::broadcast,
          DynamicForms::writeBroadcast);

  private static Op broadcast(OpText in) {
    return new DynamicOp.DynamicBroadcastInDim(
        in.operand(0),
        in.operand(1),
        in.axes("dims", "broadcast_dimensions"),
        optional(in, "known_expanding_dimensions"),
        optional(in, "known_nonexpanding_dimensions"),
        in.resultType());
  }

  private static Optional<Axes> optional(OpText in, String name) {
    return in.has(name) ? Optional.of(in.axes(name)) : Optional.empty();
  }

  private static void writeBroadcast(DynamicOp.DynamicBroadcastInDim op, Writer out) {
    Map<String, String> known = new TreeMap<>();
    op.expanding().ifPresent(a -> known.put("known_expanding_dimensions", Writer.arrayText(a)));
    op.nonexpanding()
        .ifPresent(a -> known.put("known_nonexpanding_dimensions", Writer.arrayText(a)));
    out.text(" ").operands().text(", dims = ").list(op.dims());
    if (!known.isEmpty()) {
      out.text(" ").dictionary(known);
    }
    out.signature();
  }

  /** {@code stablehlo.dynamic_iota %0, dim = 0 : (t) -> t}. */
  private static final Form<DynamicOp.DynamicIota> DYNAMIC_IOTA =
      Form.of(
          "stablehlo.dynamic_iota",
          in ->
              new DynamicOp.DynamicIota(
                  in.operand(0), in.int32("dim", "iota_dimension"), in.resultType()),
          (op, out) -> out.text(" ").operands().text(", dim = " + op.dim()).signature());

  /** {@code stablehlo.dynamic_pad %0, %1, %2, %3, %4 : (t, t, t, t, t) -> t}. */
  private static final Form<DynamicOp.DynamicPad> DYNAMIC_PAD =
      Form.of(
          "stablehlo.dynamic_pad",
          in ->
              new DynamicOp.DynamicPad(
                  in.operand(0),
                  in.operand(1),
                  in.operand(2),
                  in.operand(3),
                  in.operand(4),
                  in.resultType()),
          (op, out) -> out.text(" ").operands().signature());

  /** {@code stablehlo.real_dynamic_slice %0, %1, %2, %3 : (t, t, t, t) -> t}. */
  private static final Form<DynamicOp.RealDynamicSlice> REAL_DYNAMIC_SLICE =
      Form.of(
          "stablehlo.real_dynamic_slice",
          in ->
              new DynamicOp.RealDynamicSlice(
                  in.operand(0), in.operand(1), in.operand(2), in.operand(3), in.resultType()),
          (op, out) -> out.text(" ").operands().signature());

  /** {@code "stablehlo.dynamic_gather"(%0, %1, %2) <{...}> : (t, t, t) -> t}. */
  private static final Form<DynamicOp.DynamicGather> DYNAMIC_GATHER =
      Form.of(
          "stablehlo.dynamic_gather",
          in ->
              new DynamicOp.DynamicGather(
                  in.operand(0),
                  in.operand(1),
                  in.operand(2),
                  IndexForms.gatherDims(in.struct("dimension_numbers")),
                  in.flag("indices_are_sorted"),
                  in.resultType()),
          (op, out) ->
              IndexForms.writeGatherDims(op.dims(), op.sorted(), out.genericOperands())
                  .text("}>")
                  .signature());

  /** {@code stablehlo.get_dimension_size %0, dim = 0 : (t) -> tensor<i32>}. */
  private static final Form<DynamicOp.GetDimensionSize> GET_DIMENSION_SIZE =
      Form.of(
          "stablehlo.get_dimension_size",
          in -> new DynamicOp.GetDimensionSize(in.operand(0), in.int32("dim", "dimension")),
          (op, out) -> out.text(" ").operands().text(", dim = " + op.dimension()).signature());

  /** {@code stablehlo.set_dimension_size %0, %1, dim = 0 : (t, tensor<i32>) -> t}. */
  private static final Form<DynamicOp.SetDimensionSize> SET_DIMENSION_SIZE =
      Form.of(
          "stablehlo.set_dimension_size",
          in ->
              new DynamicOp.SetDimensionSize(
                  in.operand(0), in.operand(1), in.int32("dim", "dimension"), in.resultType()),
          (op, out) -> out.text(" ").operands().text(", dim = " + op.dimension()).signature());

  /** {@code "stablehlo.dynamic_conv"(%0, %1, %2) <{...}> : (t, t, t) -> t}. */
  private static final Form<DynamicOp.DynamicConv> DYNAMIC_CONV =
      Form.of(
          "stablehlo.dynamic_conv",
          in -> new DynamicOp.DynamicConv(ConvForms.build(in), in.operand(2), in.resultType()),
          (op, out) -> ConvForms.writeGeneric(op.conv(), out.genericOperands()));

  static void write(DynamicOp op, Writer out) {
    switch (op) {
      case DynamicOp.DynamicConv o -> DYNAMIC_CONV.write(o, out);
      case DynamicOp.DynamicReshape o -> DYNAMIC_RESHAPE.write(o, out);
      case DynamicOp.DynamicBroadcastInDim o -> DYNAMIC_BROADCAST_IN_DIM.write(o, out);
      case DynamicOp.DynamicIota o -> DYNAMIC_IOTA.write(o, out);
      case DynamicOp.DynamicPad o -> DYNAMIC_PAD.write(o, out);
      case DynamicOp.RealDynamicSlice o -> REAL_DYNAMIC_SLICE.write(o, out);
      case DynamicOp.DynamicGather o -> DYNAMIC_GATHER.write(o, out);
      case DynamicOp.GetDimensionSize o -> GET_DIMENSION_SIZE.write(o, out);
      case DynamicOp.SetDimensionSize o -> SET_DIMENSION_SIZE.write(o, out);
    }
  }

  static final List<Form<?>> ALL =
      List.of(
          DYNAMIC_RESHAPE,
          DYNAMIC_BROADCAST_IN_DIM,
          DYNAMIC_IOTA,
          DYNAMIC_PAD,
          REAL_DYNAMIC_SLICE,
          DYNAMIC_GATHER,
          DYNAMIC_CONV,
          GET_DIMENSION_SIZE,
          SET_DIMENSION_SIZE);
}
