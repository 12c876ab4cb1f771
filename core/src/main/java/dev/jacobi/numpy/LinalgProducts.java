package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.DotOptions;
import dev.jacobi.lax.LaxTypeException;

/** Products, diagonals and traces by the names of the array API: most are {@link Jnp}'s too. */
public abstract class LinalgProducts {
  LinalgProducts() {}

  /**
   * The vector product along the last dimension, which has size 3. {@code Linalg.cross(array(1, 0,
   * 0), array(0, 1, 0))} is {@code [0 0 1]}.
   *
   * @throws LaxTypeException if it has not
   */
  public static Array cross(Array x, Array y) {
    return cross(x, y, -1);
  }

  /** The same along another dimension. */
  public static Array cross(Array x, Array y, int axis) {
    long n = x.dim(JnpShape.axis("cross", x.rank(), axis));
    long m = y.dim(JnpShape.axis("cross", y.rank(), axis));
    if (n != 3 || m != 3) {
      throw new LaxTypeException(
          "cross", "takes vectors of size 3, not shapes " + x.shape() + " and " + y.shape());
    }
    return Jnp.cross(x, y, axis);
  }

  /**
   * The main diagonal of each matrix. {@code Linalg.diagonal(array(new int[][] {{1, 2}, {3, 4}}))}
   * is {@code [1 4]}.
   */
  public static Array diagonal(Array x) {
    return diagonal(x, 0);
  }

  /** Diagonal k of each matrix; k counts to the right. */
  public static Array diagonal(Array x, int k) {
    return Jnp.diagonal(x, k, -2, -1);
  }

  /**
   * {@link Jnp#matmul(Array, Array)}. {@code Linalg.matmul(eye(2), array(3f, 4f))} is {@code [3.
   * 4.]}.
   */
  public static Array matmul(Array x, Array y) {
    return Jnp.matmul(x, y);
  }

  /** The same in a precision, or with sums and a result of another element type. */
  public static Array matmul(Array x, Array y, DotOptions options) {
    return Jnp.matmul(x, y, options);
  }

  /**
   * Each matrix transposed. {@code Linalg.matrixTranspose(array(new int[][] {{1, 2}, {3, 4}}))} is
   * {@code [[1 3] [2 4]]}.
   */
  public static Array matrixTranspose(Array x) {
    return Jnp.matrixTranspose(x);
  }

  /**
   * Every element of one vector times every element of another. {@code Linalg.outer(array(1, 2),
   * array(3, 4))} is {@code [[3 4] [6 8]]}.
   *
   * @throws LaxTypeException if an array is no vector
   */
  public static Array outer(Array x, Array y) {
    if (x.rank() != 1 || y.rank() != 1) {
      throw new LaxTypeException(
          "outer", "takes vectors, not shapes " + x.shape() + " and " + y.shape());
    }
    return Jnp.outer(x, y);
  }

  /**
   * {@link Jnp#tensordot(Array, Array, int)}. {@code Linalg.tensordot(ones(2, 3), ones(3, 2), 1)}
   * is {@code [[3. 3.] [3. 3.]]}.
   */
  public static Array tensordot(Array x, Array y, int count) {
    return Jnp.tensordot(x, y, count);
  }

  /** {@link Jnp#tensordot(Array, Array, int[], int[], DotOptions)}. */
  public static Array tensordot(Array x, Array y, int[] left, int[] right, DotOptions options) {
    return Jnp.tensordot(x, y, left, right, options);
  }

  /** The sum of the main diagonal of each matrix. {@code Linalg.trace(eye(3))} is {@code 3.0}. */
  public static Array trace(Array x) {
    return trace(x, 0);
  }

  /** The sum of diagonal k of each matrix. */
  public static Array trace(Array x, int k) {
    return Jnp.trace(x, k, -2, -1);
  }

  /** The same in an element type. */
  public static Array trace(Array x, int k, DType dtype) {
    return trace(Promotion.convert(x, dtype, false), k);
  }

  /**
   * {@link Jnp#vecdot(Array, Array)}. {@code Linalg.vecdot(ones(2, 3), ones(3))} is {@code [3.
   * 3.]}.
   */
  public static Array vecdot(Array x, Array y) {
    return Jnp.vecdot(x, y);
  }

  /** {@link Jnp#vecdot(Array, Array, int, DotOptions)}. */
  public static Array vecdot(Array x, Array y, int axis, DotOptions options) {
    return Jnp.vecdot(x, y, axis, options);
  }
}
