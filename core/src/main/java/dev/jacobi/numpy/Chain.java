package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import java.util.List;

/**
 * Products of several matrices, in the order with the fewest multiplications; source: Godbole, On
 * efficient computation of matrix chain products.
 */
final class Chain {
  private final List<Array> matrices;
  private final int[][] split;

  private Chain(List<Array> matrices) {
    this.matrices = matrices;
    this.split = splits(matrices);
  }

  static Array product(List<Array> arrays) {
    check(arrays);
    int last = arrays.size() - 1;
    boolean row = arrays.getFirst().rank() == 1;
    boolean column = arrays.getLast().rank() == 1;
    List<Array> matrices = new java.util.ArrayList<>(arrays);
    if (row) {
      matrices.set(0, Shapes.expandDims(arrays.getFirst(), Axes.of(0)));
    }
    if (column) {
      matrices.set(last, Shapes.expandDims(arrays.getLast(), Axes.of(1)));
    }
    Array product = new Chain(matrices).product(0, last);
    Axes ones = row ? column ? Axes.of(0, 1) : Axes.of(0) : column ? Axes.of(1) : Axes.of();
    return ones.size() == 0 ? product : Shapes.squeeze(product, ones);
  }

  private static void check(List<Array> arrays) {
    int last = arrays.size() - 1;
    if (last < 1) {
      throw new LaxTypeException("multiDot", "takes two arrays or more, not " + arrays.size());
    }
    for (int i = 0; i <= last; i++) {
      int rank = arrays.get(i).rank();
      boolean end = i == 0 || i == last;
      boolean fits = i == 0 || arrays.get(i - 1).dim(-1) == arrays.get(i).dim(0);
      if (rank != 2 && !(end && rank == 1) || !fits) {
        throw new ShapeMismatchException(
            "multiDot",
            "do not fit: all must be matrices (at the ends, vectors too), each as high as the one"
                + " before it is wide",
            arrays);
      }
    }
  }

  private static int[][] splits(List<Array> matrices) {
    int n = matrices.size();
    double[][] cost = new double[n][n];
    int[][] split = new int[n][n];
    for (int length = 1; length < n; length++) {
      for (int from = 0; from + length < n; from++) {
        int to = from + length;
        cost[from][to] = Double.POSITIVE_INFINITY;
        for (int k = from; k < to; k++) {
          double middle = matrices.get(k).dim(1);
          double here = (double) matrices.get(from).dim(0) * middle * matrices.get(to).dim(1);
          double total = cost[from][k] + cost[k + 1][to] + here;
          if (total < cost[from][to]) {
            cost[from][to] = total;
            split[from][to] = k;
          }
        }
      }
    }
    return split;
  }

  private Array product(int from, int to) {
    if (from == to) {
      return matrices.get(from);
    }
    int k = split[from][to];
    return JnpLinalg.matmul(product(from, k), product(k + 1, to));
  }
}
