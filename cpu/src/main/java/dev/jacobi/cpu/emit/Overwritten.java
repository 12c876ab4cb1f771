package dev.jacobi.cpu.emit;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.linalg.LapackCall;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Results that an operation computes over a copy of an operand, or in its memory. */
final class Overwritten {
  private Overwritten() {}

  /** The number of the operand by the number of the result. */
  static Map<Integer, Integer> by(Op op) {
    Map<Integer, Integer> pairs = new TreeMap<>();
    if (op instanceof IndexOp.Scatter o) {
      for (int k = 0; k < o.inputs().size(); k++) {
        pairs.put(k, k);
      }
    } else if (op instanceof ControlOp.CustomCall o) {
      Optional<LapackCall> call = LapackCall.of(o);
      for (int k = 0; call.isPresent() && k < o.types().size(); k++) {
        int operand = call.get().overwrites(k);
        if (operand >= 0) {
          pairs.put(k, operand);
        }
      }
    }
    return pairs;
  }
}
