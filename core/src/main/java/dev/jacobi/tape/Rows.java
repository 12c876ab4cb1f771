package dev.jacobi.tape;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Arrays whose leading axis counts what is kept, and the numbers that count it. */
public final class Rows {
  private Rows() {}

  static Array count(long value) {
    return Scalars.ofLong(DType.I64, value);
  }

  static Array plus(Array x, long value) {
    return Arithmetic.add(x, count(value));
  }

  /** The type of {@code rows} arrays. */
  static Aval of(Aval row, long rows) {
    return row.withShape(row.shape().insert(0, rows));
  }

  /** An array for so many rows, all of which are {@code x} at first. */
  static Array of(Array x, long rows) {
    return Shapes.broadcastInDim(x, x.shape().insert(0, rows), Axes.of(0).complement(x.rank() + 1));
  }

  private static List<Array> starts(Array rows, Array i) {
    List<Array> starts = new ArrayList<>(List.of(i));
    starts.addAll(Collections.nCopies(rows.rank() - 1, Scalars.like(i, 0)));
    return starts;
  }

  /** Row number {@code i}. */
  public static Array get(Array rows, Array i) {
    Array slice =
        DynamicSlices.dynamicSlice(rows, starts(rows, i), rows.shape().with(0, 1).sizes());
    return Shapes.reshape(slice, rows.shape().without(Axes.of(0)));
  }

  /** The rows with {@code x} as number {@code i}. */
  public static Array with(Array rows, Array x, Array i) {
    Array one = Shapes.reshape(x, rows.shape().with(0, 1));
    return DynamicSlices.dynamicUpdateSlice(rows, one, starts(rows, i));
  }

  static List<Array> get(List<Array> all, Array i) {
    return all.stream().map(rows -> get(rows, i)).toList();
  }

  static List<Array> with(List<Array> all, List<Array> xs, Array i) {
    List<Array> next = new ArrayList<>();
    for (int k = 0; k < all.size(); k++) {
      next.add(with(all.get(k), xs.get(k), i));
    }
    return next;
  }

  /** Every other one of the first {@code n} rows moves to the front. */
  static Array everyOther(Array rows, long n) {
    Array half = Slices.inDim(rows, 0, n, 2, 0);
    return DynamicSlices.dynamicUpdateSlice(rows, half, Collections.nCopies(rows.rank(), count(0)));
  }
}
