package dev.jacobi.hlo;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Operations that read or write at indices which are values themselves. */
public sealed interface IndexOp extends Op {
  /** A box of {@code sizes} at scalar starts, which are clamped so that it fits. */
  record DynamicSlice(Value operand, List<Value> starts, Longs sizes) implements IndexOp {
    public DynamicSlice {
      starts = List.copyOf(starts);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.dynamic_slice";
    }

    @Override
    public List<Value> operands() {
      return Stream.concat(Stream.of(operand), starts.stream()).toList();
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new DynamicSlice(f.apply(operand), Op.map(starts, f), sizes);
    }
  }

  /** The operand with a box replaced at scalar starts, which are clamped so that it fits. */
  record DynamicUpdateSlice(Value operand, Value update, List<Value> starts) implements IndexOp {
    public DynamicUpdateSlice {
      starts = List.copyOf(starts);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.dynamic_update_slice";
    }

    @Override
    public List<Value> operands() {
      return Stream.concat(Stream.of(operand, update), starts.stream()).toList();
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new DynamicUpdateSlice(f.apply(operand), f.apply(update), Op.map(starts, f));
    }
  }

  /** The dimension numbers of a gather, as in the specification. */
  record GatherDims(
      Axes offsetDims,
      Axes collapsedSliceDims,
      Axes operandBatchingDims,
      Axes startIndicesBatchingDims,
      Axes startIndexMap,
      int indexVectorDim) {}

  /** Collects slices of {@code operand} at {@code indices}, clamped so that they fit. */
  record Gather(Value operand, Value indices, GatherDims dims, Longs sliceSizes, boolean sorted)
      implements IndexOp {
    @Override
    public String mnemonic() {
      return "stablehlo.gather";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, indices);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Gather(f.apply(operand), f.apply(indices), dims, sliceSizes, sorted);
    }
  }

  /** The dimension numbers of a scatter, as in the specification. */
  record ScatterDims(
      Axes updateWindowDims,
      Axes insertedWindowDims,
      Axes inputBatchingDims,
      Axes scatterIndicesBatchingDims,
      Axes scatterDimsToOperandDims,
      int indexVectorDim) {}

  /**
   * Combines slices of {@code updates} into {@code inputs} at {@code indices}; windows that do not
   * fit are skipped. The body takes N current values, then N updates. Updates apply in row-major
   * order of the update arrays.
   */
  record Scatter(
      List<Value> inputs,
      Value indices,
      List<Value> updates,
      ScatterDims dims,
      boolean sorted,
      boolean unique,
      Block body)
      implements IndexOp {
    public Scatter {
      inputs = List.copyOf(inputs);
      updates = List.copyOf(updates);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.scatter";
    }

    @Override
    public List<Value> operands() {
      return Stream.of(inputs, List.of(indices), updates).flatMap(List::stream).toList();
    }

    @Override
    public List<Block> regions() {
      return List.of(body);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Scatter(
          Op.map(inputs, f), f.apply(indices), Op.map(updates, f), dims, sorted, unique, body);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new Scatter(inputs, indices, updates, dims, sorted, unique, regions.getFirst());
    }
  }
}
