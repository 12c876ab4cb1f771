package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.host.HostCall;
import dev.jacobi.hlo.host.HostCheck;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.List;

/** The custom calls that the interpreter knows: LAPACK's routines as JAX calls them, and Java. */
final class CustomCalls {
  private CustomCalls() {}

  static List<Tensor> call(ControlOp.CustomCall op, List<Tensor> operands, Loc loc) {
    if (HostCall.is(op)) {
      return HostCall.of(op, loc).call(literals(operands)).stream().map(Tensor::of).toList();
    }
    return LapackCall.of(op)
        .map(call -> LinearAlgebra.lapack(call, operands))
        .orElseThrow(() -> unknown(op, loc));
  }

  /** Performs a check: nothing, or an exception. */
  static List<Tensor> check(ControlOp.Composite op, List<Tensor> operands, Loc loc) {
    if (((Tensor.Ints) operands.getFirst()).values()[0] == 0) {
      HostCheck check = HostCheck.of(op.operands(), op.attrs(), loc);
      throw check.failure(literals(operands.subList(1, operands.size())));
    }
    return List.of();
  }

  private static List<Literal> literals(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::toLiteral).toList();
  }

  /**
   * Accepts a block in which all custom calls are known.
   *
   * @throws UnsupportedOpException with the first that is not
   */
  static void requireKnown(Block block) {
    for (Instr instr : block.instrs()) {
      if (instr.op() instanceof ControlOp.CustomCall call) {
        require(call, instr.loc());
      }
      instr.op().regions().forEach(CustomCalls::requireKnown);
    }
  }

  private static void require(ControlOp.CustomCall call, Loc loc) {
    if (HostCall.is(call)) {
      HostCall.of(call, loc);
    } else if (LapackCall.of(call).isEmpty()) {
      throw unknown(call, loc);
    }
  }

  private static UnsupportedOpException unknown(ControlOp.CustomCall op, Loc loc) {
    return new UnsupportedOpException("custom_call @" + op.target(), loc.toString());
  }
}
