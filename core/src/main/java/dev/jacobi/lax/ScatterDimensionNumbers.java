package dev.jacobi.lax;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.IndexOp.ScatterDims;

/**
 * What the dimensions of a scatter mean. The index vectors lie along the last dimension of the
 * indices.
 *
 * @param updateWindowDims dimensions of the updates in which the slices lie
 * @param insertedWindowDims dimensions of the operand, of slices of size 1, that the updates lack
 * @param scatterDimsToOperandDims which dimension of the operand each entry of an index vector
 *     indexes
 * @param operandBatchingDims dimensions of the operand that run along with those of the indices
 * @param scatterIndicesBatchingDims those of the indices
 */
public record ScatterDimensionNumbers(
    Axes updateWindowDims,
    Axes insertedWindowDims,
    Axes scatterDimsToOperandDims,
    Axes operandBatchingDims,
    Axes scatterIndicesBatchingDims) {

  /** Without batching dimensions. */
  public ScatterDimensionNumbers(
      Axes updateWindowDims, Axes insertedWindowDims, Axes scatterDimsToOperandDims) {
    this(updateWindowDims, insertedWindowDims, scatterDimsToOperandDims, Axes.of(), Axes.of());
  }

  ScatterDims hlo(int indicesRank) {
    return new ScatterDims(
        updateWindowDims,
        insertedWindowDims,
        operandBatchingDims,
        scatterIndicesBatchingDims,
        scatterDimsToOperandDims,
        indicesRank - 1);
  }
}
