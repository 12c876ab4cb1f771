package dev.jacobi.sparse;

import static dev.jacobi.numpy.Jnp.concatenate;
import static dev.jacobi.numpy.Jnp.take;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.UniqueOptions;
import dev.jacobi.ops.Ops;
import dev.jacobi.ops.Segments;
import java.util.List;

/**
 * A matrix by coordinates: element {@code data[k]} stands at {@code (row[k], col[k])}, in any
 * order, and elements at one place are added. A tree with three leaves.
 *
 * @param data (n), of any type of numbers
 * @param row (n), integers; {@code rows} for padding
 * @param col (n), integers; {@code cols} for padding
 */
public record Coo(Array data, Array row, Array col, long rows, long cols) implements SparseMatrix {
  /** How a matrix (m, n) is stored with its elements at these places. */
  public static Coo of(Array data, Array row, Array col, long rows, long cols) {
    if (data.rank() != 1 || row.rank() != 1 || col.rank() != 1) {
      throw new LaxTypeException(
          "Coo", "takes vectors, not " + data.aval() + ", " + row.aval() + " and " + col.aval());
    }
    if (row.size() != data.size() || col.size() != data.size()) {
      throw new LaxTypeException(
          "Coo",
          "has "
              + data.size()
              + " elements in "
              + row.size()
              + " rows and "
              + col.size()
              + " columns; these numbers must be equal");
    }
    if (!row.dtype().isInteger() || !col.dtype().isInteger()) {
      throw new LaxTypeException(
          "Coo", "rows and columns are integers, not " + row.aval() + " and " + col.aval());
    }
    if (rows < 0 || cols < 0) {
      throw new LaxTypeException("Coo", "cannot be a matrix of " + rows + " by " + cols);
    }
    return new Coo(data, row, col, rows, cols);
  }

  @Override
  public Coo toCoo() {
    return this;
  }

  @Override
  public Coo withData(Array values) {
    return of(values, row, col, rows, cols);
  }

  @Override
  public Coo transpose() {
    return new Coo(data, col, row, cols, rows);
  }

  @Override
  public Array matmul(Array dense) {
    Entries.checkProduct("matmul", this, dense);
    return Entries.product(data, row, col, rows, dense, false);
  }

  @Override
  public Array todense() {
    Array zeros = Jnp.zeros(Shape.of(rows, cols), data.dtype());
    return zeros.at(Jnp.ix(row), Jnp.ix(col)).add(data, Mode.DROP);
  }

  /**
   * The sum; elements at one place stay apart until {@link #sumDuplicates()}.
   *
   * @throws LaxTypeException if the matrices' sizes differ
   */
  public Coo plus(Coo other) {
    if (rows != other.rows || cols != other.cols) {
      throw new LaxTypeException(
          "plus", "cannot add " + Entries.sizes(this) + " and " + Entries.sizes(other));
    }
    return new Coo(
        concatenate(List.of(data, other.data), 0),
        concatenate(List.of(row, other.row), 0),
        concatenate(List.of(col, other.col), 0),
        rows,
        cols);
  }

  /** Its elements by rows and, in these, by columns; padding comes last. */
  public Coo sortIndices() {
    if (nse() == 0) {
      return this;
    }
    Array order = Jnp.lexsort(List.of(col, row));
    return new Coo(take(data, order), take(row, order), take(col, order), rows, cols);
  }

  /** One element per place, sorted; in {@code jit} use {@link #sumDuplicates(int)}. */
  public Coo sumDuplicates() {
    return summed(UniqueOptions.DEFAULT);
  }

  /** The same with room for so many elements: fewer are padded, more are lost. */
  public Coo sumDuplicates(int stored) {
    return summed(UniqueOptions.DEFAULT.withSize(stored).withFill(beyond()));
  }

  private Coo padding(int stored) {
    Shape shape = Shape.of(stored);
    return new Coo(
        Jnp.zeros(shape, data.dtype()),
        Jnp.full(shape, rows).astype(row.dtype()),
        Jnp.full(shape, cols).astype(col.dtype()),
        rows,
        cols);
  }

  private double beyond() {
    return (double) rows * cols;
  }

  private Coo summed(UniqueOptions options) {
    if (nse() == 0) {
      int stored = options.size() == null ? 0 : options.size();
      return padding(stored);
    }
    DType wide = Entries.indexType(Math.multiplyExact(Math.addExact(rows, 1), Math.max(cols, 1)));
    Array place = row.astype(wide).times(cols).plus(col.astype(wide));
    Array inside = Entries.isInside(this);
    var found = Jnp.uniqueAll(Jnp.where(inside, place, (long) beyond()), options);
    Array places = found.values();
    Array ids = found.inverseIndices();
    Array sums = Ops.segmentSum(data, ids.reshape(-1), Ops.segments(places.size()));
    Array real = places.lt(rows * cols);
    long width = Math.max(cols, 1);
    Array r = Jnp.where(real, Jnp.floorDivide(places, Jnp.weak(width)), rows);
    Array c = Jnp.where(real, places.rem(width), cols);
    Array kept = Jnp.where(real, sums, Jnp.zerosLike(sums));
    return new Coo(kept, r.astype(row.dtype()), c.astype(col.dtype()), rows, cols);
  }

  /**
   * Every element times the one that stands at its place in a dense matrix (rows, cols), or in what
   * broadcasts to it.
   */
  public Coo multiply(Array dense) {
    return withData(data.times(extract(dense).data));
  }

  /** The elements of a dense matrix at the places of this one. */
  public Coo extract(Array dense) {
    Array all = Jnp.broadcastTo(dense, rows, cols);
    if (nse() == 0 || all.size() == 0) {
      return withData(Jnp.zeros(data.shape(), dense.dtype()));
    }
    Array found = all.at(Jnp.ix(row), Jnp.ix(col)).get(Mode.CLIP);
    return withData(Jnp.where(Entries.isInside(this), found, Jnp.zerosLike(found)));
  }

  /** Of the product of dense matrices (rows, k) and (k, cols), the elements at these places. */
  public Coo sampledMatmul(Array left, Array right) {
    if (left.rank() != 2
        || right.rank() != 2
        || left.dim(0) != rows
        || right.dim(1) != cols
        || left.dim(1) != right.dim(0)) {
      throw new LaxTypeException(
          "sampledMatmul",
          left.aval() + " times " + right.aval() + " is no matrix " + Entries.sizes(this));
    }
    if (nse() == 0 || rows == 0 || cols == 0) {
      return withData(Jnp.zeros(data.shape(), left.dtype()));
    }
    Array a = take(left, row, 0, Mode.CLIP);
    Array b = take(right.transpose(), col, 0, Mode.CLIP);
    Array products = a.times(b).sum(1);
    return withData(Jnp.where(Entries.isInside(this), products, Jnp.zerosLike(products)));
  }

  /** The rows and columns from the first numbers up to, without, the second; others are padding. */
  public Coo slice(long rowFrom, long rowTo, long colFrom, long colTo) {
    if (rowFrom < 0
        || rowTo < rowFrom
        || rowTo > rows
        || colFrom < 0
        || colTo < colFrom
        || colTo > cols) {
      throw new LaxTypeException(
          "slice",
          "rows "
              + rowFrom
              + " to "
              + rowTo
              + " and columns "
              + colFrom
              + " to "
              + colTo
              + " are not all in "
              + Entries.sizes(this));
    }
    Array r = Jnp.logicalAnd(row.ge(rowFrom), row.lt(rowTo));
    Array inside = Jnp.logicalAnd(r, Jnp.logicalAnd(col.ge(colFrom), col.lt(colTo)));
    Array newRow = Jnp.where(inside, row.minus(rowFrom), rowTo - rowFrom);
    Array newCol = Jnp.where(inside, col.minus(colFrom), colTo - colFrom);
    Array kept = Jnp.where(inside, data, Jnp.zerosLike(data));
    return new Coo(kept, newRow, newCol, rowTo - rowFrom, colTo - colFrom);
  }

  /** The same elements in row-major order in a matrix of other sizes. */
  public Coo reshape(long newRows, long newCols) {
    if (newRows < 0 || newCols < 0 || newRows * newCols != rows * cols) {
      throw new LaxTypeException(
          "reshape", Entries.sizes(this) + " does not fit into " + newRows + " by " + newCols);
    }
    DType wide = Entries.indexType(rows * cols);
    Array place = row.astype(wide).times(cols).plus(col.astype(wide));
    Array inside = Entries.isInside(this);
    long width = Math.max(newCols, 1);
    Array r = Jnp.where(inside, Jnp.floorDivide(place, Jnp.weak(width)), newRows);
    Array c = Jnp.where(inside, place.rem(width), newCols);
    Array kept = Jnp.where(inside, data, Jnp.zerosLike(data));
    return new Coo(kept, r.astype(row.dtype()), c.astype(col.dtype()), newRows, newCols);
  }

  /** By compressed rows. */
  public Csr toCsr() {
    Coo sorted = sortIndices();
    Array counts =
        Ops.segmentSum(Jnp.onesLike(sorted.row), sorted.row, Ops.segments(rows).sorted());
    Array zero = Jnp.zeros(Shape.of(1), counts.dtype());
    Array ends = concatenate(List.of(zero, Jnp.cumsum(counts)), 0).astype(row.dtype());
    return new Csr(sorted.data, sorted.col, ends, rows, cols);
  }

  static Segments segments(long rows, boolean sorted) {
    return sorted ? Ops.segments(rows).sorted() : Ops.segments(rows);
  }
}
