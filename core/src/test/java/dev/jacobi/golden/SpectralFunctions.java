package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.lax.Complexes;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.Signal;
import dev.jacobi.scipy.signal.Average;
import dev.jacobi.scipy.signal.Boundary;
import dev.jacobi.scipy.signal.IstftOptions;
import dev.jacobi.scipy.signal.Scaling;
import dev.jacobi.scipy.signal.SpectralOptions;
import dev.jacobi.scipy.signal.StftOptions;
import dev.jacobi.scipy.signal.Trend;
import dev.jacobi.scipy.signal.Window;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of the family of spectra of {@code signal_cases.py}. */
final class SpectralFunctions {
  private static final SpectralOptions WELCH = SpectralOptions.DEFAULT;
  private static final SpectralOptions SIX = WELCH.withNperseg(6);
  private static final StftOptions STFT = StftOptions.DEFAULT;
  private static final StftOptions STFT6 = STFT.withNperseg(6);
  private static final IstftOptions ISTFT = IstftOptions.DEFAULT;

  private SpectralFunctions() {}

  static void add(Table t) {
    welch(t);
    csd(t);
    stft(t);
    istft(t);
    windows(t);
  }

  private static void power(Table t, String name, SpectralOptions options) {
    t.of(
        name.isEmpty() ? "welch" : "welch_" + name,
        x -> {
          Signal.Spectrum s = Signal.welch(x.getFirst(), options);
          return List.of(s.frequencies(), s.values());
        });
  }

  private static void welch(Table t) {
    power(t, "", WELCH);
    power(t, "default", WELCH);
    power(t, "empty", WELCH);
    for (String name : List.of("batch", "f64", "int", "c64")) {
      power(t, name, SIX);
    }
    power(t, "axis", WELCH.withFs(20).withNperseg(5).withAxis(0));
    power(t, "overlap", WELCH.withNperseg(7).withNoverlap(5).withDetrend(Trend.LINEAR));
    power(t, "none", WELCH.withNperseg(8).withNoverlap(0).withDetrend(Trend.NONE));
    power(t, "points", SIX.withNfft(9).withScaling(Scaling.SPECTRUM));
    power(t, "twosided", SIX.withReturnOnesided(false).withFs(10));
    power(t, "median", WELCH.withNperseg(8).withAverage(Average.MEDIAN));
    power(t, "median_one", WELCH.withNperseg(8).withAverage(Average.MEDIAN));
    power(t, "median_c64", SIX.withAverage(Average.MEDIAN));
    power(t, "blackman", SIX.withWindow(Window.BLACKMAN));
    power(t, "kaiser", SIX.withWindow(Window.kaiser(4)));
    power(t, "long", WELCH.withNperseg(32));
    power(t, "one", WELCH.withNperseg(1).withDetrend(Trend.NONE));
    t.of(
        "welch_window",
        x -> pair(Signal.welch(x.get(0), WELCH.withWindow(x.get(1)).withNoverlap(2))));
    t.of("welch_window_c64", x -> pair(Signal.welch(x.get(0), WELCH.withWindow(x.get(1)))));
  }

  private static List<Array> pair(Signal.Spectrum s) {
    return List.of(s.frequencies(), s.values());
  }

  private static List<Array> pair(Signal.Samples s) {
    return List.of(s.times(), s.values());
  }

  private static void cross(Table t, String name, SpectralOptions options) {
    t.of(
        name.isEmpty() ? "csd" : "csd_" + name, x -> pair(Signal.csd(x.get(0), x.get(1), options)));
  }

  private static void csd(Table t) {
    cross(t, "", WELCH);
    cross(t, "empty", WELCH);
    for (String name : List.of("batch", "longer", "c64", "f64")) {
      cross(t, name, SIX);
    }
    cross(t, "shorter", SIX.withFs(4));
    cross(t, "axis", WELCH.withNperseg(5).withAxis(0).withScaling(Scaling.SPECTRUM));
    cross(t, "median", WELCH.withNperseg(8).withAverage(Average.MEDIAN));
    cross(t, "twosided", WELCH.withNperseg(7).withReturnOnesided(false));
    cross(t, "int", SIX.withNoverlap(4).withNfft(8).withDetrend(Trend.LINEAR));
    t.of("csd_parts", x -> parts(Signal.csd(x.get(0), x.get(1), SIX).values()));
  }

  private static List<Array> parts(Array z) {
    return List.of(Jnp.real(z), Jnp.imag(z));
  }

  private static void transforms(Table t, String name, StftOptions options) {
    t.of(
        name.isEmpty() ? "stft" : "stft_" + name,
        x -> {
          Signal.Spectrogram s = Signal.stft(x.getFirst(), options);
          return List.of(s.frequencies(), s.times(), s.values());
        });
  }

  private static void stft(Table t) {
    transforms(t, "", STFT);
    transforms(t, "empty", STFT);
    for (String name : List.of("batch", "f64", "int", "c64")) {
      transforms(t, name, STFT6);
    }
    transforms(t, "axis", STFT.withFs(20).withNperseg(5).withAxis(0));
    transforms(t, "overlap", STFT.withNperseg(7).withNoverlap(5).withDetrend(Trend.LINEAR));
    transforms(t, "none", STFT.withNperseg(8).withNoverlap(0));
    transforms(t, "points", STFT6.withNfft(9));
    transforms(t, "twosided", STFT6.withReturnOnesided(false));
    transforms(t, "open", STFT6.withBoundary(Boundary.NONE).withPadded(false));
    transforms(t, "even", STFT6.withBoundary(Boundary.EVEN));
    transforms(t, "odd", STFT6.withBoundary(Boundary.ODD));
    transforms(t, "constant", STFT6.withBoundary(Boundary.CONSTANT).withPadded(false));
    transforms(t, "window", STFT6.withWindow(Window.HAMMING));
    transforms(t, "long", STFT.withNperseg(32));
    transforms(t, "c64_odd", STFT.withNperseg(7).withBoundary(Boundary.ODD).withFs(3));
    t.of("stft_parts", x -> parts(Signal.stft(x.getFirst(), STFT6).values()));
    StftOptions odd = STFT6.withBoundary(Boundary.ODD);
    t.of("stft_given", x -> parts(Signal.stft(x.get(0), odd.withWindow(x.get(1))).values()));
  }

  private static void inverse(Table t, String name, IstftOptions options) {
    t.of(
        name.isEmpty() ? "istft" : "istft_" + name, x -> pair(Signal.istft(x.getFirst(), options)));
  }

  private static void istft(Table t) {
    for (String name : List.of("", "c128", "f32")) {
      inverse(t, name, ISTFT);
    }
    inverse(t, "points", ISTFT.withNperseg(7).withNfft(10));
    inverse(t, "overlap", ISTFT.withNoverlap(6));
    inverse(t, "twosided", ISTFT.withInputOnesided(false));
    inverse(t, "open", ISTFT.withBoundary(false).withFs(4));
    inverse(t, "window", ISTFT.withWindow(Window.HAMMING));
    inverse(t, "odd", ISTFT.withNperseg(7));
    inverse(t, "none", ISTFT.withNoverlap(0).withWindow(Window.BOXCAR));
    inverse(t, "few", ISTFT.withNoverlap(7).withBoundary(false));
    t.one("istft_batch", x -> Signal.istft(x).values());
    t.one("istft_axes", x -> Signal.istft(x, ISTFT.withTimeAxis(0).withFreqAxis(2)).values());
    t.two("istft_parts", (x, y) -> Signal.istft(Complexes.complex(x, y)).values());
    t.two("istft_given", (x, w) -> Signal.istft(x, ISTFT.withWindow(w)).values());
    t.one("istft_back", x -> Signal.istft(Signal.stft(x, STFT6).values()).values());
  }

  private static void windows(Table t) {
    List<Map.Entry<String, Window>> named =
        List.of(
            Map.entry("boxcar", Window.BOXCAR),
            Map.entry("triang", Window.TRIANG),
            Map.entry("bartlett", Window.BARTLETT),
            Map.entry("hann", Window.HANN),
            Map.entry("hamming", Window.HAMMING),
            Map.entry("blackman", Window.BLACKMAN),
            Map.entry("nuttall", Window.NUTTALL),
            Map.entry("blackmanharris", Window.BLACKMANHARRIS),
            Map.entry("flattop", Window.FLATTOP),
            Map.entry("parzen", Window.PARZEN),
            Map.entry("bohman", Window.BOHMAN),
            Map.entry("barthann", Window.BARTHANN),
            Map.entry("cosine", Window.COSINE),
            Map.entry("lanczos", Window.LANCZOS));
    for (int k = 0; k < named.size(); k++) {
      Window window = named.get(k).getValue();
      int n = 6 + k % 2;
      t.none("window_" + named.get(k).getKey(), () -> List.of(Signal.getWindow(window, n)));
    }
    t.none("window_kaiser", () -> List.of(Signal.getWindow(Window.kaiser(8.6), 9)));
    t.none("window_gaussian", () -> List.of(Signal.getWindow(Window.gaussian(2.5), 9)));
    t.none("window_tukey", () -> List.of(Signal.getWindow(Window.tukey(0.4), 9)));
    t.none(
        "window_general_hamming", () -> List.of(Signal.getWindow(Window.generalHamming(0.7), 9)));
    t.none("window_exponential", () -> List.of(Signal.getWindow(Window.exponential(3), 9)));
    t.none("window_one", () -> List.of(Signal.getWindow(Window.HANN, 1)));
  }
}
