package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.List;

/** The custom calls that the interpreter knows: LAPACK's routines as JAX calls them. */
final class CustomCalls {
  private CustomCalls() {}

  static List<Tensor> call(ControlOp.CustomCall op, List<Tensor> operands, Loc loc) {
    return LapackCall.of(op)
        .map(call -> LinearAlgebra.lapack(call, operands))
        .orElseThrow(() -> unknown(op, loc));
  }

  /**
   * Accepts a block in which all custom calls are known.
   *
   * @throws UnsupportedOpException with the first that is not
   */
  static void requireKnown(Block block) {
    for (Instr instr : block.instrs()) {
      if (instr.op() instanceof ControlOp.CustomCall call && LapackCall.of(call).isEmpty()) {
        throw unknown(call, instr.loc());
      }
      instr.op().regions().forEach(CustomCalls::requireKnown);
    }
  }

  private static UnsupportedOpException unknown(ControlOp.CustomCall op, Loc loc) {
    return new UnsupportedOpException("custom_call @" + op.target(), loc.toString());
  }
}
