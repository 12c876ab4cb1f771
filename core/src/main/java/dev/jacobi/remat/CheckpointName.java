package dev.jacobi.remat;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Its operand, by which a policy may know it. */
public record CheckpointName(String label) implements Primitive {
  @Override
  public String name() {
    return "name";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("name", label);
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return operands;
  }

  /** The tangent has no name. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    return new Jvp(Bind.bind(this, primals), tangents);
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    return cotangents;
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    return new Batched(Bind.bind(this, operands), dims);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return operands;
  }
}
