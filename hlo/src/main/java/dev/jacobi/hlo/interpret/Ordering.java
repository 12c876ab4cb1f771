package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.ElementwiseOp.Order;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Sorting. */
final class Ordering {
  private Ordering() {}

  /** Whether the element at one position comes before that at another. */
  interface Before {
    boolean test(int a, int b);
  }

  /** Sorts all inputs along a dimension by a comparator of pairs of scalars. Always stable. */
  static List<Tensor> sort(List<Tensor> inputs, int dim, Predicate<List<Tensor>> comparator) {
    Before before =
        (a, b) -> {
          List<Tensor> pairs = new ArrayList<>(2 * inputs.size());
          inputs.forEach(x -> pairs.addAll(List.of(x.at(a), x.at(b))));
          return comparator.test(pairs);
        };
    Shape shape = inputs.getFirst().shape();
    int[] order = new int[inputs.getFirst().size()];
    for (int[] row : rows(shape, dim)) {
      int[] sorted = sorted(row, before);
      for (int i = 0; i < row.length; i++) {
        order[row[i]] = sorted[i];
      }
    }
    return inputs.stream().map(x -> x.pick(shape, order)).toList();
  }

  /** The largest elements of every row of the last dimension, and where in the row they stand. */
  static List<Tensor> topK(Tensor x, Shape shape) {
    int last = shape.rank() - 1;
    int k = Math.toIntExact(shape.dim(last));
    Before larger =
        (a, b) ->
            Pointwise.compare(Direction.GT, Order.TOTALORDER, x.at(a), x.at(b)).values()[0] != 0;
    Ints indices = (Ints) Tensor.zeros(x.type().withDtype(DType.I32).withShape(shape));
    int[] from = new int[indices.values().length];
    int at = 0;
    for (int[] row : rows(x.shape(), last)) {
      int[] sorted = sorted(row, larger);
      for (int i = 0; i < k; i++) {
        from[at] = sorted[i];
        indices.values()[at++] = (long) sorted[i] - row[0];
      }
    }
    return List.of(x.pick(shape, from), indices);
  }

  /** The positions of every row along a dimension. */
  private static int[][] rows(Shape shape, int dim) {
    long[] strides = shape.strides();
    int[] starts = Strided.positions(shape.with(dim, Math.min(1, shape.dim(dim))), strides, 0);
    int[] along = Strided.positions(Shape.of(shape.dim(dim)), new long[] {strides[dim]}, 0);
    return Arrays.stream(starts)
        .mapToObj(start -> Arrays.stream(along).map(step -> start + step).toArray())
        .toArray(int[][]::new);
  }

  /** Merge sort: takes from the second half only what comes before the first half's next. */
  private static int[] sorted(int[] items, Before before) {
    if (items.length < 2) {
      return items;
    }
    int[] a = sorted(Arrays.copyOfRange(items, 0, items.length / 2), before);
    int[] b = sorted(Arrays.copyOfRange(items, items.length / 2, items.length), before);
    int[] out = new int[items.length];
    for (int i = 0, j = 0; i + j < out.length; ) {
      boolean second = i == a.length || j < b.length && before.test(b[j], a[i]);
      out[i + j] = second ? b[j++] : a[i++];
    }
    return out;
  }
}
