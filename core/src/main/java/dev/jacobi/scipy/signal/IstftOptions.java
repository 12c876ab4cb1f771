package dev.jacobi.scipy.signal;

import dev.jacobi.Array;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code Signal.istft}: those of the {@code stft} that it undoes.
 *
 * @param fs samples per unit of time
 * @param window what segments were multiplied by
 * @param nperseg length of segments; null for as many points as the transforms have
 * @param noverlap points that a segment shares with the next; null for half of them
 * @param nfft points of the transforms; null for as many as there were without added zeros
 * @param inputOnesided whether frequencies below 0 are left out
 * @param boundary whether the signal was continued on either side, which is cut off
 * @param timeAxis the dimension of segments; a negative one counts from the end
 * @param freqAxis the dimension of frequencies
 */
public record IstftOptions(
    double fs,
    Window window,
    @Nullable Integer nperseg,
    @Nullable Integer noverlap,
    @Nullable Integer nfft,
    boolean inputOnesided,
    boolean boundary,
    int timeAxis,
    int freqAxis) {
  public static final IstftOptions DEFAULT =
      new IstftOptions(1, Window.HANN, null, null, null, true, true, -1, -2);

  public IstftOptions withFs(double samples) {
    return new IstftOptions(
        samples, window, nperseg, noverlap, nfft, inputOnesided, boundary, timeAxis, freqAxis);
  }

  public IstftOptions withWindow(Window values) {
    return new IstftOptions(
        fs, values, nperseg, noverlap, nfft, inputOnesided, boundary, timeAxis, freqAxis);
  }

  public IstftOptions withWindow(Array values) {
    return new IstftOptions(
        fs,
        Window.of(values),
        nperseg,
        noverlap,
        nfft,
        inputOnesided,
        boundary,
        timeAxis,
        freqAxis);
  }

  public IstftOptions withNperseg(int points) {
    return new IstftOptions(
        fs, window, points, noverlap, nfft, inputOnesided, boundary, timeAxis, freqAxis);
  }

  public IstftOptions withNoverlap(int points) {
    return new IstftOptions(
        fs, window, nperseg, points, nfft, inputOnesided, boundary, timeAxis, freqAxis);
  }

  public IstftOptions withNfft(int points) {
    return new IstftOptions(
        fs, window, nperseg, noverlap, points, inputOnesided, boundary, timeAxis, freqAxis);
  }

  public IstftOptions withInputOnesided(boolean only) {
    return new IstftOptions(
        fs, window, nperseg, noverlap, nfft, only, boundary, timeAxis, freqAxis);
  }

  public IstftOptions withBoundary(boolean how) {
    return new IstftOptions(
        fs, window, nperseg, noverlap, nfft, inputOnesided, how, timeAxis, freqAxis);
  }

  public IstftOptions withTimeAxis(int dimension) {
    return new IstftOptions(
        fs, window, nperseg, noverlap, nfft, inputOnesided, boundary, dimension, freqAxis);
  }

  public IstftOptions withFreqAxis(int dimension) {
    return new IstftOptions(
        fs, window, nperseg, noverlap, nfft, inputOnesided, boundary, timeAxis, dimension);
  }
}
