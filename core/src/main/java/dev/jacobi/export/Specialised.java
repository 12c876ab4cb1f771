package dev.jacobi.export;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;

/** Programs of symbolic sizes for given ones. */
final class Specialised {
  private Specialised() {}

  /** The program for arguments of these types. */
  static HloModule of(Exported exported, HloModule module, List<TensorType> types) {
    if (module.funcs().values().stream().map(HloFunc::body).allMatch(Specialised::isStatic)) {
      return module;
    }
    throw new ExportException.Unsupported(
        "the function '" + exported.funName() + "' has symbolic sizes");
  }

  private static boolean isStatic(Block block) {
    return block.params().stream().allMatch(Specialised::isStatic)
        && block.instrs().stream().allMatch(Specialised::isStatic);
  }

  private static boolean isStatic(Instr instr) {
    return instr.results().stream().allMatch(Specialised::isStatic)
        && instr.op().regions().stream().allMatch(Specialised::isStatic);
  }

  private static boolean isStatic(Value value) {
    return value.type().shape().isStatic();
  }
}
