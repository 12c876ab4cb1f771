package dev.jacobi.cpu.lanes;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Value;

/**
 * How a gather or a scatter finds the elements of its windows, in one form for both.
 *
 * @param array what is indexed
 * @param indices the indices
 * @param windows the result of a gather, the updates of a scatter
 * @param offsets the dimensions of the windows within {@code windows}, in the order of the array's
 * @param batch dimensions of the array that go along with those of the indices in {@code along}
 * @param collapsed dimensions of the array along which a window has one element, left out
 * @param map the dimension of the array that each element of an index moves along
 * @param vector the dimension of an index's elements
 */
record Windows(
    Value array,
    Value indices,
    Value windows,
    Axes offsets,
    Axes batch,
    Axes along,
    Axes collapsed,
    Axes map,
    int vector) {
  static Windows of(IndexOp.Gather o, Value result) {
    var d = o.dims();
    return new Windows(
        o.operand(),
        o.indices(),
        result,
        d.offsetDims(),
        d.operandBatchingDims(),
        d.startIndicesBatchingDims(),
        d.collapsedSliceDims(),
        d.startIndexMap(),
        d.indexVectorDim());
  }

  /** Of a scatter into one array. */
  static Windows of(IndexOp.Scatter o) {
    var d = o.dims();
    return new Windows(
        o.inputs().getFirst(),
        o.indices(),
        o.updates().getFirst(),
        d.updateWindowDims(),
        d.inputBatchingDims(),
        d.scatterIndicesBatchingDims(),
        d.insertedWindowDims(),
        d.scatterDimsToOperandDims(),
        d.indexVectorDim());
  }

  /** The dimension of the windows that is {@code d} of the array; -1 if it has none. */
  int offset(int d) {
    if (batch.contains(d) || collapsed.contains(d)) {
      return -1;
    }
    int at = 0;
    for (int i = 0; i < d; i++) {
      at += batch.contains(i) || collapsed.contains(i) ? 0 : 1;
    }
    return offsets.get(at);
  }

  /** The dimension of the windows that is {@code d} of the indices, not that of the vectors. */
  int batchOf(int d) {
    int nth = d < vector ? d : d - 1;
    for (int w = 0; w < windows.shape().rank(); w++) {
      if (!offsets.contains(w) && nth-- == 0) {
        return w;
      }
    }
    throw new IllegalStateException("no dimension of the windows for " + d);
  }

  /** The dimension of the windows by which a batch dimension of the array goes. */
  int batchOfArray(int d) {
    return batchOf(along.get(batch.indexOf(d)));
  }

  /** How many elements a window has along a dimension of the array. */
  long size(int d) {
    int offset = offset(d);
    return offset < 0 ? 1 : windows.shape().dim(offset);
  }

  /** The index in the array of indices of an index's element {@code i}, for a place of a window. */
  long[] index(long[] place, int i) {
    long[] index = new long[indices.shape().rank()];
    for (int d = 0; d < index.length; d++) {
      index[d] = d == vector ? i : place[batchOf(d)];
    }
    return index;
  }
}
