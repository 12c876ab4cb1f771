package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How reductions, products and convolutions are divided; divided sums are added up afterwards. */
final class ReductionRules {
  private static final String BODY = "a dimension whose elements the body combines in order";

  private ReductionRules() {}

  static Rule of(ReductionOp op, List<Value> results, Map<Value, Op> made, Partials partials) {
    return switch (op) {
      case ReductionOp.Reduce o -> reduce(o, results, made, partials);
      case ReductionOp.DotGeneral o -> dot(o, results, partials);
    };
  }

  private static Rule reduce(
      ReductionOp.Reduce op, List<Value> results, Map<Value, Op> made, Partials partials) {
    int n = op.inputs().size();
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    Shape shape = op.inputs().getFirst().shape();
    Axes kept = op.dims().complement(shape.rank());
    for (int k = 0; k < kept.size(); k++) {
      int f = rule.factor(shape.dim(kept.get(k)));
      for (int i = 0; i < n; i++) {
        rule.operand(i, kept.get(k), f).result(i, k, f);
      }
    }
    Optional<Fn> combine =
        n == 1 ? partials.combining(op.body(), op.inputs().getFirst().element()) : Optional.empty();
    if (combine.isPresent()) {
      op.dims().stream().forEach(d -> rule.operand(0, d, rule.factor(shape.dim(d), combine)));
    }
    boolean neutral =
        combine.isPresent()
            && made.get(op.inits().getFirst()) instanceof ElementwiseOp.Constant c
            && Partials.isIdentity(combine.get(), c.literal());
    return rule.build(
        combine.isPresent() ? "" : BODY,
        (site, in, parts) -> {
          List<Value> own = new ArrayList<>(in);
          if (!parts.combined().isEmpty() && !neutral) {
            own.set(1, site.onFirst(parts.combined(), in.get(1), combine.orElseThrow()));
          }
          return site.all(Rule.with(site.closed(op), own));
        });
  }

  private static Rule dot(ReductionOp.DotGeneral op, List<Value> results, Partials partials) {
    ReductionOp.DotDims dims = op.dims();
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    Shape lhs = op.lhs().shape();
    Shape rhs = op.rhs().shape();
    int at = 0;
    for (int k = 0; k < dims.lhsBatch().size(); k++) {
      int f = rule.factor(lhs.dim(dims.lhsBatch().get(k)));
      rule.operand(0, dims.lhsBatch().get(k), f).operand(1, dims.rhsBatch().get(k), f);
      rule.result(0, at++, f);
    }
    for (int d : dims.lhsBatch().plus(dims.lhsContract()).complement(lhs.rank()).toArray()) {
      int f = rule.factor(lhs.dim(d));
      rule.operand(0, d, f).result(0, at++, f);
    }
    for (int d : dims.rhsBatch().plus(dims.rhsContract()).complement(rhs.rank()).toArray()) {
      int f = rule.factor(rhs.dim(d));
      rule.operand(1, d, f).result(0, at++, f);
    }
    Optional<Fn> sum = partials.sum(op.element());
    for (int k = 0; sum.isPresent() && k < dims.lhsContract().size(); k++) {
      int f = rule.factor(lhs.dim(dims.lhsContract().get(k)), sum);
      rule.operand(0, dims.lhsContract().get(k), f).operand(1, dims.rhsContract().get(k), f);
    }
    return rule.build(sum.isPresent() ? "" : "a sum whose order is kept", op);
  }

  /**
   * Along batch and features; groups are shared out as such, those of features and those of batches
   * alike. Along spatial dimensions neighbours would need each other's borders.
   */
  static Rule convolution(ConvOp.Convolution op, List<Value> results, Partials partials) {
    ConvOp.ConvDims dims = op.dims();
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    Shape lhs = op.lhs().shape();
    Shape rhs = op.rhs().shape();
    boolean grouped = op.featureGroups() > 1;
    boolean batched = op.batchGroups() > 1;
    int groups = -1;
    if (grouped || batched) {
      groups = rule.factor(grouped ? op.featureGroups() : op.batchGroups());
      rule.operand(0, grouped ? dims.inputFeature() : dims.inputBatch(), groups)
          .operand(1, dims.kernelOutputFeature(), groups)
          .result(0, dims.outputFeature(), groups);
    }
    if (!batched) {
      int f = rule.factor(lhs.dim(dims.inputBatch()));
      rule.operand(0, dims.inputBatch(), f).result(0, dims.outputBatch(), f);
    }
    if (groups < 0) {
      int f = rule.factor(rhs.dim(dims.kernelOutputFeature()));
      rule.operand(1, dims.kernelOutputFeature(), f).result(0, dims.outputFeature(), f);
    }
    Optional<Fn> sum = partials.sum(op.element());
    if (sum.isPresent() && !grouped) {
      int f = rule.factor(rhs.dim(dims.kernelInputFeature()), sum);
      rule.operand(0, dims.inputFeature(), f).operand(1, dims.kernelInputFeature(), f);
    }
    int shared = groups;
    return rule.build(
        "a spatial dimension",
        (site, in, parts) -> {
          long count = shared < 0 ? 1 : parts.count(shared);
          return site.all(
              new ConvOp.Convolution(
                  in.get(0),
                  in.get(1),
                  dims,
                  op.window(),
                  grouped ? op.featureGroups() / count : op.featureGroups(),
                  batched ? op.batchGroups() / count : op.batchGroups(),
                  op.lhsPrecision(),
                  op.rhsPrecision(),
                  op.element()));
        });
  }
}
