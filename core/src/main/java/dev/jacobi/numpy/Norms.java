package dev.jacobi.numpy;

import static dev.jacobi.numpy.JnpMath.inexact;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import java.util.List;

/** Norms of vectors and matrices, and condition numbers. */
final class Norms {
  private Norms() {}

  /** The distance from 1 to the next number of a floating or complex type. */
  static double epsilon(DType dtype) {
    return switch (dtype.real()) {
      case F64 -> 0x1p-52;
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
      case F32 -> 0x1p-23;
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, C64, C128 ->
          throw new LaxTypeException("epsilon", "integers have none: " + dtype);
    };
  }

  static Array euclidean(Array x, Over options) {
    return JnpMath.jitted(
        "norm",
        options.statics(),
        a -> {
          Array v = inexact(a.getFirst());
          Array squares =
              v.dtype().isComplex()
                  ? JnpMath.real(Arithmetic.mul(v, JnpMath.conj(v)))
                  : Arithmetic.mul(v, v);
          return Powers.sqrt(JnpReduce.sum(squares, options));
        },
        x);
  }

  static Array vector(Array x, double order, Over options) {
    if (order == 2) {
      return euclidean(x, options);
    }
    return JnpMath.jitted(
        "norm",
        List.of(order, options.statics()),
        a -> ordered(JnpMath.abs(inexact(a.getFirst())), order, options),
        x);
  }

  private static Array ordered(Array size, double order, Over options) {
    if (order == Double.POSITIVE_INFINITY) {
      return JnpReduce.max(size, options.initial(0));
    }
    if (order == Double.NEGATIVE_INFINITY) {
      return JnpReduce.min(size, options);
    }
    if (order == 0) {
      Array set = JnpLogic.truth(size);
      return JnpReduce.sum(Convert.convertElementType(set, size.dtype()), options);
    }
    if (order == 1) {
      return JnpReduce.sum(size, options);
    }
    Array sum = JnpReduce.sum(JnpMath.power(size, JnpMath.weak(order)), options);
    return JnpMath.power(sum, JnpMath.weak(1 / order));
  }

  static Array matrix(Array x, Linalg.MatrixNorm norm) {
    return JnpMath.jitted(
        "norm", norm, a -> of(a.getFirst(), norm), Linalg.matrices("matrixNorm", x));
  }

  private static Array of(Array x, Linalg.MatrixNorm norm) {
    return switch (norm) {
      case FROBENIUS -> euclidean(x, Jnp.over(-2, -1));
      case NUCLEAR -> JnpReduce.sum(Linalg.svdvals(x), -1);
      case TWO -> JnpReduce.max(Linalg.svdvals(x), Jnp.over(-1).initial(0));
      case MINUS_TWO -> JnpReduce.min(Linalg.svdvals(x), -1);
      case ONE -> greatest(x, -2);
      case INFINITY -> greatest(x, -1);
      case MINUS_ONE -> JnpReduce.min(JnpReduce.sum(JnpMath.abs(x), -2), -1);
      case MINUS_INFINITY -> JnpReduce.min(JnpReduce.sum(JnpMath.abs(x), -1), -1);
    };
  }

  private static Array greatest(Array x, int axis) {
    return JnpReduce.max(JnpReduce.sum(JnpMath.abs(x), axis), Jnp.over(-1).initial(0));
  }

  static Array cond(Array a, Linalg.MatrixNorm norm) {
    Array x = Linalg.matrices("cond", a);
    boolean singular = norm == Linalg.MatrixNorm.TWO || norm == Linalg.MatrixNorm.MINUS_TWO;
    if (x.dim(-1) == 0 || x.dim(-2) == 0 || !singular && x.dim(-1) != x.dim(-2)) {
      throw new LaxTypeException(
          "cond",
          "takes matrices with elements, square ones except for singular values, not " + x.shape());
    }
    return JnpMath.jitted("cond", norm, v -> condition(v.getFirst(), norm), x);
  }

  private static Array condition(Array x, Linalg.MatrixNorm norm) {
    if (norm == Linalg.MatrixNorm.TWO || norm == Linalg.MatrixNorm.MINUS_TWO) {
      Array s = Linalg.svdvals(x);
      Array largest = s.get(Jnp.ellipsis(), Jnp.i(0));
      Array least = s.get(Jnp.ellipsis(), Jnp.i(-1));
      if (norm == Linalg.MatrixNorm.TWO) {
        return Arithmetic.div(largest, least);
      }
      return infiniteIfNew(Arithmetic.div(least, largest), x);
    }
    return infiniteIfNew(matrix(x, norm).times(matrix(LinearSystems.inv(x), norm)), x);
  }

  /** A NaN that the matrix does not have is an infinity. */
  private static Array infiniteIfNew(Array r, Array x) {
    Array had = JnpReduce.any(Jnp.isnan(x), -2, -1);
    Array made = Jnp.logicalAnd(Jnp.isnan(r), Jnp.logicalNot(had));
    return JnpLogic.where(made, Double.POSITIVE_INFINITY, r);
  }
}
