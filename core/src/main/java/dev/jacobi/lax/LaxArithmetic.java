package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import java.util.List;

/**
 * Arithmetic, comparisons, choices, bits and conversions of {@code jax.lax}, elementwise. Operands
 * have one element type and one shape, or are scalars.
 */
public abstract class LaxArithmetic {
  LaxArithmetic() {}

  /** {@code -x}, of numbers. {@code Lax.neg(array(1, -2))} is {@code [-1 2]}. */
  public static Array neg(Array x) {
    return Arithmetic.neg(x);
  }

  /**
   * The magnitude of numbers; real for complex ones. {@code Lax.abs(array(1, -2))} is {@code [1
   * 2]}.
   */
  public static Array abs(Array x) {
    return Arithmetic.abs(x);
  }

  /**
   * -1, 0 or 1 as the number; {@code x / |x|} of complex ones; NaN stays NaN. {@code
   * Lax.sign(array(-2f, 0f, 3f))} is {@code [-1. 0. 1.]}.
   */
  public static Array sign(Array x) {
    return Arithmetic.sign(x);
  }

  /** {@code x * x}, of numbers. {@code Lax.square(array(2, -3))} is {@code [4 9]}. */
  public static Array square(Array x) {
    return Arithmetic.square(x);
  }

  /** Sum of numbers. {@code Lax.add(array(1, 2), array(10, 20))} is {@code [11 22]}. */
  public static Array add(Array x, Array y) {
    return Arithmetic.add(x, y);
  }

  /** Difference of numbers. {@code Lax.sub(array(1, 2), array(10, 20))} is {@code [ -9 -18]}. */
  public static Array sub(Array x, Array y) {
    return Arithmetic.sub(x, y);
  }

  /** Product of numbers. {@code Lax.mul(array(1, 2), array(10, 20))} is {@code [10 40]}. */
  public static Array mul(Array x, Array y) {
    return Arithmetic.mul(x, y);
  }

  /** The product of numbers as elements of another type; both are converted to it first. */
  public static Array mul(Array x, Array y, DType outDtype) {
    return Arithmetic.mul(x, y, outDtype);
  }

  /**
   * Quotient of numbers; of integers, rounded toward zero, and -1 for a divisor 0. {@code
   * Lax.div(array(7, -7), array(2, 2))} is {@code [ 3 -3]}.
   */
  public static Array div(Array x, Array y) {
    return Arithmetic.div(x, y);
  }

  /**
   * Remainder of real numbers with the sign of the dividend; of integers, x for a divisor 0. {@code
   * Lax.rem(array(7, -7), array(2, 2))} is {@code [ 1 -1]}.
   */
  public static Array rem(Array x, Array y) {
    return Arithmetic.rem(x, y);
  }

  /**
   * The larger one; NaN if one is NaN. Complex numbers by their real, then imaginary parts. {@code
   * Lax.max(array(1, 5), array(4, 2))} is {@code [4 5]}.
   */
  public static Array max(Array x, Array y) {
    return Arithmetic.max(x, y);
  }

  /**
   * The smaller one; NaN if one is NaN. Complex numbers by their real, then imaginary parts. {@code
   * Lax.min(array(1, 5), array(4, 2))} is {@code [1 2]}.
   */
  public static Array min(Array x, Array y) {
    return Arithmetic.min(x, y);
  }

  /**
   * x to the power of y; x floating or complex, y of the same type or integers. {@code
   * Lax.pow(array(2f, 3f), array(3f, 2f))} is {@code [8. 9.]}.
   */
  public static Array pow(Array x, Array y) {
    return Powers.pow(x, y);
  }

  /**
   * The whole power of numbers, by repeated multiplication. {@code Lax.integerPow(array(2f, 3f),
   * 3)} is {@code [ 8. 27.]}.
   */
  public static Array integerPow(Array x, int y) {
    return Powers.integerPow(x, y);
  }

  /**
   * {@code 1 / x}, of floating and complex numbers. {@code Lax.reciprocal(array(2f, 4f))} is {@code
   * [0.5 0.25]}.
   */
  public static Array reciprocal(Array x) {
    return Powers.reciprocal(x);
  }

  /**
   * The next floating number after x in the direction of y. {@code Lax.nextafter(array(1f),
   * array(2f))} is {@code [1.0000001]}.
   */
  public static Array nextafter(Array x, Array y) {
    return Elementary.nextafter(x, y);
  }

  /**
   * Where elements are equal; NaN equals nothing. {@code Lax.eq(array(1, 2), array(2, 2))} is
   * {@code [False True]}.
   */
  public static Array eq(Array x, Array y) {
    return Compare.eq(x, y);
  }

  /**
   * Where elements differ; NaN differs from everything. {@code Lax.ne(array(1, 2), array(2, 2))} is
   * {@code [ True False]}.
   */
  public static Array ne(Array x, Array y) {
    return Compare.ne(x, y);
  }

  /**
   * Where {@code x >= y}, of real numbers. {@code Lax.ge(array(1, 2), array(2, 2))} is {@code
   * [False True]}.
   */
  public static Array ge(Array x, Array y) {
    return Compare.ge(x, y);
  }

  /**
   * Where {@code x > y}, of real numbers. {@code Lax.gt(array(1, 3), array(2, 2))} is {@code [False
   * True]}.
   */
  public static Array gt(Array x, Array y) {
    return Compare.gt(x, y);
  }

  /**
   * Where {@code x <= y}, of real numbers. {@code Lax.le(array(1, 3), array(2, 2))} is {@code [
   * True False]}.
   */
  public static Array le(Array x, Array y) {
    return Compare.le(x, y);
  }

  /**
   * Where {@code x < y}, of real numbers. {@code Lax.lt(array(1, 3), array(2, 2))} is {@code [ True
   * False]}.
   */
  public static Array lt(Array x, Array y) {
    return Compare.lt(x, y);
  }

  /**
   * Elements of the first case where the mask (of their shape, or a scalar) is set, else the
   * second's. {@code Lax.select(array(true, false), array(1, 2), array(10, 20))} is {@code [ 1
   * 20]}.
   */
  public static Array select(Array pred, Array onTrue, Array onFalse) {
    return Compare.select(pred, onTrue, onFalse);
  }

  /**
   * Elements of case {@code which}: booleans choose among two, integers (of the cases' shape, or a
   * scalar) among any number. Indices below 0 choose the first, too large ones the last case.
   * {@code Lax.selectN(array(0, 1), array(1, 2), array(10, 20))} is {@code [ 1 20]}.
   */
  public static Array selectN(Array which, Array... cases) {
    return Compare.selectN(which, List.of(cases));
  }

  /**
   * Elements within bounds, which are scalars or have the shape of x. {@code Lax.clamp(scalar(0),
   * array(-1, 5, 9), scalar(7))} is {@code [0 5 7]}.
   */
  public static Array clamp(Array min, Array x, Array max) {
    return Compare.clamp(min, x, max);
  }

  /**
   * And of the bits of integers, or of booleans. {@code Lax.bitwiseAnd(array(6, 5), array(3, 3))}
   * is {@code [2 1]}.
   */
  public static Array bitwiseAnd(Array x, Array y) {
    return Bits.and(x, y);
  }

  /**
   * Or of the bits of integers, or of booleans. {@code Lax.bitwiseOr(array(6, 5), array(3, 3))} is
   * {@code [7 7]}.
   */
  public static Array bitwiseOr(Array x, Array y) {
    return Bits.or(x, y);
  }

  /**
   * Exclusive or of the bits of integers, or of booleans. {@code Lax.bitwiseXor(array(6, 5),
   * array(3, 3))} is {@code [5 6]}.
   */
  public static Array bitwiseXor(Array x, Array y) {
    return Bits.xor(x, y);
  }

  /**
   * Every bit of integers, or every boolean, turned over. {@code Lax.bitwiseNot(array(0, 5))} is
   * {@code [-1 -6]}.
   */
  public static Array bitwiseNot(Array x) {
    return Bits.not(x);
  }

  /**
   * Integers shifted left; 0 if by all their bits. {@code Lax.shiftLeft(array(1, 2), array(3, 3))}
   * is {@code [ 8 16]}.
   */
  public static Array shiftLeft(Array x, Array y) {
    return Bits.shiftLeft(x, y);
  }

  /**
   * Integers shifted right, zeros moving in. {@code Lax.shiftRightLogical(array(-8), array(28))} is
   * {@code [15]}.
   */
  public static Array shiftRightLogical(Array x, Array y) {
    return Bits.shiftRightLogical(x, y);
  }

  /**
   * Integers shifted right, copies of the sign bit moving in. {@code
   * Lax.shiftRightArithmetic(array(-8), array(2))} is {@code [-2]}.
   */
  public static Array shiftRightArithmetic(Array x, Array y) {
    return Bits.shiftRightArithmetic(x, y);
  }

  /**
   * The upper half of the bits of the product of integers. {@code Lax.mulhi(array(1 << 30),
   * array(8))} is {@code [2]}.
   */
  public static Array mulhi(Array x, Array y) {
    return Bits.mulhi(x, y);
  }

  /**
   * The number of set bits of integers. {@code Lax.populationCount(array(7, 8))} is {@code [3 1]}.
   */
  public static Array populationCount(Array x) {
    return Bits.populationCount(x);
  }

  /**
   * The number of leading zero bits of integers. {@code Lax.clz(array(1, 16))} is {@code [31 27]}.
   */
  public static Array clz(Array x) {
    return Bits.clz(x);
  }

  /**
   * The real part of complex numbers. {@code Lax.real(Lax.complex(array(1f), array(2f)))} is {@code
   * [1.]}.
   */
  public static Array real(Array x) {
    return Complexes.real(x);
  }

  /**
   * The imaginary part of complex numbers. {@code Lax.imag(Lax.complex(array(1f), array(2f)))} is
   * {@code [2.]}.
   */
  public static Array imag(Array x) {
    return Complexes.imag(x);
  }

  /**
   * Complex numbers from parts of f32 or f64. {@code Lax.complex(array(1f), array(2f))} is {@code
   * [1.+2.j]}.
   */
  public static Array complex(Array x, Array y) {
    return Complexes.complex(x, y);
  }

  /**
   * The complex conjugate; real numbers become complex. {@code Lax.conj(Lax.complex(array(1f),
   * array(2f)))} is {@code [1.-2.j]}.
   */
  public static Array conj(Array x) {
    return Complexes.conj(x.dtype().isComplex() ? x : complex(x, Zeros.like(x)));
  }

  /**
   * Elements converted to another type; of complex to real ones the real part. {@code
   * Lax.convertElementType(array(1.7f), DType.I32)} is {@code [1]}.
   */
  public static Array convertElementType(Array x, DType newDtype) {
    return Convert.convertElementType(x, newDtype);
  }

  /**
   * The same bits as elements of another type; between widths a last dimension is added or taken.
   * {@code Lax.bitcastConvertType(array(1f), DType.I32)} is {@code [1065353216]}.
   */
  public static Array bitcastConvertType(Array x, DType newDtype) {
    return Convert.bitcastConvertType(x, newDtype);
  }

  /**
   * Floating numbers rounded to what a format of fewer bits holds; their type stays. {@code
   * Lax.reducePrecision(array(1.001f), 5, 2)} is {@code [1.]}.
   */
  public static Array reducePrecision(Array x, int exponentBits, int mantissaBits) {
    return Convert.reducePrecision(x, exponentBits, mantissaBits);
  }
}
