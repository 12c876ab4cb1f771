package dev.jacobi.lax.linalg;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;

/** Parts of matrices, in StableHLO. */
final class Triangles {
  private Triangles() {}

  /** Zeros where row and column do not compare so. */
  static Value of(HloBuilder b, Value x, Direction direction) {
    int rank = x.shape().rank();
    Axes last = Axes.range(rank - 2, rank);
    Shape one = x.shape().select(last);
    TensorType index = new TensorType(DType.I32, one);
    Value row = b.add(new ElementwiseOp.Iota(index, 0));
    Value col = b.add(new ElementwiseOp.Iota(index, 1));
    Value mask = b.compare(direction, row, col);
    Value all = b.add(new ShapeOp.BroadcastInDim(mask, last, x.shape()));
    return b.pointwise(Fn.SELECT, all, x, b.full(x.dtype(), x.shape(), 0));
  }

  /** Unit matrices (of any shape); of vectors, which must be empty, none. */
  static Value unit(HloBuilder b, Aval type) {
    Value ones = b.full(type.dtype(), type.shape(), 1);
    return type.shape().size() == 0 ? ones : of(b, ones, Direction.EQ);
  }
}
