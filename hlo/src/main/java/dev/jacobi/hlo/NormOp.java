package dev.jacobi.hlo;

import java.util.List;
import java.util.function.UnaryOperator;

/** Normalisation over all dimensions but one, the feature's; {@link BatchNorm} writes it out. */
public sealed interface NormOp extends Op {
  /** The normalised operand, and the mean and the variance per feature. */
  record BatchNormTraining(
      Value operand, Value scale, Value offset, float epsilon, int featureIndex) implements NormOp {
    @Override
    public String mnemonic() {
      return "stablehlo.batch_norm_training";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, scale, offset);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new BatchNormTraining(
          f.apply(operand), f.apply(scale), f.apply(offset), epsilon, featureIndex);
    }
  }

  /** The operand normalised by a given mean and variance. */
  record BatchNormInference(
      Value operand,
      Value scale,
      Value offset,
      Value mean,
      Value variance,
      float epsilon,
      int featureIndex)
      implements NormOp {
    @Override
    public String mnemonic() {
      return "stablehlo.batch_norm_inference";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, scale, offset, mean, variance);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new BatchNormInference(
          f.apply(operand),
          f.apply(scale),
          f.apply(offset),
          f.apply(mean),
          f.apply(variance),
          epsilon,
          featureIndex);
    }
  }

  /** Gradients of {@link BatchNormTraining} in operand, scale and offset. */
  record BatchNormGrad(
      Value operand,
      Value scale,
      Value mean,
      Value variance,
      Value gradOutput,
      float epsilon,
      int featureIndex)
      implements NormOp {
    @Override
    public String mnemonic() {
      return "stablehlo.batch_norm_grad";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, scale, mean, variance, gradOutput);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new BatchNormGrad(
          f.apply(operand),
          f.apply(scale),
          f.apply(mean),
          f.apply(variance),
          f.apply(gradOutput),
          epsilon,
          featureIndex);
    }
  }
}
