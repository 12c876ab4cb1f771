package dev.jacobi.hlo;

import java.util.List;
import java.util.function.UnaryOperator;

/** Random numbers. */
public sealed interface RandomOp extends Op {
  /** How bits follow from a state; DEFAULT is XLA's choice on CPUs, which is PHILOX. */
  enum RngAlgorithm {
    DEFAULT,
    THREE_FRY,
    PHILOX
  }

  /** How numbers are distributed. */
  enum RngDistribution {
    UNIFORM,
    NORMAL
  }

  /**
   * Bits that follow from a state, in {@code type}; the results are the next state and the bits.
   */
  record RngBitGenerator(RngAlgorithm algorithm, Value state, TensorType type) implements RandomOp {
    @Override
    public String mnemonic() {
      return "stablehlo.rng_bit_generator";
    }

    @Override
    public List<Value> operands() {
      return List.of(state);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new RngBitGenerator(algorithm, f.apply(state), type);
    }
  }

  /** Numbers of the implementation's choice between a and b, or with mean a and deviation b. */
  record Rng(Value a, Value b, Value shape, RngDistribution distribution, TensorType type)
      implements RandomOp {
    @Override
    public String mnemonic() {
      return "stablehlo.rng";
    }

    @Override
    public List<Value> operands() {
      return List.of(a, b, shape);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Rng(f.apply(a), f.apply(b), f.apply(shape), distribution, type);
    }
  }
}
