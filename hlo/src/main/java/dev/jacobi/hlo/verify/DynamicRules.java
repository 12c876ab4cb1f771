package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Optional;

/**
 * Constraints of operations whose shapes are values. Every method returns the constraint that fixes
 * the result types.
 */
final class DynamicRules {
  private DynamicRules() {}

  static String dynamic(DynamicOp op, Site at) {
    return switch (op) {
      case DynamicOp.DynamicReshape o -> reshape(o, at);
      case DynamicOp.DynamicBroadcastInDim o -> broadcast(o, at);
      case DynamicOp.DynamicIota o -> {
        sizes("i1", "c2", o.shape(), o.type().rank(), at);
        at.require("c1", inside(o.dim(), o.type()), "no dimension %s in %s", o.dim(), o.type());
        yield "c2";
      }
      case DynamicOp.DynamicPad o -> pad(o, at);
      case DynamicOp.RealDynamicSlice o -> slice(o, at);
      case DynamicOp.DynamicConv o -> conv(o, at);
      case DynamicOp.DynamicGather o -> gather(o, at);
      case DynamicOp.GetDimensionSize o -> {
        TensorType t = o.operand().type();
        at.require("c1", inside(o.dimension(), t), "no dimension %s in %s", o.dimension(), t);
        yield "o1";
      }
      case DynamicOp.SetDimensionSize o -> size(o, at);
    };
  }

  private static boolean inside(int d, TensorType t) {
    return 0 <= d && d < t.rank();
  }

  /** A vector of integers, one for each dimension. */
  private static void sizes(String kind, String id, Value sizes, int rank, Site at) {
    TensorType t = sizes.type();
    boolean isList = t.rank() == 1 && t.element().isInteger() && t.shape().isStatic();
    at.require(kind, isList, "%s holds no sizes", t);
    at.require(id, t.dim(0) == rank, "%s for rank %s", t, rank);
  }

  private static String reshape(DynamicOp.DynamicReshape op, Site at) {
    TensorType from = op.operand().type();
    TensorType to = op.type();
    sizes("i2", "c4", op.shape(), to.rank(), at);
    at.require("c1", from.element() == to.element(), "gives %s of %s", to, from);
    boolean known = from.shape().isStatic() && to.shape().isStatic();
    at.require("c2", !known || from.shape().size() == to.shape().size(), "%s as %s", from, to);
    return "c2";
  }

  private static String broadcast(DynamicOp.DynamicBroadcastInDim op, Site at) {
    TensorType from = op.operand().type();
    TensorType to = op.type();
    Axes dims = op.dims();
    at.require("c1", from.element() == to.element(), "gives %s of %s", to, from);
    at.require("c2", dims.size() == from.rank(), "%s for %s", dims, from);
    at.require("c3", Site.within(dims, to.rank()), "%s is not within %s", dims, to);
    at.require("c4", Site.unique(dims), "%s repeats a dimension", dims);
    for (int d = 0; d < from.rank(); d++) {
      long n = Site.size(from.shape(), d);
      long m = Site.size(to.shape(), dims.get(d));
      at.require("c5", n == 1 || agree(n, m), "dimension %s of %s becomes one of %s", d, from, to);
    }
    sizes("i2", "c7", op.shape(), to.rank(), at);
    Axes expanding = op.expanding().orElse(Axes.of());
    Axes others = op.nonexpanding().orElse(Axes.of());
    at.require("c8", Site.unique(expanding.plus(others)), "%s and %s", expanding, others);
    at.require("c9", Site.within(expanding, from.rank()), "%s of %s", expanding, from);
    at.require("c10", Site.within(others, from.rank()), "%s of %s", others, from);
    return "c1";
  }

  private static String pad(DynamicOp.DynamicPad op, Site at) {
    TensorType t = op.operand().type();
    at.require("i2", op.value().shape().isScalar(), "pads with %s", op.value().type());
    at.require(
        "c1",
        t.element() == op.value().element() && t.element() == op.type().element(),
        "pads %s with %s to %s",
        t,
        op.value().type(),
        op.type());
    for (Value v : List.of(op.low(), op.high(), op.interior())) {
      sizes("i3", "c2", v, t.rank(), at);
      at.require("c2", v.type().equals(op.low().type()), "edges are %s and %s", v, op.low());
    }
    at.require("c4", op.type().rank() == t.rank(), "%s becomes %s", t, op.type());
    return "c4";
  }

  private static String slice(DynamicOp.RealDynamicSlice op, Site at) {
    TensorType t = op.operand().type();
    at.require("c1", t.element() == op.type().element(), "%s of %s", op.type(), t);
    for (Value v : List.of(op.start(), op.limit(), op.strides())) {
      sizes("i2", "c2", v, t.rank(), at);
      at.require("c2", v.type().equals(op.start().type()), "places are %s and %s", v, op.start());
    }
    at.require("c3", op.type().rank() == t.rank(), "%s of %s", op.type(), t);
    return "c3";
  }

  private static String conv(DynamicOp.DynamicConv op, Site at) {
    ConvRules.convolution(op.conv(), at);
    TensorType padding = op.padding().type();
    long rank = op.conv().window().rank();
    boolean isPadding = padding.element().isInteger() && agree(padding.shape(), Shape.of(rank, 2));
    at.require("c4", isPadding, "the padding is %s for %s spatial dimensions", padding, rank);
    TensorType to = op.type();
    TensorType plain = Infer.resultTypes(op.conv()).getFirst();
    at.require("c27", to.element() == plain.element() && to.rank() == plain.rank(), "gives %s", to);
    for (int d : List.of(op.conv().dims().outputBatch(), op.conv().dims().outputFeature())) {
      boolean fits = agree(Site.size(to.shape(), d), Site.size(plain.shape(), d));
      at.require("c25", fits, "dimension %s of %s is that of %s", d, to, plain);
    }
    return "c25";
  }

  private static String gather(DynamicOp.DynamicGather op, Site at) {
    TensorType t = op.operand().type();
    at.require("i2", op.indices().element().isInteger(), "indices are %s", op.indices().type());
    sizes("i3", "c20", op.sliceSizes(), t.rank(), at);
    IndexRules.gather(t, op.indices().type(), op.dims(), Optional.empty(), at);
    at.require("c23", t.element() == op.type().element(), "%s of %s", op.type(), t);
    Longs unknown = Longs.fill(t.rank(), Shape.DYNAMIC);
    TensorType type =
        Infer.resultTypes(
                new IndexOp.Gather(op.operand(), op.indices(), op.dims(), unknown, op.sorted()))
            .getFirst();
    at.require("c22", agree(type, op.type()), "gathers %s, not %s", type, op.type());
    return "c22";
  }

  private static String size(DynamicOp.SetDimensionSize op, Site at) {
    TensorType t = op.operand().type();
    at.require("c1", inside(op.dimension(), t), "no dimension %s in %s", op.dimension(), t);
    boolean isSize = op.size().type().equals(TensorType.scalar(DType.I32));
    at.require("i2", isSize, "the size is %s", op.size().type());
    Shape free = t.shape().with(op.dimension(), Shape.DYNAMIC);
    at.require(
        "c2",
        t.element() == op.type().element()
            && agree(free, op.type().shape())
            && ShapeRules.fits(op.type().shape().sizes(), t.shape()),
        "%s of %s",
        op.type(),
        t);
    return "c2";
  }
}
