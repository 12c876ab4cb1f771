package dev.jacobi.export;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.refine.Refiner;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.transform.Staging;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The call of an exported function. Its derivatives are those of the function around it, which
 * calls the exported VJP (see {@link Exported}); the primitive itself has none, as in JAX.
 */
record CallExported(Exported exported) implements Primitive {
  @Override
  public String name() {
    return "call_exported";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("exported", exported);
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return exported.results(operands);
  }

  @Override
  public boolean isCostly() {
    return true;
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    throw new ExportException.NoVjp(exported.funName());
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new ExportException.NoVjp(exported.funName());
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    throw new ExportException.NotBatchable(exported.funName());
  }

  /**
   * The convention: the platform's index if there are several, then the arguments that are kept.
   */
  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder builder = context.builder();
    HloModule module = exported.module();
    List<TensorType> expected = module.main().inputs();
    List<Value> passed = new ArrayList<>();
    int index = platformIndex();
    if (exported.platforms().size() > 1) {
      require(!expected.isEmpty() && expected.getFirst().rank() == 0, expected);
      passed.add(builder.constant(Literal.scalar(expected.getFirst().dtype(), (long) index)));
    }
    for (int i : exported.moduleKeptVarIdx()) {
      boolean isFloat0 = exported.inAvals().get(i).dtype() == JaxDtype.FLOAT0;
      Value operand = operands.get(i);
      passed.add(isFloat0 ? builder.full(DType.BOOL, operand.shape(), 0) : operand);
    }
    List<TensorType> given = passed.stream().map(Value::type).toList();
    require(fit(expected, given), given);
    List<TensorType> results = outs.stream().map(Aval::physical).toList();
    HloModule fixed =
        Refiner.isNeeded(module) ? Refiner.refine(module, given, Interpreter::run) : module;
    require(fixed.main().outputs().equals(results), results);
    return context.call("call_exported_" + exported.funName(), fixed, passed);
  }

  private int platformIndex() {
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

  private void require(boolean holds, List<TensorType> types) {
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
