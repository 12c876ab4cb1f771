package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.linalg.LapackCall;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rule of every operation; loops and branches have none, their regions are divided instead. */
final class Rules {
  private final Map<Value, Op> made;
  private final Partials partials;

  /**
   * @param made what makes each value of the program
   */
  Rules(Map<Value, Op> made, Partials partials) {
    this.made = made;
    this.partials = partials;
  }

  /** The rule of an operation; empty for those that have regions with programs of their own. */
  Optional<Rule> of(Instr instr) {
    List<Value> results = instr.results();
    return switch (instr.op()) {
      case ControlOp.While _, ControlOp.Case _, ControlOp.If _ -> Optional.empty();
      case ControlOp.CustomCall o when Spec.isConstraint(o) -> Optional.empty();
      case ControlOp.OptimizationBarrier _ -> Optional.empty();
      case ElementwiseOp o -> Optional.of(ElementwiseRules.of(o, results));
      case ShapeOp o -> Optional.of(ShapeRules.of(o, results));
      case IndexOp o -> Optional.of(IndexRules.of(o, results, partials));
      case ReductionOp o -> Optional.of(ReductionRules.of(o, results, made, partials));
      case ConvOp.Convolution o -> Optional.of(ReductionRules.convolution(o, results, partials));
      case OrderOp o -> Optional.of(MatrixRules.of(o, results));
      case SpectralOp.Fft o -> Optional.of(MatrixRules.of(o, results));
      case LinalgOp o -> Optional.of(MatrixRules.of(o, results));
      case WindowOp o -> Optional.of(MatrixRules.of(o, results));
      case ControlOp.CustomCall o ->
          Optional.of(
              LapackCall.of(o)
                  .map(call -> MatrixRules.of(call, o, results))
                  .orElseGet(() -> whole(o, results)));
      case ShorthandOp.MapOp o -> Optional.of(map(o, results));
      case ShorthandOp.Broadcast o -> Optional.of(broadcast(o, results));
      case ControlOp.Call _, ControlOp.Composite _, NormOp _ ->
          Optional.of(whole(instr.op(), results));
      case CollectiveOp _, RandomOp _, ShorthandOp _, DynamicOp _ ->
          Optional.of(whole(instr.op(), results));
    };
  }

  /** Every device does all of it. */
  private static Rule whole(Op op, List<Value> results) {
    return new Rule.Builder(op.operands(), results)
        .build(
            "no rule divides " + op.mnemonic(),
            (site, in, parts) -> site.all(Rule.with(site.closed(op), in)));
  }

  private static Rule map(ShorthandOp.MapOp op, List<Value> results) {
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    ElementwiseRules.alike(rule, op.operands(), results, results.getFirst().shape().rank());
    return rule.elementwise((site, in, parts) -> site.all(Rule.with(site.closed(op), in)));
  }

  private static Rule broadcast(ShorthandOp.Broadcast op, List<Value> results) {
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    Shape shape = results.getFirst().shape();
    int lead = op.sizes().size();
    for (int d = 0; d < shape.rank(); d++) {
      int f = rule.factor(shape.dim(d));
      rule.result(0, d, f);
      if (d >= lead) {
        rule.operand(0, d - lead, f);
      }
    }
    return rule.elementwise(
        (site, in, parts) -> {
          long[] sizes = Arrays.copyOf(parts.resultType(0).shape().toArray(), lead);
          return site.all(new ShorthandOp.Broadcast(in.getFirst(), Longs.of(sizes)));
        });
  }
}
