package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import java.util.List;

/** Names that NumPy has for functions which have another name too. */
public abstract class JnpNames extends JnpKeywords {
  JnpNames() {}

  /** {@link #abs}. {@code absolute(array(1, -2))} is {@code [1 2]}. */
  public static Array absolute(Array x) {
    return abs(x);
  }

  /** {@link #arccos}. {@code acos(array(1f))} is {@code [0.]}. */
  public static Array acos(Array x) {
    return arccos(x);
  }

  /** {@link #arccosh}. {@code acosh(array(1f))} is {@code [0.]}. */
  public static Array acosh(Array x) {
    return arccosh(x);
  }

  /** {@link #max(Array, int...)}. {@code amax(array(1, 3, 2))} is {@code 3}. */
  public static Array amax(Array x, int... axes) {
    return max(x, axes);
  }

  /** {@link #min(Array, int...)}. {@code amin(array(1, 3, 2))} is {@code 1}. */
  public static Array amin(Array x, int... axes) {
    return min(x, axes);
  }

  /** {@link #round(Array, int)}. {@code around(array(1.25f, 2.38f), 1)} is {@code [1.2 2.4]}. */
  public static Array around(Array x, int decimals) {
    return round(x, decimals);
  }

  /** The array itself: arrays do not change. {@code asarray(array(1, 2))} is {@code [1 2]}. */
  public static Array asarray(Array x) {
    return x;
  }

  /** {@link #arcsin}. {@code asin(array(0f))} is {@code [0.]}. */
  public static Array asin(Array x) {
    return arcsin(x);
  }

  /** {@link #arcsinh}. {@code asinh(array(0f))} is {@code [0.]}. */
  public static Array asinh(Array x) {
    return arcsinh(x);
  }

  /** {@link #arctan}. {@code atan(array(1f))} is {@code [0.7853982]}. */
  public static Array atan(Array x) {
    return arctan(x);
  }

  /** {@link #arctanh}. {@code atanh(array(0f))} is {@code [0.]}. */
  public static Array atanh(Array x) {
    return arctanh(x);
  }

  /** {@link #arctan2}. {@code atan2(array(1f), array(1f))} is {@code [0.7853982]}. */
  public static Array atan2(Array y, Array x) {
    return arctan2(y, x);
  }

  /** {@link #invert}. {@code bitwiseInvert(array(0, 5))} is {@code [-1 -6]}. */
  public static Array bitwiseInvert(Array x) {
    return invert(x);
  }

  /** {@link #invert}. {@code bitwiseNot(array(0, 5))} is {@code [-1 -6]}. */
  public static Array bitwiseNot(Array x) {
    return invert(x);
  }

  /** {@link #leftShift}. {@code bitwiseLeftShift(array(1), array(3))} is {@code [8]}. */
  public static Array bitwiseLeftShift(Array x, Array bits) {
    return leftShift(x, bits);
  }

  /** {@link #rightShift}. {@code bitwiseRightShift(array(8), array(3))} is {@code [1]}. */
  public static Array bitwiseRightShift(Array x, Array bits) {
    return rightShift(x, bits);
  }

  /**
   * {@link #concatenate(List, int)}. {@code concat(List.of(array(1, 2), array(3)), 0)} is {@code [1
   * 2 3]}.
   */
  public static Array concat(List<Array> arrays, int axis) {
    return concatenate(arrays, axis);
  }

  /** {@link #conj}. {@code conjugate(array(1f, 2f))} is {@code [1. 2.]}. */
  public static Array conjugate(Array x) {
    return conj(x);
  }

  /** The array itself: arrays do not change. {@code copy(array(1, 2))} is {@code [1 2]}. */
  public static Array copy(Array x) {
    return x;
  }

  /** {@link #rad2deg}. {@code degrees(array(0f, 1f))} is {@code [ 0. 57.29578]}. */
  public static Array degrees(Array x) {
    return rad2deg(x);
  }

  /** {@link #deg2rad}. {@code radians(array(0f, 180f))} is {@code [0. 3.1415927]}. */
  public static Array radians(Array x) {
    return deg2rad(x);
  }

  /** {@link #trueDivide}. {@code divide(array(1f), array(2f))} is {@code [0.5]}. */
  public static Array divide(Array x, Array y) {
    return trueDivide(x, y);
  }

  /** {@link #remainder}. {@code mod(array(-7), array(3))} is {@code [2]}. */
  public static Array mod(Array x, Array y) {
    return remainder(x, y);
  }

  /** {@link #transpose}. {@code permuteDims(ones(2, 3), 1, 0).shape()} is {@code (3, 2)}. */
  public static Array permuteDims(Array x, int... axes) {
    return transpose(x, axes);
  }

  /** f32 zeros, as in JAX. {@code empty(2, 3).shape()} is {@code (2, 3)}. */
  public static Array empty(long... sizes) {
    return zeros(sizes);
  }

  /** Zeros, as in JAX. */
  public static Array empty(Shape shape, DType dtype) {
    return zeros(shape, dtype);
  }

  /** {@link #zerosLike}. {@code emptyLike(ones(2, 3)).shape()} is {@code (2, 3)}. */
  public static Array emptyLike(Array x) {
    return zerosLike(x);
  }

  /**
   * Whether the arrays broadcast and have equal elements. {@code arrayEquiv(array(1, 1),
   * scalar(1))} is {@code True}.
   */
  public static Array arrayEquiv(Array x, Array y) {
    try {
      Promotion.commonShape("arrayEquiv", x, y);
    } catch (ShapeMismatchException e) {
      return scalar(false);
    }
    return all(equal(x, y));
  }
}
