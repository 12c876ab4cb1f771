package dev.jacobi.export;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import java.util.List;
import java.util.regex.Pattern;

/** The custom calls that JAX guarantees to run in later versions: LAPACK's, by their names. */
final class StableCalls {
  private static final Pattern GUARANTEED =
      Pattern.compile(
          "lapack_[sdcz](potrf|geqrf|orgqr|ungqr|syevd|heevd|geev|gesdd|getrf|sytrd|hetrd|gehrd"
              + "|gees|trsm|gtsv)_ffi|Sharding|shape_assertion"
              + "|stablehlo\\.dynamic_(reduce_window|rng_bit_generator|top_k|approx_top_k)");

  private StableCalls() {}

  /** Refuses a program that calls anything else, unless the call is allowed by name. */
  static void check(String function, HloModule module, List<DisabledSafetyCheck> disabled) {
    module.funcs().values().forEach(f -> check(function, f.body(), disabled));
  }

  private static void check(String function, Block block, List<DisabledSafetyCheck> disabled) {
    for (Instr instr : block.instrs()) {
      if (instr.op() instanceof ControlOp.CustomCall call
          && !GUARANTEED.matcher(call.target()).matches()
          && !disabled.contains(DisabledSafetyCheck.customCall(call.target()))) {
        throw new ExportException.NotExportable(
            "the function '"
                + function
                + "' calls the target '"
                + call.target()
                + "', which has no compatibility guarantees"
                + (instr.loc().isKnown() ? " (" + instr.loc() + ")" : "")
                + ". Compute it without, or allow it by DisabledSafetyCheck.customCall(\""
                + call.target()
                + "\").");
      }
      instr.op().regions().forEach(region -> check(function, region, disabled));
    }
  }
}
