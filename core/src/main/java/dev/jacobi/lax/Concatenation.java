package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joining arrays, and turning their order. */
public final class Concatenation {
  private Concatenation() {}

  /** Joins along one dimension. */
  record Concatenate(int dimension) implements Primitive {
    @Override
    public String name() {
      return "concatenate";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      if (operands.isEmpty()) {
        throw new LaxTypeException(name(), "needs at least one array");
      }
      Aval first = operands.getFirst();
      long size = 0;
      boolean weak = true;
      for (Aval x : operands) {
        boolean fits =
            x.dtype() == first.dtype()
                && x.key() == first.key()
                && x.rank() == first.rank()
                && dimension >= 0
                && dimension < x.rank()
                && x.shape().with(dimension, 0).equals(first.shape().with(dimension, 0));
        if (!fits) {
          throw new LaxTypeException(
              name(),
              "arrays must agree in element type and in all dimensions but "
                  + dimension
                  + ", but got "
                  + operands);
        }
        size += x.dim(dimension);
        weak &= x.weak();
      }
      return List.of(first.withShape(first.shape().with(dimension, size)).withWeak(weak));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array y = Bind.bind(this, primals).getFirst();
      List<Array> ts = new ArrayList<>();
      for (int i = 0; i < primals.size(); i++) {
        Array t = tangents.get(i);
        ts.add(t == null ? Zeros.like(primals.get(i)) : t);
      }
      return Jvp.of(y, concatenate(ts, dimension));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      List<@Nullable Array> pulled = new ArrayList<>();
      long from = 0;
      for (Operand operand : operands) {
        long to = from + operand.aval().dim(dimension);
        pulled.add(operand.isLinear() ? part(ct, from, to) : null);
        from = to;
      }
      return pulled;
    }

    private Array part(Array x, long from, long to) {
      long[] start = new long[x.rank()];
      long[] limit = x.shape().toArray();
      start[dimension] = from;
      limit[dimension] = to;
      return Slices.slice(x, Longs.of(start), Longs.of(limit), Longs.fill(x.rank(), 1));
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      List<Array> front = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        front.add(Dims.batchAt(operands.get(i), dims.get(i), size, 0));
      }
      return Batched.of(concatenate(front, dimension + 1), 0);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return context.builder().addAll(new ShapeOp.Concatenate(operands, dimension));
    }
  }

  /** Turns the order along some dimensions. */
  record Rev(Axes dimensions) implements Linear {
    @Override
    public String name() {
      return "rev";
    }

    @Override
    public Aval shape(Aval operand) {
      if (dimensions.stream().anyMatch(d -> d < 0 || d >= operand.rank())) {
        throw new LaxTypeException(name(), dimensions + " are not all dimensions of " + operand);
      }
      return operand;
    }

    @Override
    public Array transpose(Array cotangent, Aval operand) {
      return rev(cotangent, dimensions);
    }

    @Override
    public Batched vmap(Array operand, int dim, long size) {
      return Batched.of(rev(operand, dimensions.map(d -> d < dim ? d : d + 1)), dim);
    }

    @Override
    public Value lower(LowerContext context, Value operand, Aval out) {
      return context.builder().add(new ShapeOp.Reverse(operand, dimensions));
    }
  }

  /** Joins arrays along one dimension. */
  public static Array concatenate(List<Array> arrays, int dimension) {
    return arrays.size() == 1
        ? arrays.getFirst()
        : Bind.bind(new Concatenate(dimension), arrays).getFirst();
  }

  public static Array rev(Array x, Axes dimensions) {
    return dimensions.isEmpty() ? x : Bind.bind(new Rev(dimensions), x);
  }
}
