package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Tensor.Complexes;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import dev.jacobi.hlo.interpret.Tensor.Reals;
import java.util.List;

/** Operations that only move elements: each is a regular walk over its operand or its result. */
final class Movement {
  private Movement() {}

  static Tensor iota(ElementwiseOp.Iota op) {
    Tensor out = Tensor.zeros(op.type());
    long[] strides = new long[op.type().rank()];
    strides[op.dim()] = 1;
    int[] counts = Strided.positions(op.type().shape(), strides, 0);
    for (int i = 0; i < counts.length; i++) {
      switch (out) {
        case Reals r -> r.values()[i] = Rounding.round(r.dtype(), counts[i]);
        case Ints n -> n.values()[i] = Rounding.wrap(n.dtype(), counts[i]);
        case Complexes c -> c.re()[i] = Rounding.round(c.dtype(), counts[i]);
      }
    }
    return out;
  }

  static Tensor broadcastInDim(Tensor x, Axes dims, Shape shape) {
    long[] from = x.shape().strides();
    long[] strides = new long[shape.rank()];
    for (int d = 0; d < from.length; d++) {
      strides[dims.get(d)] = x.shape().dim(d) == 1 ? 0 : from[d];
    }
    return x.pick(shape, Strided.positions(shape, strides, 0));
  }

  static Tensor transpose(Tensor x, Axes permutation) {
    long[] from = x.shape().strides();
    long[] strides = permutation.stream().mapToLong(d -> from[d]).toArray();
    Shape shape = x.shape().select(permutation);
    return x.pick(shape, Strided.positions(shape, strides, 0));
  }

  static Tensor reverse(Tensor x, Axes dims) {
    long[] strides = x.shape().strides();
    long offset = 0;
    for (int d : dims.toArray()) {
      offset += (x.shape().dim(d) - 1) * strides[d];
      strides[d] = -strides[d];
    }
    return x.pick(x.shape(), Strided.positions(x.shape(), strides, offset));
  }

  static Tensor slice(Tensor x, ShapeOp.Slice op, Shape shape) {
    long[] strides = x.shape().strides();
    long offset = 0;
    for (int d = 0; d < strides.length; d++) {
      offset += op.start().get(d) * strides[d];
      strides[d] *= op.strides().get(d);
    }
    return x.pick(shape, Strided.positions(shape, strides, offset));
  }

  static Tensor dynamicSlice(Tensor x, List<Tensor> starts, Shape sizes) {
    long[] strides = x.shape().strides();
    long offset = clampedOffset(x.shape(), sizes, starts);
    return x.pick(sizes, Strided.positions(sizes, strides, offset));
  }

  static Tensor dynamicUpdateSlice(Tensor x, Tensor update, List<Tensor> starts) {
    Tensor out = x.copy();
    long offset = clampedOffset(x.shape(), update.shape(), starts);
    out.put(Strided.positions(update.shape(), x.shape().strides(), offset), update);
    return out;
  }

  /** Where a box begins, moved so that it fits. */
  private static long clampedOffset(Shape shape, Shape box, List<Tensor> starts) {
    long[] strides = shape.strides();
    long offset = 0;
    for (int d = 0; d < strides.length; d++) {
      Ints start = (Ints) starts.get(d);
      offset += clampIndex(start, 0, shape.dim(d) - box.dim(d)) * strides[d];
    }
    return offset;
  }

  /** Element {@code i} of an index array, clamped to {@code [0, max]}. */
  static long clampIndex(Ints indices, int i, long max) {
    return Math.clamp(index(indices, i), 0L, max);
  }

  /** Element {@code i} of an index array; one too large for a long becomes the largest long. */
  static long index(Ints indices, int i) {
    long value = indices.values()[i];
    return value < 0 && indices.dtype().isUnsigned() ? Long.MAX_VALUE : value;
  }

  static Tensor concatenate(List<Tensor> parts, int dim, TensorType type) {
    Tensor out = Tensor.zeros(type);
    long[] strides = type.shape().strides();
    long offset = 0;
    for (Tensor part : parts) {
      out.put(Strided.positions(part.shape(), strides, offset), part);
      offset += part.shape().dim(dim) * strides[dim];
    }
    return out;
  }

  static Tensor pad(Tensor x, Tensor value, Longs lows, Longs interior, Shape shape) {
    Tensor out = value.fill(shape);
    int rank = shape.rank();
    long[] from = new long[rank];
    long[] count = new long[rank];
    long[] strides = shape.strides();
    long offset = 0;
    for (int d = 0; d < rank; d++) {
      // Element i lands at low + i * step; keep those that land inside.
      long step = interior.get(d) + 1;
      long low = lows.get(d);
      from[d] = low < 0 ? Math.ceilDiv(-low, step) : 0;
      long end = Math.min(x.shape().dim(d), Math.ceilDiv(shape.dim(d) - low, step));
      count[d] = Math.max(end - from[d], 0);
      offset += (low + from[d] * step) * strides[d];
      strides[d] *= step;
    }
    Shape kept = Shape.of(count);
    out.put(Strided.positions(kept, strides, offset), part(x, from, kept));
    return out;
  }

  private static Tensor part(Tensor x, long[] from, Shape shape) {
    long[] strides = x.shape().strides();
    long offset = 0;
    for (int d = 0; d < strides.length; d++) {
      offset += from[d] * strides[d];
    }
    return x.pick(shape, Strided.positions(shape, strides, offset));
  }
}
