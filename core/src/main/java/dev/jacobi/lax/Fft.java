package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.List;
import java.util.Map;

/** Discrete Fourier transforms. */
public final class Fft {
  private Fft() {}

  /** Transforms the last dimensions; lengths are those of the side that may be real. */
  record FftOp(FftType type, Longs lengths) implements Linear {
    @Override
    public String name() {
      return "fft";
    }

    @Override
    public boolean isCostly() {
      return true;
    }

    @Override
    public Map<String, Object> params() {
      List<Long> sizes = lengths.stream().boxed().toList();
      return Map.of("fft_type", type.ordinal(), "fft_lengths", sizes);
    }

    @Override
    public Aval shape(Aval x) {
      int n = lengths.size();
      if (n < 1 || n > 3 || n > x.rank()) {
        throw new LaxTypeException(
            name(), "cannot transform " + n + " dimensions of shape " + x.shape());
      }
      boolean real = type == FftType.RFFT;
      boolean fits =
          real ? x.dtype() == DType.F32 || x.dtype() == DType.F64 : x.dtype().isComplex();
      if (!fits) {
        throw new LaxTypeException(
            name(),
            type + " takes " + (real ? "f32 or f64" : "c64 or c128") + ", but got " + x.dtype());
      }
      Shape whole = Dims.shape(name(), lengths.toArray());
      Shape due = type == FftType.IRFFT ? whole.with(n - 1, half()) : whole;
      Axes last = Axes.range(x.rank() - n, x.rank());
      if (!x.shape().select(last).equals(due)) {
        throw new LaxTypeException(
            name(),
            "the last dimensions of shape " + x.shape() + " should be " + due + " for " + type);
      }
      return switch (type) {
        case FFT, IFFT -> x;
        case RFFT ->
            Aval.of(x.dtype().complex().orElseThrow(), x.shape().with(x.rank() - 1, half()));
        case IRFFT -> Aval.of(x.dtype().real(), x.shape().with(x.rank() - 1, length()));
      };
    }

    private long length() {
      return lengths.get(lengths.size() - 1);
    }

    private long half() {
      return SpectralOp.Fft.half(length());
    }

    /** The number of points. */
    private double points() {
      return lengths.stream().mapToDouble(n -> n).reduce(1, (a, b) -> a * b);
    }

    /** The matrix of a transform is symmetric; a real side counts inner elements twice. */
    @Override
    public Array transpose(Array ct, Aval operand) {
      return switch (type) {
        case FFT, IFFT -> fft(ct, type, lengths);
        case RFFT -> {
          Array once = Arithmetic.div(Complexes.conj(ct), weights(ct.dtype(), ct.shape()));
          yield Arithmetic.mul(fft(once, FftType.IRFFT, lengths), points());
        }
        case IRFFT -> {
          Array x = fft(ct, FftType.RFFT, lengths);
          Array twice = Arithmetic.mul(weights(x.dtype(), x.shape()), 1 / points());
          yield Complexes.conj(Arithmetic.mul(twice, x));
        }
      };
    }

    /** How many elements of the whole line each element stands for: 1 at the ends, else 2. */
    private Array weights(DType dtype, Shape shape) {
      int last = shape.rank() - 1;
      Aval one = Aval.of(dtype, Shape.of(1));
      Array weights = Zeros.full(one.withShape(Shape.of(half())), 2);
      Array ends = Zeros.full(one, 1);
      weights = DynamicSlices.dynamicUpdateSlice(weights, ends, List.of(index(0)));
      if (length() % 2 == 0) {
        weights = DynamicSlices.dynamicUpdateSlice(weights, ends, List.of(index(half() - 1)));
      }
      return Shapes.broadcastInDim(weights, shape, Axes.of(last));
    }

    private static Array index(long i) {
      return Scalars.ofLong(DType.I32, i);
    }

    @Override
    public Batched vmap(Array operand, int dim, long size) {
      return Batched.of(fft(Dims.move(operand, dim, 0), type, lengths), 0);
    }

    @Override
    public Value lower(LowerContext context, Value operand, Aval out) {
      return context.builder().add(new SpectralOp.Fft(operand, type, lengths));
    }
  }

  /**
   * Transforms the last {@code lengths.size()} dimensions, one to three.
   *
   * @param x complex, or for {@code RFFT} f32 or f64
   * @param lengths sizes of these dimensions; for {@code IRFFT} those of the result
   * @throws LaxTypeException if the operand has another type or shape
   */
  public static Array fft(Array x, FftType type, Longs lengths) {
    return Bind.bind(new FftOp(type, lengths), x);
  }
}
