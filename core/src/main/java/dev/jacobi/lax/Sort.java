package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Putting elements in order, and the largest of them. */
public final class Sort {
  private static final long MOST_U32 = 0xFFFF_FFFFL;

  private Sort() {}

  /**
   * Sorts arrays of one shape together. Floats are ordered from -inf to inf, then NaNs; zeros are
   * equal, and so are NaNs. Complex numbers are ordered by their real, then their imaginary parts.
   *
   * @param numKeys how many of the arrays decide, the first one before the others
   */
  record SortOp(int dimension, boolean isStable, int numKeys) implements Primitive {
    @Override
    public String name() {
      return "sort";
    }

    @Override
    public boolean isCostly() {
      return true;
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval first = operands.isEmpty() ? Aval.of(DType.F32) : operands.getFirst();
      for (Aval x : operands) {
        if (x.key() || !x.shape().equals(first.shape())) {
          throw new LaxTypeException(
              name(), "arrays must be numbers and have one shape, but got " + operands);
        }
      }
      if (dimension < 0 || dimension >= first.rank()) {
        throw new LaxTypeException(name(), operands + " have no dimension " + dimension);
      }
      if (numKeys < 1 || numKeys > operands.size()) {
        throw new LaxTypeException(
            name(), "of " + operands.size() + " arrays, " + numKeys + " cannot be keys");
      }
      return operands;
    }

    /** The order does not change nearby, so tangents move with their elements. */
    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Shape shape = primals.getFirst().shape();
      DType index = shape.dim(dimension) > MOST_U32 ? DType.U64 : DType.U32;
      List<Array> all = new ArrayList<>(primals);
      all.add(Shapes.iota(index, shape, dimension));
      List<Array> sorted = Bind.bind(this, all);
      Array from = Shapes.expandDims(sorted.getLast(), Axes.of(shape.rank()));
      List<@Nullable Array> moved = new ArrayList<>();
      for (Array t : tangents) {
        moved.add(along(t, from, dimension, GatherScatterMode.PROMISE_IN_BOUNDS));
      }
      return new Jvp(sorted.subList(0, primals.size()), moved);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      int first = 0;
      while (dims.get(first) == null) {
        first++;
      }
      int to = dims.get(first);
      List<Array> moved = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        moved.add(Dims.batchAt(operands.get(i), dims.get(i), size, to));
      }
      SortOp op = new SortOp(dimension + (to <= dimension ? 1 : 0), isStable, numKeys);
      return new Batched(Bind.bind(op, moved), Collections.nCopies(moved.size(), to));
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      Block comparator = comparator(operands.stream().map(Value::dtype).toList(), numKeys);
      return context.builder().addAll(new OrderOp.Sort(operands, dimension, isStable, comparator));
    }
  }

  /** Lexicographic: {@code a0 < b0 | a0 == b0 & (a1 < b1 | ...)}. */
  private static Block comparator(List<DType> dtypes, int numKeys) {
    HloBuilder b = new HloBuilder();
    List<Value> params = new ArrayList<>();
    for (DType t : dtypes) {
      params.add(b.param(TensorType.scalar(t)));
      params.add(b.param(TensorType.scalar(t)));
    }
    List<Value> x = new ArrayList<>();
    List<Value> y = new ArrayList<>();
    for (int k = 0; k < numKeys; k++) {
      x.addAll(keys(b, params.get(2 * k)));
      y.addAll(keys(b, params.get(2 * k + 1)));
    }
    Value before = null;
    for (int k = x.size() - 1; k >= 0; k--) {
      Value less = compare(b, Direction.LT, x.get(k), y.get(k));
      before =
          before == null
              ? less
              : b.pointwise(
                  Fn.OR,
                  less,
                  b.pointwise(Fn.AND, compare(b, Direction.EQ, x.get(k), y.get(k)), before));
    }
    return b.build(before);
  }

  private static Value compare(HloBuilder b, Direction direction, Value x, Value y) {
    ElementwiseOp.Order order =
        x.dtype().isFloat() ? ElementwiseOp.Order.TOTALORDER : HloBuilder.defaultOrder(x.dtype());
    return b.add(new ElementwiseOp.Compare(direction, order, x, y));
  }

  /** What is compared: floats with one zero and one NaN, since a total order tells them apart. */
  private static List<Value> keys(HloBuilder b, Value x) {
    if (x.dtype().isComplex()) {
      return List.of(canonical(b, b.pointwise(Fn.REAL, x)), canonical(b, b.pointwise(Fn.IMAG, x)));
    }
    return List.of(x.dtype().isFloat() ? canonical(b, x) : x);
  }

  private static Value canonical(HloBuilder b, Value x) {
    Value isZero = b.compare(Direction.EQ, x, b.constant(x.dtype(), 0));
    Value zeros = b.pointwise(Fn.SELECT, isZero, b.constant(x.dtype(), 0), x);
    Value isNan = b.compare(Direction.NE, x, x);
    return b.pointwise(Fn.SELECT, isNan, b.constant(x.dtype(), Double.NaN), zeros);
  }

  /** The k largest elements along an axis, largest first, and where they are; NaNs are largest. */
  record TopK(int axis, long k) implements Primitive {
    @Override
    public String name() {
      return "top_k";
    }

    @Override
    public boolean isCostly() {
      return true;
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      Domain.ORDERED.check(name(), x.dtype());
      if (axis < 0 || axis >= x.rank()) {
        throw new LaxTypeException(name(), x + " has no dimension " + axis);
      }
      if (k < 0 || k > x.dim(axis) || x.dim(axis) > Integer.MAX_VALUE) {
        throw new LaxTypeException(
            name(), "k must be from 0 to the size of dimension " + axis + " of " + x + ": " + k);
      }
      Aval values = x.withShape(x.shape().with(axis, k));
      return List.of(values, Aval.of(DType.I32, values.shape()));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      List<Array> found = Bind.bind(this, primals);
      List<@Nullable Array> moved = new ArrayList<>();
      Array at = found.getLast();
      Array vectors = Shapes.reshape(at, at.shape().insert(at.rank(), 1));
      moved.add(along(tangents.getFirst(), vectors, axis, GatherScatterMode.FILL_OR_DROP));
      moved.add(null);
      return new Jvp(found, moved);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      int dim = dims.getFirst();
      TopK op = new TopK(axis + (dim <= axis ? 1 : 0), k);
      return new Batched(Bind.bind(op, operands), List.of(dim, dim));
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value x = operands.getFirst();
      int last = x.shape().rank() - 1;
      if (axis == last) {
        return b.addAll(new OrderOp.TopK(x, k));
      }
      int[] swapped = Axes.range(last + 1).toArray();
      swapped[axis] = last;
      swapped[last] = axis;
      Axes swap = Axes.of(swapped);
      List<Value> found = b.addAll(new OrderOp.TopK(b.add(new ShapeOp.Transpose(x, swap)), k));
      return found.stream().map(v -> b.add(new ShapeOp.Transpose(v, swap))).toList();
    }
  }

  /**
   * A tangent's elements along a dimension.
   *
   * @param vectors their positions, each a vector of length one
   */
  private static @Nullable Array along(
      @Nullable Array x, Array vectors, int dimension, GatherScatterMode mode) {
    if (x == null || x.size() == 0) {
      return null;
    }
    int rank = x.rank();
    Axes rest = Axes.of(dimension).complement(rank);
    GatherDims dims =
        new GatherDims(Axes.of(), Axes.of(dimension), rest, rest, Axes.of(dimension), rank);
    return Gather.gather(x, vectors, dims, Longs.fill(rank, 1), mode, null);
  }

  /** An array sorted along a dimension. */
  public static Array sort(Array x, int dimension, boolean isStable) {
    return sort(List.of(x), dimension, isStable, 1).getFirst();
  }

  /** Arrays sorted together by the first {@code numKeys} of them. */
  public static List<Array> sort(List<Array> arrays, int dimension, boolean isStable, int numKeys) {
    return Bind.bind(new SortOp(dimension, isStable, numKeys), arrays);
  }

  /** The k largest elements along an axis, largest first, and their positions as i32. */
  public static List<Array> topK(Array x, long k, int axis) {
    return Bind.bind(new TopK(axis, k), List.of(x));
  }
}
