package dev.jacobi.lax;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.IndexOp.GatherDims;

/**
 * What the dimensions of a gather mean. The index vectors lie along the last dimension of the
 * indices.
 *
 * @param offsetDims dimensions of the result in which the slices lie
 * @param collapsedSliceDims dimensions of the operand, of slices of size 1, that the result lacks
 * @param startIndexMap which dimension of the operand each entry of an index vector indexes
 * @param operandBatchingDims dimensions of the operand that run along with those of the indices
 * @param startIndicesBatchingDims those of the indices
 */
public record GatherDimensionNumbers(
    Axes offsetDims,
    Axes collapsedSliceDims,
    Axes startIndexMap,
    Axes operandBatchingDims,
    Axes startIndicesBatchingDims) {

  /** Without batching dimensions. */
  public GatherDimensionNumbers(Axes offsetDims, Axes collapsedSliceDims, Axes startIndexMap) {
    this(offsetDims, collapsedSliceDims, startIndexMap, Axes.of(), Axes.of());
  }

  GatherDims hlo(int indicesRank) {
    return new GatherDims(
        offsetDims,
        collapsedSliceDims,
        operandBatchingDims,
        startIndicesBatchingDims,
        startIndexMap,
        indicesRank - 1);
  }
}
