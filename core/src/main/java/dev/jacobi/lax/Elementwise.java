package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What elementwise primitives share: operands of one shape (scalars stand for any), one result. */
public interface Elementwise extends Primitive {
  /** Checks the operands' element types and gives the result's. */
  DType resultType(List<Aval> operands);

  /** Writes the operation on operands of one shape. */
  Value lowerEqual(LowerContext context, List<Value> operands, Aval out);

  @Override
  default List<Aval> abstractEval(List<Aval> operands) {
    DType dtype = resultType(operands);
    Shape shape = Shape.scalar();
    boolean weak = true;
    for (Aval operand : operands) {
      if (!operand.shape().isScalar() && !shape.isScalar() && !operand.shape().equals(shape)) {
        throw new LaxTypeException(
            name(),
            "operands must have equal shapes, but got "
                + shapes(operands)
                + ". Broadcast them first, or use the function of the same name in Jnp");
      }
      shape = operand.shape().isScalar() ? shape : operand.shape();
      weak &= operand.weak();
    }
    return List.of(new Aval(dtype, shape, weak, false));
  }

  /** The operands' shapes as an error shows them. */
  static String shapes(List<Aval> operands) {
    return String.join(" and ", operands.stream().map(a -> a.shape().toString()).toList());
  }

  /** The common element type; an exception names them if they differ. */
  static DType sameType(String primitive, List<Aval> operands) {
    DType dtype = operands.getFirst().dtype();
    for (Aval operand : operands) {
      if (operand.dtype() != dtype || operand.key()) {
        throw new LaxTypeException(
            primitive,
            "operands must have equal element types, but got "
                + String.join(" and ", operands.stream().map(Aval::toString).toList())
                + ". Convert one with astype");
      }
    }
    return dtype;
  }

  @Override
  default Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    int rank = 0;
    int target = 0;
    for (int i = 0; i < dims.size(); i++) {
      Integer dim = dims.get(i);
      int lane = operands.get(i).rank() - (dim == null ? 0 : 1);
      target = dim != null && lane >= rank ? dim : target;
      rank = Math.max(rank, lane);
    }
    target = Math.min(target, rank);
    List<Array> aligned = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      aligned.add(align(operands.get(i), dims.get(i), rank, target, size, operands, dims));
    }
    return Batched.of(Bind.bind(this, aligned).getFirst(), target);
  }

  /** Puts the batch of one operand at {@code target}; scalars that all lanes share stay scalars. */
  private static Array align(
      Array operand,
      @Nullable Integer dim,
      int rank,
      int target,
      long size,
      List<Array> operands,
      List<@Nullable Integer> dims) {
    if (dim == null) {
      return operand.rank() == 0 ? operand : Dims.batchAt(operand, null, size, target);
    }
    if (operand.rank() == 1 && rank > 0) {
      Shape shape = laneShape(operands, dims, rank).insert(target, size);
      return Shapes.broadcastInDim(operand, shape, Axes.of(target));
    }
    return Dims.move(operand, dim, target);
  }

  private static Shape laneShape(List<Array> operands, List<@Nullable Integer> dims, int rank) {
    for (int i = 0; i < dims.size(); i++) {
      Integer dim = dims.get(i);
      Shape shape = operands.get(i).shape();
      Shape lane = dim == null ? shape : shape.without(Axes.of(dim));
      if (lane.rank() == rank) {
        return lane;
      }
    }
    throw new IllegalStateException("no operand has rank " + rank);
  }

  @Override
  default List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    Shape shape = outs.getFirst().shape();
    List<Value> equal =
        operands.stream()
            .map(v -> v.shape().equals(shape) ? v : context.builder().broadcast(v, shape))
            .toList();
    return List.of(lowerEqual(context, equal, outs.getFirst()));
  }
}
