package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scatter in which a program of two scalars, the element that is there and an update that it
 * ignores, says what is written.
 */
record ScatterApply(Scatter.ScatterOp places, Jaxpr updateJaxpr) implements Primitive {
  @Override
  public String name() {
    return places.name();
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>(places.params());
    params.put("update_jaxpr", updateJaxpr);
    return params;
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return places.abstractEval(operands);
  }

  /** JAX gives the derivative of writing the update, which is not what happens. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    throw new LaxTypeException(
        "scatter_apply",
        "has no derivative; gather, apply the function and scatter, if no place is named twice");
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new NotLinearException(this);
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Array x = Dims.batchAt(operands.get(0), dims.get(0), size, 0);
    Array updates = Dims.batchAt(operands.get(2), dims.get(2), size, 0);
    Integer at = dims.get(1);
    Array indices = at == null ? operands.get(1) : Dims.move(operands.get(1), at, 0);
    ScatterApply batched =
        new ScatterApply(places.batched(at != null, indices.rank()), updateJaxpr);
    return Batched.of(Bind.bind(batched, x, indices, updates), 0);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return places.lower(context.builder(), operands, context.body(updateJaxpr));
  }

  /** Applies a traced program at index vectors; updates of zeros stand for how often. */
  static Array apply(
      Array x, Array indices, Jaxpr body, ScatterDims dims, Shape updates, IndexOptions options) {
    Scatter.ScatterOp places =
        new Scatter.ScatterOp(
            Scatter.Kind.SET,
            dims,
            options.mode(),
            options.indicesAreSorted(),
            options.uniqueIndices());
    Array unused = Zeros.full(Aval.of(x.dtype(), updates), 0);
    return Bind.bind(new ScatterApply(places, body), x, indices, unused);
  }
}
