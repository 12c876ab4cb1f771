package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Bad.bad;
import static dev.jacobi.hlo.verify.Bad.f32;
import static dev.jacobi.hlo.verify.Bad.longs;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.SpectralOp.Fft;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpectralConstraintsTest {
  private static Op fft(Value x, FftType type, long... length) {
    return new Fft(x, type, longs(length));
  }

  private static Value complex(Bad.Params p, long... sizes) {
    return p.of(DType.C64, sizes);
  }

  private static TensorType c64(long... sizes) {
    return TensorType.of(DType.C64, sizes);
  }

  static Stream<Bad> modules() {
    return Stream.of(
        bad("fft_c1", p -> fft(complex(p, 4), FftType.FFT, 4, 4), c64(4)),
        bad("fft_c2", p -> fft(p.f32(4), FftType.FFT, 4), f32(4)),
        bad("fft_c2", p -> fft(complex(p, 4), FftType.RFFT, 4), c64(3)),
        bad("fft_c2", p -> fft(p.of(DType.BF16, 4), FftType.RFFT, 4), c64(3)),
        bad("fft_c2", p -> fft(p.f32(3), FftType.IRFFT, 4), f32(4)),
        bad("fft_c3", p -> fft(complex(p, 4), FftType.FFT), c64(4)),
        bad("fft_c3", p -> fft(complex(p, 2, 2, 2, 2), FftType.IFFT, 2, 2, 2, 2), c64(2, 2, 2, 2)),
        bad("fft_c4", p -> fft(p.f32(5), FftType.RFFT, 4), c64(3)),
        bad("fft_c4", p -> fft(complex(p, 3, 3), FftType.IRFFT, 2, 4), f32(3, 4)),
        bad("fft_c5", p -> fft(complex(p, 4), FftType.IRFFT, 4), f32(4)),
        bad("fft_c5", p -> fft(complex(p, 4), FftType.FFT, 4), c64(3)),
        bad("fft_c5", p -> fft(p.f32(4), FftType.RFFT, 4), c64(4)),
        bad("fft_i3", p -> fft(complex(p, 4), FftType.FFT, -4), c64(4)));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void constraint(Bad bad) {
    VerifierTest.assertRejected(bad);
  }
}
