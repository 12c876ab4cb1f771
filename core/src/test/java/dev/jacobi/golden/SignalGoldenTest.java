package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.JnpLinalg.ConvolveMode;
import dev.jacobi.scipy.Signal;
import dev.jacobi.scipy.signal.Trend;
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

/** SciPy's convolutions of signals against JAX's, as {@link NumpyGoldenTest}. */
class SignalGoldenTest {
  private static final Map<String, Fn1<List<Array>, List<Array>>> FUNCTIONS =
      SignalFunctions.functions();

  private static Stream<Case> cases() {
    return GoldenFile.read("jnp/signal.tsv").stream();
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
    Array v = Jnp.arange(5.0);
    Array m = Jnp.ones(2, 3);
    return Map.ofEntries(
        Map.entry("convolve.*one rank", () -> Signal.convolve(v, m)),
        Map.entry("convolve.*empty", () -> Signal.convolve(v, Jnp.zeros(0))),
        Map.entry("convolve.*at least as large", () -> Signal.convolve(m, Jnp.ones(3, 2))),
        Map.entry("convolve2d.*two matrices", () -> Signal.convolve2d(v, v)),
        Map.entry(
            "fftconvolve.*same sizes",
            () -> Signal.fftconvolve(m, Jnp.ones(3, 3), ConvolveMode.FULL, 1)),
        Map.entry("fftconvolve.*no dimension 2", () -> fftconvolveAt(m, 2)),
        Map.entry("detrend.*breakpoints", () -> Signal.detrend(v, Trend.LINEAR, 0, 6)));
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
