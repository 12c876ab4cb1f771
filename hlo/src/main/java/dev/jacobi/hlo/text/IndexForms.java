package dev.jacobi.hlo.text;

import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ShapeOp;
import java.util.List;

/** Operations that take or replace parts. */
final class IndexForms {
  private IndexForms() {}

  /** {@code stablehlo.slice %0 [0:4, 1:7:2] : (tensor<4x8xf32>) -> tensor<4x3xf32>}. */
  static final Form<ShapeOp.Slice> SLICE =
      Form.of(
          "stablehlo.slice",
          IndexForms::slice,
          (op, out) -> out.text(" ").operands().text(" ").ranges(op).signature());

  private static Op slice(OpText in) {
    if (!in.has("ranges")) {
      return new ShapeOp.Slice(
          in.operand(0),
          in.longs("start_indices"),
          in.longs("limit_indices"),
          in.has("strides") ? in.longs("strides") : Longs.fill(in.operand(0).type().rank(), 1));
    }
    List<Longs> columns = in.ranges("ranges");
    return new ShapeOp.Slice(in.operand(0), columns.get(0), columns.get(1), columns.get(2));
  }

  /** {@code stablehlo.dynamic_slice %0, %1, %2, sizes = [1, 2] : (t, t, t) -> t}. */
  static final Form<IndexOp.DynamicSlice> DYNAMIC_SLICE =
      Form.of(
          "stablehlo.dynamic_slice",
          in ->
              new IndexOp.DynamicSlice(
                  in.operand(0), in.operandsFrom(1), in.longs("sizes", "slice_sizes")),
          (op, out) ->
              (op.starts().isEmpty()
                      ? out.genericOperands().text(" <{slice_sizes = array<i64>}>")
                      : out.text(" ").operands().text(", sizes = ").list(op.sizes()))
                  .signature());

  /** {@code stablehlo.dynamic_update_slice %0, %1, %2 : (t, t, t) -> t}. */
  static final Form<IndexOp.DynamicUpdateSlice> DYNAMIC_UPDATE_SLICE =
      Form.of(
          "stablehlo.dynamic_update_slice",
          in -> new IndexOp.DynamicUpdateSlice(in.operand(0), in.operand(1), in.operandsFrom(2)),
          (op, out) -> out.text(" ").operands().signature());

  /**
   * {@code "stablehlo.gather"(%0, %1) <{dimension_numbers = #stablehlo.gather<...>, ...}> : ...}.
   */
  static final Form<IndexOp.Gather> GATHER =
      Form.of(
          "stablehlo.gather",
          in ->
              new IndexOp.Gather(
                  in.operand(0),
                  in.operand(1),
                  gatherDims(in.struct("dimension_numbers")),
                  in.longs("slice_sizes"),
                  in.flag("indices_are_sorted")),
          (op, out) ->
              writeGatherDims(op.dims(), op.sorted(), out.genericOperands())
                  .text(", slice_sizes = ")
                  .array(op.sliceSizes())
                  .text("}>")
                  .signature());

  /** The attributes that every gather has. */
  static Writer writeGatherDims(IndexOp.GatherDims d, boolean sorted, Writer out) {
    return out.text(" <{dimension_numbers = #stablehlo.gather<")
        .fields(
            Writer.field("offset_dims", d.offsetDims()),
            Writer.field("collapsed_slice_dims", d.collapsedSliceDims()),
            Writer.field("operand_batching_dims", d.operandBatchingDims()),
            Writer.field("start_indices_batching_dims", d.startIndicesBatchingDims()),
            Writer.field("start_index_map", d.startIndexMap()),
            Writer.field("index_vector_dim", d.indexVectorDim()))
        .text(">, indices_are_sorted = " + sorted);
  }

  static IndexOp.GatherDims gatherDims(OpText in) {
    return new IndexOp.GatherDims(
        in.axesOrNone("offset_dims"),
        in.axesOrNone("collapsed_slice_dims"),
        in.axesOrNone("operand_batching_dims"),
        in.axesOrNone("start_indices_batching_dims"),
        in.axesOrNone("start_index_map"),
        in.int32Or(0, "index_vector_dim"));
  }

  /** {@code "stablehlo.scatter"(%0, %1, %2) <{...}> ({ body }) : (t, t, t) -> t}. */
  static final Form<IndexOp.Scatter> SCATTER =
      Form.of(
          "stablehlo.scatter",
          IndexForms::scatter,
          (op, out) ->
              out.genericOperands()
                  .text(" <{indices_are_sorted = " + op.sorted())
                  .text(", scatter_dimension_numbers = #stablehlo.scatter<")
                  .fields(
                      Writer.field("update_window_dims", op.dims().updateWindowDims()),
                      Writer.field("inserted_window_dims", op.dims().insertedWindowDims()),
                      Writer.field("input_batching_dims", op.dims().inputBatchingDims()),
                      Writer.field(
                          "scatter_indices_batching_dims", op.dims().scatterIndicesBatchingDims()),
                      Writer.field(
                          "scatter_dims_to_operand_dims", op.dims().scatterDimsToOperandDims()),
                      Writer.field("index_vector_dim", op.dims().indexVectorDim()))
                  .text(">, unique_indices = " + op.unique() + "}>")
                  .genericRegions()
                  .signature());

  private static Op scatter(OpText in) {
    int n = in.operands.size() / 2;
    OpText dims = in.struct("scatter_dimension_numbers");
    return new IndexOp.Scatter(
        in.operands(0, n),
        in.operand(n),
        in.operandsFrom(n + 1),
        new IndexOp.ScatterDims(
            dims.axesOrNone("update_window_dims"),
            dims.axesOrNone("inserted_window_dims"),
            dims.axesOrNone("input_batching_dims"),
            dims.axesOrNone("scatter_indices_batching_dims"),
            dims.axesOrNone("scatter_dims_to_operand_dims"),
            dims.int32Or(0, "index_vector_dim")),
        in.flag("indices_are_sorted"),
        in.flag("unique_indices"),
        in.region(0));
  }

  static final List<Form<?>> ALL =
      List.of(SLICE, DYNAMIC_SLICE, DYNAMIC_UPDATE_SLICE, GATHER, SCATTER);
}
