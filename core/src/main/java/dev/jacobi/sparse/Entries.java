package dev.jacobi.sparse;

import static dev.jacobi.numpy.Jnp.logicalAnd;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.ops.Ops;
import java.util.List;

/** What both forms of matrices share. */
final class Entries {
  private Entries() {}

  /** Products of single elements, summed by row. */
  static Array product(Array data, Array row, Array col, long rows, Array dense, boolean sorted) {
    if (data.size() == 0 || dense.dim(0) == 0) { // there is nothing to read
      DType t = Promotion.join(List.of(data.aval(), dense.aval())).dtype();
      Shape shape = dense.rank() == 1 ? Shape.of(rows) : Shape.of(rows, dense.dim(1));
      return Jnp.zeros(shape, t);
    }
    Array factors = Jnp.take(dense, col, 0, Mode.CLIP);
    Array terms = dense.rank() == 1 ? data.times(factors) : data.reshape(-1, 1).times(factors);
    return Ops.segmentSum(terms, row, Coo.segments(rows, sorted));
  }

  static void checkProduct(String name, SparseMatrix a, Array dense) {
    if (dense.rank() < 1 || dense.rank() > 2 || dense.dim(0) != a.cols()) {
      throw new LaxTypeException(
          name, "a matrix " + sizes(a) + " cannot be multiplied with " + dense.aval());
    }
  }

  static String sizes(SparseMatrix a) {
    return "(" + a.rows() + ", " + a.cols() + ")";
  }

  /** Which entries are no padding. */
  static Array isInside(Coo a) {
    Array r = logicalAnd(a.row().ge(0), a.row().lt(a.rows()));
    return logicalAnd(r, logicalAnd(a.col().ge(0), a.col().lt(a.cols())));
  }

  /** The type of indices below a bound. */
  static DType indexType(long bound) {
    return bound <= Integer.MAX_VALUE ? DType.I32 : DType.I64;
  }

  static int axis(String name, int axis) {
    int along = axis < 0 ? axis + 2 : axis;
    if (along < 0 || along > 1) {
      throw new LaxTypeException(name, "axis " + axis + " is out of range for a matrix");
    }
    return along;
  }
}
