package dev.jacobi.hlo;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Operations that combine many elements into one. */
public sealed interface ReductionOp extends Op {
  /** Reduces N arrays over {@code dims} with a body of 2N scalar parameters and N results. */
  record Reduce(List<Value> inputs, List<Value> inits, Axes dims, Block body)
      implements ReductionOp {
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

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Reduce(Op.map(inputs, f), Op.map(inits, f), dims, body);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new Reduce(inputs, inits, dims, regions.getFirst());
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
   * @param element element type of the result (at least as wide as the operands')
   * @param algorithm how to compute it, instead of the precisions
   */
  record DotGeneral(
      Value lhs,
      Value rhs,
      DotDims dims,
      Precision lhsPrecision,
      Precision rhsPrecision,
      Element element,
      Optional<DotAlgorithm> algorithm)
      implements ReductionOp {
    /** See {@link TensorType#dtype}. */
    public DType dtype() {
      return element.storage();
    }

    public DotGeneral(
        Value lhs,
        Value rhs,
        DotDims dims,
        Precision lhsPrecision,
        Precision rhsPrecision,
        Element element) {
      this(lhs, rhs, dims, lhsPrecision, rhsPrecision, element, Optional.empty());
    }

    @Override
    public String mnemonic() {
      return "stablehlo.dot_general";
    }

    @Override
    public List<Value> operands() {
      return List.of(lhs, rhs);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new DotGeneral(
          f.apply(lhs), f.apply(rhs), dims, lhsPrecision, rhsPrecision, element, algorithm);
    }
  }
}
