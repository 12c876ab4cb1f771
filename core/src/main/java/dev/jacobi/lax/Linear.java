package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Linear functions of one operand: the tangent is the function of the tangent. */
interface Linear extends Primitive {
  Aval shape(Aval operand);

  /** The transpose: from a cotangent of the result to one of the operand. */
  Array transpose(Array cotangent, Aval operand);

  /** The function of an operand with an added dimension; gives the result's added dimension. */
  Batched vmap(Array operand, int dim, long size);

  Value lower(LowerContext context, Value operand, Aval out);

  @Override
  default List<Aval> abstractEval(List<Aval> operands) {
    return List.of(shape(operands.getFirst()));
  }

  @Override
  default Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array dx = tangents.getFirst();
    return Jvp.of(Bind.bind(this, primals).getFirst(), dx == null ? null : Bind.bind(this, dx));
  }

  @Override
  default List<@Nullable Array> transpose(
      List<@Nullable Array> cotangents, List<Operand> operands) {
    return Collections.singletonList(transpose(cotangents.getFirst(), operands.getFirst().aval()));
  }

  @Override
  default Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    return vmap(operands.getFirst(), dims.getFirst(), size);
  }

  @Override
  default List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return List.of(lower(context, operands.getFirst(), outs.getFirst()));
  }
}
