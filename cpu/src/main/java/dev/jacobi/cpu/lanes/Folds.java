package dev.jacobi.cpu.lanes;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reductions over elements that a lane has in registers. */
final class Folds {
  private final Writer b;
  private final Function<Value, List<Value>> elements;
  private final Function<Value, Spread> spread;

  Folds(Writer b, Function<Value, List<Value>> elements, Function<Value, Spread> spread) {
    this.b = b;
    this.elements = elements;
    this.spread = spread;
  }

  void fold(ReductionOp.Reduce o, Instr instr, Map<Value, List<Value>> to) {
    if (o.inputs().size() != 1
        || o.body().instrs().size() != 1
        || !(o.body().instrs().getFirst().op() instanceof ElementwiseOp.Pointwise p)
        || !LaneDims.combines(o.body(), p.fn())
        || !isFree(p.fn(), o.inputs().getFirst().dtype())) {
      throw new Unfit("a reduction whose order matters");
    }
    Value input = o.inputs().getFirst();
    Spread from = spread.apply(input);
    List<Value> in = elements.apply(input);
    Spread result = spread.apply(instr.result());
    List<Value> all = new ArrayList<>();
    int count = result.count();
    for (int i = 0; i < count; i++) {
      Value sum = elements.apply(o.inits().getFirst()).getFirst();
      for (int j = 0; j < in.size(); j++) {
        if (result.position(kept(o, from.index(j))) == i) {
          sum = b.add(new ElementwiseOp.Pointwise(p.fn(), List.of(sum, in.get(j))));
        }
      }
      all.add(sum);
    }
    to.put(instr.result(), all);
  }

  private static long[] kept(ReductionOp.Reduce o, long[] index) {
    long[] kept = new long[index.length - o.dims().size()];
    int at = 0;
    for (int d = 0; d < index.length; d++) {
      if (!o.dims().contains(d)) {
        kept[at++] = index[d];
      }
    }
    return kept;
  }

  /** Whether every order of combining gives the same bits. */
  private static boolean isFree(Fn fn, DType dtype) {
    return switch (fn) {
      case MIN, MAX -> !dtype.isComplex();
      case ADD, MUL, AND, OR, XOR -> !dtype.isInexact();
      default -> false;
    };
  }
}
