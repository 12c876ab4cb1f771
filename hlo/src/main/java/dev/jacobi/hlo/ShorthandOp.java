package dev.jacobi.hlo;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Older and shorter forms of what other operations say too; {@code Shorthand} writes them out. */
public sealed interface ShorthandOp extends Op {
  /** Sums products over the last dimension of one operand and the first of the other. */
  record Dot(Value lhs, Value rhs, Optional<List<ReductionOp.Precision>> precision, Element element)
      implements ShorthandOp {
    /** See {@link TensorType#dtype}. */
    public DType dtype() {
      return element.storage();
    }

    @Override
    public String mnemonic() {
      return "stablehlo.dot";
    }

    @Override
    public List<Value> operands() {
      return List.of(lhs, rhs);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Dot(f.apply(lhs), f.apply(rhs), precision, element);
    }
  }

  /** Einstein's summation of two operands, such as {@code ij,jk->ik}. */
  record Einsum(Value lhs, Value rhs, String config, TensorType type) implements ShorthandOp {
    @Override
    public String mnemonic() {
      return "stablehlo.einsum";
    }

    @Override
    public List<Value> operands() {
      return List.of(lhs, rhs);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Einsum(f.apply(lhs), f.apply(rhs), config, type);
    }
  }

  /** Einstein's summation of one operand, such as {@code ij->j}. */
  record UnaryEinsum(Value operand, String config, TensorType type) implements ShorthandOp {
    @Override
    public String mnemonic() {
      return "stablehlo.unary_einsum";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new UnaryEinsum(f.apply(operand), config, type);
    }
  }

  /** Entries of dimension {@code dim} at indices, for each element of the first dimensions. */
  record TorchIndexSelect(Value operand, Value index, int dim, int batchDims)
      implements ShorthandOp {
    @Override
    public String mnemonic() {
      return "stablehlo.torch_index_select";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, index);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new TorchIndexSelect(f.apply(operand), f.apply(index), dim, batchDims);
    }
  }

  /** Repeats an array along new leading dimensions. */
  record Broadcast(Value operand, Longs sizes) implements ShorthandOp {
    @Override
    public String mnemonic() {
      return "stablehlo.broadcast";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Broadcast(f.apply(operand), sizes);
    }
  }

  /** Applies a function of scalars to the elements of arrays. */
  record MapOp(List<Value> operands, Axes dimensions, Block body) implements ShorthandOp {
    public MapOp {
      operands = List.copyOf(operands);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.map";
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new MapOp(Op.map(operands, f), dimensions, body);
    }

    @Override
    public List<Block> regions() {
      return List.of(body);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new MapOp(operands, dimensions, regions.getFirst());
    }
  }
}
