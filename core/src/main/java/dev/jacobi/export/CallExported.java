package dev.jacobi.export;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
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

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return Linking.call(exported, context, operands, outs);
  }
}
