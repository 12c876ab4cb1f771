package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.List;

/** What the interpreter does with calls that it does not know itself. */
interface CustomCalls {
  /** Knows none. */
  CustomCalls NONE =
      (op, operands, loc) -> {
        throw unknown(op, loc);
      };

  List<Tensor> call(ControlOp.CustomCall op, List<Tensor> operands, Loc loc);

  static UnsupportedOpException unknown(ControlOp.CustomCall op, Loc loc) {
    return new UnsupportedOpException("custom_call @" + op.target(), loc.toString());
  }
}
