package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lowering.GridOps;
import dev.jacobi.trace.Bind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of an axis's members this is.
 *
 * @param varying the axis, where types say along which mesh axes values differ
 */
record AxisIndex(String axis, List<String> varying) implements Primitive {
  @Override
  public String name() {
    return "axis_index";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("axis_name", axis);
  }

  @Override
  public Set<String> axisNames() {
    return Set.of(axis);
  }

  @Override
  public boolean joinsVarying() {
    return false;
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return List.of(Aval.of(DType.I32, Shape.scalar()).withVarying(varying));
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    return Jvp.of(Bind.bind(this, primals).getFirst(), null);
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new NotLinearException(this);
  }

  /** Without operands, it is asked for its own axis only. */
  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    return Batched.of(Shapes.iota(DType.I32, Shape.of(size), 0), 0);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return List.of(GridOps.place(context.builder(), context.grid(), List.of(axis)));
  }
}
