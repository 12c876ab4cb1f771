package dev.jacobi.hlo;

import java.util.List;

/**
 * Batch normalisation in common operations, as the specification defines it, operation by
 * operation.
 */
public final class BatchNorm {
  private final HloBuilder out;
  private final TensorType type;
  private final int feature;
  private final Value count;
  private final Value epsilon;

  private BatchNorm(HloBuilder out, Value operand, float epsilon, int feature) {
    this.out = out;
    this.type = operand.type();
    this.feature = feature;
    Shape reduced = type.shape().without(Axes.of(feature));
    this.count = out.constant(type.dtype(), reduced.size());
    this.epsilon = out.full(type.dtype(), type.shape(), epsilon);
  }

  /** Appends the operation's meaning and gives its results. */
  public static List<Value> expand(NormOp op, HloBuilder out) {
    return switch (op) {
      case NormOp.BatchNormTraining o -> {
        BatchNorm b = new BatchNorm(out, o.operand(), o.epsilon(), o.featureIndex());
        Value mean = b.mean(o.operand());
        Value centered = b.centered(o.operand(), mean);
        Value variance = b.mean(b.mul(centered, centered));
        Value output = b.inference(o.operand(), o.scale(), o.offset(), mean, variance);
        yield List.of(output, mean, variance);
      }
      case NormOp.BatchNormInference o -> {
        BatchNorm b = new BatchNorm(out, o.operand(), o.epsilon(), o.featureIndex());
        yield List.of(b.inference(o.operand(), o.scale(), o.offset(), o.mean(), o.variance()));
      }
      case NormOp.BatchNormGrad o ->
          new BatchNorm(out, o.operand(), o.epsilon(), o.featureIndex()).grad(o);
    };
  }

  private Value inference(Value x, Value scale, Value offset, Value mean, Value variance) {
    Value normalized = div(centered(x, mean), stddev(variance));
    return out.pointwise(Fn.ADD, mul(wide(scale), normalized), wide(offset));
  }

  private List<Value> grad(NormOp.BatchNormGrad o) {
    Value centered = centered(o.operand(), o.mean());
    Value stddev = stddev(o.variance());
    Value elements = out.broadcast(count, type.shape());
    Value gradOffset = sum(o.gradOutput());
    Value gradScale = sum(mul(o.gradOutput(), div(centered, stddev)));
    Value i1 = mul(o.gradOutput(), elements);
    Value i2 = wide(gradOffset);
    Value i3 = wide(sum(mul(o.gradOutput(), centered)));
    Value i5 = div(mul(i3, centered), out.pointwise(Fn.ADD, wide(o.variance()), epsilon));
    Value i6 = sub(sub(i1, i2), i5);
    Value gradOperand = mul(div(div(wide(o.scale()), stddev), elements), i6);
    return List.of(gradOperand, gradScale, gradOffset);
  }

  private Value centered(Value x, Value mean) {
    return sub(x, wide(mean));
  }

  private Value stddev(Value variance) {
    return out.pointwise(Fn.SQRT, out.pointwise(Fn.ADD, wide(variance), epsilon));
  }

  private Value mean(Value x) {
    Value sum = sum(x);
    return div(sum, out.broadcast(count, sum.shape()));
  }

  private Value sum(Value x) {
    Axes dims = Axes.of(feature).complement(type.rank());
    Value zero = out.constant(type.dtype(), 0);
    Block add = HloBuilder.binaryBody(Fn.ADD, type.dtype());
    return out.add(new ReductionOp.Reduce(List.of(x), List.of(zero), dims, add));
  }

  /** A value per feature, at every element. */
  private Value wide(Value perFeature) {
    return out.add(new ShapeOp.BroadcastInDim(perFeature, Axes.of(feature), type.shape()));
  }

  private Value mul(Value a, Value b) {
    return out.pointwise(Fn.MUL, a, b);
  }

  private Value div(Value a, Value b) {
    return out.pointwise(Fn.DIV, a, b);
  }

  private Value sub(Value a, Value b) {
    return out.pointwise(Fn.SUB, a, b);
  }
}
