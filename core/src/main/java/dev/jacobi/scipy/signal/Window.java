package dev.jacobi.scipy.signal;

import dev.jacobi.Array;
import dev.jacobi.trace.NullArgumentException;

/**
 * What each segment of a signal is multiplied by: one of SciPy's windows, in its periodic form, or
 * given values. Given values set the length of segments, and have derivatives.
 */
public sealed interface Window {
  /**
   * A window of any length.
   *
   * @param parameter what the kind takes, or 0
   */
  record Named(WindowKind kind, double parameter) implements Window {}

  /**
   * Given values.
   *
   * @param values a vector
   */
  record Given(Array values) implements Window {}

  Window BOXCAR = new Named(WindowKind.BOXCAR, 0);
  Window TRIANG = new Named(WindowKind.TRIANG, 0);
  Window BARTLETT = new Named(WindowKind.BARTLETT, 0);
  Window HANN = new Named(WindowKind.HANN, 0);
  Window HAMMING = new Named(WindowKind.HAMMING, 0);
  Window BLACKMAN = new Named(WindowKind.BLACKMAN, 0);
  Window NUTTALL = new Named(WindowKind.NUTTALL, 0);
  Window BLACKMANHARRIS = new Named(WindowKind.BLACKMANHARRIS, 0);
  Window FLATTOP = new Named(WindowKind.FLATTOP, 0);
  Window PARZEN = new Named(WindowKind.PARZEN, 0);
  Window BOHMAN = new Named(WindowKind.BOHMAN, 0);
  Window BARTHANN = new Named(WindowKind.BARTHANN, 0);
  Window COSINE = new Named(WindowKind.COSINE, 0);
  Window LANCZOS = new Named(WindowKind.LANCZOS, 0);

  /** Kaiser's; the larger {@code beta}, the lower the side lobes and the wider the main one. */
  static Window kaiser(double beta) {
    return new Named(WindowKind.KAISER, beta);
  }

  /** A normal density with a standard deviation in samples. */
  static Window gaussian(double deviation) {
    return new Named(WindowKind.GAUSSIAN, deviation);
  }

  /** Flat in the middle; {@code alpha} is the part that is tapered, 0 (boxcar) to 1 (Hann). */
  static Window tukey(double alpha) {
    return new Named(WindowKind.TUKEY, alpha);
  }

  /** {@code alpha - (1 - alpha) cos}. */
  static Window generalHamming(double alpha) {
    return new Named(WindowKind.GENERAL_HAMMING, alpha);
  }

  /** Falls on both sides to 1/e within {@code tau} samples. */
  static Window exponential(double tau) {
    return new Named(WindowKind.EXPONENTIAL, tau);
  }

  /** Given values. */
  static Window of(Array values) {
    return new Given(NullArgumentException.require(values, "Window", "the array of values"));
  }
}
