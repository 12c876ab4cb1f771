package dev.jacobi.lowering;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import java.util.Map;

/** The functions that code calls by name. */
final class Callees {
  private Callees() {}

  /** The code with calls of other names, regions included. */
  static Block renamed(Block block, Map<String, String> names) {
    return new Block(
        block.params(),
        block.instrs().stream()
            .map(i -> new Instr(renamed(i.op(), names), i.results(), i.loc()))
            .toList(),
        block.results());
  }

  private static Op renamed(Op op, Map<String, String> names) {
    return switch (op) {
      case ControlOp.Call c -> new ControlOp.Call(names.get(c.callee()), c.operands(), c.types());
      case ControlOp.Composite c ->
          new ControlOp.Composite(
              c.name(),
              c.operands(),
              c.types(),
              names.get(c.decomposition()),
              c.version(),
              c.attrs());
      default ->
          op.regions().isEmpty()
              ? op
              : op.withRegions(op.regions().stream().map(r -> renamed(r, names)).toList());
    };
  }
}
