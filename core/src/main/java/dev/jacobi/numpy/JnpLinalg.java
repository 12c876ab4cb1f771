package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Convolution;
import dev.jacobi.lax.DotOptions;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Padding;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Zeros;
import dev.jacobi.lax.linalg.Matrices;
import java.util.List;

/**
 * Products of vectors, matrices and tensors, and diagonals. Operands promote; contracted sizes must
 * agree, else {@link ShapeMismatchException}.
 */
public abstract class JnpLinalg extends JnpSort {
  JnpLinalg() {}

  /**
   * NumPy's {@code matmul}: vectors, matrices, and stacks of matrices that broadcast. {@code
   * matmul(array(new float[][] {{1, 2}, {3, 4}}), array(1f, 1f))} is {@code [3. 7.]}.
   */
  public static Array matmul(Array x, Array y) {
    return matmul(x, y, DotOptions.DEFAULT);
  }

  /** The same in a precision, or with sums and a result of another element type. */
  public static Array matmul(Array x, Array y, DotOptions options) {
    return Products.matmul(x, y, options);
  }

  /**
   * NumPy's {@code dot}: the last dimension of x against the last but one of y; scalars multiply.
   * {@code dot(array(1f, 2f), array(3f, 4f))} is {@code 11.0}.
   */
  public static Array dot(Array x, Array y) {
    return dot(x, y, DotOptions.DEFAULT);
  }

  /** The same in a precision, or with sums and a result of another element type. */
  public static Array dot(Array x, Array y, DotOptions options) {
    if (x.rank() == 0 || y.rank() == 0) {
      return Products.scaled(x, y, options);
    }
    int[] last = {-1};
    return tensordot(x, y, last, new int[] {y.rank() == 1 ? 0 : y.rank() - 2}, options);
  }

  /**
   * The product of all elements as vectors, the first conjugated. {@code vdot(array(1f, 2f),
   * array(3f, 4f))} is {@code 11.0}.
   */
  public static Array vdot(Array x, Array y) {
    return vdot(x, y, DotOptions.DEFAULT);
  }

  /** The same in a precision, or with sums and a result of another element type. */
  public static Array vdot(Array x, Array y, DotOptions options) {
    return dot(ravel(conj(x)), ravel(y), options);
  }

  /**
   * The product of vectors along the last dimension, the first conjugated; others broadcast. {@code
   * vecdot(ones(2, 3), ones(3))} is {@code [3. 3.]}.
   */
  public static Array vecdot(Array x, Array y) {
    return vecdot(x, y, -1);
  }

  /** The same along another dimension. */
  public static Array vecdot(Array x, Array y, int axis) {
    return vecdot(x, y, axis, DotOptions.DEFAULT);
  }

  /** The same in a precision, or with sums and a result of another element type. */
  public static Array vecdot(Array x, Array y, int axis, DotOptions options) {
    return Products.vecdot(x, y, axis, options);
  }

  /**
   * The last dimensions against each other; scalars multiply. {@code inner(array(1f, 2f), array(3f,
   * 4f))} is {@code 11.0}.
   */
  public static Array inner(Array x, Array y) {
    return inner(x, y, DotOptions.DEFAULT);
  }

  /** The same in a precision, or with sums and a result of another element type. */
  public static Array inner(Array x, Array y, DotOptions options) {
    if (x.rank() == 0 || y.rank() == 0) {
      return Products.scaled(x, y, options);
    }
    return tensordot(x, y, new int[] {-1}, new int[] {-1}, options);
  }

  /**
   * Every element of x times every element of y: shape (x.size, y.size). {@code outer(array(1, 2),
   * array(3, 4))} is {@code [[3 4] [6 8]]}.
   */
  public static Array outer(Array x, Array y) {
    return multiply(
        Shapes.expandDims(ravel(x), Axes.of(1)), Shapes.expandDims(ravel(y), Axes.of(0)));
  }

  /**
   * The last {@code count} dimensions of x against the first ones of y. {@code tensordot(ones(2,
   * 3), ones(3, 2), 1)} is {@code [[3. 3.] [3. 3.]]}.
   */
  public static Array tensordot(Array x, Array y, int count) {
    if (count < 0 || count > Math.min(x.rank(), y.rank())) {
      throw new LaxTypeException(
          "tensordot",
          "cannot contract " + count + " dimensions of shapes " + x.shape() + " and " + y.shape());
    }
    return tensordot(
        x, y, Axes.range(x.rank() - count, x.rank()).toArray(), Axes.range(count).toArray());
  }

  /** The given dimensions of x against those of y, in this order. */
  public static Array tensordot(Array x, Array y, int[] left, int[] right) {
    return tensordot(x, y, left, right, DotOptions.DEFAULT);
  }

  /** The same in a precision, or with sums and a result of another element type. */
  public static Array tensordot(Array x, Array y, int[] left, int[] right, DotOptions options) {
    return Products.tensordot(x, y, left, right, options);
  }

  /**
   * Einstein's summation: {@code einsum("ij,jk->ik", x, y)}. Letters name dimensions; what is not
   * in the result is summed over; {@code ...} stands for dimensions that broadcast. Without an
   * arrow the result has the letters that occur once, in alphabetical order. {@code
   * einsum("ij,j->i", ones(2, 3), ones(3))} is {@code [3. 3.]}.
   */
  public static Array einsum(String subscripts, Array... operands) {
    return einsum(subscripts, List.of(operands), DotOptions.DEFAULT);
  }

  /** The same in a precision, or with sums and a result of another element type. */
  public static Array einsum(String subscripts, List<Array> operands, DotOptions options) {
    return Einsum.of(subscripts, operands, options);
  }

  /**
   * The vector product along the last dimension, of size 3. {@code cross(array(1, 0, 0), array(0,
   * 1, 0))} is {@code [0 0 1]}.
   */
  public static Array cross(Array x, Array y) {
    if (x.rank() == 0 || y.rank() == 0 || x.dim(-1) != 3 || y.dim(-1) != 3) {
      throw new ShapeMismatchException(
          "cross", "must both have size 3 in the last dimension", List.of(x, y));
    }
    Array x1 = roll(x, -1, -1);
    Array y1 = roll(y, -1, -1);
    return roll(subtract(multiply(x, y1), multiply(x1, y)), -1, -1);
  }

  /**
   * Kronecker's product: every element of x times the whole of y, laid out as blocks. {@code
   * kron(array(1, 2), array(1, 10))} is {@code [ 1 10 2 20]}.
   */
  public static Array kron(Array x, Array y) {
    int rank = Math.max(x.rank(), y.rank());
    Array a = Shapes.expandDims(x, Axes.range(rank - x.rank()));
    Array b = Shapes.expandDims(y, Axes.range(rank - y.rank()));
    long[] sizes = new long[rank];
    for (int d = 0; d < rank; d++) {
      sizes[d] = a.dim(d) * b.dim(d);
    }
    Array left = Shapes.expandDims(a, Axes.range(rank).map(d -> 2 * d + 1));
    Array right = Shapes.expandDims(b, Axes.range(rank).map(d -> 2 * d));
    return Shapes.reshape(multiply(left, right), Shape.of(sizes));
  }

  /**
   * The sum of the main diagonal of the first two dimensions. {@code trace(eye(3))} is {@code 3.0}.
   */
  public static Array trace(Array x) {
    return trace(x, 0);
  }

  /** The sum of diagonal k of the first two dimensions; k counts to the right. */
  public static Array trace(Array x, int k) {
    matrix("trace", x);
    return jitted(
        "trace",
        k,
        a -> {
          Array m = a.getFirst();
          Array on = Spaces.diagonalMask(Shape.of(m.dim(0), m.dim(1)), k);
          Array mask = Shapes.expandDims(on, Axes.range(2, m.rank()));
          return sum(where(mask, m, Zeros.of(m.aval().strong())), 0, 1);
        },
        x);
  }

  /** The sum of diagonal k of two dimensions, the rows and the columns. */
  public static Array trace(Array x, int k, int rows, int columns) {
    return trace(moveaxis(x, new int[] {rows, columns}, new int[] {0, 1}), k);
  }

  /**
   * A matrix with a vector on its diagonal; of a matrix, its diagonal. {@code diag(array(1, 2))} is
   * {@code [[1 0] [0 2]]}.
   */
  public static Array diag(Array x) {
    return diag(x, 0);
  }

  /** The same for diagonal k, which counts to the right. */
  public static Array diag(Array x, int k) {
    if (x.rank() != 1 && x.rank() != 2) {
      throw new LaxTypeException("diag", "takes vectors and matrices, not shape " + x.shape());
    }
    return jitted(
        "_diag",
        k,
        a -> x.rank() == 1 ? onDiagonal(a.getFirst(), k) : diagonal(a.getFirst(), k),
        x);
  }

  private static Array onDiagonal(Array x, int k) {
    long n = x.dim(0) + Math.abs(k);
    Longs before = Longs.of(Math.max(0, -k));
    Longs after = Longs.of(Math.max(0, k));
    Array shifted = Slices.pad(x, Scalars.like(x, 0), before, after, Longs.of(0));
    Array mask = Spaces.diagonalMask(Shape.of(n, n), k);
    return where(mask, Shapes.expandDims(shifted, Axes.of(1)), Scalars.like(x, 0));
  }

  /**
   * All elements as the diagonal of a matrix. {@code diagflat(array(1, 2))} is {@code [[1 0] [0
   * 2]]}.
   */
  public static Array diagflat(Array x) {
    return diag(ravel(x), 0);
  }

  /**
   * Diagonal k of the first two dimensions, along a new last dimension. {@code diagonal(array(new
   * int[][] {{1, 2}, {3, 4}}), 0)} is {@code [1 4]}.
   */
  public static Array diagonal(Array x, int k) {
    matrix("diagonal", x);
    long rows = x.dim(0);
    long columns = x.dim(1);
    long n = Math.max(0, Math.min(rows + Math.min(k, 0), columns - Math.max(k, 0)));
    Array at = JnpCreate.arange(n);
    Array row = add(at, weak(Math.max(0, -k)));
    Array column = add(at, weak(Math.max(0, k)));
    Array first = x.get(ix(row), ix(column)); // (n, ...)
    return moveaxis(first, 0, -1);
  }

  public static Array diagonal(Array x) {
    return diagonal(x, 0);
  }

  /** Diagonal k of two dimensions, the rows and the columns, along a new last dimension. */
  public static Array diagonal(Array x, int k, int rows, int columns) {
    return diagonal(moveaxis(x, new int[] {rows, columns}, new int[] {0, 1}), k);
  }

  /**
   * The last two dimensions exchanged. {@code matrixTranspose(array(new int[][] {{1, 2}, {3, 4}}))}
   * is {@code [[1 3] [2 4]]}.
   */
  public static Array matrixTranspose(Array x) {
    matrix("matrixTranspose", x);
    return Matrices.transpose(x);
  }

  /**
   * The last two dimensions with zeros above the main diagonal. {@code tril(array(new int[][] {{1,
   * 2}, {3, 4}}))} is {@code [[1 0] [3 4]]}.
   */
  public static Array tril(Array x) {
    return tril(x, 0);
  }

  /** The same for diagonal k, which counts to the right. */
  public static Array tril(Array x, int k) {
    matrix("tril", x);
    return jitted("tril", k, a -> triangle(a.getFirst(), k, true), x);
  }

  /**
   * The last two dimensions with zeros below the main diagonal. {@code triu(array(new int[][] {{1,
   * 2}, {3, 4}}))} is {@code [[1 2] [0 4]]}.
   */
  public static Array triu(Array x) {
    return triu(x, 0);
  }

  public static Array triu(Array x, int k) {
    matrix("triu", x);
    return jitted("triu", k, a -> triangle(a.getFirst(), k, false), x);
  }

  private static Array triangle(Array x, int k, boolean lower) {
    Array below = Spaces.lowerMask(Shape.of(x.dim(-2), x.dim(-1)), lower ? k : k - 1);
    Array mask = Promotion.broadcastTo(below, x.shape());
    Array zeros = Zeros.of(x.aval().strong());
    return lower ? Compare.select(mask, x, zeros) : Compare.select(mask, zeros, x);
  }

  private static void matrix(String function, Array x) {
    if (x.rank() < 2) {
      throw new LaxTypeException(function, "needs two dimensions, but the shape is " + x.shape());
    }
  }

  /** How much of a convolution of vectors is wanted. */
  public enum ConvolveMode {
    /** Every place where they overlap. */
    FULL,
    /** As many places as the longer one has elements, in the middle. */
    SAME,
    /** The places where the shorter one lies within the longer. */
    VALID
  }

  /**
   * The convolution of two vectors at every place where they overlap. {@code convolve(array(1f, 2f,
   * 3f), array(0f, 1f))} is {@code [0. 1. 2. 3.]}.
   */
  public static Array convolve(Array a, Array v) {
    return convolve(a, v, ConvolveMode.FULL);
  }

  /** The convolution of two vectors: sums of products of one with the other turned round. */
  public static Array convolve(Array a, Array v, ConvolveMode mode) {
    return jitted("convolve", mode, x -> slide("convolve", x.get(0), x.get(1), mode), a, v);
  }

  /**
   * NumPy's {@code correlate} where the shorter vector lies within the longer. {@code
   * correlate(array(1f, 2f, 3f), array(0f, 1f))} is {@code [2. 3.]}.
   */
  public static Array correlate(Array a, Array v) {
    return correlate(a, v, ConvolveMode.VALID);
  }

  /** Sums of products of one vector with the shifted other, which is conjugated. */
  public static Array correlate(Array a, Array v, ConvolveMode mode) {
    return jitted("correlate", mode, x -> slide("correlate", x.get(0), x.get(1), mode), a, v);
  }

  private static Array slide(String name, Array a, Array v, ConvolveMode mode) {
    if (a.rank() != 1 || v.rank() != 1 || a.dim(0) == 0 || v.dim(0) == 0) {
      throw new LaxTypeException(
          name, "takes two vectors that are not empty, got " + a.shape() + " and " + v.shape());
    }
    List<Object> statics = List.of(name, mode);
    return jitted("_conv", statics, x -> slid(name, x.get(0), x.get(1), mode), a, v);
  }

  /** As JAX's {@code _conv}: the longer vector is the input, the other the kernel. */
  private static Array slid(String name, Array a, Array v, ConvolveMode mode) {
    Promotion.Type t = Promotion.join(List.of(a.aval(), v.aval()));
    Array first = inexact(Promotion.convert(a, t.dtype(), t.weak()));
    Array other = inexact(Promotion.convert(v, t.dtype(), t.weak()));
    boolean swap = a.dim(0) < v.dim(0);
    boolean correlates = name.equals("correlate");
    Array second = correlates ? conj(other) : other;
    Array x = swap ? second : first;
    Array y = swap ? first : second;
    Array kernel = correlates ? y : flip(y);
    long n = y.dim(0);
    long[] pads =
        switch (mode) {
          case FULL -> new long[] {n - 1, n - 1};
          case SAME -> new long[] {n / 2, n - n / 2 - 1};
          case VALID -> new long[] {0, 0};
        };
    Axes ends = Axes.of(0, 1);
    Array result =
        Convolution.conv(
            Shapes.expandDims(x, ends), Shapes.expandDims(kernel, ends), Padding.of(pads), 1);
    Array ordered = correlates && swap ? Concatenation.rev(result, Axes.of(2)) : result;
    return Shapes.squeeze(ordered, ends);
  }

  /**
   * A polynomial with coefficients from the highest power down, by Horner's rule. {@code
   * polyval(array(1f, 2f, 3f), scalar(2f))} is {@code 11.0}.
   */
  public static Array polyval(Array coefficients, Array x) {
    if (coefficients.rank() != 1) {
      throw new LaxTypeException(
          "polyval", "coefficients must be a vector, not of shape " + coefficients.shape());
    }
    Array y = multiply(x, weak(0));
    for (Array c : coefficients) {
      y = add(multiply(y, x), c);
    }
    return y;
  }
}
