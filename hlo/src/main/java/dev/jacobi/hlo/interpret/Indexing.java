package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import java.util.List;

/**
 * Gather and scatter. Both walk windows of an array: index vector {@code s} says where a window
 * begins, and {@code w} counts the window's elements.
 */
final class Indexing {
  private Indexing() {}

  static Tensor gather(Tensor x, Ints indices, IndexOp.Gather op, Shape shape) {
    IndexOp.GatherDims d = op.dims();
    Starts starts =
        new Starts(
            indices,
            d.indexVectorDim(),
            d.startIndexMap(),
            d.operandBatchingDims(),
            d.startIndicesBatchingDims());
    Windows windows =
        new Windows(
            x.shape(),
            Shape.of(op.sliceSizes()),
            d.collapsedSliceDims().plus(d.operandBatchingDims()),
            d.offsetDims(),
            shape,
            starts.shape);
    int[] source = new int[windows.elements.length * windows.begins.length];
    for (int s = 0; s < windows.begins.length; s++) {
      long[] start = starts.of(s, x.shape().rank());
      long offset = windows.clampedOffset(start);
      for (int w = 0; w < windows.elements.length; w++) {
        source[windows.begins[s] + windows.elements[w]] = (int) offset + windows.inOperand[w];
      }
    }
    return x.pick(shape, source);
  }

  /** Applies one window after the other, as XLA does; one that does not fit is skipped. */
  static List<Tensor> scatter(
      List<Tensor> inputs,
      Ints indices,
      List<Tensor> updates,
      IndexOp.Scatter op,
      Combiner combiner) {
    IndexOp.ScatterDims d = op.dims();
    Shape operand = inputs.getFirst().shape();
    Shape update = updates.getFirst().shape();
    Starts starts =
        new Starts(
            indices,
            d.indexVectorDim(),
            d.scatterDimsToOperandDims(),
            d.inputBatchingDims(),
            d.scatterIndicesBatchingDims());
    Axes dropped = d.insertedWindowDims().plus(d.inputBatchingDims());
    Shape window = windowShape(operand.rank(), dropped, d.updateWindowDims(), update);
    Windows windows =
        new Windows(operand, window, dropped, d.updateWindowDims(), update, starts.shape);
    List<Tensor> out = inputs.stream().map(Tensor::copy).toList();
    for (int s = 0; s < windows.begins.length; s++) {
      long[] start = starts.of(s, operand.rank());
      if (windows.fits(start)) {
        int offset = (int) windows.clampedOffset(start);
        for (int w = 0; w < windows.elements.length; w++) {
          int at = windows.begins[s] + windows.elements[w];
          combiner.combine(out, offset + windows.inOperand[w], updates, at);
        }
      }
    }
    return combiner.finish(out);
  }

  /** The window's size along every dimension of the operand; 1 where the window has none. */
  private static Shape windowShape(int rank, Axes dropped, Axes windowDims, Shape update) {
    long[] sizes = new long[rank];
    int next = 0;
    for (int d = 0; d < rank; d++) {
      sizes[d] = dropped.contains(d) ? 1 : update.dim(windowDims.get(next++));
    }
    return Shape.of(sizes);
  }

  /** The index vectors of a gather or scatter. */
  private static final class Starts {
    final Shape shape;
    private final Ints indices;
    private final Axes map;
    private final Axes operandBatch;
    private final int[] positions;
    private final long componentStride;
    private final int[][] batchIndex;

    Starts(Ints indices, int vectorDim, Axes map, Axes operandBatch, Axes indicesBatch) {
      this.indices = indices;
      this.map = map;
      this.operandBatch = operandBatch;
      long[] strides = indices.shape().strides();
      boolean explicit = vectorDim < indices.shape().rank();
      Axes kept = (explicit ? Axes.of(vectorDim) : Axes.of()).complement(indices.shape().rank());
      shape = indices.shape().select(kept);
      componentStride = explicit ? strides[vectorDim] : 0;
      positions = Strided.positions(shape, kept.stream().mapToLong(d -> strides[d]).toArray(), 0);
      batchIndex = new int[operandBatch.size()][];
      for (int b = 0; b < batchIndex.length; b++) {
        long[] counting = new long[shape.rank()];
        counting[kept.indexOf(indicesBatch.get(b))] = 1;
        batchIndex[b] = Strided.positions(shape, counting, 0);
      }
    }

    /** Where window {@code s} begins, along every dimension of the operand. */
    long[] of(int s, int rank) {
      long[] start = new long[rank];
      for (int i = 0; i < map.size(); i++) {
        int at = (int) (positions[s] + i * componentStride);
        start[map.get(i)] = Movement.index(indices, at);
      }
      for (int b = 0; b < batchIndex.length; b++) {
        start[operandBatch.get(b)] = batchIndex[b][s];
      }
      return start;
    }
  }

  /** How windows lie in the operand and in the array of all windows (a result, or updates). */
  private static final class Windows {
    /** Position in the array of windows where window {@code s} begins. */
    final int[] begins;

    /** Position of the window's element {@code w} relative to that. */
    final int[] elements;

    /**
     * Position of the window's element {@code w} in the operand, relative to the window's start.
     */
    final int[] inOperand;

    private final Shape operand;
    private final Shape window;

    Windows(
        Shape operand, Shape window, Axes dropped, Axes windowDims, Shape all, Shape startsShape) {
      this.operand = operand;
      this.window = window;
      long[] strides = all.strides();
      long[] forStarts =
          windowDims.complement(all.rank()).stream().mapToLong(d -> strides[d]).toArray();
      begins = Strided.positions(startsShape, forStarts, 0);
      long[] forWindow = new long[operand.rank()];
      Axes kept = dropped.complement(operand.rank());
      for (int i = 0; i < kept.size(); i++) {
        forWindow[kept.get(i)] = strides[windowDims.get(i)];
      }
      elements = Strided.positions(window, forWindow, 0);
      inOperand = Strided.positions(window, operand.strides(), 0);
    }

    boolean fits(long[] start) {
      for (int d = 0; d < start.length; d++) {
        if (start[d] < 0 || start[d] > operand.dim(d) - window.dim(d)) {
          return false;
        }
      }
      return true;
    }

    long clampedOffset(long[] start) {
      long[] strides = operand.strides();
      long offset = 0;
      for (int d = 0; d < start.length; d++) {
        offset += Math.clamp(start[d], 0L, operand.dim(d) - window.dim(d)) * strides[d];
      }
      return offset;
    }
  }
}
