package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.JnpLinalg.ConvolveMode;
import dev.jacobi.scipy.signal.Convolutions;
import dev.jacobi.scipy.signal.ConvolveMethod;
import dev.jacobi.scipy.signal.Trend;
import dev.jacobi.scipy.signal.Trends;

/** Convolutions: {@code scipy.signal}. Integers become f32, or f64 if they are 64-bit. */
public final class Signal {
  private Signal() {}

  /**
   * The convolution of two arrays of one rank at every place where they overlap. {@code
   * Signal.convolve(array(1f, 2f, 3f), array(1f, 1f))} is {@code [1. 3. 5. 3.]}.
   */
  public static Array convolve(Array in1, Array in2) {
    return convolve(in1, in2, ConvolveMode.FULL);
  }

  /**
   * The same, at every place, as many as {@code in1} has, or those where one array lies within the
   * other.
   *
   * @throws LaxTypeException if an array is empty, or neither is at least as large as the other in
   *     every dimension
   */
  public static Array convolve(Array in1, Array in2, ConvolveMode mode) {
    return convolve(in1, in2, mode, ConvolveMethod.AUTO);
  }

  /** The same, by sums of products or by Fourier transforms. */
  public static Array convolve(Array in1, Array in2, ConvolveMode mode, ConvolveMethod method) {
    return Convolutions.convolve("convolve", in1, in2, mode, method);
  }

  /**
   * The convolution of two matrices at every place where they overlap. {@code
   * Signal.convolve2d(eye(2), ones(2, 2))} is {@code [[1. 1. 0.] [1. 2. 1.] [0. 1. 1.]]}.
   */
  public static Array convolve2d(Array in1, Array in2) {
    return convolve2d(in1, in2, ConvolveMode.FULL);
  }

  /** The same at the places of a mode; around the matrices are zeros. */
  public static Array convolve2d(Array in1, Array in2, ConvolveMode mode) {
    Convolutions.matrices("convolve2d", in1, in2);
    return Convolutions.convolve("convolve2d", in1, in2, mode, ConvolveMethod.DIRECT);
  }

  /**
   * Sums of products of an array with the other one, conjugated, at every place of it. {@code
   * Signal.correlate(array(1f, 2f, 3f), array(0f, 1f))} is {@code [1. 2. 3. 0.]}.
   */
  public static Array correlate(Array in1, Array in2) {
    return correlate(in1, in2, ConvolveMode.FULL);
  }

  /** The same at the places of a mode. */
  public static Array correlate(Array in1, Array in2, ConvolveMode mode) {
    return correlate(in1, in2, mode, ConvolveMethod.AUTO);
  }

  /** The same, by sums of products or by Fourier transforms. */
  public static Array correlate(Array in1, Array in2, ConvolveMode mode, ConvolveMethod method) {
    return Convolutions.correlate("correlate", in1, in2, mode, method);
  }

  /**
   * The correlation of two matrices at every place where they overlap. {@code
   * Signal.correlate2d(eye(2), ones(2, 2))} is {@code [[1. 1. 0.] [1. 2. 1.] [0. 1. 1.]]}.
   */
  public static Array correlate2d(Array in1, Array in2) {
    return correlate2d(in1, in2, ConvolveMode.FULL);
  }

  /** The same at the places of a mode; around the matrices are zeros. */
  public static Array correlate2d(Array in1, Array in2, ConvolveMode mode) {
    return Convolutions.correlate2d(in1, in2, mode);
  }

  /**
   * {@link #convolve(Array, Array)} by Fourier transforms. {@code Signal.fftconvolve(array(1f, 2f,
   * 3f), array(1f, 1f))} is {@code [1. 3. 5. 3.]}.
   */
  public static Array fftconvolve(Array in1, Array in2) {
    return fftconvolve(in1, in2, ConvolveMode.FULL);
  }

  /** The same at the places of a mode, along dimensions; along all, if none are given. */
  public static Array fftconvolve(Array in1, Array in2, ConvolveMode mode, int... axes) {
    return Convolutions.byTransforms("fftconvolve", in1, in2, mode, axes);
  }

  /**
   * Rows less the straight line of least squares through each. {@code Signal.detrend(array(1f, 2f,
   * 4f))} is {@code [ 0.16666675 -0.33333325 0.16666675]}.
   */
  public static Array detrend(Array x) {
    return detrend(x, Trend.LINEAR);
  }

  /** Rows less their means or lines. */
  public static Array detrend(Array x, Trend type) {
    return detrend(x, type, -1);
  }

  /** The same along a dimension, with a line for each of the parts between breakpoints. */
  public static Array detrend(Array x, Trend type, int axis, long... breakpoints) {
    return Trends.detrend(x, type, axis, breakpoints);
  }
}
