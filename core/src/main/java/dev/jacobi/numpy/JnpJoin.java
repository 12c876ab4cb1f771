package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Stacking;
import dev.jacobi.trace.NullArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Joining arrays, splitting them, repeating and padding. */
public abstract class JnpJoin extends JnpIndex {
  JnpJoin() {}

  private static List<Array> promoted(String function, List<Array> arrays) {
    if (arrays.isEmpty()) {
      throw new LaxTypeException(function, "needs at least one array");
    }
    NullArgumentException.requireArrays(function, arrays.toArray());
    DType t = Promotion.join(arrays.stream().map(Array::aval).toList()).dtype();
    return arrays.stream().map(a -> Promotion.convert(a, t, false)).toList();
  }

  /**
   * Arrays one after another along a dimension; the other dimensions must agree. {@code
   * concatenate(List.of(array(1, 2), array(3)), 0)} is {@code [1 2 3]}.
   */
  public static Array concatenate(List<Array> arrays, int axis) {
    List<Array> same = promoted("concatenate", arrays);
    if (same.getFirst().rank() == 0) {
      throw new LaxTypeException("concatenate", "scalars have no dimension; use stack");
    }
    int d = axis("concatenate", same.getFirst().rank(), axis);
    for (Array a : same) {
      if (a.rank() != same.getFirst().rank()
          || !a.shape().with(d, 1).equals(same.getFirst().shape().with(d, 1))) {
        throw new ShapeMismatchException(
            "concatenate", "must be equal except along dimension " + d, arrays);
      }
    }
    return same.size() == 1 ? same.getFirst() : Concatenation.concatenate(same, d);
  }

  /** Arrays one after another along the first dimension. */
  public static Array concatenate(List<Array> arrays) {
    return concatenate(arrays, 0);
  }

  public static Array concatenate(Array... arrays) {
    return concatenate(List.of(arrays), 0);
  }

  /**
   * Arrays of one shape side by side along a new dimension. {@code stack(List.of(array(1, 2),
   * array(3, 4)), 0)} is {@code [[1 2] [3 4]]}.
   */
  public static Array stack(List<Array> arrays, int axis) {
    List<Array> same = promoted("stack", arrays);
    Shape shape = same.getFirst().shape();
    if (!same.stream().allMatch(a -> a.shape().equals(shape))) {
      throw new ShapeMismatchException("stack", "must be equal", arrays);
    }
    int d = axis("stack", shape.rank() + 1, axis);
    return Stacking.stack(same, d);
  }

  /** Arrays of one shape along a new first dimension. */
  public static Array stack(List<Array> arrays) {
    return stack(arrays, 0);
  }

  public static Array stack(Array... arrays) {
    return stack(List.of(arrays), 0);
  }

  /**
   * Rows above each other; vectors count as rows. {@code vstack(array(1, 2), array(3, 4))} is
   * {@code [[1 2] [3 4]]}.
   */
  public static Array vstack(Array... arrays) {
    return concatenate(each(JnpShape::atleast2d, arrays), 0);
  }

  /**
   * Side by side: along the second dimension, vectors along their only one. {@code hstack(array(1,
   * 2), array(3))} is {@code [1 2 3]}.
   */
  public static Array hstack(Array... arrays) {
    List<Array> all = each(JnpShape::atleast1d, arrays);
    return concatenate(all, all.isEmpty() || all.getFirst().rank() == 1 ? 0 : 1);
  }

  /**
   * Along the third dimension. {@code dstack(array(1, 2), array(3, 4))} is {@code [[[1 3] [2 4]]]}.
   */
  public static Array dstack(Array... arrays) {
    return concatenate(each(JnpShape::atleast3d, arrays), 2);
  }

  /**
   * Vectors as the columns of a matrix. {@code columnStack(array(1, 2), array(3, 4))} is {@code [[1
   * 3] [2 4]]}.
   */
  public static Array columnStack(Array... arrays) {
    return concatenate(each(a -> a.rank() < 2 ? transpose(atleast2d(a)) : a, arrays), 1);
  }

  private static List<Array> each(UnaryOperator<Array> f, Array... arrays) {
    return Arrays.stream(arrays).map(f).toList();
  }

  /**
   * All elements of both arrays as a vector. {@code append(array(1, 2), array(3))} is {@code [1 2
   * 3]}.
   */
  public static Array append(Array x, Array y) {
    return concatenate(List.of(ravel(x), ravel(y)), 0);
  }

  /**
   * Equal parts along a dimension, whose size must be a multiple of their number. {@code
   * split(arange(4), 2, 0)} is {@code [[0 1], [2 3]]}.
   */
  public static List<Array> split(Array x, int parts, int axis) {
    int d = axis("split", x.rank(), axis);
    if (parts <= 0 || x.dim(d) % parts != 0) {
      throw new LaxTypeException(
          "split", "dimension " + d + " of shape " + x.shape() + " does not divide into " + parts);
    }
    return arraySplit(x, parts, d);
  }

  public static List<Array> split(Array x, int parts) {
    return split(x, parts, 0);
  }

  /**
   * Parts that end before the given positions of a dimension, and the rest. Negative positions
   * count from the end; a part that would end before its start is empty. {@code splitAt(arange(4),
   * 0, 1)} is {@code [[0], [1 2 3]]}.
   */
  public static List<Array> splitAt(Array x, int axis, long... positions) {
    int d = axis("split", x.rank(), axis);
    long n = x.dim(d);
    long[] sizes = new long[positions.length + 1];
    boolean fill = true; // the parts lie one after the other
    long start = 0;
    for (int k = 0; k < sizes.length; k++) {
      long at = k < positions.length ? positions[k] : n;
      long stop = Math.clamp(at < 0 ? at + n : at, 0, n);
      fill &= stop >= start;
      sizes[k] = stop - start;
      start = stop;
    }
    return fill ? Stacking.split(x, d, Longs.of(sizes)) : overlapping(x, d, positions);
  }

  private static List<Array> overlapping(Array x, int d, long... positions) {
    List<Array> parts = new ArrayList<>();
    long start = 0;
    for (long stop : positions) {
      parts.add(part(x, d, range(start, stop)));
      start = stop;
    }
    parts.add(part(x, d, from(start)));
    return parts;
  }

  /**
   * Parts of nearly equal size along a dimension; the first ones may be longer by one. {@code
   * arraySplit(arange(5), 2, 0)} is {@code [[0 1 2], [3 4]]}.
   */
  public static List<Array> arraySplit(Array x, int parts, int axis) {
    int d = axis("arraySplit", x.rank(), axis);
    if (parts <= 0) {
      throw new LaxTypeException("arraySplit", "cannot make " + parts + " parts");
    }
    long n = x.dim(d);
    long[] ends = new long[parts - 1];
    for (int k = 1; k < parts; k++) {
      ends[k - 1] = k * (n / parts) + Math.min(k, n % parts);
    }
    return splitAt(x, d, ends);
  }

  /**
   * The array laid out several times along each dimension. {@code tile(array(1, 2), 2)} is {@code
   * [1 2 1 2]}.
   */
  public static Array tile(Array x, int... times) {
    int rank = Math.max(x.rank(), times.length);
    Array all = Shapes.expandDims(x, Axes.range(rank - x.rank()));
    long[] reps = new long[rank];
    for (int d = 0; d < rank; d++) {
      int k = d - (rank - times.length);
      reps[d] = k < 0 ? 1 : times[k];
    }
    return Stacking.tile(all, Longs.of(reps));
  }

  /**
   * Each element of the flattened array several times. {@code repeat(array(1, 2), 2)} is {@code [1
   * 1 2 2]}.
   */
  public static Array repeat(Array x, int times) {
    return repeat(ravel(x), times, 0);
  }

  /** Each entry of a dimension several times. */
  public static Array repeat(Array x, int times, int axis) {
    int d = axis("repeat", x.rank(), axis);
    if (times < 0) {
      throw new LaxTypeException("repeat", "cannot repeat entries " + times + " times");
    }
    Shape spread = x.shape().insert(d + 1, times);
    Axes own = Axes.range(x.rank()).map(k -> k <= d ? k : k + 1);
    Array wide = Shapes.broadcastInDim(x, spread, own);
    return Shapes.reshape(wide, x.shape().with(d, x.dim(d) * times));
  }

  /**
   * Each element of the flattened array as often as its count says.
   *
   * @param times integers, one per element or one for all, whose values are known
   */
  public static Array repeat(Array x, Array times) {
    return repeat(ravel(x), times, 0);
  }

  /** Each entry of a dimension as often as its count says. */
  public static Array repeat(Array x, Array times, int axis) {
    int d = axis("repeat", x.rank(), axis);
    Array positions = Repetition.positions(Repetition.counts(times, x.dim(d)));
    return take(x, positions, d, Mode.FILL); // all in bounds
  }

  /**
   * Each entry of a dimension as often as its count says, in a given number of copies: what is more
   * is left out, and the last entry fills up what is missing. The counts may be traced.
   */
  public static Array repeat(Array x, Array times, int axis, int totalLength) {
    int d = axis("repeat", x.rank(), axis);
    Array counts = Repetition.counts(times, x.dim(d));
    if (x.dim(d) == 0 && totalLength > 0) {
      throw new LaxTypeException("repeat", "dimension " + d + " of " + x.shape() + " is empty");
    }
    return take(x, Repetition.positions(counts, totalLength), d, Mode.FILL); // all in bounds
  }

  /**
   * Elements of the flattened array move on by {@code shift}, the last ones to the front. {@code
   * roll(arange(4), 1)} is {@code [3 0 1 2]}.
   */
  public static Array roll(Array x, int shift) {
    return Shapes.reshape(roll(ravel(x), shift, 0), x.shape());
  }

  /** Entries of a dimension move on by {@code shift}, the last ones to the front. */
  public static Array roll(Array x, int shift, int axis) {
    int d = axis("roll", x.rank(), axis);
    return jitted("_roll_static", List.of(shift, d), a -> rolled(a.getFirst(), shift, d), x);
  }

  private static Array rolled(Array x, int shift, int d) {
    long n = x.dim(d);
    long k = n == 0 ? 0 : Math.floorMod(shift, n);
    if (k == 0) {
      return x;
    }
    return Concatenation.concatenate(List.of(part(x, d, from(n - k)), part(x, d, until(n - k))), d);
  }

  /** What {@link #pad} puts around an array. */
  public enum PadMode {
    /** The outermost elements repeated. */
    EDGE,
    /** A mirror image without the outermost elements. */
    REFLECT,
    /** A mirror image with the outermost elements. */
    SYMMETRIC,
    /** The array again. */
    WRAP
  }

  /**
   * The same number of zeros on both sides of every dimension. {@code pad(array(1, 2), 1)} is
   * {@code [0 1 2 0]}.
   */
  public static Array pad(Array x, int width) {
    return pad(x, both(x, width), 0);
  }

  /** A constant before and after each dimension: {@code {{before, after}, ...}}. */
  public static Array pad(Array x, int[][] widths, double constant) {
    checkPad(x, widths);
    Longs low = widths(widths, 0);
    Longs high = widths(widths, 1);
    Array value = constant == (int) constant ? weak((int) constant) : weak(constant);
    Promotion.convert(value, x.dtype(), false);
    return jitted(
        "_pad",
        List.of(low, high),
        a -> {
          Array filler = Promotion.convert(a.get(1), x.dtype(), false);
          return Slices.pad(a.getFirst(), filler, low, high, Longs.fill(low.size(), 0));
        },
        x,
        value);
  }

  /** Around each dimension what the mode takes from the array itself. */
  public static Array pad(Array x, int[][] widths, PadMode mode) {
    checkPad(x, widths);
    Array y = x;
    for (int d = 0; d < x.rank(); d++) {
      y = padded(y, d, widths[d][0], widths[d][1], mode);
    }
    return y;
  }

  public static Array pad(Array x, int width, PadMode mode) {
    return pad(x, both(x, width), mode);
  }

  /** Along one dimension by the positions that the mode reads. */
  private static Array padded(Array x, int d, int before, int after, PadMode mode) {
    int n = Math.toIntExact(x.dim(d));
    if (before == 0 && after == 0) {
      return x;
    }
    if (n == 0) {
      throw new LaxTypeException("pad", "dimension " + d + " is empty, nothing can be repeated");
    }
    int[] positions = IntStream.range(-before, n + after).map(k -> source(k, n, mode)).toArray();
    return take(x, JnpCreate.array(positions), d);
  }

  private static int source(int k, int n, PadMode mode) {
    return switch (mode) {
      case EDGE -> Math.clamp(k, 0, n - 1);
      case WRAP -> Math.floorMod(k, n);
      case REFLECT -> {
        int period = Math.max(1, 2 * (n - 1));
        int at = Math.floorMod(k, period);
        yield at < n ? at : period - at;
      }
      case SYMMETRIC -> {
        int at = Math.floorMod(k, 2 * n);
        yield at < n ? at : 2 * n - 1 - at;
      }
    };
  }

  private static int[][] both(Array x, int width) {
    int[][] widths = new int[x.rank()][];
    Arrays.fill(widths, new int[] {width, width});
    return widths;
  }

  private static Longs widths(int[][] widths, int side) {
    return Longs.of(Arrays.stream(widths).mapToLong(w -> w[side]).toArray());
  }

  static void checkPad(Array x, int[][] widths) {
    boolean pairs = Arrays.stream(widths).allMatch(w -> w.length == 2 && w[0] >= 0 && w[1] >= 0);
    if (widths.length != x.rank() || !pairs) {
      throw new LaxTypeException(
          "pad",
          "needs one {before, after} of numbers from 0 per dimension of shape "
              + x.shape()
              + ", but got "
              + Arrays.deepToString(widths));
    }
  }

  /**
   * Differences of neighbours along the last dimension. {@code diff(array(1, 4, 9))} is {@code [3
   * 5]}.
   */
  public static Array diff(Array x) {
    int d = axis("diff", x.rank(), -1);
    return jitted(
        "diff",
        "",
        a -> {
          Array later = part(a.getFirst(), d, from(1));
          Array earlier = part(a.getFirst(), d, until(-1));
          return x.dtype().isBool() ? notEqual(later, earlier) : subtract(later, earlier);
        },
        x);
  }

  /**
   * Coordinate matrices of vectors: with 'xy' indexing the first vector runs along columns. {@code
   * meshgrid(arange(2), arange(3))} is {@code [[[0 1] [0 1] [0 1]], [[0 0] [1 1] [2 2]]]}.
   */
  public static List<Array> meshgrid(Array... vectors) {
    return grid(true, vectors);
  }

  /**
   * Coordinate arrays of vectors: the k-th vector runs along dimension k. {@code
   * meshgridIj(arange(2), arange(3))} is {@code [[[0 0 0] [1 1 1]], [[0 1 2] [0 1 2]]]}.
   */
  public static List<Array> meshgridIj(Array... vectors) {
    return grid(false, vectors);
  }

  private static List<Array> grid(boolean swap, Array... vectors) {
    int rank = vectors.length;
    long[] sizes = new long[rank];
    List<Array> grids = new ArrayList<>();
    for (int k = 0; k < rank; k++) {
      if (vectors[k].rank() != 1) {
        throw new LaxTypeException("meshgrid", "takes vectors, not shape " + vectors[k].shape());
      }
      sizes[place(k, swap, rank)] = vectors[k].dim(0);
    }
    for (int d = 0; d < rank; d++) {
      grids.add(Shapes.broadcastInDim(vectors[place(d, swap, rank)], Shape.of(sizes), Axes.of(d)));
    }
    return swap && rank > 1 ? swapped(grids) : grids;
  }

  /** From the order of dimensions to that of the vectors. */
  private static List<Array> swapped(List<Array> grids) {
    List<Array> all = new ArrayList<>(grids);
    all.set(0, grids.get(1));
    all.set(1, grids.get(0));
    return all;
  }

  private static int place(int k, boolean swap, int rank) {
    return swap && rank > 1 && k < 2 ? 1 - k : k;
  }
}
