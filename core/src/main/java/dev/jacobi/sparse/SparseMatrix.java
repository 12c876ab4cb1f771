package dev.jacobi.sparse;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.ops.Ops;

/**
 * A matrix (rows, cols) of which only some elements are stored. Derivatives go through every method
 * to the stored elements and to dense operands, not to where elements stand.
 */
public sealed interface SparseMatrix permits Coo, Csr {
  /** The stored elements (n); zeros in padding. */
  Array data();

  long rows();

  long cols();

  /** By coordinates. */
  Coo toCoo();

  /** Other elements at the same places. */
  SparseMatrix withData(Array values);

  /** Rows and columns exchanged. */
  SparseMatrix transpose();

  /**
   * The product with a vector (cols) or a matrix (cols, k), in the type that both promote to.
   *
   * @throws dev.jacobi.lax.LaxTypeException if the sizes do not fit
   */
  Array matmul(Array dense);

  /** All elements, (rows, cols). */
  Array todense();

  /** How many elements have room: the size of the data, padding included. */
  default long nse() {
    return data().size();
  }

  default DType dtype() {
    return data().dtype();
  }

  default Shape shape() {
    return Shape.of(rows(), cols());
  }

  /** Every element times a number. */
  default SparseMatrix times(double factor) {
    return withData(data().times(factor));
  }

  /** Every element times a scalar array. */
  default SparseMatrix times(Array factor) {
    return withData(data().times(factor));
  }

  /** The transposed matrix times a vector (rows) or a matrix (rows, k). */
  default Array transposedMatmul(Array dense) {
    return toCoo().transpose().matmul(dense);
  }

  /** The sum of all elements. */
  default Array sum() {
    Coo coo = toCoo();
    return Jnp.where(Entries.isInside(coo), coo.data(), Jnp.zerosLike(coo.data())).sum();
  }

  /** The sums of columns, for axis 0, or of rows. */
  default Array sum(int axis) {
    Coo coo = toCoo();
    boolean columns = Entries.axis("sum", axis) == 0;
    Array ids = columns ? coo.col() : coo.row();
    Array inside = Jnp.where(Entries.isInside(coo), ids, -1L);
    return Ops.segmentSum(coo.data(), inside, Ops.segments(columns ? cols() : rows()));
  }

  /** The elements of the main diagonal, (min(rows, cols)). */
  default Array diagonal() {
    Coo coo = toCoo();
    long n = Math.min(rows(), cols());
    Array on = coo.row().eq(coo.col().astype(coo.row().dtype()));
    return Ops.segmentSum(coo.data(), Jnp.where(on, coo.row(), -1L), Ops.segments(n));
  }
}
