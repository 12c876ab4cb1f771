package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.InDim;
import dev.jacobi.transform.Reducers;
import java.util.Arrays;
import java.util.List;

/** Parts of arrays, at places known early or late: {@code jax.lax}. */
public abstract class LaxSlice extends LaxShape {
  private static final IndexOptions DROP = IndexOptions.of(GatherScatterMode.FILL_OR_DROP);

  LaxSlice() {}

  /**
   * The box from {@code startIndices} up to {@code limitIndices}. {@code Lax.slice(arange(6),
   * Longs.of(1), Longs.of(4))} is {@code [1 2 3]}.
   */
  public static Array slice(Array x, Longs startIndices, Longs limitIndices) {
    return slice(x, startIndices, limitIndices, Longs.fill(x.rank(), 1));
  }

  /** The box with steps. */
  public static Array slice(Array x, Longs startIndices, Longs limitIndices, Longs strides) {
    boolean fits =
        startIndices.size() == x.rank()
            && limitIndices.size() == x.rank()
            && strides.size() == x.rank();
    if (!fits) {
      throw new LaxTypeException("slice", "needs one number per dimension of " + x.shape());
    }
    return Slices.slice(x, startIndices, limitIndices, strides);
  }

  /**
   * A range along one dimension; negative indices count from the end. {@code
   * Lax.sliceInDim(arange(6), 1, 6, 2, 0)} is {@code [1 3 5]}.
   */
  public static Array sliceInDim(Array x, long startIndex, long limitIndex, long stride, int axis) {
    int d = axis("slice_in_dim", axis, x.rank());
    long n = x.dim(d);
    long from = startIndex < 0 ? startIndex + n : startIndex;
    long to = limitIndex < 0 ? limitIndex + n : limitIndex;
    Longs limits = x.shape().with(d, to < 0 ? 0 : to).sizes();
    return slice(x, with(x.rank(), 0, d, from), limits, with(x.rank(), 1, d, stride));
  }

  /**
   * One entry along a dimension, which is kept with size 1 or taken away. {@code
   * Lax.indexInDim(arange(6), 2, 0, false)} is {@code 2}.
   */
  public static Array indexInDim(Array x, long index, int axis, boolean keepdims) {
    int d = axis("index_in_dim", axis, x.rank());
    long at = index < 0 ? index + x.dim(d) : index;
    if (at < 0 || at >= x.dim(d)) {
      throw new LaxTypeException(
          "index_in_dim", "index " + index + " is out of bounds in dimension " + d + " of " + x);
    }
    Array slice = sliceInDim(x, at, at + 1, 1, d);
    return keepdims ? slice : Shapes.squeeze(slice, Axes.of(d));
  }

  /**
   * A box at starts that are known when the program runs; they move so that it fits. {@code
   * Lax.dynamicSlice(arange(6), List.of(scalar(2)), 3)} is {@code [2 3 4]}.
   *
   * @param startIndices integer scalars of one type, one per dimension; negative ones count from
   *     the end ({@link DynamicSlices} takes them as they are)
   */
  public static Array dynamicSlice(Array x, List<Array> startIndices, long... sliceSizes) {
    return DynamicSlices.dynamicSlice(x, InDim.wrapped(x, startIndices), Longs.of(sliceSizes));
  }

  /**
   * A range of a fixed size along one dimension from a start that is known when it runs. {@code
   * Lax.dynamicSliceInDim(arange(6), scalar(2), 3, 0)} is {@code [2 3 4]}.
   */
  public static Array dynamicSliceInDim(Array x, Array startIndex, long sliceSize, int axis) {
    return InDim.dynamicSlice(x, startIndex, sliceSize, axis("dynamic_slice", axis, x.rank()));
  }

  /**
   * One entry along a dimension at an index that is known when the program runs. {@code
   * Lax.dynamicIndexInDim(arange(6), scalar(2), 0, false)} is {@code 2}.
   */
  public static Array dynamicIndexInDim(Array x, Array index, int axis, boolean keepdims) {
    return InDim.dynamicIndex(x, index, axis("dynamic_index", axis, x.rank()), keepdims);
  }

  /**
   * The array with a box written over it; see {@link #dynamicSlice} for the starts. {@code
   * Lax.dynamicUpdateSlice(arange(4), array(9), List.of(scalar(1)))} is {@code [0 9 2 3]}.
   */
  public static Array dynamicUpdateSlice(Array x, Array update, List<Array> startIndices) {
    return DynamicSlices.dynamicUpdateSlice(x, update, InDim.wrapped(x, startIndices));
  }

  /**
   * The array with a box written over it, from 0 in all dimensions but one. {@code
   * Lax.dynamicUpdateSliceInDim(arange(4), array(9), scalar(1), 0)} is {@code [0 9 2 3]}.
   */
  public static Array dynamicUpdateSliceInDim(Array x, Array update, Array startIndex, int axis) {
    int d = axis("dynamic_update_slice", axis, x.rank());
    return InDim.dynamicUpdateSlice(x, update, startIndex, d);
  }

  /**
   * The array with one entry along a dimension written over. {@code
   * Lax.dynamicUpdateIndexInDim(arange(4), scalar(9), scalar(1), 0)} is {@code [0 9 2 3]}.
   */
  public static Array dynamicUpdateIndexInDim(Array x, Array update, Array index, int axis) {
    return InDim.dynamicUpdateIndex(x, update, index, axis("dynamic_update", axis, x.rank()));
  }

  /**
   * Slices of the operand at index vectors; out of bounds they are promised not to be. {@code
   * Lax.gather(array(5f, 6f, 7f), array(new int[][] {{2}, {0}}), new
   * GatherDimensionNumbers(Axes.of(), Axes.of(0), Axes.of(0)), Longs.of(1))} is {@code [7. 5.]}.
   *
   * @param startIndices integers, the index vectors along the last dimension
   */
  public static Array gather(
      Array x, Array startIndices, GatherDimensionNumbers dimensionNumbers, Longs sliceSizes) {
    IndexOptions options = IndexOptions.of(GatherScatterMode.PROMISE_IN_BOUNDS);
    return gather(x, startIndices, dimensionNumbers, sliceSizes, options);
  }

  /** Slices of the operand at index vectors. */
  public static Array gather(
      Array x,
      Array startIndices,
      GatherDimensionNumbers dimensionNumbers,
      Longs sliceSizes,
      IndexOptions options) {
    return Bind.bind(
        new Gather.GatherOp(
            dimensionNumbers.hlo(startIndices.rank()),
            sliceSizes,
            options.mode(),
            options.indicesAreSorted(),
            options.uniqueIndices(),
            options.fillValue()),
        x,
        startIndices);
  }

  /**
   * Entries of some dimensions, by NumPy's rule for vectors of indices; negative ones count from
   * the end. {@code Lax.indexTake(arange(6), List.of(array(4, 2)), 0)} is {@code [4 2]}.
   *
   * @param indices vectors of one length, one per axis
   */
  public static Array indexTake(Array x, List<Array> indices, int... axes) {
    List<Array> columns = indices.stream().map(i -> expandDims(i, 1)).toList();
    if (!Dims.areSome(Axes.of(axes), x.rank()) || indices.size() != axes.length) {
      throw new LaxTypeException(
          "index_take",
          indices.size() + " indices along " + Arrays.toString(axes) + " of " + x.aval());
    }
    long[] sizes = Arrays.stream(axes).mapToLong(x::dim).toArray();
    Array limits = expandDims(Jnp.astype(Jnp.array(sizes), DType.I32), 0);
    Array inside = Jnp.remainder(concatenate(columns, 1), limits);
    Shape window = x.shape();
    for (int a : axes) {
      window = window.with(a, 1);
    }
    Axes taken = Axes.of(axes);
    Axes kept = Axes.range(1, x.rank() - axes.length + 1);
    return gather(x, inside, new GatherDimensionNumbers(kept, taken, taken), window.sizes());
  }

  private static Array scatter(
      Scatter.Kind kind,
      Array x,
      Array indices,
      Array updates,
      ScatterDimensionNumbers dimensions,
      IndexOptions options) {
    return Scatter.scatter(
        kind,
        x,
        indices,
        updates,
        dimensions.hlo(indices.rank()),
        options.mode(),
        options.indicesAreSorted(),
        options.uniqueIndices());
  }

  /**
   * The array with updates written over at index vectors; out of bounds they are dropped. {@code
   * Lax.scatter(array(5f, 6f), array(new int[][] {{1}}), array(2f), new
   * ScatterDimensionNumbers(Axes.of(), Axes.of(0), Axes.of(0)))} is {@code [5. 2.]}.
   */
  public static Array scatter(
      Array x, Array scatterIndices, Array updates, ScatterDimensionNumbers dimensionNumbers) {
    return scatter(x, scatterIndices, updates, dimensionNumbers, DROP);
  }

  /** The array with updates written over at index vectors. */
  public static Array scatter(
      Array x,
      Array scatterIndices,
      Array updates,
      ScatterDimensionNumbers dimensionNumbers,
      IndexOptions options) {
    return scatter(Scatter.Kind.SET, x, scatterIndices, updates, dimensionNumbers, options);
  }

  /**
   * The array with updates added at index vectors; out of bounds they are dropped. {@code
   * Lax.scatterAdd(array(5f, 6f), array(new int[][] {{1}}), array(2f), new
   * ScatterDimensionNumbers(Axes.of(), Axes.of(0), Axes.of(0)))} is {@code [5. 8.]}.
   */
  public static Array scatterAdd(
      Array x, Array scatterIndices, Array updates, ScatterDimensionNumbers dimensionNumbers) {
    return scatterAdd(x, scatterIndices, updates, dimensionNumbers, DROP);
  }

  /** The array with updates added at index vectors. */
  public static Array scatterAdd(
      Array x,
      Array scatterIndices,
      Array updates,
      ScatterDimensionNumbers dimensionNumbers,
      IndexOptions options) {
    return scatter(Scatter.Kind.ADD, x, scatterIndices, updates, dimensionNumbers, options);
  }

  /**
   * The array with updates subtracted at index vectors; out of bounds they are dropped. {@code
   * Lax.scatterSub(array(5f, 6f), array(new int[][] {{1}}), array(2f), new
   * ScatterDimensionNumbers(Axes.of(), Axes.of(0), Axes.of(0)))} is {@code [5. 4.]}.
   */
  public static Array scatterSub(
      Array x, Array scatterIndices, Array updates, ScatterDimensionNumbers dimensionNumbers) {
    return scatterSub(x, scatterIndices, updates, dimensionNumbers, DROP);
  }

  /** The array with updates subtracted at index vectors. */
  public static Array scatterSub(
      Array x,
      Array scatterIndices,
      Array updates,
      ScatterDimensionNumbers dimensionNumbers,
      IndexOptions options) {
    return scatter(Scatter.Kind.SUB, x, scatterIndices, updates, dimensionNumbers, options);
  }

  /**
   * The array with updates multiplied in at index vectors; out of bounds they are dropped. {@code
   * Lax.scatterMul(array(5f, 6f), array(new int[][] {{1}}), array(2f), new
   * ScatterDimensionNumbers(Axes.of(), Axes.of(0), Axes.of(0)))} is {@code [ 5. 12.]}.
   */
  public static Array scatterMul(
      Array x, Array scatterIndices, Array updates, ScatterDimensionNumbers dimensionNumbers) {
    return scatterMul(x, scatterIndices, updates, dimensionNumbers, DROP);
  }

  /** The array with updates multiplied in at index vectors. */
  public static Array scatterMul(
      Array x,
      Array scatterIndices,
      Array updates,
      ScatterDimensionNumbers dimensionNumbers,
      IndexOptions options) {
    return scatter(Scatter.Kind.MUL, x, scatterIndices, updates, dimensionNumbers, options);
  }

  /**
   * The array with updates met by their minimum at index vectors; out of bounds they are dropped.
   * {@code Lax.scatterMin(array(5f, 6f), array(new int[][] {{1}}), array(2f), new
   * ScatterDimensionNumbers(Axes.of(), Axes.of(0), Axes.of(0)))} is {@code [5. 2.]}.
   */
  public static Array scatterMin(
      Array x, Array scatterIndices, Array updates, ScatterDimensionNumbers dimensionNumbers) {
    return scatterMin(x, scatterIndices, updates, dimensionNumbers, DROP);
  }

  /** The array with updates met by their minimum at index vectors. */
  public static Array scatterMin(
      Array x,
      Array scatterIndices,
      Array updates,
      ScatterDimensionNumbers dimensionNumbers,
      IndexOptions options) {
    return scatter(Scatter.Kind.MIN, x, scatterIndices, updates, dimensionNumbers, options);
  }

  /**
   * The array with updates met by their maximum at index vectors; out of bounds they are dropped.
   * {@code Lax.scatterMax(array(5f, 6f), array(new int[][] {{1}}), array(2f), new
   * ScatterDimensionNumbers(Axes.of(), Axes.of(0), Axes.of(0)))} is {@code [5. 6.]}.
   */
  public static Array scatterMax(
      Array x, Array scatterIndices, Array updates, ScatterDimensionNumbers dimensionNumbers) {
    return scatterMax(x, scatterIndices, updates, dimensionNumbers, DROP);
  }

  /** The array with updates met by their maximum at index vectors. */
  public static Array scatterMax(
      Array x,
      Array scatterIndices,
      Array updates,
      ScatterDimensionNumbers dimensionNumbers,
      IndexOptions options) {
    return scatter(Scatter.Kind.MAX, x, scatterIndices, updates, dimensionNumbers, options);
  }

  /**
   * The array with {@code func} applied at index vectors, as often as each is named. It has no
   * derivatives, as in JAX.
   *
   * @param func from a scalar to a scalar of the same type
   * @param updateShape the shape that updates would have
   */
  public static Array scatterApply(
      Array x,
      Array scatterIndices,
      Op1 func,
      ScatterDimensionNumbers dimensionNumbers,
      Shape updateShape,
      IndexOptions options) {
    return ScatterApply.apply(
        x,
        scatterIndices,
        Reducers.updateBody(x.dtype(), func),
        dimensionNumbers.hlo(scatterIndices.rank()),
        updateShape,
        options);
  }
}
