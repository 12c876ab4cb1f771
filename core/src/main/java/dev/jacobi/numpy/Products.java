package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.Dot;
import dev.jacobi.lax.DotOptions;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.AbstractArray;
import java.util.List;

/** NumPy's products as products of JAX's lax, with their options. */
final class Products {
  private Products() {}

  static Array matmul(Array x, Array y, DotOptions options) {
    if (x.rank() == 0 || y.rank() == 0) {
      throw new LaxTypeException("matmul", "takes no scalars; multiply with times");
    }
    int contract = Math.max(y.rank() - 2, 0);
    if (x.shape().at(x.rank() - 1) != y.shape().at(contract)) {
      throw new ShapeMismatchException(
          "matmul",
          "do not fit: the last dimension of the first"
              + " must equal the last but one of the second",
          List.of(x, y));
    }
    if (x.rank() <= 2 || y.rank() <= 2) {
      return oneStack(x, y, contract, options);
    }
    int rank = Math.max(x.rank(), y.rank());
    Shape stack = Promotion.commonShape("matmul", stackOf(x), stackOf(y));
    Axes batch = Axes.range(rank - 2);
    Array left = Promotion.broadcastTo(x, stack.concat(x.shape().select(lastTwo(x))));
    Array right = Promotion.broadcastTo(y, stack.concat(y.shape().select(lastTwo(y))));
    DotDims dims = new DotDims(batch, batch, Axes.of(rank - 1), Axes.of(rank - 2));
    return product(left, right, dims, options);
  }

  /** At most one operand is a stack: its dimensions go where matmul wants them. */
  private static Array oneStack(Array a, Array b, int contract, DotOptions options) {
    Array product = contract(a, b, Axes.of(a.rank() - 1), Axes.of(contract), options);
    int own = a.rank() - 1;
    return b.rank() <= 2 || own == 0 ? product : Dims.move(product, 0, product.rank() - 2);
  }

  private static Axes lastTwo(Array x) {
    return Axes.range(x.rank() - 2, x.rank());
  }

  private static Array stackOf(Array x) {
    return new AbstractArray(x.aval().withShape(x.shape().without(lastTwo(x))));
  }

  private static Array contract(Array a, Array b, Axes left, Axes right, DotOptions options) {
    return product(a, b, new DotDims(Axes.of(), Axes.of(), left, right), options);
  }

  /**
   * A product of the preferred type, else of the one that both operands promote to; of booleans,
   * whether any pair is set.
   */
  static Array product(Array a, Array b, DotDims dims, DotOptions options) {
    Promotion.Type t = Promotion.join(List.of(a.aval(), b.aval()));
    DotOptions there = options.withDimensionNumbers(dims);
    if (options.preferredElementType().isPresent()) {
      DType to = options.preferredElementType().get();
      boolean bool = t.dtype().isBool();
      return Dot.dot(bool ? as(a, to) : a, bool ? as(b, to) : b, there);
    }
    if (!t.dtype().isBool()) {
      Array y = Dot.dot(a, b, there.withPreferredElementType(t.dtype()));
      return Promotion.convert(y, t.dtype(), t.weak());
    }
    return JnpLogic.truth(Dot.dot(as(a, DType.I32), as(b, DType.I32), there));
  }

  private static Array as(Array x, DType dtype) {
    return Promotion.convert(x, dtype, false);
  }

  /** Where one operand is a scalar. */
  static Array scaled(Array x, Array y, DotOptions options) {
    return options
        .preferredElementType()
        .map(t -> JnpMath.multiply(as(x, t), as(y, t)))
        .orElseGet(() -> JnpMath.multiply(x, y));
  }

  static Array vecdot(Array x, Array y, int axis, DotOptions options) {
    boolean scalars = x.rank() == 0 || y.rank() == 0;
    if (scalars
        || x.dim(JnpShape.axis("vecdot", x.rank(), axis))
            != y.dim(JnpShape.axis("vecdot", y.rank(), axis))) {
      throw new ShapeMismatchException(
          "vecdot", "do not fit: they must have one size along dimension " + axis, List.of(x, y));
    }
    Array a = JnpShape.moveaxis(JnpMath.conj(x), axis, -1);
    Array b = JnpShape.moveaxis(y, axis, -1);
    Shape all = Promotion.commonShape("vecdot", a, b);
    Axes batch = Axes.range(all.rank() - 1);
    Axes last = Axes.of(all.rank() - 1);
    DotDims dims = new DotDims(batch, batch, last, last);
    return product(Promotion.broadcastTo(a, all), Promotion.broadcastTo(b, all), dims, options);
  }

  static Array tensordot(Array x, Array y, int[] left, int[] right, DotOptions options) {
    Axes a = JnpShape.axes("tensordot", x.rank(), left);
    Axes b = JnpShape.axes("tensordot", y.rank(), right);
    if (a.size() != b.size() || !x.shape().select(a).equals(y.shape().select(b))) {
      throw new ShapeMismatchException(
          "tensordot",
          "differ in the dimensions " + a + " and " + b + " that are contracted",
          List.of(x, y));
    }
    return contract(x, y, a, b, options);
  }
}
