package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.Value;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Values that hang on the bits of a NaN. Which of two NaNs an addition passes on, and with which
 * sign, is left open by IEEE 754 (6.2, 6.3), and differs with the order in which the operands of an
 * instruction stand; whoever looks at bits or at the total order sees that.
 */
final class UnspecifiedBits {
  private UnspecifiedBits() {}

  /** The values of a block that depend on bits of a NaN, given what each value was. */
  static Set<Value> of(Block block, Map<String, HloFunc> funcs, Map<Value, Literal> values) {
    Set<Value> open = new HashSet<>();
    for (Instr instr : block.instrs()) {
      Set<Value> reads = new HashSet<>(instr.op().operands());
      reads.addAll(instr.op().captures());
      if (!Collections.disjoint(reads, open)
          || looksAtBits(instr.op(), funcs)
              && (instr.op() instanceof ControlOp // whose NaNs may be its own
                  || reads.stream().anyMatch(v -> hasNan(values.get(v))))) {
        open.addAll(instr.results());
      }
    }
    return open;
  }

  /** Whether an operation, or one within it, treats NaNs with different bits differently. */
  static boolean looksAtBits(Op op, Map<String, HloFunc> funcs) {
    return switch (op) {
      case ElementwiseOp.BitcastConvert _ -> true;
      case OrderOp.TopK _, ControlOp.CustomCall _ -> true; // the largest, in the total order
      case ElementwiseOp.Compare o -> o.order() == ElementwiseOp.Order.TOTALORDER;
      case ControlOp.Call o -> looksAtBits(funcs.get(o.callee()).body(), funcs);
      case ControlOp.Composite o -> looksAtBits(funcs.get(o.decomposition()).body(), funcs);
      default -> op.regions().stream().anyMatch(r -> looksAtBits(r, funcs));
    };
  }

  private static boolean looksAtBits(Block block, Map<String, HloFunc> funcs) {
    return block.instrs().stream().anyMatch(i -> looksAtBits(i.op(), funcs));
  }

  private static boolean hasNan(Literal x) {
    return x.dtype().isInexact()
        && LongStream.range(0, x.shape().size())
            .anyMatch(i -> Double.isNaN(x.getDouble(i)) || Double.isNaN(x.getImag(i)));
  }
}
