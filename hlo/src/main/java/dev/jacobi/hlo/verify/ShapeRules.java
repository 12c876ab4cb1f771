package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;
import static dev.jacobi.hlo.verify.Site.size;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;

/**
 * Constraints of operations that move elements. Every method returns the constraint that fixes the
 * result types.
 */
final class ShapeRules {
  private ShapeRules() {}

  static String iota(ElementwiseOp.Iota op, Site at) {
    TensorType t = op.type();
    at.require("o1", t.element() != DType.BOOL, "cannot count in booleans");
    at.require("o1", t.shape().isStatic(), "%s is not of known size", t);
    at.require("c1", 0 <= op.dim() && op.dim() < t.rank(), "no dimension %s in %s", op.dim(), t);
    return "o1";
  }

  static String broadcastInDim(ShapeOp.BroadcastInDim op, Site at) {
    Shape from = op.operand().shape();
    Axes dims = op.dims();
    at.require("o1", op.shape().isStatic(), "%s is not of known size", op.shape());
    at.require("c2", dims.size() == from.rank(), "%s dimensions for rank %s", dims, from.rank());
    at.require("c3", Site.within(dims, op.shape().rank()), "%s is not within %s", dims, op.shape());
    at.require("c4", Site.unique(dims), "%s repeats a dimension", dims);
    for (int d = 0; d < from.rank(); d++) {
      long n = size(from, d);
      at.require(
          "c5",
          n == 1 || agree(n, size(op.shape(), dims.get(d))),
          "dimension %s of %s cannot become dimension %s of %s",
          d,
          from,
          dims.get(d),
          op.shape());
    }
    return "c1";
  }

  static String reshape(ShapeOp.Reshape op, Site at) {
    Shape from = op.operand().shape();
    at.require("o1", op.shape().isStatic(), "%s is not of known size", op.shape());
    at.require(
        "c2",
        !from.isStatic() || from.size() == op.shape().size(),
        "%s elements are not %s",
        from,
        op.shape());
    return "c1";
  }

  static String transpose(ShapeOp.Transpose op, Site at) {
    at.require(
        "c2",
        op.permutation().sorted().equals(Axes.range(op.operand().type().rank())),
        "%s does not permute the dimensions of %s",
        op.permutation(),
        op.operand().type());
    return "c3";
  }

  static String concatenate(ShapeOp.Concatenate op, Site at) {
    at.require("c3", !op.operands().isEmpty(), "nothing to join");
    TensorType first = op.operands().getFirst().type();
    int dim = op.dim();
    at.require("c4", 0 <= dim && dim < first.rank(), "no dimension %s in %s", dim, first);
    for (Value v : op.operands()) {
      at.require("c1", v.element() == first.element(), "joins %s and %s", first, v.type());
      at.require(
          "c2",
          v.type().rank() == first.rank()
              && agree(v.shape().with(dim, 0), first.shape().with(dim, 0)),
          "joins %s and %s along %s",
          first,
          v.type(),
          dim);
    }
    return "c6";
  }

  static String pad(ShapeOp.Pad op, Site at) {
    TensorType t = op.operand().type();
    TensorType value = op.value().type();
    int rank = t.rank();
    at.require("i2", value.rank() == 0, "the padding value is %s, not a scalar", value);
    at.require("c1", value.element() == t.element(), "pads %s with %s", t, value);
    at.require(
        "c2",
        op.low().size() == rank && op.high().size() == rank && op.interior().size() == rank,
        "low %s, high %s, interior %s for rank %s",
        op.low(),
        op.high(),
        op.interior(),
        rank);
    at.require("c3", op.interior().stream().allMatch(n -> n >= 0), "interior %s", op.interior());
    for (int d = 0; d < rank; d++) {
      long n = size(t.shape(), d);
      long padded =
          n + op.low().get(d) + op.high().get(d) + Math.max(n - 1, 0) * op.interior().get(d);
      at.require(
          "c4", n == Shape.DYNAMIC || padded >= 0, "dimension %s would have size %s", d, padded);
    }
    return "c4";
  }

  static String slice(ShapeOp.Slice op, Site at) {
    TensorType t = op.operand().type();
    int rank = t.rank();
    at.require(
        "c2",
        op.start().size() == rank && op.limit().size() == rank && op.strides().size() == rank,
        "start %s, limit %s, strides %s for rank %s",
        op.start(),
        op.limit(),
        op.strides(),
        rank);
    for (int d = 0; d < rank; d++) {
      long from = op.start().get(d);
      long to = op.limit().get(d);
      at.require(
          "c3",
          0 <= from && from <= to && atMost(to, t.shape(), d),
          "%s to %s is not within dimension %s of %s",
          from,
          to,
          d,
          t);
      at.require("c4", op.strides().get(d) > 0, "stride %s", op.strides().get(d));
    }
    return "c5";
  }

  static String dynamicSlice(IndexOp.DynamicSlice op, Site at) {
    TensorType t = op.operand().type();
    at.require(
        "c2",
        op.starts().size() == t.rank() && op.sizes().size() == t.rank(),
        "%s starts and sizes %s for %s",
        op.starts().size(),
        op.sizes(),
        t);
    starts(op.starts(), "i2", "c3", at);
    at.require("c4", fits(op.sizes(), t.shape()), "sizes %s of %s", op.sizes(), t);
    return "c5";
  }

  static String dynamicUpdateSlice(IndexOp.DynamicUpdateSlice op, Site at) {
    TensorType t = op.operand().type();
    TensorType update = op.update().type();
    at.require("c2", update.element() == t.element(), "writes %s into %s", update, t);
    at.require("c3", update.rank() == t.rank(), "writes %s into %s", update, t);
    at.require("c4", op.starts().size() == t.rank(), "%s starts for %s", op.starts().size(), t);
    starts(op.starts(), "i3", "c5", at);
    at.require("c6", fits(update.shape().sizes(), t.shape()), "writes %s into %s", update, t);
    return "c1";
  }

  private static void starts(List<Value> starts, String type, String same, Site at) {
    for (Value start : starts) {
      TensorType t = start.type();
      at.require(
          type, t.rank() == 0 && t.element().isInteger(), "a start is %s, not an integer", t);
      TensorType first = starts.getFirst().type();
      at.require(same, t.equals(first), "starts have types %s and %s", first, t);
    }
  }

  static String reverse(ShapeOp.Reverse op, Site at) {
    TensorType t = op.operand().type();
    at.require("c2", Site.unique(op.dims()), "%s repeats a dimension", op.dims());
    at.require("c3", Site.within(op.dims(), t.rank()), "%s is not within %s", op.dims(), t);
    return "c1";
  }

  /** Whether all sizes are at least 0 and at most the shape's, as far as they are known. */
  static boolean fits(Longs sizes, Shape shape) {
    boolean fits = true;
    for (int d = 0; d < sizes.size(); d++) {
      long n = sizes.get(d);
      fits &= n == Shape.DYNAMIC || n >= 0 && atMost(n, shape, d);
    }
    return fits;
  }

  private static boolean atMost(long n, Shape shape, int d) {
    return !shape.isStatic(d) || n <= shape.dim(d);
  }
}
