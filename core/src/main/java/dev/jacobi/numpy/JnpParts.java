package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Stacking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** More ways to put arrays together and to take them apart. */
public abstract class JnpParts extends JnpPlaces {
  JnpParts() {}

  /**
   * Arrays in nested lists joined as blocks: the innermost lists along the last dimension, those
   * around them along the one before. All lists of a level have the same depth. {@code
   * block(List.of(List.of(array(1), array(2)), List.of(array(3), array(4))))} is {@code [[1 2] [3
   * 4]]}.
   */
  public static Array block(List<?> blocks) {
    return joined(blocks).array();
  }

  private record Block(Array array, int depth) {}

  private static Block joined(Object blocks) {
    if (blocks instanceof Array array) {
      return new Block(array, 1);
    }
    if (!(blocks instanceof List<?> list) || list.isEmpty()) {
      throw new LaxTypeException(
          "block", "takes arrays and lists that are not empty, not " + blocks);
    }
    List<Block> parts = list.stream().map(JnpParts::joined).toList();
    int depth = parts.getFirst().depth();
    if (parts.stream().anyMatch(p -> p.depth() != depth)) {
      throw new LaxTypeException("block", "lists are nested to different depths");
    }
    int rank = Math.max(depth, parts.stream().mapToInt(p -> p.array().rank()).max().orElse(0));
    List<Array> same = parts.stream().map(p -> atLeast(p.array(), rank)).toList();
    return new Block(concatenate(same, rank - depth), depth + 1);
  }

  private static Array atLeast(Array x, int rank) {
    return Shapes.expandDims(x, Axes.range(rank - x.rank()));
  }

  /**
   * Parts along the second dimension, of vectors along their only one; see {@link #split}. {@code
   * hsplit(arange(4), 2)} is {@code [[0 1], [2 3]]}.
   */
  public static List<Array> hsplit(Array x, int parts) {
    checkRank("hsplit", x, 1);
    return split(x, parts, x.rank() == 1 ? 0 : 1);
  }

  /**
   * Parts before positions of that dimension; see {@link #splitAt}. {@code hsplitAt(arange(4), 1)}
   * is {@code [[0], [1 2 3]]}.
   */
  public static List<Array> hsplitAt(Array x, long... positions) {
    checkRank("hsplitAt", x, 1);
    return splitAt(x, x.rank() == 1 ? 0 : 1, positions);
  }

  /**
   * Parts along the first dimension; see {@link #split}. {@code vsplit(eye(2), 2)} is {@code [[[1.
   * 0.]], [[0. 1.]]]}.
   */
  public static List<Array> vsplit(Array x, int parts) {
    checkRank("vsplit", x, 2);
    return split(x, parts, 0);
  }

  /**
   * Parts before positions of the first dimension; see {@link #splitAt}. {@code vsplitAt(eye(2),
   * 1)} is {@code [[[1. 0.]], [[0. 1.]]]}.
   */
  public static List<Array> vsplitAt(Array x, long... positions) {
    checkRank("vsplitAt", x, 2);
    return splitAt(x, 0, positions);
  }

  /**
   * Parts along the third dimension; see {@link #split}. {@code dsplit(ones(1, 1, 2), 2)} is {@code
   * [[[[1.]]], [[[1.]]]]}.
   */
  public static List<Array> dsplit(Array x, int parts) {
    checkRank("dsplit", x, 3);
    return split(x, parts, 2);
  }

  /**
   * Parts before positions of the third dimension; see {@link #splitAt}. {@code dsplitAt(ones(1, 1,
   * 2), 1)} is {@code [[[[1.]]], [[[1.]]]]}.
   */
  public static List<Array> dsplitAt(Array x, long... positions) {
    checkRank("dsplitAt", x, 3);
    return splitAt(x, 2, positions);
  }

  private static void checkRank(String function, Array x, int least) {
    if (x.rank() < least) {
      throw new LaxTypeException(
          function, "needs " + least + " dimensions or more, not shape " + x.shape());
    }
  }

  /**
   * The sub-arrays along a dimension, which goes away. {@code unstack(array(new int[][] {{1, 2},
   * {3, 4}}), 0)} is {@code [[1 2], [3 4]]}.
   */
  public static List<Array> unstack(Array x, int axis) {
    return Stacking.unstack(x, axis("unstack", x.rank(), axis));
  }

  /**
   * The second dimension in reverse order. {@code fliplr(array(new int[][] {{1, 2}, {3, 4}}))} is
   * {@code [[2 1] [4 3]]}.
   */
  public static Array fliplr(Array x) {
    checkRank("fliplr", x, 2);
    return flip(x, 1);
  }

  /**
   * The first dimension in reverse order. {@code flipud(array(new int[][] {{1, 2}, {3, 4}}))} is
   * {@code [[3 4] [1 2]]}.
   */
  public static Array flipud(Array x) {
    checkRank("flipud", x, 1);
    return flip(x, 0);
  }

  /**
   * Turned by {@code times} quarters in the plane of two dimensions, from one to the other. {@code
   * rot90(array(new int[][] {{1, 2}, {3, 4}}), 1, 0, 1)} is {@code [[2 4] [1 3]]}.
   */
  public static Array rot90(Array x, int times, int from, int to) {
    Axes plane = axes("rot90", x.rank(), from, to);
    int a = plane.get(0);
    int b = plane.get(1);
    return switch (Math.floorMod(times, 4)) {
      case 1 -> swapaxes(flip(x, b), a, b);
      case 2 -> flip(x, a, b);
      case 3 -> flip(swapaxes(x, a, b), b);
      default -> x;
    };
  }

  /**
   * Elements in row-major order, again from the first or cut off, in another shape. {@code
   * resize(array(1, 2), 3)} is {@code [1 2 1]}.
   */
  public static Array resize(Array x, long... sizes) {
    Shape shape = Dims.shape("resize", sizes);
    if (x.size() == 0 || shape.size() == 0) {
      return zeros(shape, x.dtype());
    }
    return Shapes.reshape(Places.tiled("resize", x, shape.size()), shape);
  }

  /**
   * Dimension {@code axis} moves before the one that is at {@code start}. {@code rollaxis(ones(2,
   * 3, 4), 2, 0).shape()} is {@code (4, 2, 3)}.
   */
  public static Array rollaxis(Array x, int axis, int start) {
    int rank = x.rank();
    int from = axis("rollaxis", rank, axis);
    if (start < -rank || start > rank) {
      throw new LaxTypeException(
          "rollaxis", "start " + start + " is not in " + -rank + " to " + rank);
    }
    int to = start < 0 ? start + rank : start;
    return moveaxis(x, from, to > from ? to - 1 : to);
  }

  /**
   * Without the zeros at both ends of a vector, or of each dimension; values must be known. {@code
   * trimZeros(array(0, 0, 1, 2, 0))} is {@code [1 2]}.
   */
  public static Array trimZeros(Array x) {
    return trimZeros(x, true, true);
  }

  /** Without the zeros at the ends of dimensions, all if none is given; values must be known. */
  public static Array trimZeros(Array x, boolean front, boolean back, int... axes) {
    Axes over =
        axes.length == 0 ? Axes.range(x.rank()) : axes("trimZeros", x.rank(), axes).sorted();
    Array some = truth(Concrete.value("trimZeros", x, "Cut with ranges of known size."));
    Array result = x;
    for (int d : over.toArray()) {
      int[] others = Axes.of(d).complement(x.rank()).toArray();
      boolean[] set = (others.length == 0 ? some : any(some, others)).toBooleanArray();
      long first = IntStream.range(0, set.length).filter(k -> set[k]).findFirst().orElse(-1);
      long last = IntStream.range(0, set.length).filter(k -> set[k]).max().orElse(-1);
      long from = first < 0 || !front ? 0 : first;
      long to = first < 0 ? 0 : back ? last + 1 : set.length;
      result = part(result, d, range(from, to));
    }
    return result;
  }

  /**
   * Both arrays one after the other along a dimension. {@code append(array(1, 2), array(3), 0)} is
   * {@code [1 2 3]}.
   */
  public static Array append(Array x, Array y, int axis) {
    return concatenate(List.of(x, y), axis);
  }

  /**
   * Entries of several dimensions move on, each by a shift; the last ones to the front. {@code
   * roll(eye(2), new int[] {1}, new int[] {0})} is {@code [[0. 1.] [1. 0.]]}.
   */
  public static Array roll(Array x, int[] shifts, int[] axes) {
    if (shifts.length != axes.length) {
      throw new LaxTypeException("roll", "needs a shift for each dimension");
    }
    Map<Integer, Integer> total = new TreeMap<>();
    for (int k = 0; k < axes.length; k++) {
      int d = axis("roll", x.rank(), axes[k]);
      total.merge(
          d, Math.floorMod(shifts[k], Math.toIntExact(Math.max(1, x.dim(d)))), Integer::sum);
    }
    Array result = x;
    for (Map.Entry<Integer, Integer> one : total.entrySet()) {
      result = roll(result, one.getValue(), one.getKey());
    }
    return result;
  }

  /**
   * Differences of neighbours along a dimension, {@code n} times over. {@code diff(array(1, 4, 9,
   * 16), 2, 0)} is {@code [2 2]}.
   */
  public static Array diff(Array x, int n, int axis) {
    return diff(x, n, axis, null, null);
  }

  /** The same, with values before and after the dimension; a scalar stands for one entry. */
  public static Array diff(
      Array x, int n, int axis, @Nullable Array prepend, @Nullable Array append) {
    int d = axis("diff", x.rank(), axis);
    if (n < 0) {
      throw new LaxTypeException("diff", "cannot take differences " + n + " times");
    }
    if (n == 0) {
      return x;
    }
    List<Array> all = new ArrayList<>();
    if (prepend != null) {
      all.add(entry(x, prepend, d));
    }
    all.add(x);
    if (append != null) {
      all.add(entry(x, append, d));
    }
    Array whole = all.size() == 1 ? x : concatenate(all, d);
    int times = (int) Math.min(n, whole.dim(d)); // then nothing is left
    return jitted("diff", List.of(times, d), a -> differences(a.getFirst(), times, d), whole);
  }

  private static Array entry(Array x, Array value, int d) {
    return value.rank() > 0 ? value : Promotion.broadcastTo(value, x.shape().with(d, 1));
  }

  private static Array differences(Array x, int n, int d) {
    Array y = x;
    for (int k = 0; k < n; k++) {
      Array later = part(y, d, from(1));
      Array earlier = part(y, d, until(-1));
      y = y.dtype().isBool() ? notEqual(later, earlier) : subtract(later, earlier);
    }
    return y;
  }

  /**
   * Differences of neighbours in the flattened array. {@code ediff1d(array(1, 4, 9))} is {@code [3
   * 5]}.
   */
  public static Array ediff1d(Array x) {
    return ediff1d(x, null, null);
  }

  /** The same, with values behind and in front of them. */
  public static Array ediff1d(Array x, @Nullable Array toEnd, @Nullable Array toBegin) {
    Array flat = ravel(x);
    List<Array> all = new ArrayList<>();
    if (toBegin != null) {
      all.add(astype(ravel(toBegin), x.dtype()));
    }
    all.add(differences(flat, 1, 0));
    if (toEnd != null) {
      all.add(astype(ravel(toEnd), x.dtype()));
    }
    return all.size() == 1 ? all.getFirst() : Concatenation.concatenate(all, 0);
  }

  /**
   * The shape to which arrays of these shapes broadcast. {@code broadcastShapes(shape(2, 1),
   * shape(3))} is {@code (2, 3)}.
   */
  public static Shape broadcastShapes(Shape... shapes) {
    Array[] probes =
        Arrays.stream(shapes)
            .map(s -> new dev.jacobi.trace.AbstractArray(dev.jacobi.jaxpr.Aval.of(DType.F32, s)))
            .toArray(Array[]::new);
    return Promotion.commonShape("broadcastShapes", probes);
  }

  /** The number of dimensions. {@code ndim(ones(2, 3))} is {@code 2}. */
  public static int ndim(Array x) {
    return x.rank();
  }

  /** The number of elements. {@code size(ones(2, 3))} is {@code 6}. */
  public static long size(Array x) {
    return x.size();
  }

  /** The size of a dimension. */
  public static long size(Array x, int axis) {
    return x.dim(axis("size", x.rank(), axis));
  }

  /** The shape of an array. {@code shape(ones(2, 3))} is {@code (2, 3)}. */
  public static Shape shape(Array x) {
    return x.shape();
  }

  /**
   * Without the entries at positions of a dimension; each is left out once. {@code
   * delete(arange(4), new int[] {0, 2}, 0)} is {@code [1 3]}.
   */
  public static Array delete(Array x, int[] positions, int axis) {
    int d = axis("delete", x.rank(), axis);
    long n = x.dim(d);
    boolean[] gone = new boolean[Math.toIntExact(n)];
    for (int p : positions) {
      if (p < -n || p >= n) {
        throw ArrayIndexException.outOfBounds(p, d, x.shape());
      }
      gone[Math.toIntExact(p < 0 ? p + n : p)] = true;
    }
    int[] kept = IntStream.range(0, gone.length).filter(k -> !gone[k]).toArray();
    return take(x, array(kept), d, dev.jacobi.Mode.PROMISE_IN_BOUNDS);
  }

  /**
   * With values before positions of a dimension; positions count in the array as it was, and values
   * broadcast to one entry for each. {@code insert(array(1, 2), new int[] {0, 2}, array(8, 9), 0)}
   * is {@code [8 1 2 9]}.
   */
  public static Array insert(Array x, int[] positions, Array values, int axis) {
    int d = axis("insert", x.rank(), axis);
    int n = Math.toIntExact(x.dim(d));
    int[] at = positions.clone();
    for (int k = 0; k < at.length; k++) {
      if (at[k] < -n || at[k] > n) {
        throw ArrayIndexException.outOfBounds(at[k], d, x.shape());
      }
      at[k] = at[k] < 0 ? at[k] + n : at[k];
    }
    Integer[] sorted = IntStream.range(0, at.length).boxed().toArray(Integer[]::new);
    Arrays.sort(sorted, java.util.Comparator.comparingInt(k -> at[k])); // stable
    int[] source = new int[n + at.length];
    int next = 0;
    int taken = 0;
    for (int k : sorted) {
      while (taken < at[k]) {
        source[next++] = taken++;
      }
      source[next++] = n + k;
    }
    while (taken < n) {
      source[next++] = taken++;
    }
    Array some = Promotion.convert(values, x.dtype(), false);
    Array entries = Promotion.broadcastTo(some, x.shape().with(d, at.length));
    Array all = Concatenation.concatenate(List.of(x, entries), d);
    return take(all, array(source), d, dev.jacobi.Mode.PROMISE_IN_BOUNDS);
  }
}
