package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that a compiler may not look through, and arrays whose values nobody has chosen. */
public final class Barrier {
  private Barrier() {}

  /** Its operands, which no optimisation moves across. Linear. */
  record OptimizationBarrier() implements Primitive {
    @Override
    public String name() {
      return "optimization_barrier";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      return operands;
    }

    /** Tangents pass a barrier of their own. */
    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      List<Array> values = barrier(primals);
      List<Array> passing = new ArrayList<>();
      for (int i = 0; i < primals.size(); i++) {
        if (primals.get(i).aval().isDifferentiable()) {
          Array t = tangents.get(i);
          passing.add(t == null ? Zeros.like(primals.get(i)) : t);
        }
      }
      List<Array> passed = barrier(passing);
      List<@Nullable Array> out = new ArrayList<>();
      int next = 0;
      for (Array primal : primals) {
        out.add(primal.aval().isDifferentiable() ? passed.get(next++) : null);
      }
      return new Jvp(values, out);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      List<Array> all = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        Array ct = cotangents.get(i);
        all.add(ct == null ? Zeros.of(operands.get(i).aval().strong()) : ct);
      }
      List<@Nullable Array> pulled = new ArrayList<>(barrier(all));
      for (int i = 0; i < operands.size(); i++) {
        if (!operands.get(i).isLinear()) {
          pulled.set(i, null);
        }
      }
      return pulled;
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      return new Batched(barrier(operands), dims);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return context.builder().addAll(new ControlOp.OptimizationBarrier(operands));
    }
  }

  /** An array of any values; ours are 0, since memory is never shown that was not written. */
  record Empty(DType dtype, Shape shape) implements Primitive {
    @Override
    public String name() {
      return "empty";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      return List.of(Aval.of(dtype, shape));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      return Jvp.of(Bind.bind(this), null);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      return List.of();
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      return new Batched(List.of(Bind.bind(this)), Collections.singletonList(null));
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return List.of(context.builder().full(dtype, shape, 0));
    }
  }

  /** The same values, across which no optimisation moves anything. */
  public static List<Array> barrier(List<Array> operands) {
    return operands.isEmpty() ? List.of() : Bind.bind(new OptimizationBarrier(), operands);
  }

  /** An array of any values. */
  public static Array empty(Shape shape, DType dtype) {
    return Bind.bind(new Empty(dtype, shape));
  }
}
