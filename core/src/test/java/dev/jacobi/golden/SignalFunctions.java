package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.numpy.JnpLinalg.ConvolveMode;
import dev.jacobi.scipy.Signal;
import dev.jacobi.scipy.signal.ConvolveMethod;
import dev.jacobi.scipy.signal.Trend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Our form of the Python calls of {@code signal_cases.py}. */
final class SignalFunctions {
  private SignalFunctions() {}

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();
    Table t = new Table(all);
    convolutions(t);
    correlations(t);
    transforms(t);
    detrend(t);
    CosineFunctions.add(t);
    SpectralFunctions.add(t);
    CoordinateFunctions.add(t);
    return all;
  }

  /** A function of two arrays and a mode. */
  @FunctionalInterface
  private interface InMode {
    Array of(Array x, Array y, ConvolveMode mode);
  }

  private static void modes(Table t, String name, InMode f) {
    for (ConvolveMode mode : ConvolveMode.values()) {
      t.two(name + "_" + mode.name().toLowerCase(Locale.ROOT), (x, y) -> f.of(x, y, mode));
    }
  }

  private static void convolutions(Table t) {
    modes(t, "convolve", Signal::convolve);
    modes(t, "convolve_swap", Signal::convolve);
    t.two("convolve_2d", (x, y) -> Signal.convolve(x, y, ConvolveMode.SAME));
    for (String name : List.of("3d", "int", "f64", "c64", "f16", "scalar")) {
      t.two("convolve_" + name, (x, y) -> Signal.convolve(x, y));
    }
    t.two("convolve_fft", (x, y) -> Signal.convolve(x, y, ConvolveMode.SAME, ConvolveMethod.FFT));
    modes(t, "convolve2d", Signal::convolve2d);
    modes(t, "convolve2d_swap", Signal::convolve2d);
  }

  private static void correlations(Table t) {
    modes(t, "correlate", Signal::correlate);
    t.two("correlate_c64", (x, y) -> Signal.correlate(x, y));
    t.two("correlate_fft", (x, y) -> Signal.correlate(x, y, ConvolveMode.FULL, ConvolveMethod.FFT));
    modes(t, "correlate2d", Signal::correlate2d);
    modes(t, "correlate2d_swap", Signal::correlate2d);
    modes(t, "correlate2d_c64", Signal::correlate2d);
  }

  private static void transforms(Table t) {
    modes(t, "fftconvolve", (x, y, mode) -> Signal.fftconvolve(x, y, mode));
    t.two("fftconvolve_2d", (x, y) -> Signal.fftconvolve(x, y, ConvolveMode.SAME));
    t.two("fftconvolve_axes", (x, y) -> Signal.fftconvolve(x, y, ConvolveMode.FULL, 1));
    t.two("fftconvolve_swap", (x, y) -> Signal.fftconvolve(x, y, ConvolveMode.VALID));
    for (String name : List.of("one", "c64", "int", "f64")) {
      t.two("fftconvolve_" + name, (x, y) -> Signal.fftconvolve(x, y));
    }
  }

  private static void detrend(Table t) {
    t.one("detrend", x -> Signal.detrend(x));
    t.one("detrend_constant", x -> Signal.detrend(x, Trend.CONSTANT));
    t.one("detrend_pieces", x -> Signal.detrend(x, Trend.LINEAR, 0, 3, 5));
    t.one("detrend_int", x -> Signal.detrend(x));
    t.one("detrend_f64", x -> Signal.detrend(x));
    t.one("detrend_c64", x -> Signal.detrend(x, Trend.CONSTANT));
  }
}
