package dev.jacobi.hlo;

import java.util.List;
import java.util.function.UnaryOperator;

/** Operations that put elements in order. */
public sealed interface OrderOp extends Op {
  /**
   * Sorts along one dimension. The comparator takes one pair of scalars per input, {@code a0, b0,
   * a1, b1, ...}, and says whether the first of each pair comes before the second.
   *
   * @param dimension along which the inputs are sorted; negative counts from the end
   * @param stable whether elements that compare equal keep their order
   */
  record Sort(List<Value> inputs, int dimension, boolean stable, Block comparator)
      implements OrderOp {
    public Sort {
      inputs = List.copyOf(inputs);
    }

    /** The dimension, counted from the front. */
    public int dim() {
      return dimension < 0 ? dimension + inputs.getFirst().type().rank() : dimension;
    }

    @Override
    public String mnemonic() {
      return "stablehlo.sort";
    }

    @Override
    public List<Value> operands() {
      return inputs;
    }

    @Override
    public List<Block> regions() {
      return List.of(comparator);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Sort(Op.map(inputs, f), dimension, stable, comparator);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new Sort(inputs, dimension, stable, regions.getFirst());
    }
  }

  /**
   * The {@code k} largest elements of every row of the last dimension, largest first, and their
   * positions. Floats are in IEEE's total order; of equal elements the first one comes first.
   */
  record TopK(Value operand, long k) implements OrderOp {
    @Override
    public String mnemonic() {
      return "chlo.top_k";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new TopK(f.apply(operand), k);
    }
  }
}
