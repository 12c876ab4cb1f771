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

  /** {@code -x}, of numbers. */
  public static Array neg(Array x) {
    return Arithmetic.neg(x);
  }

  /** The magnitude of numbers; real for complex ones. */
  public static Array abs(Array x) {
    return Arithmetic.abs(x);
  }

  /** -1, 0 or 1 as the number; {@code x / |x|} of complex ones; NaN stays NaN. */
  public static Array sign(Array x) {
    return Arithmetic.sign(x);
  }

  /** {@code x * x}, of numbers. */
  public static Array square(Array x) {
    return Arithmetic.square(x);
  }

  /** Sum of numbers. */
  public static Array add(Array x, Array y) {
    return Arithmetic.add(x, y);
  }

  /** Difference of numbers. */
  public static Array sub(Array x, Array y) {
    return Arithmetic.sub(x, y);
  }

  /** Product of numbers. */
  public static Array mul(Array x, Array y) {
    return Arithmetic.mul(x, y);
  }

  /** The product of numbers as elements of another type; both are converted to it first. */
  public static Array mul(Array x, Array y, DType outDtype) {
    return Arithmetic.mul(x, y, outDtype);
  }

  /** Quotient of numbers; of integers, rounded toward zero, and -1 for a divisor 0. */
  public static Array div(Array x, Array y) {
    return Arithmetic.div(x, y);
  }

  /** Remainder of real numbers with the sign of the dividend; of integers, x for a divisor 0. */
  public static Array rem(Array x, Array y) {
    return Arithmetic.rem(x, y);
  }

  /** The larger one; NaN if one is NaN. Complex numbers by their real, then imaginary parts. */
  public static Array max(Array x, Array y) {
    return Arithmetic.max(x, y);
  }

  /** The smaller one; NaN if one is NaN. Complex numbers by their real, then imaginary parts. */
  public static Array min(Array x, Array y) {
    return Arithmetic.min(x, y);
  }

  /** x to the power of y; x floating or complex, y of the same type or integers. */
  public static Array pow(Array x, Array y) {
    return Powers.pow(x, y);
  }

  /** The whole power of numbers, by repeated multiplication. */
  public static Array integerPow(Array x, int y) {
    return Powers.integerPow(x, y);
  }

  /** {@code 1 / x}, of floating and complex numbers. */
  public static Array reciprocal(Array x) {
    return Powers.reciprocal(x);
  }

  /** The next floating number after x in the direction of y. */
  public static Array nextafter(Array x, Array y) {
    return Elementary.nextafter(x, y);
  }

  /** Where elements are equal; NaN equals nothing. */
  public static Array eq(Array x, Array y) {
    return Compare.eq(x, y);
  }

  /** Where elements differ; NaN differs from everything. */
  public static Array ne(Array x, Array y) {
    return Compare.ne(x, y);
  }

  /** Where {@code x >= y}, of real numbers. */
  public static Array ge(Array x, Array y) {
    return Compare.ge(x, y);
  }

  /** Where {@code x > y}, of real numbers. */
  public static Array gt(Array x, Array y) {
    return Compare.gt(x, y);
  }

  /** Where {@code x <= y}, of real numbers. */
  public static Array le(Array x, Array y) {
    return Compare.le(x, y);
  }

  /** Where {@code x < y}, of real numbers. */
  public static Array lt(Array x, Array y) {
    return Compare.lt(x, y);
  }

  /**
   * Elements of the first case where the mask (of their shape, or a scalar) is set, else the
   * second's.
   */
  public static Array select(Array pred, Array onTrue, Array onFalse) {
    return Compare.select(pred, onTrue, onFalse);
  }

  /**
   * Elements of case {@code which}: booleans choose among two, integers (of the cases' shape, or a
   * scalar) among any number. Indices below 0 choose the first, too large ones the last case.
   */
  public static Array selectN(Array which, Array... cases) {
    return Compare.selectN(which, List.of(cases));
  }

  /** Elements within bounds, which are scalars or have the shape of x. */
  public static Array clamp(Array min, Array x, Array max) {
    return Compare.clamp(min, x, max);
  }

  /** And of the bits of integers, or of booleans. */
  public static Array bitwiseAnd(Array x, Array y) {
    return Bits.and(x, y);
  }

  /** Or of the bits of integers, or of booleans. */
  public static Array bitwiseOr(Array x, Array y) {
    return Bits.or(x, y);
  }

  /** Exclusive or of the bits of integers, or of booleans. */
  public static Array bitwiseXor(Array x, Array y) {
    return Bits.xor(x, y);
  }

  /** Every bit of integers, or every boolean, turned over. */
  public static Array bitwiseNot(Array x) {
    return Bits.not(x);
  }

  /** Integers shifted left; 0 if by all their bits. */
  public static Array shiftLeft(Array x, Array y) {
    return Bits.shiftLeft(x, y);
  }

  /** Integers shifted right, zeros moving in. */
  public static Array shiftRightLogical(Array x, Array y) {
    return Bits.shiftRightLogical(x, y);
  }

  /** Integers shifted right, copies of the sign bit moving in. */
  public static Array shiftRightArithmetic(Array x, Array y) {
    return Bits.shiftRightArithmetic(x, y);
  }

  /** The upper half of the bits of the product of integers. */
  public static Array mulhi(Array x, Array y) {
    return Bits.mulhi(x, y);
  }

  /** The number of set bits of integers. */
  public static Array populationCount(Array x) {
    return Bits.populationCount(x);
  }

  /** The number of leading zero bits of integers. */
  public static Array clz(Array x) {
    return Bits.clz(x);
  }

  /** The real part of complex numbers. */
  public static Array real(Array x) {
    return Complexes.real(x);
  }

  /** The imaginary part of complex numbers. */
  public static Array imag(Array x) {
    return Complexes.imag(x);
  }

  /** Complex numbers from parts of f32 or f64. */
  public static Array complex(Array x, Array y) {
    return Complexes.complex(x, y);
  }

  /** The complex conjugate; real numbers become complex. */
  public static Array conj(Array x) {
    return Complexes.conj(x.dtype().isComplex() ? x : complex(x, Zeros.like(x)));
  }

  /** Elements converted to another type; of complex to real ones the real part. */
  public static Array convertElementType(Array x, DType newDtype) {
    return Convert.convertElementType(x, newDtype);
  }

  /**
   * The same bits as elements of another type; between widths a last dimension is added or taken.
   */
  public static Array bitcastConvertType(Array x, DType newDtype) {
    return Convert.bitcastConvertType(x, newDtype);
  }

  /** Floating numbers rounded to what a format of fewer bits holds; their type stays. */
  public static Array reducePrecision(Array x, int exponentBits, int mantissaBits) {
    return Convert.reducePrecision(x, exponentBits, mantissaBits);
  }
}
