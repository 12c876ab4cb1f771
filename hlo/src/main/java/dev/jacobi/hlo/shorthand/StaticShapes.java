package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.Map;
import java.util.stream.LongStream;

/** Operations whose shapes are values, where those are known. */
record StaticShapes(Map<Value, Literal> known, HloBuilder out, Loc loc) {

  Value expand(DynamicOp op) {
    return switch (op) {
      case DynamicOp.DynamicReshape o ->
          out.add(new ShapeOp.Reshape(o.operand(), shape(o, o.shape(), o.type())));
      case DynamicOp.DynamicBroadcastInDim o ->
          out.add(new ShapeOp.BroadcastInDim(o.operand(), o.dims(), shape(o, o.shape(), o.type())));
      case DynamicOp.DynamicIota o ->
          out.add(
              new ElementwiseOp.Iota(o.type().withShape(shape(o, o.shape(), o.type())), o.dim()));
      case DynamicOp.DynamicPad o ->
          out.add(
              new ShapeOp.Pad(
                  o.operand(),
                  o.value(),
                  numbers(o, o.low()),
                  numbers(o, o.high()),
                  numbers(o, o.interior())));
      case DynamicOp.RealDynamicSlice o ->
          out.add(
              new ShapeOp.Slice(
                  o.operand(),
                  numbers(o, o.start()),
                  numbers(o, o.limit()),
                  numbers(o, o.strides())));
      case DynamicOp.DynamicConv o -> conv(o);
      case DynamicOp.DynamicGather o ->
          out.add(
              new IndexOp.Gather(
                  o.operand(), o.indices(), o.dims(), numbers(o, o.sliceSizes()), o.sorted()));
      case DynamicOp.GetDimensionSize o -> size(o);
      case DynamicOp.SetDimensionSize o -> resized(o);
    };
  }

  /** The value of the shape, or else what the result's type says. */
  private Shape shape(DynamicOp op, Value shape, TensorType stated) {
    return known.containsKey(shape) || !stated.shape().isStatic()
        ? Shape.of(numbers(op, shape))
        : stated.shape();
  }

  private Longs numbers(DynamicOp op, Value v) {
    Literal l = known.get(v);
    if (l == null) {
      throw Shorthand.unsupported(op, "whose shape is not a constant", loc);
    }
    return Longs.of(LongStream.range(0, l.shape().size()).map(l::getLong).toArray());
  }

  private Value conv(DynamicOp.DynamicConv op) {
    Longs padding = numbers(op, op.padding());
    ConvOp.Convolution c = op.conv();
    int rank = c.window().rank();
    long[] low = new long[rank];
    long[] high = new long[rank];
    for (int d = 0; d < rank; d++) {
      low[d] = padding.get(2 * d);
      high[d] = padding.get(2 * d + 1);
    }
    ConvOp.Window w = c.window();
    ConvOp.Window padded =
        new ConvOp.Window(
            w.strides(),
            Longs.of(low),
            Longs.of(high),
            w.lhsDilation(),
            w.rhsDilation(),
            w.reversal());
    return out.add(
        new ConvOp.Convolution(
            c.lhs(),
            c.rhs(),
            c.dims(),
            padded,
            c.featureGroups(),
            c.batchGroups(),
            c.lhsPrecision(),
            c.rhsPrecision(),
            c.element()));
  }

  private Value size(DynamicOp.GetDimensionSize op) {
    if (!op.operand().shape().isStatic(op.dimension())) {
      throw Shorthand.unsupported(op, "of a size that is not a constant", loc);
    }
    Literal size = Literal.scalar(DType.I32, op.operand().type().dim(op.dimension()));
    Value v = out.constant(size);
    known.put(v, size);
    return v;
  }

  private Value resized(DynamicOp.SetDimensionSize op) {
    Literal size = known.get(op.size());
    Shape shape = op.operand().shape();
    boolean whole =
        size != null
            && shape.isStatic(op.dimension())
            && size.getLong(0) == shape.dim(op.dimension());
    if (!whole) {
      throw Shorthand.unsupported(op, "to other than the size that is there", loc);
    }
    return op.operand();
  }
}
