package dev.jacobi.scipy.signal;

import dev.jacobi.Array;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code Signal.stft}.
 *
 * @param fs samples per unit of time
 * @param window what segments are multiplied by
 * @param nperseg length of segments, at most that of the signal; null for 256
 * @param noverlap points that a segment shares with the next; null for half of them
 * @param nfft points of the transform, the others being zeros; null for {@code nperseg}
 * @param detrend what is taken away from each segment
 * @param returnOnesided whether frequencies below 0, which mirror those above, are left out;
 *     complex signals have both
 * @param boundary what the signal is continued by, half a segment on either side
 * @param padded whether zeros at the end fill the last segment; else what is left is dropped
 * @param axis the dimension of time; a negative one counts from the end
 */
public record StftOptions(
    double fs,
    Window window,
    @Nullable Integer nperseg,
    @Nullable Integer noverlap,
    @Nullable Integer nfft,
    Trend detrend,
    boolean returnOnesided,
    Boundary boundary,
    boolean padded,
    int axis) {
  public static final StftOptions DEFAULT =
      new StftOptions(1, Window.HANN, null, null, null, Trend.NONE, true, Boundary.ZEROS, true, -1);

  public StftOptions withFs(double samples) {
    return new StftOptions(
        samples, window, nperseg, noverlap, nfft, detrend, returnOnesided, boundary, padded, axis);
  }

  public StftOptions withWindow(Window values) {
    return new StftOptions(
        fs, values, nperseg, noverlap, nfft, detrend, returnOnesided, boundary, padded, axis);
  }

  public StftOptions withWindow(Array values) {
    return new StftOptions(
        fs,
        Window.of(values),
        nperseg,
        noverlap,
        nfft,
        detrend,
        returnOnesided,
        boundary,
        padded,
        axis);
  }

  public StftOptions withNperseg(int points) {
    return new StftOptions(
        fs, window, points, noverlap, nfft, detrend, returnOnesided, boundary, padded, axis);
  }

  public StftOptions withNoverlap(int points) {
    return new StftOptions(
        fs, window, nperseg, points, nfft, detrend, returnOnesided, boundary, padded, axis);
  }

  public StftOptions withNfft(int points) {
    return new StftOptions(
        fs, window, nperseg, noverlap, points, detrend, returnOnesided, boundary, padded, axis);
  }

  public StftOptions withDetrend(Trend trend) {
    return new StftOptions(
        fs, window, nperseg, noverlap, nfft, trend, returnOnesided, boundary, padded, axis);
  }

  public StftOptions withReturnOnesided(boolean only) {
    return new StftOptions(
        fs, window, nperseg, noverlap, nfft, detrend, only, boundary, padded, axis);
  }

  public StftOptions withBoundary(Boundary how) {
    return new StftOptions(
        fs, window, nperseg, noverlap, nfft, detrend, returnOnesided, how, padded, axis);
  }

  public StftOptions withPadded(boolean fills) {
    return new StftOptions(
        fs, window, nperseg, noverlap, nfft, detrend, returnOnesided, boundary, fills, axis);
  }

  public StftOptions withAxis(int dimension) {
    return new StftOptions(
        fs, window, nperseg, noverlap, nfft, detrend, returnOnesided, boundary, padded, dimension);
  }
}
