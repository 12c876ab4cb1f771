package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The same elements under another shape. */
public final class Shapes {
  private Shapes() {}

  /** Operand dimension i becomes dimension {@code broadcastDimensions[i]}; others repeat it. */
  record BroadcastInDim(Shape shape, Axes broadcastDimensions) implements Linear {
    @Override
    public String name() {
      return "broadcast_in_dim";
    }

    /** The result's type tells the shape. */
    @Override
    public Map<String, Object> params() {
      return broadcastDimensions.isEmpty()
          ? Map.of()
          : Map.of("broadcast_dimensions", broadcastDimensions);
    }

    @Override
    public Aval shape(Aval operand) {
      if (broadcastDimensions.size() != operand.rank()
          || !Dims.areSome(broadcastDimensions, shape.rank())) {
        throw new LaxTypeException(
            name(),
            broadcastDimensions + " are no dimensions of " + shape + " for those of " + operand);
      }
      long[] sizes = operand.shape().toArray(); // unknown ones are equal
      for (int i = 0; i < operand.rank(); i++) {
        long from = sizes[i];
        long to = shape.toArray()[broadcastDimensions.get(i)];
        if (from != to && from != 1) {
          throw new LaxTypeException(
              name(), "cannot broadcast " + operand.shape() + " to " + shape + " at " + i);
        }
      }
      return operand.withShape(shape);
    }

    @Override
    public Array transpose(Array cotangent, Aval operand) {
      Axes added = broadcastDimensions.complement(shape.rank());
      Array summed = added.isEmpty() ? cotangent : Reductions.sum(cotangent, added);
      long[] from = operand.shape().toArray();
      long[] to = shape.toArray();
      Axes stretched =
          Axes.of(
              IntStream.range(0, operand.rank())
                  .filter(i -> from[i] == 1 && to[broadcastDimensions.get(i)] != 1)
                  .toArray());
      return stretched.isEmpty()
          ? summed
          : reshape(Reductions.sum(summed, stretched), operand.shape());
    }

    @Override
    public Batched vmap(Array operand, int dim, long size) {
      Array front = Dims.move(operand, dim, 0);
      Axes dims = Axes.of(0).plus(broadcastDimensions.map(d -> d + 1));
      return Batched.of(broadcastInDim(front, shape.insert(0, size), dims), 0);
    }

    @Override
    public Value lower(LowerContext context, Value operand, Aval out) {
      int rank = broadcastDimensions.size();
      Axes dims = out.key() ? broadcastDimensions.plus(Axes.of(shape.rank())) : broadcastDimensions;
      return out.physical().shape().equals(operand.shape()) && Axes.range(rank).equals(dims)
          ? operand
          : context
              .builder()
              .add(new ShapeOp.BroadcastInDim(operand, dims, out.physical().shape()));
    }
  }

  /** The number of unknown sizes, and the product of the others. */
  private static List<Long> known(Shape shape) {
    Shape sizes =
        Shape.of(Arrays.stream(shape.toArray()).filter(n -> n != Shape.DYNAMIC).toArray());
    return List.of((long) shape.rank() - sizes.rank(), sizes.size());
  }

  /** The elements in row-major order under another shape. */
  record Reshape(Shape newSizes) implements Linear {
    @Override
    public String name() {
      return "reshape";
    }

    @Override
    public Aval shape(Aval operand) {
      if (!known(operand.shape()).equals(known(newSizes))) {
        throw new LaxTypeException(
            name(),
            "cannot reshape an array of shape "
                + operand.shape()
                + " ("
                + operand.shape().size()
                + " elements) to "
                + newSizes
                + " ("
                + newSizes.size()
                + " elements)");
      }
      return operand.withShape(newSizes);
    }

    @Override
    public Array transpose(Array cotangent, Aval operand) {
      return reshape(cotangent, operand.shape());
    }

    @Override
    public Batched vmap(Array operand, int dim, long size) {
      return Batched.of(reshape(Dims.move(operand, dim, 0), newSizes.insert(0, size)), 0);
    }

    @Override
    public Value lower(LowerContext context, Value operand, Aval out) {
      return context.builder().add(new ShapeOp.Reshape(operand, out.physical().shape()));
    }
  }

  /** Result dimension i is operand dimension {@code permutation[i]}. */
  record Transpose(Axes permutation) implements Linear {
    @Override
    public String name() {
      return "transpose";
    }

    @Override
    public Aval shape(Aval operand) {
      if (!permutation.sorted().equals(Axes.range(operand.rank()))) {
        throw new LaxTypeException(
            name(), permutation + " is no permutation of the dimensions of " + operand);
      }
      return operand.withShape(operand.shape().select(permutation));
    }

    @Override
    public Array transpose(Array cotangent, Aval operand) {
      return Shapes.transpose(cotangent, permutation.inverse());
    }

    @Override
    public Batched vmap(Array operand, int dim, long size) {
      Axes lanes = permutation.map(d -> d < dim ? d : d + 1);
      return Batched.of(Shapes.transpose(operand, Axes.of(dim).plus(lanes)), 0);
    }

    @Override
    public Value lower(LowerContext context, Value operand, Aval out) {
      Axes all = out.key() ? permutation.plus(Axes.of(permutation.size())) : permutation;
      return context.builder().add(new ShapeOp.Transpose(operand, all));
    }
  }

  /** Without some dimensions of size 1. */
  record Squeeze(Axes dimensions) implements Linear {
    @Override
    public String name() {
      return "squeeze";
    }

    @Override
    public Aval shape(Aval operand) {
      dimensions.stream().forEach(d -> check(operand, d));
      return operand.withShape(operand.shape().without(dimensions));
    }

    private void check(Aval operand, int d) {
      if (operand.dim(d) != 1) {
        throw new LaxTypeException(
            name(), "dimension " + d + " of shape " + operand.shape() + " is not of size 1");
      }
    }

    @Override
    public Array transpose(Array cotangent, Aval operand) {
      return reshape(cotangent, operand.shape());
    }

    @Override
    public Batched vmap(Array operand, int dim, long size) {
      Array front = Dims.move(operand, dim, 0);
      return Batched.of(squeeze(front, dimensions.map(d -> d + 1)), 0);
    }

    @Override
    public Value lower(LowerContext context, Value operand, Aval out) {
      return context.builder().add(new ShapeOp.Reshape(operand, out.physical().shape()));
    }
  }

  /** Counts along one dimension. */
  record Iota(DType dtype, Shape shape, int dimension) implements Primitive {
    @Override
    public String name() {
      return "iota";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Domain.NUMERIC.check(name(), dtype);
      if (dimension < 0 || dimension >= shape.rank()) {
        throw new LaxTypeException(name(), shape + " has no dimension " + dimension);
      }
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
      return Batched.of(Bind.bind(this), null);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return List.of(
          context.builder().add(new ElementwiseOp.Iota(outs.getFirst().physical(), dimension)));
    }
  }

  /** Repeats an array along new or size-1 dimensions. */
  public static Array broadcastInDim(Array x, Shape shape, Axes broadcastDimensions) {
    boolean same = x.shape().equals(shape) && broadcastDimensions.isIdentity();
    return same ? x : Bind.bind(new BroadcastInDim(shape, broadcastDimensions), x);
  }

  public static Array reshape(Array x, Shape shape) {
    return x.shape().equals(shape) ? x : Bind.bind(new Reshape(shape), x);
  }

  public static Array transpose(Array x, Axes permutation) {
    return permutation.isIdentity() && permutation.size() == x.rank()
        ? x
        : Bind.bind(new Transpose(permutation), x);
  }

  public static Array squeeze(Array x, Axes dimensions) {
    return dimensions.isEmpty() ? x : Bind.bind(new Squeeze(dimensions), x);
  }

  /** New dimensions of size 1 at the given positions of the result. */
  public static Array expandDims(Array x, Axes dimensions) {
    if (!Dims.areSome(dimensions, x.rank() + dimensions.size())) {
      throw new LaxTypeException("expand_dims", x.shape() + " cannot get dimensions " + dimensions);
    }
    Shape shape = x.shape();
    for (int d : dimensions.sorted().toArray()) {
      shape = shape.insert(d, 1);
    }
    return broadcastInDim(x, shape, dimensions.complement(shape.rank()));
  }

  /** 0, 1, 2, ... along {@code dimension}. */
  public static Array iota(DType dtype, Shape shape, int dimension) {
    return Bind.bind(new Iota(dtype, shape, dimension));
  }
}
