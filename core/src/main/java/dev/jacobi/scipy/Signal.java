package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.JnpLinalg.ConvolveMode;
import dev.jacobi.scipy.signal.Convolutions;
import dev.jacobi.scipy.signal.ConvolveMethod;
import dev.jacobi.scipy.signal.IstftOptions;
import dev.jacobi.scipy.signal.Resynthesis;
import dev.jacobi.scipy.signal.Spectra;
import dev.jacobi.scipy.signal.SpectralOptions;
import dev.jacobi.scipy.signal.StftOptions;
import dev.jacobi.scipy.signal.Trend;
import dev.jacobi.scipy.signal.Trends;
import dev.jacobi.scipy.signal.Window;
import java.util.List;

/**
 * Convolutions and spectra: {@code scipy.signal}. Integers become f32, or f64 if they are 64-bit.
 */
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

  /**
   * What a signal has at each frequency.
   *
   * @param frequencies a vector, in cycles per unit of time
   * @param values of {@code welch} power, real; of {@code csd} cross power, complex; frequencies in
   *     the place of time
   */
  public record Spectrum(Array frequencies, Array values) {}

  /**
   * What the segments of a signal have at each frequency.
   *
   * @param frequencies a vector, in cycles per unit of time
   * @param times the middles of segments, a vector
   * @param values complex; frequencies in the place of time, segments last
   */
  public record Spectrogram(Array frequencies, Array times, Array values) {}

  /**
   * A signal at times.
   *
   * @param times a vector
   * @param values real, or complex if it was made of both sides of a spectrum
   */
  public record Samples(Array times, Array values) {}

  /**
   * The power of a signal at each frequency, averaged over overlapping segments (P. Welch, 1967).
   * {@code Signal.welch(array(0f, 1f, 0f, -1f)).values()} is {@code [0. 1.3333334 0. ]}.
   */
  public static Spectrum welch(Array x) {
    return welch(x, SpectralOptions.DEFAULT);
  }

  /**
   * The same with options.
   *
   * @throws LaxTypeException if segments overlap by their length or more, transforms are shorter
   *     than segments, or a window does not fit
   */
  public static Spectrum welch(Array x, SpectralOptions options) {
    List<Array> out = Spectra.power(x, options);
    return new Spectrum(out.get(0), out.get(1));
  }

  /**
   * The cross power of two signals at each frequency: means of products of their transforms, the
   * first conjugated. The shorter one is padded with zeros; other dimensions broadcast. {@code
   * Signal.csd(array(0f, 1f, 0f, -1f), array(1f, 0f, -1f, 0f)).values()} is {@code [0.+0.j
   * 0.+1.3333334j 0.+0.j ]}.
   */
  public static Spectrum csd(Array x, Array y) {
    return csd(x, y, SpectralOptions.DEFAULT);
  }

  /** The same with options; errors are those of {@link #welch(Array, SpectralOptions)}. */
  public static Spectrum csd(Array x, Array y, SpectralOptions options) {
    List<Array> out = Spectra.cross(x, y, options);
    return new Spectrum(out.get(0), out.get(1));
  }

  /**
   * The Fourier transforms of overlapping segments of a signal. {@code Signal.stft(array(1f, 2f,
   * 3f)).times()} is {@code [0. 2.]}.
   */
  public static Spectrogram stft(Array x) {
    return stft(x, StftOptions.DEFAULT);
  }

  /** The same with options; errors are those of {@link #welch(Array, SpectralOptions)}. */
  public static Spectrogram stft(Array x, StftOptions options) {
    List<Array> out = Spectra.stft(x, options);
    return new Spectrogram(out.get(0), out.get(1), out.get(2));
  }

  /**
   * The signal whose segments have the given transforms, or nearly: the inverse of {@link
   * #stft(Array)}. {@code Signal.istft(Signal.stft(array(1f, 2f, 3f, 4f)).values()).values()} is
   * {@code [1. 2. 3. 4.]}.
   */
  public static Samples istft(Array z) {
    return istft(z, IstftOptions.DEFAULT);
  }

  /**
   * The same with options.
   *
   * @throws LaxTypeException if there are not two dimensions, segments overlap by their length or
   *     more, transforms are shorter than segments, or a window does not fit
   */
  public static Samples istft(Array z, IstftOptions options) {
    List<Array> out = Resynthesis.istft(z, options);
    return new Samples(out.get(0), out.get(1));
  }

  /**
   * The n values of a window in its periodic form, in f32. {@code Signal.getWindow(Window.HANN, 4)}
   * is {@code [0. 0.5 1. 0.5]}.
   */
  public static Array getWindow(Window window, int n) {
    return Spectra.window(window, n);
  }
}
