package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operations whose shapes are values, where those are known. */
record StaticShapes(Scope scope) {

  /** The operation that stands for one of these; its operands are new values. */
  Op of(DynamicOp op) {
    return switch (op) {
      case DynamicOp.DynamicReshape o ->
          new ShapeOp.Reshape(use(o.operand()), shape(o, o.shape(), o.type()));
      case DynamicOp.DynamicBroadcastInDim o ->
          new ShapeOp.BroadcastInDim(use(o.operand()), o.dims(), shape(o, o.shape(), o.type()));
      case DynamicOp.DynamicIota o ->
          new ElementwiseOp.Iota(o.type().withShape(shape(o, o.shape(), o.type())), o.dim());
      case DynamicOp.DynamicPad o ->
          new ShapeOp.Pad(
              use(o.operand()),
              use(o.value()),
              scope.numbers(o, o.low()),
              scope.numbers(o, o.high()),
              scope.numbers(o, o.interior()));
      case DynamicOp.RealDynamicSlice o -> slice(o);
      case DynamicOp.DynamicConv o -> conv(o);
      case DynamicOp.DynamicGather o ->
          new IndexOp.Gather(
              use(o.operand()),
              use(o.indices()),
              o.dims(),
              scope.numbers(o, o.sliceSizes()),
              o.sorted());
      case DynamicOp.GetDimensionSize o -> new ElementwiseOp.Constant(size(o));
      case DynamicOp.SetDimensionSize o -> resized(o);
    };
  }

  private Value use(Value old) {
    return scope.use(old);
  }

  /** The value of the shape, or else what the result's type says. */
  private Shape shape(DynamicOp op, Value shape, TensorType stated) {
    return scope.known(shape).isEmpty() && stated.shape().isStatic()
        ? stated.shape()
        : Shape.of(scope.numbers(op, shape));
  }

  /**
   * Where the start is not known, but the sizes are: JAX writes {@code limit = start + sizes} with
   * a start that it has clamped.
   */
  private Op slice(DynamicOp.RealDynamicSlice op) {
    Longs strides = scope.numbers(op, op.strides());
    Optional<Value> sizes =
        scope.known(op.start()).isPresent() ? Optional.empty() : added(op.limit(), op.start());
    if (sizes.isEmpty() || !strides.equals(Longs.fill(strides.size(), 1))) {
      return new ShapeOp.Slice(
          use(op.operand()), scope.numbers(op, op.start()), scope.numbers(op, op.limit()), strides);
    }
    List<Value> starts = new ArrayList<>();
    Longs one = Longs.of(1);
    for (int d = 0; d < strides.size(); d++) {
      Longs from = Longs.of(d);
      Value entry =
          scope.out().add(new ShapeOp.Slice(use(op.start()), from, Longs.of(d + 1L), one));
      starts.add(scope.out().add(new ShapeOp.Reshape(entry, Shape.scalar())));
    }
    return new IndexOp.DynamicSlice(
        use(op.operand()), starts, scope.numbers(op, sizes.orElseThrow()));
  }

  /** What was added to {@code start} to make {@code limit}, if that is how it was made. */
  private Optional<Value> added(Value limit, Value start) {
    Instr by = scope.facts().defined().get(limit);
    if (by == null || !(by.op() instanceof ElementwiseOp.Pointwise p) || p.fn() != Fn.ADD) {
      return Optional.empty();
    }
    Value a = p.operands().get(0);
    Value b = p.operands().get(1);
    return a == start ? Optional.of(b) : b == start ? Optional.of(a) : Optional.empty();
  }

  private Op conv(DynamicOp.DynamicConv op) {
    Longs padding = scope.numbers(op, op.padding());
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
    return new ConvOp.Convolution(
        use(c.lhs()),
        use(c.rhs()),
        c.dims(),
        padded,
        c.featureGroups(),
        c.batchGroups(),
        c.lhsPrecision(),
        c.rhsPrecision(),
        c.element());
  }

  private Literal size(DynamicOp.GetDimensionSize op) {
    return Literal.scalar(DType.I32, scope.type(op.operand()).dim(op.dimension()));
  }

  /** All that the operand has: bounded sizes are not built. */
  private Op resized(DynamicOp.SetDimensionSize op) {
    Shape shape = scope.type(op.operand()).shape();
    if (scope.numbers(op, op.size()).get(0) != shape.dim(op.dimension())) {
      throw scope.unsupported(op, "to other than the size that is there");
    }
    return new ShapeOp.Reshape(use(op.operand()), shape);
  }
}
