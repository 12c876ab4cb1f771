package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import java.util.List;

/** Names that NumPy has for functions which have another name too. */
public abstract class JnpNames extends JnpTypes {
  JnpNames() {}

  /** {@link #abs}. */
  public static Array absolute(Array x) {
    return abs(x);
  }

  /** {@link #arccos}. */
  public static Array acos(Array x) {
    return arccos(x);
  }

  /** {@link #arccosh}. */
  public static Array acosh(Array x) {
    return arccosh(x);
  }

  /** {@link #max(Array, int...)}. */
  public static Array amax(Array x, int... axes) {
    return max(x, axes);
  }

  /** {@link #min(Array, int...)}. */
  public static Array amin(Array x, int... axes) {
    return min(x, axes);
  }

  /** {@link #round(Array, int)}. */
  public static Array around(Array x, int decimals) {
    return round(x, decimals);
  }

  /** The array itself: arrays do not change. */
  public static Array asarray(Array x) {
    return x;
  }

  /** {@link #arcsin}. */
  public static Array asin(Array x) {
    return arcsin(x);
  }

  /** {@link #arcsinh}. */
  public static Array asinh(Array x) {
    return arcsinh(x);
  }

  /** {@link #arctan}. */
  public static Array atan(Array x) {
    return arctan(x);
  }

  /** {@link #arctanh}. */
  public static Array atanh(Array x) {
    return arctanh(x);
  }

  /** {@link #arctan2}. */
  public static Array atan2(Array y, Array x) {
    return arctan2(y, x);
  }

  /** {@link #invert}. */
  public static Array bitwiseInvert(Array x) {
    return invert(x);
  }

  /** {@link #invert}. */
  public static Array bitwiseNot(Array x) {
    return invert(x);
  }

  /** {@link #leftShift}. */
  public static Array bitwiseLeftShift(Array x, Array bits) {
    return leftShift(x, bits);
  }

  /** {@link #rightShift}. */
  public static Array bitwiseRightShift(Array x, Array bits) {
    return rightShift(x, bits);
  }

  /** {@link #concatenate(List, int)}. */
  public static Array concat(List<Array> arrays, int axis) {
    return concatenate(arrays, axis);
  }

  /** {@link #conj}. */
  public static Array conjugate(Array x) {
    return conj(x);
  }

  /** The array itself: arrays do not change. */
  public static Array copy(Array x) {
    return x;
  }

  /** {@link #rad2deg}. */
  public static Array degrees(Array x) {
    return rad2deg(x);
  }

  /** {@link #deg2rad}. */
  public static Array radians(Array x) {
    return deg2rad(x);
  }

  /** {@link #trueDivide}. */
  public static Array divide(Array x, Array y) {
    return trueDivide(x, y);
  }

  /** {@link #remainder}. */
  public static Array mod(Array x, Array y) {
    return remainder(x, y);
  }

  /** {@link #transpose}. */
  public static Array permuteDims(Array x, int... axes) {
    return transpose(x, axes);
  }

  /** f32 zeros, as in JAX. */
  public static Array empty(long... sizes) {
    return zeros(sizes);
  }

  /** Zeros, as in JAX. */
  public static Array empty(Shape shape, DType dtype) {
    return zeros(shape, dtype);
  }

  /** {@link #zerosLike}. */
  public static Array emptyLike(Array x) {
    return zerosLike(x);
  }

  /** Whether the arrays broadcast and have equal elements. */
  public static Array arrayEquiv(Array x, Array y) {
    try {
      Promotion.commonShape("arrayEquiv", x, y);
    } catch (ShapeMismatchException e) {
      return scalar(false);
    }
    return all(equal(x, y));
  }
}
