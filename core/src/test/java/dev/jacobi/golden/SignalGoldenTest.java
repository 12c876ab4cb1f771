package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.host.CheckFailedException;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.FftNorm;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.JnpLinalg.ConvolveMode;
import dev.jacobi.scipy.Fft;
import dev.jacobi.scipy.Ndimage;
import dev.jacobi.scipy.RegularGridInterpolator;
import dev.jacobi.scipy.Signal;
import dev.jacobi.scipy.fft.DctOptions;
import dev.jacobi.scipy.fft.DctnOptions;
import dev.jacobi.scipy.signal.IstftOptions;
import dev.jacobi.scipy.signal.SpectralOptions;
import dev.jacobi.scipy.signal.StftOptions;
import dev.jacobi.scipy.signal.Trend;
import dev.jacobi.scipy.signal.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * SciPy's convolutions, spectra, cosine transforms and interpolation against JAX's, as {@link
 * NumpyGoldenTest}.
 */
class SignalGoldenTest {
  private static final Map<String, Fn1<List<Array>, List<Array>>> FUNCTIONS =
      SignalFunctions.functions();

  private static Stream<Case> cases() {
    return Stream.of("signal", "cosines", "spectra", "coordinates")
        .flatMap(f -> GoldenFile.read("jnp/" + f + ".tsv").stream());
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> functions() {
    return cases()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name() + ": " + c.text("source"),
                    () -> NumpyGoldenTest.check(c, FUNCTIONS.get(c.name()))));
  }

  @Test
  void everyCaseHasAFunction() {
    Set<String> names = cases().map(Case::name).collect(Collectors.toSet());
    assertThat(FUNCTIONS.keySet()).containsExactlyInAnyOrderElementsOf(names);
  }

  private static Map<String, ThrowingCallable> misuse() {
    Map<String, ThrowingCallable> all = new LinkedHashMap<>();
    convolutions(all);
    spectra(all);
    transforms(all);
    coordinates(all);
    return all;
  }

  private static void convolutions(Map<String, ThrowingCallable> all) {
    Array v = Jnp.arange(5.0);
    Array m = Jnp.ones(2, 3);
    all.put("convolve.*one rank", () -> Signal.convolve(v, m));
    all.put("convolve.*empty", () -> Signal.convolve(v, Jnp.zeros(0)));
    all.put("convolve.*at least as large", () -> Signal.convolve(m, Jnp.ones(3, 2)));
    all.put("convolve2d.*two matrices", () -> Signal.convolve2d(v, v));
    all.put(
        "fftconvolve.*same sizes",
        () -> Signal.fftconvolve(m, Jnp.ones(3, 3), ConvolveMode.FULL, 1));
    all.put("fftconvolve.*no dimension 2", () -> fftconvolveAt(m, 2));
    all.put("detrend.*breakpoints", () -> Signal.detrend(v, Trend.LINEAR, 0, 6));
  }

  private static void spectra(Map<String, ThrowingCallable> all) {
    Array v = Jnp.arange(5.0);
    SpectralOptions welch = SpectralOptions.DEFAULT;
    IstftOptions istft = IstftOptions.DEFAULT;
    all.put("welch.*nperseg must be positive", () -> Signal.welch(v, welch.withNperseg(0)));
    all.put(
        "welch.*noverlap.*4, not 4", () -> Signal.welch(v, welch.withNperseg(4).withNoverlap(4)));
    all.put("welch.*nfft.*5, not 3", () -> Signal.welch(v, welch.withNfft(3)));
    all.put("welch.*longer", () -> Signal.welch(v, welch.withWindow(Jnp.ones(9))));
    all.put(
        "welch.*length of the window",
        () -> Signal.welch(v, welch.withWindow(Jnp.ones(3)).withNperseg(2)));
    all.put("welch.*a window is a vector", () -> Signal.welch(v, welch.withWindow(Jnp.eye(3))));
    all.put("welch.*no dimension 1", () -> Signal.welch(v, welch.withAxis(1)));
    all.put("csd.*one rank", () -> Signal.csd(v, Jnp.ones(2, 5)));
    Array wide = Jnp.zeros(Shape.of(3), DType.C64);
    all.put("stft.*is real", () -> Signal.stft(v, StftOptions.DEFAULT.withWindow(wide)));
    all.put("istft.*frequency and time", () -> Signal.istft(v));
    all.put("istft.*cannot be that", () -> Signal.istft(Jnp.ones(2, 2), istft.withTimeAxis(0)));
    all.put("istft.*nperseg must be positive", () -> Signal.istft(Jnp.ones(1, 3)));
    all.put(
        "istft.*vector of 6", () -> Signal.istft(Jnp.ones(4, 3), istft.withWindow(Jnp.ones(5))));
    all.put("get_window.*not 0", () -> Signal.getWindow(Window.HANN, 0));
  }

  private static void transforms(Map<String, ThrowingCallable> all) {
    Array v = Jnp.arange(5.0);
    DctnOptions dctn = DctnOptions.DEFAULT;
    all.put("dct.*not 5", () -> Fft.dct(v, DctOptions.DEFAULT.withType(5)));
    all.put("dct.*at least 2 points", () -> Fft.dct(v, DctOptions.DEFAULT.withType(1).withN(1)));
    all.put("idct.*at least 1 point", () -> Fft.idct(Jnp.zeros(0)));
    all.put("dctn.*not distinct", () -> Fft.dctn(v, dctn.withAxes(0, -1)));
    all.put("dctn.*do not fit", () -> Fft.dctn(v, dctn.withS(2, 2)));
    int[] two = {2, 2};
    int[] one = {0};
    all.put(
        "fftn.*one size for each", () -> dev.jacobi.numpy.Fft.fftn(v, two, one, FftNorm.BACKWARD));
  }

  private static void coordinates(Map<String, ThrowingCallable> all) {
    Array v = Jnp.arange(5.0);
    all.put("map_coordinates.*one array", () -> Ndimage.mapCoordinates(v, List.of(v, v), 1));
    all.put("map_coordinates.*order", () -> Ndimage.mapCoordinates(v, List.of(v), 3));
    all.put("map_coordinates.*empty", () -> Ndimage.mapCoordinates(Jnp.ones(0), List.of(v), 1));
    all.put(
        "map_coordinates.*real",
        () -> Ndimage.mapCoordinates(v, List.of(Jnp.zeros(Shape.of(3), DType.C64)), 1));
    all.put(
        "RegularGrid.*points for the first", () -> RegularGridInterpolator.of(List.of(v, v), v));
    all.put("RegularGrid.*vector of 5", () -> RegularGridInterpolator.of(List.of(Jnp.ones(4)), v));
    all.put("RegularGrid.*strictly", () -> RegularGridInterpolator.of(List.of(Jnp.ones(5)), v));
    all.put(
        "RegularGrid.*1 coordinates",
        () -> RegularGridInterpolator.of(List.of(v), v).at(Jnp.ones(2, 2)));
  }

  @Test
  void pointsBeyondTheGridAreErrorsIfOneSaysSo() {
    Array v = Jnp.arange(3.0);
    var grid = RegularGridInterpolator.of(List.of(v), v.times(2)).withBoundsError();
    assertThat(grid.at(Jnp.array(0.25, 2.0)).toString()).isEqualTo("[0.5 4. ]");
    assertThatThrownBy(() -> grid.at(Jnp.array(1.0, 2.5)).toString())
        .isInstanceOf(CheckFailedException.class)
        .hasMessageContaining("SignalGoldenTest.java")
        .hasMessageContaining("within the grid of the interpolator: [2.5]");
  }

  @Test
  void interpolatorsAreTrees() {
    Array v = Jnp.array(0f, 1f, 3f);
    var grid = RegularGridInterpolator.of(List.of(v), v.times(2));
    Array at = Jnp.array(0.5f, 2f);
    RegularGridInterpolator g =
        Jacobi.grad((RegularGridInterpolator r) -> r.at(at).sum()).apply(grid);
    assertThat(g.values().toString()).isEqualTo("[0.5 1.  0.5]");
    Array both = Jacobi.jit((RegularGridInterpolator r) -> r.at(at)).apply(grid);
    assertThat(both.toString()).isEqualTo("[1. 4.]");
  }

  private static void fftconvolveAt(Array x, int axis) {
    Signal.fftconvolve(x, x, ConvolveMode.FULL, axis);
  }

  @TestFactory
  Stream<DynamicTest> misuseIsNamed() {
    return misuse().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () ->
                        assertThatThrownBy(e.getValue())
                            .isInstanceOf(LaxTypeException.class)
                            .hasMessageMatching("(?s).*" + e.getKey() + ".*")));
  }
}
