package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Op.DotDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Dot;
import dev.jacobi.lax.LaxTypeException;

/** Products of vectors and matrices. */
public abstract class JnpLinalg extends JnpReduce {
  JnpLinalg() {}

  /** NumPy's {@code matmul}: vectors, matrices, and stacks of matrices that broadcast. */
  public static Array matmul(Array x, Array y) {
    if (x.rank() == 0 || y.rank() == 0) {
      throw new LaxTypeException("matmul", "takes no scalars; multiply with times");
    }
    Promotion.Type type = Promotion.join(java.util.List.of(x.aval(), y.aval()));
    Array a = Promotion.convert(x, type.dtype(), false);
    Array b = Promotion.convert(y, type.dtype(), false);
    int contract = Math.max(b.rank() - 2, 0);
    if (a.dim(-1) != b.shape().dim(contract)) {
      throw new ShapeMismatchException("matmul", x, y);
    }
    if (a.rank() <= 2 || b.rank() <= 2) {
      return oneStack(a, b, contract);
    }
    int rank = Math.max(a.rank(), b.rank());
    Shape stack = Promotion.commonShape("matmul", stackOf(a), stackOf(b));
    Axes batch = Axes.range(rank - 2);
    Array left = Promotion.broadcastTo(a, stack.concat(a.shape().select(lastTwo(a))));
    Array right = Promotion.broadcastTo(b, stack.concat(b.shape().select(lastTwo(b))));
    DotDims dims = new DotDims(batch, batch, Axes.of(rank - 1), Axes.of(rank - 2));
    return Dot.dotGeneral(left, right, dims);
  }

  /** At most one operand is a stack: its dimensions go where matmul wants them. */
  private static Array oneStack(Array a, Array b, int contract) {
    Axes none = Axes.of();
    DotDims dims = new DotDims(none, none, Axes.of(a.rank() - 1), Axes.of(contract));
    Array product = Dot.dotGeneral(a, b, dims);
    int own = a.rank() - 1;
    return b.rank() <= 2 || own == 0
        ? product
        : dev.jacobi.lax.Dims.move(product, 0, product.rank() - 2);
  }

  private static Axes lastTwo(Array x) {
    return Axes.range(x.rank() - 2, x.rank());
  }

  private static Array stackOf(Array x) {
    return new dev.jacobi.trace.AbstractArray(x.aval().withShape(x.shape().without(lastTwo(x))));
  }
}
