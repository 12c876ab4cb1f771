package dev.jacobi.hlo.verify;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.TensorType;

/** Constraints of Fourier transforms. */
final class SpectralRules {
  private SpectralRules() {}

  /** Returns the constraint that fixes the result type. */
  static String fft(SpectralOp.Fft op, Site at) {
    TensorType t = op.operand().type();
    Longs length = op.length();
    int n = length.size();
    at.require("c1", n <= t.rank(), "%s dimensions of %s", n, t);
    boolean fits =
        switch (op.fftType()) {
          case FFT, IFFT, IRFFT -> t.element().isComplex();
          case RFFT -> t.element() == DType.F32 || t.element() == DType.F64;
        };
    at.require("c2", fits, "%s is not defined on %s", op.fftType(), t.element().mlir());
    at.require("c3", 1 <= n && n <= 3, "transforms %s dimensions", n);
    at.require("i3", length.stream().allMatch(l -> l >= 0), "length %s", length);
    for (int i = 0; i < n; i++) {
      int d = t.rank() - n + i;
      long size = Site.size(t.shape(), d);
      switch (op.fftType()) {
        case FFT, IFFT -> {}
        case RFFT -> length(at, "c4", size, length.get(i), d, t);
        case IRFFT -> {
          if (i < n - 1) {
            length(at, "c4", size, length.get(i), d, t);
          } else {
            length(at, "c5", size, SpectralOp.Fft.half(length.get(i)), d, t);
          }
        }
      }
    }
    return "c5";
  }

  private static void length(Site at, String id, long size, long due, int d, TensorType t) {
    at.require(id, Site.agree(size, due), "dimension %s of %s should be %s", d, t, Shape.text(due));
  }
}
