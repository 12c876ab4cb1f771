package dev.jacobi.lax.linalg;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.trace.Bind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exchanges of rows, done one after the other, as one permutation. */
public final class Pivots {
  /** Up to so many exchanges are written out, so that they fuse. */
  private static final long UNROLLED = 16;

  private Pivots() {}

  /** The permutation that exchanges of row i with row {@code pivots[i]} amount to. */
  public record LuPivotsToPermutation(int permutationSize) implements Factorisation {
    @Override
    public String name() {
      return "lu_pivots_to_permutation";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      int last = x.rank() - 1;
      if (!x.dtype().isInteger() || x.rank() < 1 || permutationSize < x.dim(last)) {
        throw new LaxTypeException(
            name(), "takes integers, at most " + permutationSize + " per row, not " + x);
      }
      return List.of(Aval.of(DType.I32, x.shape().with(last, permutationSize)));
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
      return Batched.of(Bind.bind(this, Dims.move(operands.getFirst(), dims.getFirst(), 0)), 0);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value pivots = b.add(new ElementwiseOp.Convert(operands.getFirst(), DType.I32));
      return List.of(permutation(b, pivots, outs.getFirst().shape()));
    }
  }

  /** The permutation of a shape; the last dimension of {@code pivots} counts the exchanges. */
  static Value permutation(HloBuilder b, Value pivots, Shape shape) {
    int last = shape.rank() - 1;
    long steps = pivots.type().dim(last);
    TensorType type = new TensorType(DType.I32, shape);
    Value place = b.add(new ElementwiseOp.Iota(type, last));
    if (steps <= UNROLLED) {
      Value now = place;
      for (long i = 0; i < steps; i++) {
        now = exchanged(b, pivots, now, b.constant(DType.I32, i));
      }
      return now;
    }
    Value zero = b.constant(Literal.scalar(DType.I32, 0L));
    TensorType counter = TensorType.scalar(DType.I32);
    HloBuilder test = new HloBuilder();
    Value testAt = test.param(counter);
    test.param(type);
    Value end = test.constant(Literal.scalar(DType.I32, steps));
    Block cond = test.build(test.compare(Direction.LT, testAt, end));
    HloBuilder step = new HloBuilder();
    Value at = step.param(counter);
    Value now = step.param(type);
    Value next = exchanged(step, pivots, now, at);
    Value one = step.constant(Literal.scalar(DType.I32, 1L));
    Block body = step.build(step.pointwise(Fn.ADD, at, one), next);
    return b.addAll(new ControlOp.While(List.of(zero, place), cond, body)).get(1);
  }

  /** Element i and the element that pivot i names change places. */
  private static Value exchanged(HloBuilder b, Value pivots, Value now, Value i) {
    Shape shape = now.shape();
    int last = shape.rank() - 1;
    Value target = spread(b, at(b, pivots, isPlace(b, pivots.shape(), i)), shape);
    Value here = isPlace(b, shape, i);
    Value place = b.add(new ElementwiseOp.Iota(now.type(), last));
    Value there = b.compare(Direction.EQ, place, target);
    Value mine = spread(b, at(b, now, here), shape);
    Value theirs = spread(b, at(b, now, there), shape);
    return b.pointwise(Fn.SELECT, here, theirs, b.pointwise(Fn.SELECT, there, mine, now));
  }

  private static Value isPlace(HloBuilder b, Shape shape, Value i) {
    Value place = b.add(new ElementwiseOp.Iota(new TensorType(DType.I32, shape), shape.rank() - 1));
    return b.compare(Direction.EQ, place, b.broadcast(i, shape));
  }

  /** The one element of each row whose mask is set. */
  private static Value at(HloBuilder b, Value x, Value mask) {
    Value zeros = b.full(DType.I32, x.shape(), 0);
    Value only = b.pointwise(Fn.SELECT, mask, x, zeros);
    return sum(b, only, x.shape().rank() - 1);
  }

  private static Value sum(HloBuilder b, Value x, int dimension) {
    Value zero = b.constant(Literal.scalar(DType.I32, 0L));
    Axes axes = Axes.of(dimension);
    var add = HloBuilder.binaryBody(Fn.ADD, DType.I32);
    return b.add(new ReductionOp.Reduce(List.of(x), List.of(zero), axes, add));
  }

  private static Value spread(HloBuilder b, Value x, Shape shape) {
    return b.add(new ShapeOp.BroadcastInDim(x, Axes.range(shape.rank() - 1), shape));
  }

  /** Row i of a result is row {@code order[i]} of {@code x}; order is a permutation. */
  static Value rows(HloBuilder b, Value x, Value order) {
    Shape shape = x.shape();
    if (shape.size() == 0) {
      return x;
    }
    int row = shape.rank() - 2;
    Axes batch = Axes.range(row);
    Axes taken = Axes.of(row);
    GatherDims dims = new GatherDims(Axes.of(row + 1), taken, batch, batch, taken, row + 1);
    Longs sizes = Shape.of(Longs.fill(row + 2, 1)).with(row + 1, x.type().dim(row + 1)).sizes();
    Value indices = b.add(new ShapeOp.Reshape(order, order.shape().insert(row + 1, 1)));
    return b.add(new IndexOp.Gather(x, indices, dims, sizes, false));
  }

  /** The permutation that undoes another. */
  static Value inverse(HloBuilder b, Value order) {
    int last = order.shape().rank() - 1;
    long n = order.type().dim(last);
    Shape shape = order.shape().insert(last + 1, n); // from (row) where to (column)
    TensorType type = new TensorType(DType.I32, shape);
    Value to = b.add(new ElementwiseOp.Iota(type, last + 1));
    Value from = b.add(new ElementwiseOp.Iota(type, last));
    Value wide = b.add(new ShapeOp.BroadcastInDim(order, Axes.range(last + 1), shape));
    Value hit = b.compare(Direction.EQ, wide, to);
    Value only = b.pointwise(Fn.SELECT, hit, from, b.full(DType.I32, shape, 0));
    return sum(b, only, last);
  }

  /** JAX's {@code lu_pivots_to_permutation}. */
  public static Array luPivotsToPermutation(Array pivots, int permutationSize) {
    return Bind.bind(new LuPivotsToPermutation(permutationSize), pivots);
  }
}
