package dev.jacobi.lax.linalg;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Dot;
import dev.jacobi.lax.Gather;
import dev.jacobi.lax.GatherScatterMode;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Zeros;

/** What the rules need of stacks of matrices: the last two dimensions are rows and columns. */
public final class Matrices {
  private Matrices() {}

  /** The dimensions before the last two. */
  public static Shape batch(Array x) {
    return Factorisation.batch(x.aval());
  }

  public static Array transpose(Array x) {
    if (x.rank() < 2) {
      throw new LaxTypeException("transpose", "needs a matrix, but got " + x.aval());
    }
    int[] order = new int[x.rank()];
    java.util.Arrays.setAll(order, d -> d);
    order[x.rank() - 2] = x.rank() - 1;
    order[x.rank() - 1] = x.rank() - 2;
    return Shapes.transpose(x, Axes.of(order));
  }

  /** The conjugate transpose. */
  public static Array adjoint(Array x) {
    return Complexes.conj(transpose(x));
  }

  /** The product of two stacks with the same batch dimensions. */
  public static Array matmul(Array x, Array y) {
    int rank = x.rank();
    Axes batch = Axes.range(rank - 2);
    return Dot.dotGeneral(x, y, new DotDims(batch, batch, Axes.of(rank - 1), Axes.of(rank - 2)));
  }

  /** Zeros above diagonal k, which counts to the right. */
  public static Array tril(Array x, int k) {
    return Compare.select(upTo(x.shape(), k), x, Zeros.like(x));
  }

  /** Zeros below diagonal k. */
  public static Array triu(Array x, int k) {
    return Compare.select(upTo(x.shape(), k - 1), Zeros.like(x), x);
  }

  /** Where column minus row is at most k. */
  private static Array upTo(Shape shape, int k) {
    return inBatch(Compare.ge(rows(matrix(shape), k), cols(matrix(shape))), shape);
  }

  private static Shape matrix(Shape shape) {
    return shape.select(Axes.range(shape.rank() - 2, shape.rank()));
  }

  private static Array rows(Shape matrix, int plus) {
    return Arithmetic.add(Shapes.iota(DType.I32, matrix, 0), Scalars.of(DType.I32, plus));
  }

  private static Array cols(Shape matrix) {
    return Shapes.iota(DType.I32, matrix, 1);
  }

  /** One matrix as every matrix of a batch. */
  private static Array inBatch(Array x, Shape shape) {
    return Shapes.broadcastInDim(x, shape, Axes.range(shape.rank() - 2, shape.rank()));
  }

  /** Zeros off the main diagonal. */
  static Array onDiagonal(Array x) {
    return Compare.select(inBatch(isDiagonal(matrix(x.shape())), x.shape()), x, Zeros.like(x));
  }

  /** Unit matrices (of any shape) in a batch. */
  public static Array eye(DType dtype, Shape batch, long rows, long cols) {
    Shape one = Shape.of(rows, cols);
    return inBatch(Convert.convertElementType(isDiagonal(one), dtype), batch.concat(one));
  }

  /** Unit matrices of the type of {@code x}. */
  static Array eyeLike(Array x) {
    return eye(x.dtype(), batch(x), x.dim(-2), x.dim(-1));
  }

  private static Array isDiagonal(Shape matrix) {
    return Compare.eq(rows(matrix, 0), cols(matrix));
  }

  /** Vectors as rows of equal matrices: element (i, j) is {@code x[j]}. */
  static Array acrossRows(Array x, long rows) {
    Shape shape = x.shape().insert(x.rank() - 1, rows);
    return Shapes.broadcastInDim(x, shape, Axes.of(x.rank() - 1).complement(shape.rank()));
  }

  /** Vectors as columns of equal matrices: element (i, j) is {@code x[i]}. */
  static Array acrossCols(Array x, long cols) {
    Shape shape = x.shape().insert(x.rank(), cols);
    return Shapes.broadcastInDim(x, shape, Axes.range(x.rank()));
  }

  /** The diagonals of square matrices. */
  public static Array diagonal(Array x) {
    long n = Math.min(x.dim(-1), x.dim(-2));
    Array only = onDiagonal(part(x, 0, n, 0, n));
    return Reductions.sum(only, Axes.of(x.rank() - 2));
  }

  /** Rows and columns from..to-1. */
  public static Array part(Array x, long fromRow, long toRow, long fromCol, long toCol) {
    int rank = x.rank();
    if (fromRow == 0 && toRow == x.dim(-2) && fromCol == 0 && toCol == x.dim(-1)) {
      return x;
    }
    Longs start =
        Shape.of(Longs.fill(rank, 0)).with(rank - 2, fromRow).with(rank - 1, fromCol).sizes();
    Longs limit = x.shape().with(rank - 2, toRow).with(rank - 1, toCol).sizes();
    return Slices.slice(x, start, limit, Longs.fill(rank, 1));
  }

  /** The matrices as rows and columns from..to-1 of others, of {@code toRow} rows, else zero. */
  static Array padded(Array x, long fromRow, long toRow, long fromCol, long toCol) {
    int rank = x.rank();
    if (toRow == x.dim(-2) && toCol == x.dim(-1)) {
      return x;
    }
    Longs none = Longs.fill(rank, 0);
    Longs low = Shape.of(none).with(rank - 2, fromRow).with(rank - 1, fromCol).sizes();
    long below = toRow - fromRow - x.dim(-2);
    long right = toCol - fromCol - x.dim(-1);
    Longs high = Shape.of(none).with(rank - 2, below).with(rank - 1, right).sizes();
    return Slices.pad(x, Scalars.like(x, 0), low, high, none);
  }

  /** Row {@code i} of the result is row {@code order[i]} of {@code x}; order is a permutation. */
  public static Array takeRows(Array x, Array order) {
    return take(x, order, x.rank() - 2);
  }

  /** Column {@code j} of the result is column {@code order[j]} of {@code x}. */
  static Array takeCols(Array x, Array order) {
    return take(x, order, x.rank() - 1);
  }

  private static Array take(Array x, Array order, int axis) {
    if (x.shape().size() == 0) {
      return x;
    }
    int rank = x.rank();
    int other = axis == rank - 1 ? rank - 2 : rank - 1;
    Axes batch = Axes.range(rank - 2);
    Axes taken = Axes.of(axis);
    GatherDims dims = new GatherDims(Axes.of(other), taken, batch, batch, taken, rank - 1);
    Array indices = Shapes.expandDims(order, Axes.of(order.rank()));
    Longs sizes = Shape.of(Longs.fill(rank, 1)).with(other, x.dim(other)).sizes();
    return Gather.gather(x, indices, dims, sizes, GatherScatterMode.PROMISE_IN_BOUNDS, null);
  }

  /** {@code (x + x^H) / 2}. */
  public static Array symmetrize(Array x) {
    Array sum = Arithmetic.add(x, adjoint(x));
    return Arithmetic.div(sum, Scalars.like(sum, 2));
  }
}
