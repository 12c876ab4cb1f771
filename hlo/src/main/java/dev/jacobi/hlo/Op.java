package dev.jacobi.hlo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A StableHLO operation with its operands and attributes; its results stand in {@link Instr}. Names
 * and meaning follow the StableHLO specification. Result types follow from the record alone: {@link
 * Infer#resultTypes}. Functions called by name and the results of custom calls carry their types.
 */
public sealed interface Op {
  /** Dialect and name, such as {@code stablehlo.add}. */
  String mnemonic();

  /** The values that this operation reads, regions' captures excluded, in StableHLO's order. */
  List<Value> operands();

  /** The regions that this operation holds. */
  default List<Block> regions() {
    return List.of();
  }

  /** A dense constant. */
  record Constant(Literal literal) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.constant";
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }
  }

  /** Counts 0, 1, ... along {@code dim}. */
  record Iota(TensorType type, int dim) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.iota";
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }
  }

  /** Any of the elementwise functions; an accuracy can be asked of {@link Fn#hasAccuracy some}. */
  record Pointwise(Fn fn, List<Value> operands, Accuracy accuracy) implements Op {
    public Pointwise {
      operands = List.copyOf(operands);
    }

    public Pointwise(Fn fn, List<Value> operands) {
      this(fn, operands, Accuracy.DEFAULT);
    }

    @Override
    public String mnemonic() {
      return fn.mnemonic();
    }
  }

  /** What a comparison asks. */
  enum Direction {
    EQ,
    NE,
    GE,
    GT,
    LE,
    LT
  }

  /** How a comparison orders its operands; TOTALORDER ranks -NaN < -inf < ... < +inf < +NaN. */
  enum Order {
    FLOAT,
    TOTALORDER,
    SIGNED,
    UNSIGNED
  }

  /** Elementwise comparison giving booleans. */
  record Compare(Direction direction, Order order, Value lhs, Value rhs) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.compare";
    }

    @Override
    public List<Value> operands() {
      return List.of(lhs, rhs);
    }
  }

  /** Elementwise conversion of the element type. */
  record Convert(Value operand, DType dtype) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.convert";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }
  }

  /** Rounds to a smaller floating format and back. */
  record ReducePrecision(Value operand, int exponentBits, int mantissaBits) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.reduce_precision";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }
  }

  /** Reinterprets bits; between widths the last dimension is dropped or added. */
  record BitcastConvert(Value operand, TensorType type) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.bitcast_convert";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }
  }

  /** Operand dimension {@code i} becomes result dimension {@code dims[i]}; size 1 repeats. */
  record BroadcastInDim(Value operand, Axes dims, Shape shape) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.broadcast_in_dim";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }
  }

  /** The same elements in row-major order under another shape. */
  record Reshape(Value operand, Shape shape) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.reshape";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }
  }

  /** Result dimension {@code i} is operand dimension {@code permutation[i]}. */
  record Transpose(Value operand, Axes permutation) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.transpose";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }
  }

  /** Joins along {@code dim}. */
  record Concatenate(List<Value> operands, int dim) implements Op {
    public Concatenate {
      operands = List.copyOf(operands);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.concatenate";
    }
  }

  /**
   * Pads (or, where negative, trims) edges and puts {@code interior} elements between neighbours.
   */
  record Pad(Value operand, Value value, Longs low, Longs high, Longs interior) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.pad";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, value);
    }
  }

  /** Elements {@code start, start + stride, ...} below {@code limit} along each dimension. */
  record Slice(Value operand, Longs start, Longs limit, Longs strides) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.slice";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }
  }

  /** A box of {@code sizes} at scalar starts, which are clamped so that it fits. */
  record DynamicSlice(Value operand, List<Value> starts, Longs sizes) implements Op {
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
  }

  /** The operand with a box replaced at scalar starts, which are clamped so that it fits. */
  record DynamicUpdateSlice(Value operand, Value update, List<Value> starts) implements Op {
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
  }

  /** Turns the order along {@code dims}. */
  record Reverse(Value operand, Axes dims) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.reverse";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }
  }

  /** Reduces N arrays over {@code dims} with a body of 2N scalar parameters and N results. */
  record Reduce(List<Value> inputs, List<Value> inits, Axes dims, Block body) implements Op {
    public Reduce {
      inputs = List.copyOf(inputs);
      inits = List.copyOf(inits);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.reduce";
    }

    @Override
    public List<Value> operands() {
      return Stream.concat(inputs.stream(), inits.stream()).toList();
    }

    @Override
    public List<Block> regions() {
      return List.of(body);
    }
  }

  /** Batch and contracting dimensions of the two operands of a dot product. */
  record DotDims(Axes lhsBatch, Axes rhsBatch, Axes lhsContract, Axes rhsContract) {}

  /** How exactly a dot product multiplies, per operand; kept for other backends. */
  enum Precision {
    DEFAULT,
    HIGH,
    HIGHEST
  }

  /**
   * Generalised matrix product. The result's dimensions: batch, then the rest of lhs, then of rhs.
   *
   * @param dtype element type of the result (at least as wide as the operands')
   * @param algorithm how to compute it, instead of the precisions
   */
  record DotGeneral(
      Value lhs,
      Value rhs,
      DotDims dims,
      Precision lhsPrecision,
      Precision rhsPrecision,
      DType dtype,
      Optional<DotAlgorithm> algorithm)
      implements Op {
    public DotGeneral(
        Value lhs,
        Value rhs,
        DotDims dims,
        Precision lhsPrecision,
        Precision rhsPrecision,
        DType dtype) {
      this(lhs, rhs, dims, lhsPrecision, rhsPrecision, dtype, Optional.empty());
    }

    @Override
    public String mnemonic() {
      return "stablehlo.dot_general";
    }

    @Override
    public List<Value> operands() {
      return List.of(lhs, rhs);
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
      implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.gather";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, indices);
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
      implements Op {
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
  }

  /** Repeats {@code body} from {@code inits} while {@code cond} gives true. */
  record While(List<Value> inits, Block cond, Block body) implements Op {
    public While {
      inits = List.copyOf(inits);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.while";
    }

    @Override
    public List<Value> operands() {
      return inits;
    }

    @Override
    public List<Block> regions() {
      return List.of(cond, body);
    }
  }

  /** Runs branch {@code index}; the last one if the index is out of range. */
  record Case(Value index, List<Block> branches) implements Op {
    public Case {
      branches = List.copyOf(branches);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.case";
    }

    @Override
    public List<Value> operands() {
      return List.of(index);
    }

    @Override
    public List<Block> regions() {
      return branches;
    }
  }

  /** Runs one of two branches. */
  record If(Value pred, Block onTrue, Block onFalse) implements Op {
    @Override
    public String mnemonic() {
      return "stablehlo.if";
    }

    @Override
    public List<Value> operands() {
      return List.of(pred);
    }

    @Override
    public List<Block> regions() {
      return List.of(onTrue, onFalse);
    }
  }

  /** Calls a function of the module. */
  record Call(String callee, List<Value> operands, List<TensorType> types) implements Op {
    public Call {
      operands = List.copyOf(operands);
      types = List.copyOf(types);
    }

    @Override
    public String mnemonic() {
      return "func.call";
    }
  }

  /** Calls something that the backend knows by name; attributes keep their MLIR text. */
  record CustomCall(
      String target,
      List<Value> operands,
      List<TensorType> types,
      boolean hasSideEffect,
      Map<String, String> attrs)
      implements Op {
    public CustomCall {
      operands = List.copyOf(operands);
      types = List.copyOf(types);
      attrs = Map.copyOf(attrs);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.custom_call";
    }
  }

  /** A named operation with a function that says what it means to who does not know the name. */
  record Composite(
      String name,
      List<Value> operands,
      List<TensorType> types,
      String decomposition,
      int version,
      Map<String, String> attrs)
      implements Op {
    public Composite {
      operands = List.copyOf(operands);
      types = List.copyOf(types);
      attrs = Map.copyOf(attrs);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.composite";
    }
  }

  /** Its operands, which no optimisation may move across. */
  record OptimizationBarrier(List<Value> operands) implements Op {
    public OptimizationBarrier {
      operands = List.copyOf(operands);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.optimization_barrier";
    }
  }
}
