package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where extrema lie. */
public final class ArgReductions {
  private ArgReductions() {}

  /** The first index of the greatest or least element along one axis; the first NaN beats all. */
  record ArgReduce(boolean greatest, Axes axes, DType indexDtype) implements Primitive {
    @Override
    public String name() {
      return greatest ? "argmax" : "argmin";
    }

    @Override
    public java.util.Map<String, Object> params() {
      java.util.Map<String, Object> params = new java.util.LinkedHashMap<>();
      params.put("axes", axes);
      params.put("index_dtype", indexDtype);
      return params;
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      Domain.ORDERED.check(name(), x.dtype());
      Domain.INTEGER.check(name(), indexDtype);
      int axis = axes.get(0);
      if (axes.size() != 1 || axis < 0 || axis >= x.rank()) {
        throw new LaxTypeException(name(), "needs one axis of " + x + ", not " + axes);
      }
      if (x.shape().at(axis) == 0) {
        throw new LaxTypeException(name(), "axis " + axis + " of " + x + " has no elements");
      }
      return List.of(Aval.of(indexDtype, x.shape().without(axes)));
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

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Array x = Dims.move(operands.getFirst(), dims.getFirst(), 0);
      ArgReduce shifted = new ArgReduce(greatest, axes.map(a -> a + 1), indexDtype);
      return Batched.of(Bind.bind(shifted, x), 0);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value x = operands.getFirst();
      TensorType indices = new TensorType(indexDtype, x.shape());
      Value iota = b.add(new ElementwiseOp.Iota(indices, axes.get(0)));
      Value worst =
          b.constant(greatest ? Reductions.lowest(x.dtype()) : Reductions.highest(x.dtype()));
      Value zero = b.constant(indexDtype, 0);
      List<Value> best =
          b.addAll(
              new ReductionOp.Reduce(
                  List.of(x, iota), List.of(worst, zero), axes, body(x.dtype())));
      return List.of(best.get(1));
    }

    /** Takes the new element if it is better or NaN, and on a tie the smaller index. */
    private Block body(DType dtype) {
      HloBuilder b = new HloBuilder();
      Value best = b.param(TensorType.scalar(dtype));
      Value bestIndex = b.param(TensorType.scalar(indexDtype));
      Value x = b.param(TensorType.scalar(dtype));
      Value index = b.param(TensorType.scalar(indexDtype));
      // the accumulator is the first element at first; a NaN in it stays
      Value better = b.compare(greatest ? Direction.GT : Direction.LT, best, x);
      Value keep = b.pointwise(Fn.OR, better, b.compare(Direction.NE, best, best));
      Value tie = b.compare(Direction.EQ, best, x);
      Value earlier = b.compare(Direction.LT, bestIndex, index);
      Value keepIndex = b.pointwise(Fn.OR, keep, b.pointwise(Fn.AND, tie, earlier));
      Value value = b.pointwise(Fn.SELECT, keep, best, x);
      return b.build(value, b.pointwise(Fn.SELECT, keepIndex, bestIndex, index));
    }
  }

  public static Array argmax(Array x, int axis, DType indexDtype) {
    return Bind.bind(new ArgReduce(true, Axes.of(axis), indexDtype), x);
  }

  public static Array argmin(Array x, int axis, DType indexDtype) {
    return Bind.bind(new ArgReduce(false, Axes.of(axis), indexDtype), x);
  }
}
