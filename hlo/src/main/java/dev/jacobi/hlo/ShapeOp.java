package dev.jacobi.hlo;

import java.util.List;
import java.util.function.UnaryOperator;

/** Operations that only move elements to places known beforehand. */
public sealed interface ShapeOp extends Op {
  /** Operand dimension {@code i} becomes result dimension {@code dims[i]}; size 1 repeats. */
  record BroadcastInDim(Value operand, Axes dims, Shape shape) implements ShapeOp {
    @Override
    public String mnemonic() {
      return "stablehlo.broadcast_in_dim";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new BroadcastInDim(f.apply(operand), dims, shape);
    }
  }

  /** The same elements in row-major order under another shape. */
  record Reshape(Value operand, Shape shape) implements ShapeOp {
    @Override
    public String mnemonic() {
      return "stablehlo.reshape";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Reshape(f.apply(operand), shape);
    }
  }

  /** Result dimension {@code i} is operand dimension {@code permutation[i]}. */
  record Transpose(Value operand, Axes permutation) implements ShapeOp {
    @Override
    public String mnemonic() {
      return "stablehlo.transpose";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Transpose(f.apply(operand), permutation);
    }
  }

  /** Joins along {@code dim}. */
  record Concatenate(List<Value> operands, int dim) implements ShapeOp {
    public Concatenate {
      operands = List.copyOf(operands);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.concatenate";
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Concatenate(Op.map(operands, f), dim);
    }
  }

  /**
   * Pads (or, where negative, trims) edges and puts {@code interior} elements between neighbours.
   */
  record Pad(Value operand, Value value, Longs low, Longs high, Longs interior) implements ShapeOp {
    @Override
    public String mnemonic() {
      return "stablehlo.pad";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, value);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Pad(f.apply(operand), f.apply(value), low, high, interior);
    }
  }

  /** Elements {@code start, start + stride, ...} below {@code limit} along each dimension. */
  record Slice(Value operand, Longs start, Longs limit, Longs strides) implements ShapeOp {
    @Override
    public String mnemonic() {
      return "stablehlo.slice";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Slice(f.apply(operand), start, limit, strides);
    }
  }

  /** Turns the order along {@code dims}. */
  record Reverse(Value operand, Axes dims) implements ShapeOp {
    @Override
    public String mnemonic() {
      return "stablehlo.reverse";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Reverse(f.apply(operand), dims);
    }
  }
}
