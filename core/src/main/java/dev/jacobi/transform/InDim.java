package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Longs;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.ScalarArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Dynamic slices along one dimension; of two of them JAX makes programs of their own. */
public final class InDim {
  private InDim() {}

  /** Starts of which negative ones count from the end. */
  public static List<Array> wrapped(Array x, List<Array> starts) {
    List<Array> all = new ArrayList<>();
    for (int d = 0; d < starts.size(); d++) {
      all.add(d < x.rank() ? wrapped(starts.get(d), x.dim(d)) : starts.get(d));
    }
    return all;
  }

  private static Array wrapped(Array start, long n) {
    if (start.dtype().isUnsigned() || !start.dtype().isInteger()) {
      return start;
    }
    if (start instanceof ScalarArray s) { // known now
      long at = s.lit().bits();
      return Scalars.ofLong(start.dtype(), at < 0 ? at + n : at);
    }
    Array strong = Convert.convertElementType(start, start.dtype());
    Array fromEnd = Arithmetic.add(strong, Scalars.ofLong(start.dtype(), n));
    Array isNegative = Compare.lt(start, Scalars.ofLong(start.dtype(), 0));
    return Compare.select(isNegative, fromEnd, start);
  }

  private static List<Array> starts(Array x, Array start, int axis) {
    Array zero = Scalars.ofLong(start.dtype(), 0);
    List<Array> starts = new ArrayList<>(Collections.nCopies(x.rank(), zero));
    starts.set(axis, wrapped(start, x.dim(axis)));
    return starts;
  }

  public static Array dynamicSlice(Array x, Array start, long size, int axis) {
    if (size < 0) {
      throw new LaxTypeException("dynamic_slice", "a size is negative: " + size);
    }
    Longs sizes = x.shape().with(axis, size).sizes();
    return DynamicSlices.dynamicSlice(x, starts(x, start, axis), sizes);
  }

  public static Array dynamicUpdateSlice(Array x, Array update, Array start, int axis) {
    return DynamicSlices.dynamicUpdateSlice(x, update, starts(x, start, axis));
  }

  /** One entry along a dimension, which is kept with size 1 or taken away. */
  public static Array dynamicIndex(Array x, Array index, int axis, boolean keepdims) {
    return NamedJit.call(
            "dynamic_index_in_dim",
            List.of(axis, keepdims),
            a -> {
              Array slice = dynamicSlice(a.get(0), a.get(1), 1, axis);
              return List.of(keepdims ? slice : Shapes.squeeze(slice, Axes.of(axis)));
            },
            List.of(x, index))
        .getFirst();
  }

  /** Writes one entry along a dimension; the update may lack that dimension. */
  public static Array dynamicUpdateIndex(Array x, Array update, Array index, int axis) {
    return NamedJit.call(
            "dynamic_update_index_in_dim",
            axis,
            a -> {
              Array u = a.get(1);
              Array wide = u.rank() < a.get(0).rank() ? Shapes.expandDims(u, Axes.of(axis)) : u;
              return List.of(dynamicUpdateSlice(a.get(0), wide, a.get(2), axis));
            },
            List.of(x, update, index))
        .getFirst();
  }
}
