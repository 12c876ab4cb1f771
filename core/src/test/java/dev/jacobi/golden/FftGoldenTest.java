package dev.jacobi.golden;

import static dev.jacobi.numpy.Fft.*;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.golden.GoldenFile.Case;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** NumPy's Fourier transforms against JAX's. */
@Tag("slow")
class FftGoldenTest {
  private static final Map<String, UnaryOperator<Array>> FUNCTIONS =
      Map.ofEntries(
          entry("fft", x -> fft(x)),
          entry("fft_real", x -> fft(x)),
          entry("fft_i32", x -> fft(x)),
          entry("fft_cut", x -> fft(x, 4, -1)),
          entry("fft_padded", x -> fft(x, 5, 0)),
          entry("ifft", x -> ifft(x)),
          entry("ifft_axis", x -> ifft(x, 4, 0)),
          entry("rfft", x -> rfft(x)),
          entry("rfft_padded", x -> rfft(x, 8, -1)),
          entry("irfft", x -> irfft(x)),
          entry("irfft_odd", x -> irfft(x, 7, -1)),
          entry("hfft", x -> hfft(x)),
          entry("ihfft", x -> ihfft(x)),
          entry("fft2", x -> fft2(x)),
          entry("ifft2", x -> ifft2(x)),
          entry("rfft2", x -> rfft2(x)),
          entry("irfft2", x -> irfft2(x)),
          entry("fftn", x -> fftn(x)),
          entry("fftn_axes", x -> fftn(x, 2, 0)),
          entry("fftn_four", x -> fftn(x)),
          entry("ifftn_five", x -> ifftn(x)),
          entry("rfftn", x -> rfftn(x)),
          entry("rfftn_four", x -> rfftn(x)),
          entry("irfftn", x -> irfftn(x)),
          entry("irfftn_four", x -> irfftn(x)),
          entry("fftshift", x -> fftshift(x)),
          entry("fftshift_2d", x -> fftshift(x)),
          entry("fftshift_axis", x -> fftshift(x, 1)),
          entry("ifftshift", x -> ifftshift(x)),
          entry("ifftshift_2d", x -> ifftshift(x)));

  private static final Map<String, Supplier<Array>> FREQUENCIES =
      Map.of(
          "fftfreq", () -> fftfreq(7, 0.5),
          "fftfreq_even", () -> fftfreq(8, 1),
          "rfftfreq", () -> rfftfreq(7, 0.5),
          "rfftfreq_even", () -> rfftfreq(8, 1));

  @TestFactory
  Stream<DynamicTest> functions() {
    var cases = GoldenFile.read("jnp/fft.tsv");
    assertThat(cases).hasSize(FUNCTIONS.size() + FREQUENCIES.size());
    return cases.stream()
        .map(c -> DynamicTest.dynamicTest(c.name() + ": " + c.text("source"), () -> check(c)));
  }

  private static void check(Case c) {
    Array ours =
        c.has("in")
            ? FUNCTIONS.get(c.name()).apply(c.arrays("in").getFirst().toArray())
            : FREQUENCIES.get(c.name()).get();
    GoldenArray jax = c.arrays("out").getFirst();
    var close = new Closeness.OfLargest(8 * Closeness.epsilon(jax.dtype()));
    assertThat(close.difference(GoldenArray.of(ours), jax)).isEmpty();
  }
}
