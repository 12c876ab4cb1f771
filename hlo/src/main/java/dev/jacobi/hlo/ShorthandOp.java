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

  /** The dimensions of a ragged product: those of the product, the divided one, the groups'. */
  record RaggedDims(ReductionOp.DotDims dot, Axes lhsRagged, Axes rhsGroup) {
    /** What the divided dimension of lhs is. */
    public enum Mode {
      /** A dimension of lhs alone: each group's rows meet a matrix of their own. */
      NONCONTRACTING,
      /** A contracted dimension: each group has a sum of its own. */
      CONTRACTING,
      /** A batch dimension: its groups change nothing. */
      BATCH
    }

    public Mode mode() {
      int ragged = lhsRagged.get(0);
      return dot.lhsContract().contains(ragged)
          ? Mode.CONTRACTING
          : dot.lhsBatch().contains(ragged) ? Mode.BATCH : Mode.NONCONTRACTING;
    }

    /** The dimensions of lhs along which sizes of groups may differ. */
    public Axes lhsPrefix(int rank) {
      Axes free = dot.lhsBatch().plus(dot.lhsContract()).complement(rank);
      return switch (mode()) {
        case NONCONTRACTING -> dot.lhsBatch().plus(before(free, lhsRagged.get(0)));
        case CONTRACTING -> dot.lhsBatch().plus(before(dot.lhsContract(), lhsRagged.get(0)));
        case BATCH -> before(dot.lhsBatch(), lhsRagged.get(0));
      };
    }

    static Axes before(Axes axes, int axis) {
      return Axes.of(axes.stream().limit(axes.indexOf(axis)).toArray());
    }

    /** The result's shape, given the operands' and the number of groups. */
    public Shape shape(Shape lhs, Shape rhs, long groups) {
      Shape product =
          lhs.select(dot.lhsBatch())
              .concat(lhs.without(dot.lhsBatch().plus(dot.lhsContract())))
              .concat(rhs.without(dot.rhsBatch().plus(dot.rhsContract()).plus(rhsGroup)));
      return mode() == Mode.CONTRACTING ? product.insert(0, groups) : product;
    }
  }

  /**
   * Products of groups: {@code groupSizes}, of shape (g) or (prefix..., g), divide a dimension of
   * lhs into g groups. Rows behind the last group give 0.
   */
  record RaggedDot(
      Value lhs,
      Value rhs,
      Value groupSizes,
      RaggedDims dims,
      ReductionOp.Precision lhsPrecision,
      ReductionOp.Precision rhsPrecision,
      Element element)
      implements ShorthandOp {
    @Override
    public String mnemonic() {
      return "chlo.ragged_dot";
    }

    @Override
    public List<Value> operands() {
      return List.of(lhs, rhs, groupSizes);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new RaggedDot(
          f.apply(lhs),
          f.apply(rhs),
          f.apply(groupSizes),
          dims,
          lhsPrecision,
          rhsPrecision,
          element);
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
