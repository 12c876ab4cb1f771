package dev.jacobi.hlo;

import java.util.List;
import java.util.function.UnaryOperator;

/** Operations that work element by element, and those that make elements. */
public sealed interface ElementwiseOp extends Op {
  /** A dense constant. */
  record Constant(Literal literal) implements ElementwiseOp {
    @Override
    public String mnemonic() {
      return "stablehlo.constant";
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return this;
    }
  }

  /** Counts 0, 1, ... along {@code dim}. */
  record Iota(TensorType type, int dim) implements ElementwiseOp {
    @Override
    public String mnemonic() {
      return "stablehlo.iota";
    }

    @Override
    public List<Value> operands() {
      return List.of();
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return this;
    }
  }

  /** Any of the elementwise functions; an accuracy can be asked of {@link Fn#hasAccuracy some}. */
  record Pointwise(Fn fn, List<Value> operands, Accuracy accuracy) implements ElementwiseOp {
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

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Pointwise(fn, Op.map(operands, f), accuracy);
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
  record Compare(Direction direction, Order order, Value lhs, Value rhs) implements ElementwiseOp {
    @Override
    public String mnemonic() {
      return "stablehlo.compare";
    }

    @Override
    public List<Value> operands() {
      return List.of(lhs, rhs);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Compare(direction, order, f.apply(lhs), f.apply(rhs));
    }
  }

  /** Elementwise conversion of the element type. */
  record Convert(Value operand, Element element) implements ElementwiseOp {
    public DType dtype() {
      return element.storage();
    }

    @Override
    public String mnemonic() {
      return "stablehlo.convert";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Convert(f.apply(operand), element);
    }
  }

  /** Rounds to a smaller floating format and back. */
  record ReducePrecision(Value operand, int exponentBits, int mantissaBits)
      implements ElementwiseOp {
    @Override
    public String mnemonic() {
      return "stablehlo.reduce_precision";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new ReducePrecision(f.apply(operand), exponentBits, mantissaBits);
    }
  }

  /** Reinterprets bits; between widths the last dimension is dropped or added. */
  record BitcastConvert(Value operand, TensorType type) implements ElementwiseOp {
    @Override
    public String mnemonic() {
      return "stablehlo.bitcast_convert";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new BitcastConvert(f.apply(operand), type);
    }
  }
}
