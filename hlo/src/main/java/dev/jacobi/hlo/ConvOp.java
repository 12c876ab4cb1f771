package dev.jacobi.hlo;

import dev.jacobi.hlo.ReductionOp.Precision;
import java.util.List;
import java.util.function.UnaryOperator;

/** Products of a kernel with the windows of an array. */
public sealed interface ConvOp extends Op {
  /** Which dimension of the operands and of the result is which, as in the specification. */
  record ConvDims(
      int inputBatch,
      int inputFeature,
      Axes inputSpatial,
      int kernelInputFeature,
      int kernelOutputFeature,
      Axes kernelSpatial,
      int outputBatch,
      int outputFeature,
      Axes outputSpatial) {
    /** The input's dimensions: batch, spatial ones, feature. */
    public Axes input() {
      return Axes.of(inputBatch).plus(inputSpatial).plus(Axes.of(inputFeature));
    }

    /** The kernel's dimensions: spatial ones, input feature, output feature. */
    public Axes kernel() {
      return kernelSpatial.plus(Axes.of(kernelInputFeature, kernelOutputFeature));
    }

    /** The result's dimensions: batch, spatial ones, feature. */
    public Axes output() {
      return Axes.of(outputBatch).plus(outputSpatial).plus(Axes.of(outputFeature));
    }
  }

  /**
   * How windows lie in the input, per spatial dimension: what is put around it ({@code low}, {@code
   * high}; negative trims), between its elements and between the kernel's, and whether the window
   * is read backwards.
   */
  record Window(
      Longs strides,
      Longs low,
      Longs high,
      Longs lhsDilation,
      Longs rhsDilation,
      List<Boolean> reversal) {
    public Window {
      reversal = List.copyOf(reversal);
    }

    /** Windows at every place of an array of {@code rank} spatial dimensions. */
    public static Window plain(int rank) {
      Longs ones = Longs.fill(rank, 1);
      Longs zeros = Longs.fill(rank, 0);
      List<Boolean> forward = java.util.Collections.nCopies(rank, false);
      return new Window(ones, zeros, zeros, ones, ones, forward);
    }

    public int rank() {
      return strides.size();
    }

    /** Size of the padded and dilated input along spatial dimension {@code d}; may be negative. */
    public long padded(int d, long size) {
      long padding = Math.addExact(low.get(d), high.get(d));
      return Math.addExact(padding, dilated(size, lhsDilation.get(d)));
    }

    /** Extent of the dilated kernel along spatial dimension {@code d}. */
    public long extent(int d, long size) {
      return dilated(size, rhsDilation.get(d));
    }

    private static long dilated(long size, long dilation) {
      return size == 0 ? 0 : Math.addExact(Math.multiplyExact(size - 1, dilation), 1);
    }

    /** Number of windows along spatial dimension {@code d} (constraint c25). */
    public long windows(int d, long input, long kernel) {
      long padded = padded(d, input);
      long extent = extent(d, kernel);
      boolean empty = padded == 0 || extent > padded;
      return empty ? 0 : (padded - extent) / strides.get(d) + 1;
    }
  }

  /**
   * Dot products between the windows of {@code lhs} and {@code rhs}, the kernel. With feature
   * groups the features of both are divided, with batch groups lhs's batch and rhs's output
   * features.
   *
   * @param element element type of the result (at least as wide as the operands')
   */
  record Convolution(
      Value lhs,
      Value rhs,
      ConvDims dims,
      Window window,
      long featureGroups,
      long batchGroups,
      Precision lhsPrecision,
      Precision rhsPrecision,
      Element element)
      implements ConvOp {
    /** See {@link TensorType#dtype}. */
    public DType dtype() {
      return element.storage();
    }

    @Override
    public String mnemonic() {
      return "stablehlo.convolution";
    }

    @Override
    public List<Value> operands() {
      return List.of(lhs, rhs);
    }

    @Override
    public Convolution mapOperands(UnaryOperator<Value> f) {
      return new Convolution(
          f.apply(lhs),
          f.apply(rhs),
          dims,
          window,
          featureGroups,
          batchGroups,
          lhsPrecision,
          rhsPrecision,
          element);
    }
  }
}
