package dev.jacobi.scipy.signal;

import dev.jacobi.Array;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code Signal.welch} and {@code Signal.csd}.
 *
 * @param fs samples per unit of time
 * @param window what segments are multiplied by
 * @param nperseg length of segments, at most that of the signal; null for 256
 * @param noverlap points that a segment shares with the next; null for half of them
 * @param nfft points of the transform, the others being zeros; null for {@code nperseg}
 * @param detrend what is taken away from each segment
 * @param returnOnesided whether frequencies below 0, which mirror those above, are left out;
 *     complex signals have both
 * @param scaling power, or power per unit of frequency
 * @param axis the dimension of time; a negative one counts from the end
 * @param average how the spectra of segments become one
 */
public record SpectralOptions(
    double fs,
    Window window,
    @Nullable Integer nperseg,
    @Nullable Integer noverlap,
    @Nullable Integer nfft,
    Trend detrend,
    boolean returnOnesided,
    Scaling scaling,
    int axis,
    Average average) {
  public static final SpectralOptions DEFAULT =
      new SpectralOptions(
          1,
          Window.HANN,
          null,
          null,
          null,
          Trend.CONSTANT,
          true,
          Scaling.DENSITY,
          -1,
          Average.MEAN);

  public SpectralOptions withFs(double samples) {
    return new SpectralOptions(
        samples, window, nperseg, noverlap, nfft, detrend, returnOnesided, scaling, axis, average);
  }

  public SpectralOptions withWindow(Window values) {
    return new SpectralOptions(
        fs, values, nperseg, noverlap, nfft, detrend, returnOnesided, scaling, axis, average);
  }

  public SpectralOptions withWindow(Array values) {
    return new SpectralOptions(
        fs,
        Window.of(values),
        nperseg,
        noverlap,
        nfft,
        detrend,
        returnOnesided,
        scaling,
        axis,
        average);
  }

  public SpectralOptions withNperseg(int points) {
    return new SpectralOptions(
        fs, window, points, noverlap, nfft, detrend, returnOnesided, scaling, axis, average);
  }

  public SpectralOptions withNoverlap(int points) {
    return new SpectralOptions(
        fs, window, nperseg, points, nfft, detrend, returnOnesided, scaling, axis, average);
  }

  public SpectralOptions withNfft(int points) {
    return new SpectralOptions(
        fs, window, nperseg, noverlap, points, detrend, returnOnesided, scaling, axis, average);
  }

  public SpectralOptions withDetrend(Trend trend) {
    return new SpectralOptions(
        fs, window, nperseg, noverlap, nfft, trend, returnOnesided, scaling, axis, average);
  }

  public SpectralOptions withReturnOnesided(boolean only) {
    return new SpectralOptions(
        fs, window, nperseg, noverlap, nfft, detrend, only, scaling, axis, average);
  }

  public SpectralOptions withScaling(Scaling unit) {
    return new SpectralOptions(
        fs, window, nperseg, noverlap, nfft, detrend, returnOnesided, unit, axis, average);
  }

  public SpectralOptions withAxis(int dimension) {
    return new SpectralOptions(
        fs, window, nperseg, noverlap, nfft, detrend, returnOnesided, scaling, dimension, average);
  }

  public SpectralOptions withAverage(Average how) {
    return new SpectralOptions(
        fs, window, nperseg, noverlap, nfft, detrend, returnOnesided, scaling, axis, how);
  }
}
