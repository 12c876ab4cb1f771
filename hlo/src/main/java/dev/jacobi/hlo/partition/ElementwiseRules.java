package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import java.util.List;

/** How elementwise operations are divided: all arrays alike, along any dimension. */
final class ElementwiseRules {
  private ElementwiseRules() {}

  static Rule of(ElementwiseOp op, List<Value> results) {
    return switch (op) {
      case ElementwiseOp.Constant _ -> new Rule.Builder(List.of(), results).build("a constant", op);
      case ElementwiseOp.Iota o -> iota(o, results);
      case ElementwiseOp.BitcastConvert o -> bitcast(o, results);
      case ElementwiseOp.Pointwise _,
          ElementwiseOp.Compare _,
          ElementwiseOp.Convert _,
          ElementwiseOp.ReducePrecision _ ->
          alike(op, results);
    };
  }

  /** All arrays of the results' rank alike; scalars whole. */
  static Rule alike(Op op, List<Value> results) {
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    alike(rule, op.operands(), results, results.getFirst().shape().rank());
    return rule.elementwise((site, in, parts) -> site.all(Rule.with(op, in)));
  }

  /** The first {@code rank} dimensions of all arrays alike, as far as arrays have them. */
  static void alike(Rule.Builder rule, List<Value> operands, List<Value> results, int rank) {
    Shape shape = results.getFirst().shape();
    for (int d = 0; d < rank; d++) {
      int f = rule.factor(shape.dim(d));
      for (int i = 0; i < operands.size(); i++) {
        if (d < operands.get(i).shape().rank()) {
          rule.operand(i, d, f);
        }
      }
      for (int i = 0; i < results.size(); i++) {
        rule.result(i, d, f);
      }
    }
  }

  /** Counters are made where they are needed, see {@link Site#remade}; this divides nothing. */
  private static Rule iota(ElementwiseOp.Iota op, List<Value> results) {
    return new Rule.Builder(List.of(), results).build("", op);
  }

  private static Rule bitcast(ElementwiseOp.BitcastConvert op, List<Value> results) {
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    int rank = Math.min(op.operand().shape().rank(), op.type().rank());
    alike(rule, op.operands(), results, rank);
    return rule.build(
        "the bits of an element",
        (site, in, parts) ->
            site.all(new ElementwiseOp.BitcastConvert(in.getFirst(), parts.resultType(0))));
  }
}
