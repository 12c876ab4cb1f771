package dev.jacobi.export;

import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.refine.Refiner;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.transform.Staging;
import java.util.ArrayList;
import java.util.List;

/** Writes calls of exported programs, by their calling convention. */
final class Linking {
  private Linking() {}

  /**
   * The convention: the platform's index if there are several, then the arguments that are kept.
   */
  static List<Value> call(
      Exported exported, LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder builder = context.builder();
    HloModule module = exported.module();
    List<TensorType> expected = module.main().inputs();
    List<Value> passed = new ArrayList<>();
    int index = platformIndex(exported);
    if (exported.platforms().size() > 1) {
      require(!expected.isEmpty() && expected.getFirst().rank() == 0, exported, expected);
      passed.add(builder.constant(Literal.scalar(expected.getFirst().dtype(), (long) index)));
    }
    for (int i : exported.moduleKeptVarIdx()) {
      boolean isFloat0 = exported.inAvals().get(i).dtype() == JaxDtype.FLOAT0;
      Value operand = operands.get(i);
      passed.add(isFloat0 ? builder.full(dev.jacobi.hlo.DType.BOOL, operand.shape(), 0) : operand);
    }
    List<TensorType> given = passed.stream().map(Value::type).toList();
    require(fit(expected, given), exported, given);
    List<TensorType> results = outs.stream().map(Aval::physical).toList();
    HloModule fixed =
        Refiner.isNeeded(module) ? Refiner.refine(module, given, Interpreter::run) : module;
    require(fixed.main().outputs().equals(results), exported, results);
    return context.call("call_exported_" + exported.funName(), fixed, passed);
  }

  private static int platformIndex(Exported exported) {
    String platform = Staging.platform();
    int index = exported.platforms().indexOf(platform);
    boolean isAnyAllowed = exported.disabledSafetyChecks().contains(DisabledSafetyCheck.platform());
    if (index < 0 && !isAnyAllowed) {
      throw new ExportException.Unsupported(
          "Function '"
              + exported.funName()
              + "' was exported for platforms "
              + exported.platforms()
              + " but it is used on '"
              + platform
              + "'. Export it for that platform too, or with the platform check disabled.");
    }
    return Math.max(index, 0);
  }

  /** Whether types agree wherever the expected ones say something. */
  private static boolean fit(List<TensorType> expected, List<TensorType> given) {
    boolean fits = expected.size() == given.size();
    for (int i = 0; fits && i < given.size(); i++) {
      TensorType e = expected.get(i);
      TensorType g = given.get(i);
      fits = e.element().equals(g.element()) && e.rank() == g.rank();
      for (int d = 0; fits && d < e.rank(); d++) {
        fits = !e.shape().isStatic(d) || e.dim(d) == g.dim(d);
      }
    }
    return fits;
  }

  private static void require(boolean holds, Exported exported, List<TensorType> types) {
    if (!holds) {
      throw new ExportException.Unsupported(
          "the program of '"
              + exported.funName()
              + "' does not have the types that the file says: it is "
              + exported.module().main().inputs()
              + " -> "
              + exported.module().main().outputs()
              + ", and should fit "
              + types);
    }
  }
}
