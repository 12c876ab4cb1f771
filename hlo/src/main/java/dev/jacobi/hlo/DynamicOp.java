package dev.jacobi.hlo;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Operations whose shapes or places are values; they run where those are constants. */
public sealed interface DynamicOp extends Op {
  /** The same elements in row-major order under another shape. */
  record DynamicReshape(Value operand, Value shape, TensorType type) implements DynamicOp {
    @Override
    public String mnemonic() {
      return "stablehlo.dynamic_reshape";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, shape);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new DynamicReshape(f.apply(operand), f.apply(shape), type);
    }
  }

  /**
   * Operand dimension i becomes result dimension {@code dims[i]}; some are known to expand or not.
   */
  record DynamicBroadcastInDim(
      Value operand,
      Value shape,
      Axes dims,
      Optional<Axes> expanding,
      Optional<Axes> nonexpanding,
      TensorType type)
      implements DynamicOp {
    @Override
    public String mnemonic() {
      return "stablehlo.dynamic_broadcast_in_dim";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, shape);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new DynamicBroadcastInDim(
          f.apply(operand), f.apply(shape), dims, expanding, nonexpanding, type);
    }
  }

  /** Counts 0, 1, ... along {@code dim}. */
  record DynamicIota(Value shape, int dim, TensorType type) implements DynamicOp {
    @Override
    public String mnemonic() {
      return "stablehlo.dynamic_iota";
    }

    @Override
    public List<Value> operands() {
      return List.of(shape);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new DynamicIota(f.apply(shape), dim, type);
    }
  }

  /** Pads or trims edges, and puts elements between neighbours. */
  record DynamicPad(
      Value operand, Value value, Value low, Value high, Value interior, TensorType type)
      implements DynamicOp {
    @Override
    public String mnemonic() {
      return "stablehlo.dynamic_pad";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, value, low, high, interior);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new DynamicPad(
          f.apply(operand), f.apply(value), f.apply(low), f.apply(high), f.apply(interior), type);
    }
  }

  /** Elements {@code start, start + stride, ...} below {@code limit} along each dimension. */
  record RealDynamicSlice(Value operand, Value start, Value limit, Value strides, TensorType type)
      implements DynamicOp {
    @Override
    public String mnemonic() {
      return "stablehlo.real_dynamic_slice";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, start, limit, strides);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new RealDynamicSlice(
          f.apply(operand), f.apply(start), f.apply(limit), f.apply(strides), type);
    }
  }

  /**
   * A convolution whose padding is a value.
   *
   * @param conv everything else; its own padding says nothing
   * @param padding rows of two numbers, one row for each spatial dimension
   */
  record DynamicConv(ConvOp.Convolution conv, Value padding, TensorType type) implements DynamicOp {
    @Override
    public String mnemonic() {
      return "stablehlo.dynamic_conv";
    }

    @Override
    public List<Value> operands() {
      return List.of(conv.lhs(), conv.rhs(), padding);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new DynamicConv(conv.mapOperands(f), f.apply(padding), type);
    }
  }

  /** A gather of slices whose sizes are a value. */
  record DynamicGather(
      Value operand,
      Value indices,
      Value sliceSizes,
      IndexOp.GatherDims dims,
      boolean sorted,
      TensorType type)
      implements DynamicOp {
    @Override
    public String mnemonic() {
      return "stablehlo.dynamic_gather";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, indices, sliceSizes);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new DynamicGather(
          f.apply(operand), f.apply(indices), f.apply(sliceSizes), dims, sorted, type);
    }
  }

  /** The size of a dimension. */
  record GetDimensionSize(Value operand, int dimension) implements DynamicOp {
    @Override
    public String mnemonic() {
      return "stablehlo.get_dimension_size";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new GetDimensionSize(f.apply(operand), dimension);
    }
  }

  /** The operand, of whose dimension only the first elements count. */
  record SetDimensionSize(Value operand, Value size, int dimension, TensorType type)
      implements DynamicOp {
    @Override
    public String mnemonic() {
      return "stablehlo.set_dimension_size";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, size);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new SetDimensionSize(f.apply(operand), f.apply(size), dimension, type);
    }
  }
}
