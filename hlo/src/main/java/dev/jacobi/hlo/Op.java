package dev.jacobi.hlo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A StableHLO operation with its operands and attributes; its results stand in {@link Instr}. Names
 * and meaning follow the StableHLO specification. Result types follow from the record alone: {@link
 * Infer#resultTypes}. Functions called by name and the results of custom calls carry their types.
 */
public sealed interface Op
    permits ElementwiseOp,
        ShapeOp,
        IndexOp,
        ReductionOp,
        WindowOp,
        ConvOp,
        NormOp,
        SpectralOp,
        RandomOp,
        ShorthandOp,
        DynamicOp,
        CollectiveOp,
        LinalgOp,
        OrderOp,
        ControlOp {
  /** Dialect and name, such as {@code stablehlo.add}. */
  String mnemonic();

  /** The values that this operation reads, regions' captures excluded, in StableHLO's order. */
  List<Value> operands();

  /** The operation with each operand (not captures) replaced. */
  Op mapOperands(UnaryOperator<Value> f);

  /** The regions that this operation holds. */
  default List<Block> regions() {
    return List.of();
  }

  /** The values of enclosing blocks that the regions read. */
  default Set<Value> captures() {
    Set<Value> captures = new LinkedHashSet<>();
    regions().forEach(region -> captures.addAll(region.free()));
    return captures;
  }

  /** The operation with other regions, in the order of {@link #regions}. */
  default Op withRegions(List<Block> regions) {
    return this;
  }

  /** A list of operands with each replaced. */
  static List<Value> map(List<Value> values, UnaryOperator<Value> f) {
    return values.stream().map(f).toList();
  }
}
