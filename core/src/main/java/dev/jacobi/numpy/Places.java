package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import java.util.ArrayList;
import java.util.List;

/** Positions of set elements in a number that is known while tracing. */
final class Places {
  private Places() {}

  /**
   * @param positions the first set elements of the flattened mask, as i32; 0 where there are none
   * @param valid whether there is one
   */
  record Found(Array positions, Array valid) {}

  /** The first {@code size} set elements: each one is written to the place of its rank. */
  static Found first(String function, Array mask, int size) {
    Dims.shape(function, size);
    Array set = JnpShape.ravel(JnpLogic.truth(mask));
    Array counts = JnpCumulative.cumsum(JnpShape.astype(set, DType.I32), 0);
    Array rank = JnpMath.subtract(counts, JnpMath.weak(1));
    Array target = JnpLogic.where(set, rank, size);
    Array numbers = Shapes.iota(DType.I32, set.shape(), 0);
    Array positions =
        JnpCreate.zeros(Shape.of(size), DType.I32).at(JnpIndex.ix(target)).set(numbers, Mode.DROP);
    Array places = Shapes.iota(DType.I32, Shape.of(size), 0);
    Array total = set.size() == 0 ? Scalars.of(DType.I32, 0) : counts.get(-1);
    return new Found(positions, JnpLogic.less(places, total));
  }

  /**
   * Positions along each dimension.
   *
   * @param fill what stands in place of elements that are missing: one for all dimensions, or one
   *     for each; 0 if empty
   */
  static List<Array> nonzero(String function, Array x, int size, long... fill) {
    if (x.rank() == 0) {
      throw new LaxTypeException(function, "takes arrays with dimensions; see atleast1d");
    }
    if (fill.length > 1 && fill.length != x.rank()) {
      throw new LaxTypeException(
          function, fill.length + " values to fill with for an array of rank " + x.rank());
    }
    Found found = first(function, x, size);
    long[] strides = x.shape().strides();
    List<Array> along = new ArrayList<>();
    for (int d = 0; d < x.rank(); d++) {
      Array at = found.positions();
      at = strides[d] <= 1 ? at : JnpMath.floorDivide(at, JnpMath.weak(strides[d]));
      at = d == 0 || x.dim(d) == 0 ? at : JnpMath.remainder(at, JnpMath.weak(x.dim(d)));
      long other = fill.length == 0 ? 0 : fill[fill.length == 1 ? 0 : d];
      along.add(other == 0 ? at : JnpLogic.where(found.valid(), at, other));
    }
    return along;
  }

  /** Values repeated, or cut, to a number of them. */
  static Array tiled(String function, Array values, long size) {
    Array flat = JnpShape.ravel(values);
    long n = flat.dim(0);
    if (n == 0 && size > 0) {
      throw new LaxTypeException(function, "there are no values to take");
    }
    if (n < size) {
      int times = Math.toIntExact((size + n - 1) / n);
      flat = JnpJoin.tile(flat, times);
    }
    return flat.dim(0) == size ? flat : JnpIndex.part(flat, 0, JnpIndex.until(size));
  }

  /** Rows and columns of the elements on one side of a diagonal, in row-major order. */
  static List<Array> triangle(String function, long rows, long columns, int k, boolean lower) {
    Dims.shape(function, rows, columns);
    if (rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE) {
      throw new LaxTypeException(
          function, "positions in " + rows + " by " + columns + " are no i32");
    }
    long total = 0;
    for (long i = 0; i < rows; i++) {
      long end = Math.clamp(lower ? i + k + 1 : i + k, 0, columns);
      total += lower ? end : columns - end;
    }
    if (total > Integer.MAX_VALUE) {
      throw new LaxTypeException(function, total + " positions are more than a Java array holds");
    }
    int[] row = new int[(int) total];
    int[] column = new int[row.length];
    int next = 0;
    for (int i = 0; i < rows; i++) {
      long from = lower ? 0 : Math.clamp((long) i + k, 0, columns);
      long to = lower ? Math.clamp((long) i + k + 1, 0, columns) : columns;
      for (long j = from; j < to; j++) {
        row[next] = i;
        column[next++] = (int) j;
      }
    }
    return List.of(JnpCreate.array(row), JnpCreate.array(column));
  }
}
