package dev.jacobi.sparse;

import static dev.jacobi.numpy.Jnp.array;

import dev.jacobi.Array;
import java.util.Arrays;

/**
 * Where a matrix may have elements other than zero: for each row its columns, in order. Immutable.
 */
public final class SparsityPattern {
  private final int[][] columns;
  private final int cols;

  SparsityPattern(int[][] columns, int cols) {
    this.columns = columns;
    this.cols = cols;
  }

  public int rows() {
    return columns.length;
  }

  public int cols() {
    return cols;
  }

  /** How many elements there are. */
  public long nse() {
    return Arrays.stream(columns).mapToLong(r -> r.length).sum();
  }

  /** Whether there is an element at a place. */
  public boolean contains(int row, int col) {
    return Arrays.binarySearch(columns[row], col) >= 0;
  }

  /** The columns of a row; not to be changed. */
  int[] of(int row) {
    return columns[row];
  }

  SparsityPattern transpose() {
    int[] counts = new int[cols];
    for (int[] row : columns) {
      for (int c : row) {
        counts[c]++;
      }
    }
    int[][] rows = new int[cols][];
    Arrays.setAll(rows, c -> new int[counts[c]]);
    Arrays.fill(counts, 0);
    for (int r = 0; r < columns.length; r++) {
      for (int c : columns[r]) {
        rows[c][counts[c]++] = r;
      }
    }
    return new SparsityPattern(rows, columns.length);
  }

  /** With the elements of the transposed pattern, and the diagonal's. */
  SparsityPattern symmetric() {
    SparsityPattern other = transpose();
    int[][] joined = new int[columns.length][];
    Arrays.setAll(joined, i -> IndexSets.union(columns[i], other.columns[i], new int[] {i}));
    return new SparsityPattern(joined, cols);
  }

  /** The row of each element, by rows, as i32. */
  public Array row() {
    return array(rowArray());
  }

  int[] rowArray() {
    int[] found = new int[Math.toIntExact(nse())];
    int next = 0;
    for (int r = 0; r < columns.length; r++) {
      Arrays.fill(found, next, next + columns[r].length, r);
      next += columns[r].length;
    }
    return found;
  }

  /** The column of each element, by rows, as i32. */
  public Array col() {
    return array(colArray());
  }

  int[] colArray() {
    return Arrays.stream(columns).flatMapToInt(Arrays::stream).toArray();
  }

  @Override
  public String toString() {
    return "SparsityPattern(" + rows() + ", " + cols + ", " + nse() + " elements)";
  }
}
