package dev.jacobi.hlo;

import java.util.List;
import java.util.function.UnaryOperator;

/** Fourier transforms. */
public sealed interface SpectralOp extends Op {
  /** Which way a transform goes, and whether one side is real. */
  enum FftType {
    FFT,
    IFFT,
    RFFT,
    IRFFT;

    /** Whether the exponent's sign is positive, and the result divided by the number of points. */
    public boolean isInverse() {
      return this == IFFT || this == IRFFT;
    }
  }

  /**
   * Discrete Fourier transform over the last dimensions, of the sizes {@code length} on the side
   * that is real; on the other side the last of them keeps {@code n/2 + 1} elements.
   */
  record Fft(Value operand, FftType fftType, Longs length) implements SpectralOp {
    @Override
    public String mnemonic() {
      return "stablehlo.fft";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Fft(f.apply(operand), fftType, length);
    }

    /** The result's type; throws if the operand has not the dimensions or element type. */
    TensorType resultType() {
      TensorType t = operand.type();
      DType dtype =
          switch (fftType) {
            case FFT, IFFT -> t.dtype();
            case RFFT -> complex(t.dtype());
            case IRFFT -> t.dtype().real();
          };
      int n = length.size();
      if (n == 0 || n > t.rank()) {
        throw new HloTypeException("cannot transform " + n + " dimensions of " + t);
      }
      long last = length.get(n - 1);
      Shape shape = t.shape();
      return new TensorType(
          dtype,
          switch (fftType) {
            case FFT, IFFT -> shape;
            case RFFT -> shape.with(t.rank() - 1, half(last));
            case IRFFT -> shape.with(t.rank() - 1, last);
          });
    }

    private static DType complex(DType real) {
      return real.complex()
          .orElseThrow(() -> new HloTypeException("no complex type has parts of " + real));
    }

    /** Elements that determine the transform of {@code n} real ones. */
    public static long half(long n) {
      return n == 0 ? 0 : n / 2 + 1;
    }
  }
}
