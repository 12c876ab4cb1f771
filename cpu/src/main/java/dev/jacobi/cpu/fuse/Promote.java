package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reductions, windows and scatters whose bodies compute in wider element types than their
 * operands': the operands are converted first, so that later passes know one element type only.
 */
public final class Promote {
  private Promote() {}

  public static HloModule run(HloModule module) {
    return Rewriter.rewrite(module, () -> Promote::visit);
  }

  private static Optional<List<Value>> visit(Instr instr, HloBuilder out) {
    return switch (instr.op()) {
      case ReductionOp.Reduce o when widens(o.inputs(), o.body()) ->
          Optional.of(
              out.addAll(
                  new ReductionOp.Reduce(
                      converted(o.inputs(), o.body(), out),
                      converted(o.inits(), o.body(), out),
                      o.dims(),
                      o.body())));
      case IndexOp.Scatter o when widens(o.inputs(), o.body()) ->
          Optional.of(
              out.addAll(
                  new IndexOp.Scatter(
                      converted(o.inputs(), o.body(), out),
                      o.indices(),
                      converted(o.updates(), o.body(), out),
                      o.dims(),
                      o.sorted(),
                      o.unique(),
                      o.body())));
      case WindowOp.ReduceWindow o when widens(o.inputs(), o.body()) ->
          Optional.of(
              out.addAll(
                  new WindowOp.ReduceWindow(
                      converted(o.inputs(), o.body(), out),
                      converted(o.inits(), o.body(), out),
                      o.window(),
                      o.baseDilations(),
                      o.windowDilations(),
                      o.body())));
      default -> Optional.empty();
    };
  }

  private static boolean widens(List<Value> inputs, Block body) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).dtype() != body.results().get(i).dtype()) {
        return true;
      }
    }
    return false;
  }

  private static List<Value> converted(List<Value> values, Block body, HloBuilder out) {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      var dtype = body.results().get(i).dtype();
      Value v = values.get(i);
      all.add(v.dtype() == dtype ? v : out.add(new ElementwiseOp.Convert(v, dtype)));
    }
    return all;
  }
}
