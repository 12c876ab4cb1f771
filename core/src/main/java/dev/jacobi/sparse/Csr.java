package dev.jacobi.sparse;

import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.searchsorted;
import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Side;

/**
 * A matrix by compressed rows: the elements of row i are {@code data[indptr[i] .. indptr[i + 1]]},
 * in columns {@code indices[...]}. A tree with three leaves.
 *
 * @param data (n), of any type of numbers
 * @param indices (n), integers: columns
 * @param indptr (rows + 1), integers that do not fall, from 0 on; elements from its last one on are
 *     padding
 */
public record Csr(Array data, Array indices, Array indptr, long rows, long cols)
    implements SparseMatrix {
  /** How a matrix (m, n) is stored with its elements at these places. */
  public static Csr of(Array data, Array indices, Array indptr, long rows, long cols) {
    if (data.rank() != 1 || indices.rank() != 1 || indices.size() != data.size()) {
      throw new LaxTypeException(
          "Csr",
          "takes as many columns as elements, not " + indices.aval() + " and " + data.aval());
    }
    if (rows < 0 || cols < 0 || indptr.rank() != 1 || indptr.size() != rows + 1) {
      throw new LaxTypeException(
          "Csr", "needs one offset more than " + rows + " rows, not " + indptr.aval());
    }
    if (!indices.dtype().isInteger() || !indptr.dtype().isInteger()) {
      throw new LaxTypeException(
          "Csr", "columns and offsets are integers, not " + indices.aval() + ", " + indptr.aval());
    }
    return new Csr(data, indices, indptr, rows, cols);
  }

  /** The row of each element. */
  private Array row() {
    Array place = arange(data.size()).astype(indptr.dtype());
    return searchsorted(indptr, place, Side.RIGHT).minus(1).astype(indices.dtype());
  }

  @Override
  public Coo toCoo() {
    Array row = row();
    Array col = where(row.lt(rows), indices, cols);
    return new Coo(data, row, col.astype(indices.dtype()), rows, cols);
  }

  @Override
  public Csr withData(Array values) {
    return of(values, indices, indptr, rows, cols);
  }

  /** The transposed matrix, by its rows. */
  @Override
  public Csr transpose() {
    return toCoo().transpose().toCsr();
  }

  @Override
  public Array matmul(Array dense) {
    Entries.checkProduct("matmul", this, dense);
    return Entries.product(data, row(), indices, rows, dense, true);
  }

  @Override
  public Array todense() {
    return toCoo().todense();
  }
}
