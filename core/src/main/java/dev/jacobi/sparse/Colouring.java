package dev.jacobi.sparse;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Columns in as few groups as a greedy search finds, so that a product with the sum of a group's
 * unit vectors still shows each of its elements.
 *
 * @param of the group of each column, from 0 on; -1 for one without elements
 * @param count how many groups there are
 */
record Colouring(int[] of, int count) {
  /**
   * Columns of one group have no row in common; source: Curtis, Powell and Reid, On the estimation
   * of sparse Jacobian matrices.
   */
  static Colouring columns(SparsityPattern pattern) {
    SparsityPattern rows = pattern.transpose(); // of each column, the rows
    Colouring natural = columns(pattern, rows, IntStream.range(0, pattern.cols()).toArray());
    Colouring largest = columns(pattern, rows, byDegree(rows));
    return largest.count < natural.count ? largest : natural;
  }

  private static int[] byDegree(SparsityPattern rows) {
    return IntStream.range(0, rows.rows())
        .boxed()
        .sorted(Comparator.comparingInt(c -> -rows.of(c).length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static Colouring columns(SparsityPattern pattern, SparsityPattern rows, int[] order) {
    Greedy greedy = new Greedy(pattern.cols());
    for (int c : order) {
      for (int r : rows.of(c)) {
        for (int other : pattern.of(r)) {
          greedy.forbid(greedy.colour[other], c);
        }
      }
      if (rows.of(c).length > 0) {
        greedy.choose(c);
      }
    }
    return greedy.result();
  }

  /**
   * For symmetric matrices: neighbours differ, and of four along a path not just two groups; each
   * element then stands alone in its row or in its column. Source: Gebremedhin, Manne and Pothen,
   * What color is your Jacobian? (2005), and their star colouring.
   */
  static Colouring star(SparsityPattern symmetric) {
    Greedy greedy = new Greedy(symmetric.cols());
    for (int v = 0; v < symmetric.cols(); v++) {
      for (int w : symmetric.of(v)) {
        greedy.forbid(greedy.colour[w], v);
        for (int x : symmetric.of(w)) {
          if (x != v && x != w && greedy.colour[x] >= 0 && isPath(greedy, symmetric, w, x)) {
            greedy.forbid(greedy.colour[x], v);
          }
        }
      }
      greedy.choose(v);
    }
    return greedy.result();
  }

  /** Whether v in the group of x would make v, w, x and a neighbour of x a path of two groups. */
  private static boolean isPath(Greedy greedy, SparsityPattern symmetric, int w, int x) {
    if (greedy.colour[w] < 0) {
      return true;
    }
    for (int y : symmetric.of(x)) {
      if (y != w && y != x && greedy.colour[y] == greedy.colour[w]) {
        return true;
      }
    }
    return false;
  }

  /** The least group that is not forbidden, column after column. */
  private static final class Greedy {
    final int[] colour;
    private final int[] forbidden; // by group, the column that it was forbidden for last
    private int count;

    Greedy(int n) {
      colour = new int[n];
      forbidden = new int[n + 1];
      Arrays.fill(colour, -1);
      Arrays.fill(forbidden, -1);
    }

    void forbid(int group, int column) {
      if (group >= 0) {
        forbidden[group] = column;
      }
    }

    void choose(int column) {
      int group = 0;
      while (forbidden[group] == column) {
        group++;
      }
      colour[column] = group;
      count = Math.max(count, group + 1);
    }

    Colouring result() {
      return new Colouring(colour, count);
    }
  }
}
