package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sizes of dimensions as values. */
public final class Sizes {
  private Sizes() {}

  /** The size of a dimension, an i32, which is known when the program runs. */
  record DimensionSize(int dimension) implements Primitive {
    @Override
    public String name() {
      return "dimension_size";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      if (dimension < 0 || dimension >= x.rank()) {
        throw new LaxTypeException(name(), x + " has no dimension " + dimension);
      }
      return List.of(Aval.of(DType.I32));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      return Jvp.of(Bind.bind(this, primals).getFirst(), null);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    /** One size for all elements of the batch. */
    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Array front = Dims.move(operands.getFirst(), dims.getFirst(), 0);
      return Batched.of(Bind.bind(new DimensionSize(dimension + 1), front), null);
    }

    /** Behind a barrier: programs for any batch tell sizes as values from those of shapes by it. */
    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      Value x = operands.getFirst();
      if (x.shape().isStatic(dimension)) {
        return List.of(context.builder().constant(DType.I32, x.shape().dim(dimension)));
      }
      Value size = context.builder().add(new DynamicOp.GetDimensionSize(x, dimension));
      return context.builder().addAll(new ControlOp.OptimizationBarrier(List.of(size)));
    }
  }

  /**
   * The size of a dimension as an i32 scalar, also where it is that of an open batch.
   *
   * @throws LaxTypeException if there is no such dimension, or its size exceeds an i32
   */
  public static Array dimensionSize(Array x, int dimension) {
    int d = dimension < 0 ? dimension + x.rank() : dimension;
    if (d < 0 || d >= x.rank() || x.shape().at(d) > Integer.MAX_VALUE) {
      throw new LaxTypeException(
          "dimension_size", "dimension " + dimension + " of " + x.aval() + " has no i32 as size");
    }
    return x.shape().isStatic(d)
        ? Scalars.ofLong(DType.I32, x.shape().dim(d))
        : Bind.bind(new DimensionSize(d), x);
  }
}
