package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Optional;

/**
 * Rows that are shared out among devices and read or written by number, as a table of words is. A
 * device takes the numbers as they count from its first row: what it reads at others does not count
 * (each row has one owner, so that the sum of all is exact), what it would write there is skipped.
 */
final class Rows {
  private Rows() {}

  /** The dimension of rows, if indices are single numbers of rows. */
  static Optional<Integer> of(IndexOp.Gather op) {
    IndexOp.GatherDims dims = op.dims();
    boolean rows =
        dims.startIndexMap().size() == 1
            && dims.collapsedSliceDims().contains(dims.startIndexMap().get(0))
            && op.operand().element() instanceof DType
            && counts(op.indices().element());
    return rows ? Optional.of(dims.startIndexMap().get(0)) : Optional.empty();
  }

  /** The dimension of rows, if indices are single numbers of rows. */
  static Optional<Integer> of(IndexOp.Scatter op) {
    Axes dims = op.dims().scatterDimsToOperandDims();
    boolean rows =
        dims.size() == 1
            && op.dims().insertedWindowDims().contains(dims.get(0))
            && counts(op.indices().element());
    return rows ? Optional.of(dims.get(0)) : Optional.empty();
  }

  /** Types whose numbers 64 signed bits hold. */
  private static boolean counts(Element t) {
    return t instanceof DType && t.isInteger() && t != DType.U64;
  }

  /** The numbers in a type that can count all rows of the whole from any device's first. */
  static Value wide(Value indices, long rows, Site site) {
    DType t = indices.dtype();
    boolean small = rows <= Integer.MAX_VALUE / 2 && t != DType.I64 && t != DType.U32;
    DType wide = small ? DType.I32 : DType.I64;
    return t == wide ? indices : site.out().add(new ElementwiseOp.Convert(indices, wide));
  }

  /** The numbers of rows that a gather reads, which brings those outside to the border. */
  static Value inside(Value indices, long rows, Site site) {
    Value wide = wide(indices, rows, site);
    HloBuilder out = site.out();
    Value first = out.constant(Literal.scalar(wide.dtype(), 0L));
    Value last = out.constant(Literal.scalar(wide.dtype(), rows - 1));
    return out.pointwise(Fn.CLAMP, first, wide, last);
  }

  /** The numbers as they count from the device's first of {@code rows} rows. */
  static Value own(Value indices, List<String> axes, long rows, Site site) {
    HloBuilder out = site.out();
    Value start = site.start(axes, rows);
    if (start.dtype() != indices.dtype()) {
      start = out.add(new ElementwiseOp.Convert(start, indices.dtype()));
    }
    return out.pointwise(Fn.SUB, indices, out.broadcast(start, indices.shape()));
  }

  /** What was read, and what adds nothing where the row is another device's. */
  static Value onlyOwn(
      Value got, Value own, Value table, IndexOp.Gather op, Axes batch, Site site) {
    HloBuilder out = site.out();
    DType t = own.dtype();
    long rows = table.shape().dim(op.dims().startIndexMap().get(0));
    Value above = out.compare(Direction.GE, own, out.full(t, own.shape(), 0));
    Value below = out.compare(Direction.LT, own, out.full(t, own.shape(), rows));
    Value mine = out.pointwise(Fn.AND, above, below);
    int vector = op.dims().indexVectorDim();
    if (vector < own.shape().rank()) {
      Shape numbers = own.shape().without(Axes.of(vector));
      mine = out.add(new ShapeOp.Reshape(mine, numbers));
    }
    Value all = out.add(new ShapeOp.BroadcastInDim(mine, batch, got.shape()));
    Fn sum = got.element().isBool() ? Fn.OR : Fn.ADD;
    Value nothing = out.constant(Partials.identity(sum, got.dtype()));
    return out.pointwise(Fn.SELECT, all, got, out.broadcast(nothing, got.shape()));
  }
}
