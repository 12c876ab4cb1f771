package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Index;
import dev.jacobi.Mode;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Gather;
import dev.jacobi.lax.GatherScatterMode;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The entries of {@link Array#get} and {@link Array#at}, and elements taken at indices. */
public abstract class JnpIndex extends JnpShape {
  JnpIndex() {}

  /** One position. {@code arange(5).get(i(-1))} is {@code 4}. */
  public static Index i(long position) {
    return new Index.At(position);
  }

  /**
   * A whole dimension; {@code all().step(-1)} backwards. {@code ones(2, 3).get(all(), i(0))} is
   * {@code [1. 1.]}.
   */
  public static Index.Range all() {
    return new Index.Range(null, null, 1);
  }

  /**
   * Positions from start to before stop, as Python's {@code start:stop}. {@code
   * arange(5).get(range(1, 3))} is {@code [1 2]}.
   */
  public static Index.Range range(long start, long stop) {
    return new Index.Range(start, stop, 1);
  }

  /** Every step-th position from start to before stop, as Python's {@code start:stop:step}. */
  public static Index.Range range(long start, long stop, long step) {
    return new Index.Range(start, stop, step);
  }

  /**
   * Positions from start on, as Python's {@code start:}. {@code arange(5).get(from(3))} is {@code
   * [3 4]}.
   */
  public static Index.Range from(long start) {
    return new Index.Range(start, null, 1);
  }

  /**
   * Positions before stop, as Python's {@code :stop}. {@code arange(5).get(until(2))} is {@code [0
   * 1]}.
   */
  public static Index.Range until(long stop) {
    return new Index.Range(null, stop, 1);
  }

  /** A new dimension of size 1. {@code arange(3).get(newAxis(), all())} is {@code [[0 1 2]]}. */
  public static Index newAxis() {
    return new Index.NewAxis();
  }

  /**
   * As many whole dimensions as are left over. {@code ones(2, 3, 4).get(ellipsis(), i(0)).shape()}
   * is {@code (2, 3)}.
   */
  public static Index ellipsis() {
    return new Index.Ellipsis();
  }

  /**
   * Positions from an array of integers. {@code arange(5).get(ix(array(3, 1)))} is {@code [3 1]}.
   */
  public static Index ix(Array positions) {
    return new Index.Positions(positions);
  }

  /** Positions from integers. */
  public static Index ix(int... positions) {
    return new Index.Positions(JnpCreate.array(positions));
  }

  /**
   * The positions at which a boolean array is set: as many as its values say, so not in a trace.
   * {@code arange(3).get(mask(array(true, false, true)))} is {@code [0 2]}.
   */
  public static Index mask(Array booleans) {
    return new Index.Mask(booleans);
  }

  /**
   * The positions along each dimension, as i32, of the elements that are not zero. Their number
   * depends on the values, so this throws in a trace. {@code nonzero(array(0, 5, 6))} is {@code [[1
   * 2]]}.
   */
  public static List<Array> nonzero(Array x) {
    if (x.rank() == 0) {
      throw new LaxTypeException("nonzero", "takes arrays with dimensions; see atleast1d");
    }
    return Indexing.nonzero(truth(x));
  }

  /**
   * The element or sub-array at static indices of the leading dimensions. {@code index(array(1, 2,
   * 3), 1)} is {@code 2}.
   */
  public static Array index(Array x, int... indices) {
    List<Index> place = IntStream.of(indices).mapToObj(k -> (Index) new Index.At(k)).toList();
    return Indexing.get(x, place, Indexing.Bounds.PLAIN);
  }

  /** The elements at a place: what {@link Array#get(Index...)} does. */
  public static Array index(Array x, Index... place) {
    return Indexing.get(x, List.of(place), Indexing.Bounds.PLAIN);
  }

  /**
   * Elements of the flattened array. {@code take(array(10, 20, 30), array(2, 0))} is {@code [30
   * 10]}.
   */
  public static Array take(Array x, Array indices) {
    return take(ravel(x), indices, 0);
  }

  /** Sub-arrays at indices of one dimension, which the dimensions of the indices replace. */
  public static Array take(Array x, Array indices, int axis) {
    return takeWithMode(x, indices, axis, null);
  }

  /**
   * Sub-arrays at indices of one dimension.
   *
   * @param mode out of bounds: FILL gives NaN or an extreme value; under CLIP a negative index is 0
   */
  public static Array take(Array x, Array indices, int axis, Mode mode) {
    return takeWithMode(x, indices, axis, mode);
  }

  private static Array takeWithMode(Array x, Array indices, int axis, @Nullable Mode mode) {
    integers("take", indices);
    int d = axis("take", x.rank(), axis);
    if (mode == null) {
      Entries.checkValues(indices, x.shape().dim(d), d, x);
    }
    List<Object> statics = new ArrayList<>();
    statics.add(d);
    statics.add(mode == null ? "" : mode);
    return jitted("_take", statics, a -> taken(a.get(0), a.get(1), d, mode), x, indices);
  }

  private static Array taken(Array x, Array indices, int d, @Nullable Mode mode) {
    long n = x.shape().dim(d);
    Array at =
        mode == Mode.WRAP
            ? Indexing.around(indices, n)
            : mode == null ? Indexing.signed(indices) : Indexing.large(indices);
    if (mode != Mode.WRAP && mode != Mode.CLIP && !indices.dtype().isUnsigned()) {
      at = where(less(at, Scalars.like(at, 0)), add(at, Scalars.ofLong(at.dtype(), n)), at);
    }
    int rank = at.rank();
    Axes window = Axes.range(d).plus(Axes.range(d + rank, x.rank() - 1 + rank));
    GatherDims dims = new GatherDims(window, Axes.of(d), Axes.of(), Axes.of(), Axes.of(d), rank);
    Longs sizes = x.shape().with(d, 1).sizes();
    GatherScatterMode how =
        switch (mode) {
          case CLIP, WRAP -> GatherScatterMode.CLIP;
          case PROMISE_IN_BOUNDS -> GatherScatterMode.PROMISE_IN_BOUNDS;
          case FILL, DROP -> GatherScatterMode.FILL_OR_DROP;
          case null -> GatherScatterMode.FILL_OR_DROP;
        };
    return Gather.gather(x, Shapes.expandDims(at, Axes.of(rank)), dims, sizes, how, null);
  }

  /**
   * For each place, the element of {@code x} whose position along {@code axis} stands there in the
   * indices; the other dimensions are equal, or 1 on one side. {@code takeAlongAxis(array(new
   * int[][] {{3, 4}, {6, 5}}), array(new int[][] {{1}, {0}}), 1)} is {@code [[4] [6]]}.
   */
  public static Array takeAlongAxis(Array x, Array indices, int axis) {
    integers("takeAlongAxis", indices);
    if (x.rank() != indices.rank()) {
      throw new LaxTypeException(
          "takeAlongAxis",
          "array and indices must have the same rank, but have shapes "
              + x.shape()
              + " and "
              + indices.shape());
    }
    int d = axis("takeAlongAxis", x.rank(), axis);
    Entries.checkValues(indices, x.shape().dim(d), d, x);
    Promotion.commonShape( // throws if the other dimensions do not fit
        "takeAlongAxis", probe(x, x.shape().with(d, 1)), probe(x, indices.shape().with(d, 1)));
    return jitted("take_along_axis", d, a -> takenAlong(a.get(0), a.get(1), d), x, indices);
  }

  private static Array probe(Array x, Shape shape) {
    return new dev.jacobi.trace.AbstractArray(x.aval().withShape(shape));
  }

  static Array takenAlong(Array x, Array indices, int d) {
    Array at = Indexing.normalized(indices, x.shape().dim(d), null);
    int rank = x.rank();
    Axes rest = Axes.of(d).complement(rank);
    // dimensions that both sides have are batches; one that only the array has is a window
    Axes batch = Axes.of(rest.stream().filter(k -> x.dim(k) != 1 && at.dim(k) != 1).toArray());
    Axes window = Axes.of(rest.stream().filter(k -> x.dim(k) != 1 && at.dim(k) == 1).toArray());
    Axes squeezed = window;
    Shape kept = at.shape().without(squeezed);
    Array vectors = Shapes.reshape(at, kept.insert(kept.rank(), 1));
    Axes keptDims = squeezed.complement(rank);
    Axes indexBatch = batch.map(keptDims::indexOf);
    Axes ones =
        Axes.of(rest.stream().filter(k -> x.dim(k) == 1).toArray()); // repeated by the indices
    long[] sizes = new long[rank];
    for (int k = 0; k < rank; k++) {
      sizes[k] = window.contains(k) ? x.dim(k) : 1;
    }
    GatherDims dims =
        new GatherDims(
            window, Axes.of(d).plus(ones).sorted(), batch, indexBatch, Axes.of(d), kept.rank());
    return Gather.gather(x, vectors, dims, Longs.of(sizes), GatherScatterMode.FILL_OR_DROP, null);
  }

  static void integers(String function, Array indices) {
    if (!indices.dtype().isInteger()) {
      throw new LaxTypeException(function, "indices must be integers, but have " + indices.aval());
    }
  }

  /**
   * A copy with {@code values} where takeAlongAxis would read. {@code putAlongAxis(array(new
   * int[][] {{3, 4}, {6, 5}}), array(new int[][] {{1}, {0}}), scalar(9), 1)} is {@code [[3 9] [9
   * 5]]}.
   */
  public static Array putAlongAxis(Array x, Array indices, Array values, int axis) {
    integers("putAlongAxis", indices);
    int d = axis("putAlongAxis", x.rank(), axis);
    List<Index> place = new ArrayList<>();
    for (int k = 0; k < x.rank(); k++) {
      Shape along = Shape.of(Longs.fill(x.rank(), 1)).with(k, x.dim(k));
      Array count = Shapes.iota(DType.I32, Shape.of(x.dim(k)), 0);
      place.add(new Index.Positions(k == d ? indices : Shapes.reshape(count, along)));
    }
    Entries.checkValues(indices, x.dim(d), d, x); // the other positions count up to the sizes
    return x.at(place.toArray(Index[]::new)).set(values, Mode.DROP);
  }

  /**
   * Without the entry at a position of a dimension. {@code delete(array(1, 2, 3), 1, 0)} is {@code
   * [1 3]}.
   */
  public static Array delete(Array x, int position, int axis) {
    int d = axis("delete", x.rank(), axis);
    Entries.checkBounds(
        x.rank() == 0 ? x : Shapes.transpose(x, front(x.rank(), d)),
        List.of(new Index.At(position)),
        null);
    long k = position < 0 ? position + x.dim(d) : position;
    return Concatenation.concatenate(List.of(part(x, d, range(0, k)), part(x, d, from(k + 1))), d);
  }

  /**
   * With a value before a position of a vector. {@code insert(array(1, 2), 1, scalar(9))} is {@code
   * [1 9 2]}.
   */
  public static Array insert(Array x, int position, Array value) {
    if (x.rank() != 1) {
      throw new LaxTypeException("insert", "takes vectors, but the shape is " + x.shape());
    }
    long k = position < 0 ? position + x.dim(0) : position;
    if (k < 0 || k > x.dim(0)) {
      throw ArrayIndexException.problem(
          "position " + position + " to insert at is outside of a vector of " + x.dim(0));
    }
    Array one = Shapes.reshape(Promotion.convert(value, x.dtype(), false), Shape.of(1));
    return Concatenation.concatenate(List.of(part(x, 0, until(k)), one, part(x, 0, from(k))), 0);
  }

  private static Axes front(int rank, int d) {
    return Axes.of(d).plus(Axes.of(d).complement(rank));
  }

  /** A range of one dimension. */
  static Array part(Array x, int d, Index.Range range) {
    List<Index> place = new ArrayList<>();
    for (int k = 0; k < d; k++) {
      place.add(Entries.ALL);
    }
    place.add(range);
    return Indexing.get(x, place, Indexing.Bounds.PLAIN);
  }
}
