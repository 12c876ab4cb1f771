package dev.jacobi.hlo;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes one block: parameters first, then instructions in order, and last the results. Result
 * types are inferred. A builder belongs to one thread and is finished once.
 */
public final class HloBuilder {
  private final List<Value> params = new ArrayList<>();
  private final List<Instr> instrs = new ArrayList<>();
  private Loc loc = Loc.UNKNOWN;

  /** An empty block. */
  public HloBuilder() {}

  /** Adds a parameter. */
  public Value param(TensorType type) {
    Value value = new Value(type);
    params.add(value);
    return value;
  }

  /** Sets the user's line that the following instructions come from. */
  public HloBuilder at(Loc line) {
    loc = line;
    return this;
  }

  /** Appends an operation and gives its results. */
  public List<Value> addAll(Op op) {
    List<Value> results = Infer.resultTypes(op).stream().map(Value::new).toList();
    instrs.add(new Instr(op, results, loc));
    return results;
  }

  /** Appends an operation that has one result. */
  public Value add(Op op) {
    addAll(op);
    return instrs.getLast().result();
  }

  /** Appends an instruction as it is, with the values that it already defines. */
  public void append(Instr instr) {
    instrs.add(instr);
  }

  public Value pointwise(Fn fn, Value... operands) {
    return add(new ElementwiseOp.Pointwise(fn, List.of(operands)));
  }

  public Value constant(Literal literal) {
    return add(new ElementwiseOp.Constant(literal));
  }

  /** A scalar constant. */
  public Value constant(DType dtype, double value) {
    return constant(Literal.scalar(dtype, value));
  }

  /** A scalar repeated over a shape; the scalar itself if the shape is that of a scalar. */
  public Value broadcast(Value scalar, Shape shape) {
    return shape.isScalar() ? scalar : add(new ShapeOp.BroadcastInDim(scalar, Axes.of(), shape));
  }

  /** The constant {@code value} repeated over a shape. */
  public Value full(DType dtype, Shape shape, double value) {
    return broadcast(constant(dtype, value), shape);
  }

  public Value compare(ElementwiseOp.Direction direction, Value lhs, Value rhs) {
    return add(new ElementwiseOp.Compare(direction, defaultOrder(lhs.element()), lhs, rhs));
  }

  /** The order that a plain comparison of this element type means. */
  public static ElementwiseOp.Order defaultOrder(Element element) {
    return switch (element.kind()) {
      case BOOL, UNSIGNED -> ElementwiseOp.Order.UNSIGNED;
      case SIGNED -> ElementwiseOp.Order.SIGNED;
      case FLOAT, COMPLEX -> ElementwiseOp.Order.FLOAT;
    };
  }

  /** Finishes the block. */
  public Block build(List<Value> results) {
    return new Block(params, instrs, results);
  }

  public Block build(Value... results) {
    return build(List.of(results));
  }

  /** The body {@code (a, b) -> fn(a, b)} over scalars, for reduce and scatter. */
  public static Block binaryBody(Fn fn, Element element) {
    HloBuilder b = new HloBuilder();
    Value lhs = b.param(TensorType.scalar(element));
    Value rhs = b.param(TensorType.scalar(element));
    return b.build(b.pointwise(fn, lhs, rhs));
  }
}
