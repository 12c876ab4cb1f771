package dev.jacobi.sparse;

import static dev.jacobi.numpy.Jnp.arange;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.ValueAndGrad;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import java.util.ArrayList;
import java.util.List;

/**
 * Sparse matrices and derivatives, for {@code import static dev.jacobi.sparse.Sparse.*}.
 *
 * <pre>{@code
 * Coo a = cooFromdense(array(new float[][] {{2, 0}, {1, 3}}));
 * Array y = a.matmul(x);                                       // differentiable in a.data() and x
 * Coo jacobian = sparseJacobian(f).at(x);
 * }</pre>
 */
public final class Sparse {
  private Sparse() {}

  /**
   * The elements of a matrix that are not zero, by rows. Eager only: how many there are is not
   * known while tracing.
   */
  public static Coo cooFromdense(Array matrix) {
    requireMatrix("cooFromdense", matrix);
    List<Array> places = Jnp.nonzero(matrix);
    return gathered(matrix, places);
  }

  /** The same with room for so many: fewer are padded, more are lost. */
  public static Coo cooFromdense(Array matrix, int stored) {
    requireMatrix("cooFromdense", matrix);
    return gathered(matrix, Jnp.nonzero(matrix, stored, matrix.dim(0), matrix.dim(1)));
  }

  private static Coo gathered(Array matrix, List<Array> places) {
    Array row = places.get(0);
    Array col = places.get(1);
    Array data =
        matrix.size() == 0
            ? Jnp.zeros(row.shape(), matrix.dtype())
            : matrix.at(Jnp.ix(row), Jnp.ix(col)).getOr(0);
    return new Coo(data, row, col, matrix.dim(0), matrix.dim(1));
  }

  /** {@link #cooFromdense(Array)} by compressed rows. */
  public static Csr csrFromdense(Array matrix) {
    return cooFromdense(matrix).toCsr();
  }

  /** {@link #cooFromdense(Array, int)} by compressed rows. */
  public static Csr csrFromdense(Array matrix, int stored) {
    return cooFromdense(matrix, stored).toCsr();
  }

  /** A matrix without elements. */
  public static Coo empty(long rows, long cols, DType dtype) {
    Array none = Jnp.zeros(Shape.of(0), DType.I32);
    return Coo.of(Jnp.zeros(Shape.of(0), dtype), none, none, rows, cols);
  }

  /** The identity (n, n), as f32. */
  public static Coo eye(long n) {
    return eye(n, n, 0, DType.F32);
  }

  /** Ones on diagonal k, which is above the main one for positive k. */
  public static Coo eye(long rows, long cols, long k, DType dtype) {
    long size = Math.max(Math.min(rows + Math.min(k, 0), cols - Math.max(k, 0)), 0);
    Array along = arange(size).astype(DType.I32);
    Array row = along.plus(Math.max(-k, 0));
    Array col = along.plus(Math.max(k, 0));
    return Coo.of(Jnp.ones(Shape.of(size), dtype), row, col, rows, cols);
  }

  /** All elements of a matrix, dense or not. */
  public static Array todense(SparseMatrix matrix) {
    return matrix.todense();
  }

  /**
   * Matrices one below the other, for axis 0, or side by side.
   *
   * @throws LaxTypeException if there are none, or their other sizes differ
   */
  public static Coo concatenate(List<Coo> matrices, int axis) {
    boolean below = Entries.axis("concatenate", axis) == 0;
    if (matrices.isEmpty()) {
      throw new LaxTypeException("concatenate", "needs a matrix");
    }
    long across = below ? matrices.getFirst().cols() : matrices.getFirst().rows();
    long at = 0;
    List<Array> data = new ArrayList<>();
    List<Array> row = new ArrayList<>();
    List<Array> col = new ArrayList<>();
    long total = matrices.stream().mapToLong(m -> below ? m.rows() : m.cols()).sum();
    for (Coo m : matrices) {
      if ((below ? m.cols() : m.rows()) != across) {
        throw new LaxTypeException(
            "concatenate",
            Entries.sizes(m) + " does not fit " + Entries.sizes(matrices.getFirst()));
      }
      Array inside = Entries.isInside(m);
      data.add(m.data());
      row.add(Jnp.where(inside, m.row().plus(below ? at : 0), below ? total : across));
      col.add(Jnp.where(inside, m.col().plus(below ? 0 : at), below ? across : total));
      at += below ? m.rows() : m.cols();
    }
    return new Coo(
        Jnp.concatenate(data, 0),
        Jnp.concatenate(row, 0),
        Jnp.concatenate(col, 0),
        below ? total : across,
        below ? across : total);
  }

  /** The gradient of a scalar function in the stored elements of a matrix. */
  public static <M extends SparseMatrix> Fn1<M, M> grad(Fn1<M, Array> f) {
    return matrix -> valueAndGrad(f).apply(matrix).grad();
  }

  /** A scalar function's value and its gradient in the stored elements of a matrix. */
  @SuppressWarnings("unchecked") // a matrix with other elements is of the same class
  public static <M extends SparseMatrix> Fn1<M, ValueAndGrad<Array, M>> valueAndGrad(
      Fn1<M, Array> f) {
    return matrix -> {
      Op1 of = data -> f.apply((M) matrix.withData(data));
      var found = Jacobi.valueAndGrad(of).apply(matrix.data());
      return new ValueAndGrad<>(found.value(), (M) matrix.withData(found.grad()));
    };
  }

  /** {@link #cg(SparseMatrix, Array, double, long)} to 1e-10 in at most ten steps per unknown. */
  public static Array cg(SparseMatrix a, Array b) {
    return cg(a, b, 1e-10, 10 * Math.max(a.rows(), 1));
  }

  /**
   * The solution of {@code a x = b} for a symmetric positive definite matrix, by conjugate
   * gradients. Its derivatives, in the elements of the matrix too, take one more solution each and
   * do not go through the iteration.
   *
   * @param tol ends the iteration when the residual's norm is this part of that of b
   * @param maxiter ends it at the latest
   * @throws LaxTypeException unless the matrix is square and both have one real floating type
   */
  public static Array cg(SparseMatrix a, Array b, double tol, long maxiter) {
    return PositiveDefinite.solve(a, b, tol, maxiter);
  }

  /**
   * The Jacobian of a function of arrays as a sparse matrix: {@code sparseJacobian(f).at(x)}.
   *
   * @param f from floating-point numbers to such; arrays of any shape
   */
  public static SparseJacobian sparseJacobian(Op1 f) {
    return new SparseJacobian(f, false);
  }

  /** Second derivatives of a scalar function: {@code sparseHessian(f).at(x)}, symmetric. */
  public static SparseJacobian sparseHessian(Op1 f) {
    return new SparseJacobian(Jacobi.grad(f), true);
  }

  private static void requireMatrix(String name, Array x) {
    if (x.rank() != 2) {
      throw new LaxTypeException(name, "takes a matrix, not " + x.aval());
    }
  }
}
