package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.ConvOp.ConvDims;
import dev.jacobi.hlo.ConvOp.Window;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.util.Arrays;
import java.util.Optional;

/**
 * Convolution as the specification defines it: dot products of a kernel with windows of the padded
 * input. All windows are one regular walk over the padded input, and groups one more dimension.
 */
final class Convolutions {
  private final Tensor lhs;
  private final Tensor rhs;
  private final ConvDims dims;
  private final Window window;
  private final long groups;
  private final long batchGroups;
  private final long featureGroups;
  private final int rank;

  private Convolutions(Tensor lhs, Tensor rhs, ConvOp.Convolution op) {
    this.lhs = lhs;
    this.rhs = rhs;
    this.dims = op.dims();
    this.window = op.window();
    this.batchGroups = op.batchGroups();
    this.featureGroups = op.featureGroups();
    this.groups = batchGroups * featureGroups; // One of them is 1 (c23).
    this.rank = window.rank();
  }

  static Tensor convolution(Tensor lhs, Tensor rhs, ConvOp.Convolution op, TensorType type) {
    if (Tensor.size(type) == 0) {
      return Tensor.zeros(type);
    }
    return new Convolutions(lhs, rhs, op).dot(type);
  }

  private Tensor dot(TensorType type) {
    Axes result = dims.output(); // batch, spatial, feature
    long[] out = type.shape().select(result).toArray();
    Tensor a = windows(padded(), Arrays.copyOfRange(out, 1, 1 + rank));
    Tensor b = kernels();
    Axes lhsContract = Axes.range(2 + rank, 3 + 2 * rank);
    var dot = new ReductionOp.DotDims(Axes.of(0), Axes.of(0), lhsContract, Axes.range(1, 2 + rank));
    Shape grouped = Shape.of(out).insert(0, groups).with(2 + rank, out[1 + rank] / groups);
    Tensor c = Reductions.dotGeneral(a, b, dot, Optional.empty(), type.withShape(grouped));
    // (group, batch, spatial, feature) to (batch, spatial, all features) to the result's order
    Axes groupLast = Axes.range(1, 2 + rank).plus(Axes.of(0, 2 + rank));
    Tensor joined = Movement.transpose(c, groupLast).withShape(Shape.of(out));
    return Movement.transpose(joined, result.inverse());
  }

  /** The input with zeros around and between its elements, as (batch, spatial, feature). */
  private Tensor padded() {
    Tensor input = Movement.transpose(lhs, dims.input());
    long[] shape = input.shape().toArray();
    long[] low = new long[rank + 2];
    long[] interior = new long[rank + 2];
    for (int d = 0; d < rank; d++) {
      low[1 + d] = window.low().get(d);
      interior[1 + d] = window.lhsDilation().get(d) - 1;
      shape[1 + d] = window.padded(d, shape[1 + d]);
    }
    TensorType type = lhs.type().withShape(Shape.of(shape));
    Tensor.size(type); // Throws if it is too large.
    Tensor zero = Tensor.zeros(TensorType.scalar(lhs.dtype()));
    return Movement.pad(input, zero, Longs.of(low), Longs.of(interior), type.shape());
  }

  /** All windows: (group, batch, output spatial, kernel spatial, feature). */
  private Tensor windows(Tensor padded, long[] places) {
    long[] shape = padded.shape().toArray();
    long[] step = padded.shape().strides();
    int last = rank + 1;
    long[] sizes = new long[3 + 2 * rank];
    long[] strides = new long[3 + 2 * rank];
    long batch = shape[0] / batchGroups;
    long features = shape[last] / featureGroups;
    sizes[0] = groups;
    strides[0] = batchGroups > 1 ? batch * step[0] : features * step[last];
    sizes[1] = batch;
    strides[1] = step[0];
    long offset = 0;
    for (int d = 0; d < rank; d++) {
      sizes[2 + d] = places[d];
      strides[2 + d] = window.strides().get(d) * step[1 + d];
      long kernel = rhs.shape().dim(dims.kernelSpatial().get(d));
      boolean backwards = window.reversal().get(d);
      long tap = window.rhsDilation().get(d) * step[1 + d];
      sizes[2 + rank + d] = kernel;
      strides[2 + rank + d] = backwards ? -tap : tap;
      offset += backwards ? (kernel - 1) * tap : 0;
    }
    sizes[2 + 2 * rank] = features;
    strides[2 + 2 * rank] = step[last];
    Shape all = Shape.of(sizes);
    Tensor.size(lhs.type().withShape(all));
    return padded.pick(all, Strided.positions(all, strides, offset));
  }

  /** The kernel as (group, spatial, input feature, output feature). */
  private Tensor kernels() {
    Tensor kernel = Movement.transpose(rhs, dims.kernel());
    Shape shape = kernel.shape();
    int last = rank + 1;
    Shape divided = shape.with(last, groups).insert(last + 1, shape.dim(last) / groups);
    Axes groupFirst = Axes.of(last).plus(Axes.range(last)).plus(Axes.of(last + 1));
    return Movement.transpose(kernel.withShape(divided), groupFirst);
  }
}
