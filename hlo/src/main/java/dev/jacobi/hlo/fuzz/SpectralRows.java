package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.stream.LongStream;

/** Fourier transforms. */
final class SpectralRows {
  private SpectralRows() {}

  static final List<Programs.Row> ALL = List.of(SpectralRows::fft);

  /** One to three dimensions of any size, small primes and large ones among them. */
  private static void fft(Programs p) {
    FftType type = p.draw.pick(FftType.values());
    long[] length =
        LongStream.generate(() -> p.draw.between(1, 13)).limit(p.draw.between(1, 3)).toArray();
    if (length.length == 1) {
      length[0] = p.draw.pick(1L, 2L, 8L, 30L, 64L, 97L, 210L, 256L, 1000L);
    }
    long[] sizes = length.clone();
    int last = sizes.length - 1;
    sizes[last] = type == FftType.IRFFT ? length[last] / 2 + 1 : length[last];
    Shape shape = p.draw.coin() ? Shape.of(sizes) : Shape.of(3).concat(Shape.of(sizes));
    DType real = p.draw.pick(DType.F32, DType.F64);
    DType dtype = type == FftType.RFFT ? real : real.complex().orElseThrow();
    Value x = p.like(new TensorType(dtype, shape));
    p.add(new SpectralOp.Fft(x, type, Longs.of(length)));
  }
}
