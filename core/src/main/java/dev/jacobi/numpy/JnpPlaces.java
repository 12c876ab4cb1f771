package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Index;
import dev.jacobi.Mode;
import dev.jacobi.Op1;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Positions, and elements chosen by them. Where the number of results depends on values, a function
 * without {@code size} throws in a trace, as in JAX; with it, missing results are filled.
 */
public abstract class JnpPlaces extends JnpNan {
  JnpPlaces() {}

  /**
   * Positions along each dimension of the first {@code size} elements that are not zero, as i32.
   * {@code nonzero(array(0, 5, 6), 3, 0)} is {@code [[1 2 0]]}.
   *
   * @param fill in place of missing ones: one for all dimensions or one for each; 0 if left out
   */
  public static List<Array> nonzero(Array x, int size, long... fill) {
    return Places.nonzero("nonzero", x, size, fill);
  }

  /** {@link #nonzero(Array)} of a mask. {@code where(array(false, true))} is {@code [[1]]}. */
  public static List<Array> where(Array mask) {
    return nonzero(mask);
  }

  /**
   * Positions of the elements of the flattened array that are not zero, as i32. {@code
   * flatnonzero(array(0, 5, 6))} is {@code [1 2]}.
   */
  public static Array flatnonzero(Array x) {
    return nonzero(ravel(x)).getFirst();
  }

  /** The first {@code size} of them; {@code fill} in place of missing ones. */
  public static Array flatnonzero(Array x, int size, long fill) {
    return nonzero(ravel(x), size, fill).getFirst();
  }

  /**
   * Positions of the elements that are not zero, as i32 of shape (number, rank). {@code
   * argwhere(array(0, 5, 6))} is {@code [[1] [2]]}.
   */
  public static Array argwhere(Array x) {
    Array places = columns(nonzero(atleast1d(x)));
    return x.rank() == 0 ? reshape(part(places, 1, until(0)), places.dim(0), 0) : places;
  }

  /** The first {@code size} of them; {@code fill} in place of missing ones. */
  public static Array argwhere(Array x, int size, long fill) {
    if (x.rank() == 0) {
      return zeros(Dims.shape("argwhere", size, 0), DType.I32);
    }
    return columns(nonzero(x, size, fill));
  }

  private static Array columns(List<Array> positions) {
    return stack(positions, 1);
  }

  /**
   * Rows and columns on and below diagonal k of a matrix, as i32. {@code trilIndices(2, 0, 2)} is
   * {@code [[0 1 1], [0 0 1]]}.
   */
  public static List<Array> trilIndices(long rows, int k, long columns) {
    return Places.triangle("trilIndices", rows, columns, k, true);
  }

  /**
   * Rows and columns on and above the main diagonal of a square matrix, as i32. {@code
   * triuIndices(2)} is {@code [[0 0 1], [0 1 1]]}.
   */
  public static List<Array> triuIndices(long n) {
    return triuIndices(n, 0, n);
  }

  /** Rows and columns on and above diagonal k of a matrix, as i32. */
  public static List<Array> triuIndices(long rows, int k, long columns) {
    return Places.triangle("triuIndices", rows, columns, k, false);
  }

  /**
   * {@link #trilIndices(long, int, long)} of a matrix like x. {@code trilIndicesFrom(eye(2), 0)} is
   * {@code [[0 1 1], [0 0 1]]}.
   */
  public static List<Array> trilIndicesFrom(Array x, int k) {
    checkMatrix("trilIndicesFrom", x);
    return trilIndices(x.dim(0), k, x.dim(1));
  }

  /**
   * {@link #triuIndices(long, int, long)} of a matrix like x. {@code triuIndicesFrom(eye(2), 0)} is
   * {@code [[0 0 1], [0 1 1]]}.
   */
  public static List<Array> triuIndicesFrom(Array x, int k) {
    checkMatrix("triuIndicesFrom", x);
    return triuIndices(x.dim(0), k, x.dim(1));
  }

  private static void checkMatrix(String function, Array x) {
    if (x.rank() != 2) {
      throw new LaxTypeException(function, "takes matrices, not shape " + x.shape());
    }
  }

  /**
   * Rows and columns of the main diagonal of a square matrix, as i32. {@code diagIndices(2)} is
   * {@code [[0 1], [0 1]]}.
   */
  public static List<Array> diagIndices(long n) {
    return diagIndices(n, 2);
  }

  /** Positions of the main diagonal of an array of this rank, as i32. */
  public static List<Array> diagIndices(long n, int rank) {
    if (rank < 0) {
      throw new LaxTypeException("diagIndices", "a rank cannot be " + rank);
    }
    Array along = Shapes.iota(DType.I32, Dims.shape("diagIndices", n), 0);
    return Collections.nCopies(rank, along);
  }

  /**
   * {@link #diagIndices(long, int)} of an array like x, whose dimensions are all equal. {@code
   * diagIndicesFrom(eye(2))} is {@code [[0 1], [0 1]]}.
   */
  public static List<Array> diagIndicesFrom(Array x) {
    if (x.rank() < 2 || Arrays.stream(x.shape().toArray()).distinct().count() > 1) {
      throw new LaxTypeException(
          "diagIndicesFrom", "takes two or more equal dimensions, not shape " + x.shape());
    }
    return diagIndices(x.dim(0), x.rank());
  }

  /**
   * Rows and columns that a function of masks, such as {@code Jnp::triu}, leaves of an n-square.
   * {@code maskIndices(2, (x, k) -> triu(x, k), 0)} is {@code [[0 0 1], [0 1 1]]}.
   */
  public static List<Array> maskIndices(long n, BiFunction<Array, Integer, Array> mask, int k) {
    return nonzero(mask.apply(ones(n, n), k));
  }

  /** The first {@code size} of them, zeros in place of missing ones. */
  public static List<Array> maskIndices(
      long n, BiFunction<Array, Integer, Array> mask, int k, int size) {
    return nonzero(mask.apply(ones(n, n), k), size);
  }

  /**
   * With a value on the main diagonal: a scalar, or values one after the other. {@code
   * fillDiagonal(zeros(2, 2), scalar(5f))} is {@code [[5. 0.] [0. 5.]]}.
   */
  public static Array fillDiagonal(Array x, Array values) {
    if (x.rank() < 2 || x.rank() > 2 && Arrays.stream(x.shape().toArray()).distinct().count() > 1) {
      throw new LaxTypeException(
          "fillDiagonal", "takes matrices or equal dimensions, not shape " + x.shape());
    }
    long n = Arrays.stream(x.shape().toArray()).min().orElseThrow();
    Array some = values.rank() == 0 ? values : Places.tiled("fillDiagonal", values, n);
    Index[] place = diagIndices(n, x.rank()).stream().map(JnpIndex::ix).toArray(Index[]::new);
    return x.at(place).unique().set(Promotion.convert(some, x.dtype(), false), Mode.DROP);
  }

  /** With a value on the main diagonal. */
  public static Array fillDiagonal(Array x, double value) {
    return fillDiagonal(x, weak(value));
  }

  /**
   * Positions in the flattened array of positions along its dimensions; negative or too large ones
   * throw, so that values must be known. {@code ravelMultiIndex(List.of(array(1), array(2)),
   * shape(3, 4))} is {@code [6]}.
   */
  public static Array ravelMultiIndex(List<Array> positions, Shape shape) {
    for (int d = 0; d < Math.min(positions.size(), shape.rank()); d++) {
      Array known =
          Concrete.value("ravelMultiIndex", positions.get(d), "Give a mode: WRAP or CLIP.");
      integers("ravelMultiIndex", known);
      for (long i : known.toLongArray()) {
        if (i < 0 || i >= shape.dim(d)) {
          throw ArrayIndexException.outOfBounds(i, d, shape);
        }
      }
    }
    return ravelMultiIndex(positions, shape, Mode.PROMISE_IN_BOUNDS);
  }

  /** The same; positions out of bounds are wrapped or clipped. */
  public static Array ravelMultiIndex(List<Array> positions, Shape shape, Mode mode) {
    if (positions.size() != shape.rank() || positions.isEmpty()) {
      throw new LaxTypeException(
          "ravelMultiIndex", positions.size() + " arrays of positions for shape " + shape);
    }
    positions.forEach(p -> integers("ravelMultiIndex", p));
    boolean wide = positions.stream().anyMatch(p -> p.dtype().bits() == 64);
    DType t = wide || shape.size() > Integer.MAX_VALUE ? DType.I64 : DType.I32;
    long[] strides = shape.strides();
    Array sum = null;
    for (int d = 0; d < strides.length; d++) {
      Array at = moved("ravelMultiIndex", astype(positions.get(d), t), shape.dim(d), mode);
      Array scaled = strides[d] == 1 ? at : multiply(at, weak(strides[d]));
      sum = sum == null ? scaled : add(sum, scaled);
    }
    return sum;
  }

  private static Array moved(String function, Array at, long n, Mode mode) {
    return switch (mode) {
      case CLIP -> clip(at, 0, n - 1);
      case WRAP -> remainder(at, weak(n));
      case PROMISE_IN_BOUNDS -> at;
      case FILL, DROP -> throw new LaxTypeException(function, "has no mode " + mode);
    };
  }

  /**
   * Positions along the dimensions of a shape from positions in the flattened array; negative ones
   * count from the end, and those out of bounds become the nearest. {@code unravelIndex(array(6),
   * shape(3, 4))} is {@code [[1], [2]]}.
   */
  public static List<Array> unravelIndex(Array positions, Shape shape) {
    integers("unravelIndex", positions);
    List<Array> found = new ArrayList<>();
    Array rest = positions;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      Divmod parts = divmod(rest, weak(shape.dim(d)));
      rest = parts.quotient();
      found.addFirst(parts.remainder());
    }
    Array above = greater(rest, weak(0));
    for (int d = 0; d < found.size(); d++) {
      Array inside = found.get(d);
      if (!rest.dtype().isUnsigned()) {
        inside = where(less(rest, weak(-1)), 0, inside);
      }
      found.set(d, where(above, shape.dim(d) - 1, inside));
    }
    return found;
  }

  /**
   * The numbers of ranges along the dimensions of a grid, of shape (rank, ...), as i32. {@code
   * mgrid(range(0, 2), range(0, 2))} is {@code [[[0 0] [1 1]] [[0 1] [0 1]]]}.
   */
  public static Array mgrid(Index.Range... ranges) {
    return stack(meshgridIj(numbers(ranges)));
  }

  /**
   * The numbers of ranges, each along a dimension of its own, the others having size 1; i32. {@code
   * ogrid(range(0, 2), range(0, 2))} is {@code [[[0] [1]], [[0 1]]]}.
   */
  public static List<Array> ogrid(Index.Range... ranges) {
    return ogrid(numbers(ranges));
  }

  /**
   * Vectors, each along a dimension of its own, the others having size 1: NumPy's {@code ix_},
   * whose results index rows and columns together. Masks become the positions at which they are
   * set.
   */
  public static List<Array> ogrid(Array... vectors) {
    List<Array> grids = new ArrayList<>();
    for (int d = 0; d < vectors.length; d++) {
      if (vectors[d].rank() != 1) {
        throw new LaxTypeException("ogrid", "takes vectors, not shape " + vectors[d].shape());
      }
      Array v = vectors[d].dtype().isBool() ? flatnonzero(vectors[d]) : vectors[d];
      grids.add(Shapes.reshape(v, Shape.of(Longs.fill(vectors.length, 1)).with(d, v.dim(0))));
    }
    return grids;
  }

  private static Array[] numbers(Index.Range... ranges) {
    Array[] vectors = new Array[ranges.length];
    for (int d = 0; d < ranges.length; d++) {
      Long start = ranges[d].start();
      Long stop = ranges[d].stop();
      if (stop == null) {
        throw new LaxTypeException("mgrid", "range " + d + " has no end");
      }
      vectors[d] = arange(start == null ? 0 : start, stop, ranges[d].step());
    }
    return vectors;
  }

  /**
   * The elements of the flattened array where the flattened mask is set. {@code extract(array(true,
   * false, true), array(1, 2, 3))} is {@code [1 3]}.
   */
  public static Array extract(Array mask, Array x) {
    return compress(ravel(mask), x);
  }

  /** The first {@code size} of them; {@code fill} in place of missing ones. */
  public static Array extract(Array mask, Array x, int size, double fill) {
    return compressed(ravel(mask), ravel(x), 0, size, fill);
  }

  /**
   * The elements of the flattened array where a vector, not longer than it, is set. {@code
   * compress(array(true, false, true), array(1, 2, 3))} is {@code [1 3]}.
   */
  public static Array compress(Array mask, Array x) {
    return compressed(mask, ravel(x), 0, null, 0);
  }

  /** The entries of a dimension where a vector, not longer than it, is set. */
  public static Array compress(Array mask, Array x, int axis) {
    return compressed(mask, x, axis("compress", x.rank(), axis), null, 0);
  }

  /** The first {@code size} of them; {@code fill} in place of missing ones. */
  public static Array compress(Array mask, Array x, int axis, int size, double fill) {
    return compressed(mask, x, axis("compress", x.rank(), axis), size, fill);
  }

  private static Array compressed(Array mask, Array x, int d, @Nullable Integer size, double fill) {
    if (mask.rank() != 1) {
      throw new LaxTypeException("compress", "the mask is a vector, not " + mask.aval());
    }
    long n = Math.min(x.dim(d), mask.dim(0));
    Array set = part(truth(mask), 0, until(n));
    if (size == null) {
      Array known = Concrete.value("compress", mask, "Give a size.");
      Array places = flatnonzero(known);
      if (places.dim(0) > 0 && places.get(-1).itemLong() >= n) {
        throw ArrayIndexException.outOfBounds(places.get(-1).itemLong(), d, x.shape());
      }
      return take(x, places, d, Mode.PROMISE_IN_BOUNDS);
    }
    if (size < 0 || size > x.dim(d)) {
      throw new LaxTypeException(
          "compress", "size " + size + " is not in 0 to " + x.dim(d) + ", the dimension's");
    }
    if (n == 0) {
      return full(x.shape().with(d, size), fill, x.dtype());
    }
    Places.Found found = Places.first("compress", set, size);
    Array taken = take(x, found.positions(), d, Mode.PROMISE_IN_BOUNDS);
    Array valid = Shapes.broadcastInDim(found.valid(), taken.shape(), Axes.of(d));
    return where(valid, taken, Promotion.convert(weak(fill), x.dtype(), false));
  }

  /**
   * For each element of {@code which}, that of the array it counts; bounds are checked. {@code
   * choose(array(0, 1), List.of(array(1, 2), array(10, 20)))} is {@code [ 1 20]}.
   */
  public static Array choose(Array which, List<Array> choices) {
    integers("choose", which);
    Array known = Concrete.value("choose", which, "Give a mode: WRAP or CLIP.");
    for (long i : known.toLongArray()) {
      if (i < 0 || i >= choices.size()) {
        throw ArrayIndexException.outOfBounds(i, 0, Shape.of(choices.size()));
      }
    }
    return choose(which, choices, Mode.PROMISE_IN_BOUNDS);
  }

  /** For each element of {@code which}, that of the array it counts, wrapped or clipped. */
  public static Array choose(Array which, List<Array> choices, Mode mode) {
    integers("choose", which);
    if (choices.isEmpty()) {
      throw new LaxTypeException("choose", "needs a choice");
    }
    Array at = moved("choose", which, choices.size(), mode);
    Array[] cases = Promotion.promote("choose", choices.toArray(Array[]::new));
    Array[] all = new Array[cases.length + 1];
    all[0] = astype(at, DType.I32);
    System.arraycopy(cases, 0, all, 1, cases.length);
    List<Array> same = broadcastArrays(all);
    return Compare.selectN(same.getFirst(), same.subList(1, same.size()));
  }

  /**
   * With values, one after the other and again from the first, where the mask is set. {@code
   * place(array(1, 2, 3), array(true, false, true), array(9, 8))} is {@code [9 2 8]}.
   */
  public static Array place(Array x, Array mask, Array values) {
    if (mask.size() != x.size()) {
      throw new ShapeMismatchException(
          "place", "must have the same number of elements", List.of(x, mask));
    }
    if (values.size() == 0) {
      throw new LaxTypeException("place", "there are no values to take");
    }
    if (x.size() == 0) {
      return x;
    }
    Array set = ravel(truth(mask));
    Array rank = subtract(cumsum(set, 0), weak(1));
    Array some = Promotion.convert(ravel(values), x.dtype(), false);
    Array taken = take(some, remainder(rank, weak(some.dim(0))), 0, Mode.CLIP);
    return Shapes.reshape(where(set, taken, ravel(x)), x.shape());
  }

  /**
   * With values, repeated as needed, at positions of the flattened array; positions out of bounds
   * throw. {@code put(array(1, 2, 3), array(0, 2), array(9, 8))} is {@code [9 2 8]}.
   */
  public static Array put(Array x, Array positions, Array values) {
    return put(x, positions, values, null);
  }

  /** The same; positions out of bounds are wrapped, clipped or left out. */
  public static Array put(Array x, Array positions, Array values, @Nullable Mode mode) {
    integers("put", positions);
    Array at = ravel(positions);
    if (x.size() == 0 || at.size() == 0 || values.size() == 0) {
      return x;
    }
    Array some = Places.tiled("put", values, at.dim(0));
    Array typed = Promotion.convert(some, x.dtype(), false);
    Array flat = ravel(x);
    Array changed =
        mode == null
            ? flat.at(ix(at)).set(typed)
            : mode == Mode.DROP || mode == Mode.FILL
                ? flat.at(ix(at)).set(typed, Mode.DROP)
                : flat.at(ix(moved("put", at, x.size(), mode))).set(typed, Mode.DROP);
    return Shapes.reshape(changed, x.shape());
  }

  /**
   * For each element the value of the function that belongs to the last mask that is set, or of the
   * one more function at the end, or 0. Functions are elementwise and get the whole array. {@code
   * piecewise(array(-1f, 2f), List.of(array(true, false)), List.of(x -> x.times(10), x -> x))} is
   * {@code [-10. 2.]}.
   */
  public static Array piecewise(Array x, List<Array> masks, List<Op1> functions) {
    int more = functions.size() - masks.size();
    if (more != 0 && more != 1) {
      throw new LaxTypeException(
          "piecewise", masks.size() + " masks for " + functions.size() + " functions");
    }
    Array result = more == 1 ? piece(functions.getLast(), x) : zerosLike(x);
    for (int i = 0; i < masks.size(); i++) {
      result = where(masks.get(i), piece(functions.get(i), x), result);
    }
    return result;
  }

  private static Array piece(Op1 f, Array x) {
    Array y = f.apply(x);
    return Promotion.broadcastTo(Promotion.convert(y, x.dtype(), false), x.shape());
  }
}
