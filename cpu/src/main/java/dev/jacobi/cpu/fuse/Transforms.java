package dev.jacobi.cpu.fuse;

import dev.jacobi.cpu.fft.FftSpec;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.SpectralOp.Fft;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * Fourier transforms that there is no code for, written in those that there is: complex ones of
 * lengths with small prime factors. What is added is elementwise and fuses.
 */
public final class Transforms {
  private final HloBuilder out;

  private Transforms(HloBuilder out) {
    this.out = out;
  }

  /** What a transform with code of its own asks of it. */
  public static FftSpec spec(Fft o) {
    TensorType t = o.operand().type();
    int n = o.length().size();
    List<Long> lengths = new ArrayList<>();
    long points = 1;
    for (int d = t.rank() - n; d < t.rank(); d++) {
      lengths.add(t.dim(d));
      points *= t.dim(d);
    }
    boolean inverse = o.fftType().isInverse();
    return new FftSpec(t.dtype().real(), inverse, t.shape().size() / points, lengths);
  }

  /** The same result by other operations; empty if there is code for this one. */
  static Optional<Value> expand(Fft o, HloBuilder out) {
    TensorType result = Infer.resultTypes(o).getFirst();
    if (result.shape().size() == 0) {
      return Optional.empty(); // The simplifier knows empty arrays.
    }
    if (o.operand().shape().size() == 0) {
      return Optional.of(out.full(result.dtype(), result.shape(), 0));
    }
    Transforms t = new Transforms(out);
    return switch (o.fftType()) {
      case FFT, IFFT -> t.complex(o);
      case RFFT -> Optional.of(t.real(o));
      case IRFFT -> Optional.of(t.toReal(o));
    };
  }

  // --- complex ---

  private Optional<Value> complex(Fft o) {
    TensorType t = o.operand().type();
    int first = t.rank() - o.length().size();
    boolean coded = true;
    boolean moves = false;
    for (int d = first; d < t.rank(); d++) {
      boolean last = d == t.rank() - 1;
      coded &= FftSpec.isSmooth(t.dim(d)) && (last || t.dim(d) <= FftSpec.MAX_COLUMN);
      moves |= t.dim(d) > 1;
    }
    if (!moves) {
      return Optional.of(o.operand());
    }
    if (coded) {
      return Optional.empty();
    }
    Value x = o.operand();
    for (int d = t.rank() - 1; d >= first; d--) {
      x = along(x, d, o.fftType());
    }
    return Optional.of(x);
  }

  /** The transform along one dimension. */
  private Value along(Value x, int d, FftType type) {
    int last = x.shape().rank() - 1;
    if (d == last) {
      return line(x, type);
    }
    Axes swap = Axes.range(last + 1).map(i -> i == d ? last : i == last ? d : i);
    Value turned = out.add(new ShapeOp.Transpose(x, swap));
    return out.add(new ShapeOp.Transpose(line(turned, type), swap));
  }

  /** The transform along the last dimension. */
  private Value line(Value x, FftType type) {
    int last = x.shape().rank() - 1;
    long n = x.type().dim(last);
    return n == 1
        ? x
        : FftSpec.isSmooth(n) ? out.add(new Fft(x, type, Longs.of(n))) : chirp(x, n, type);
  }

  /**
   * Any length, as a convolution with a chirp (Bluestein, "A linear filtering approach to the
   * computation of discrete Fourier transform", 1970): kj = (k^2 + j^2 - (k - j)^2)/2.
   */
  private Value chirp(Value x, long n, FftType type) {
    int sign = type.isInverse() ? 1 : -1;
    long m = convolutionLength(n);
    DType dtype = x.dtype();
    int last = x.shape().rank() - 1;
    Shape shape = x.shape();
    Value turns = along(chirpTable(dtype, n, n, sign), shape);
    Value zero = out.constant(dtype, 0);
    Longs none = zeros(last + 1, last, 0);
    Value padded =
        out.add(
            new ShapeOp.Pad(
                out.pointwise(Fn.MUL, x, turns), zero, none, zeros(last + 1, last, m - n), none));
    Value filter = out.add(new Fft(chirpTable(dtype, n, m, -sign), FftType.FFT, Longs.of(m)));
    Value product =
        out.pointwise(
            Fn.MUL,
            out.add(new Fft(padded, FftType.FFT, Longs.of(m))),
            along(filter, shape.with(last, m)));
    Value result =
        out.pointwise(
            Fn.MUL, part(out.add(new Fft(product, FftType.IFFT, Longs.of(m))), 0, n, 1), turns);
    return type.isInverse() ? out.pointwise(Fn.DIV, result, out.full(dtype, shape, n)) : result;
  }

  /** The least length of at least 2n - 1 with factors 2, 3 and 5. */
  private static long convolutionLength(long n) {
    long best = Long.highestOneBit(2 * n - 1) * 2;
    for (long fives = 1; fives < best; fives *= 5) {
      for (long threes = fives; threes < best; threes *= 3) {
        long m = threes;
        while (m < 2 * n - 1) {
          m *= 2;
        }
        best = Math.min(best, m);
      }
    }
    return best;
  }

  /** exp(sign pi i j^2/n) for j from -n + 1 to n - 1, at j modulo m. */
  private Value chirpTable(DType dtype, long n, long m, int sign) {
    TensorType type = TensorType.of(dtype, m);
    MemorySegment data = Literal.allocate(type);
    for (long j = 0; j < n; j++) {
      long square = Math.floorMod(j * j, 2 * n);
      double re = FftSpec.cos(square, 2 * n);
      double im = sign * FftSpec.sin(square, 2 * n);
      Literal.set(dtype, data, j, re, im);
      if (m > n && j > 0) {
        Literal.set(dtype, data, m - j, re, im);
      }
    }
    return out.constant(Literal.wrap(type, data));
  }

  // --- real ---

  private Value real(Fft o) {
    Value x = o.operand();
    int last = x.shape().rank() - 1;
    long n = x.type().dim(last);
    DType complex = x.dtype().complex().orElseThrow();
    Value z =
        n % 2 == 0
            ? halved(x, n)
            : part(
                along(out.add(new ElementwiseOp.Convert(x, complex)), last, FftType.FFT),
                0,
                Fft.half(n),
                1);
    for (int d = last - 1; d > last - o.length().size(); d--) {
      z = along(z, d, FftType.FFT);
    }
    return z;
  }

  /** Even and odd elements as real and imaginary parts of half as many: Z = E + iO. */
  private Value halved(Value x, long n) {
    int last = x.shape().rank() - 1;
    long h = n / 2;
    Value pairs = out.add(new ShapeOp.Reshape(x, x.shape().with(last, h).insert(last + 1, 2)));
    Shape half = x.shape().with(last, h);
    Value z = out.pointwise(Fn.COMPLEX, component(pairs, 0, half), component(pairs, 1, half));
    z = line(z, FftType.FFT);
    Value around = joined(z, part(z, 0, 1, 1)); // Z[k], k = 0..h
    Value mirror = conj(reversed(around)); // conj Z[h - k]
    DType dtype = z.dtype();
    Shape shape = around.shape();
    Value even = out.pointwise(Fn.ADD, around, mirror);
    Value odd = out.pointwise(Fn.SUB, around, mirror);
    // X = (Z + Z')/2 - i exp(-2 pi i k/n) (Z - Z')/2
    Value turn =
        along(
            table(dtype, h + 1, k -> -0.5 * FftSpec.sin(k, n), k -> -0.5 * FftSpec.cos(k, n)),
            shape);
    Value sum =
        out.pointwise(
            Fn.ADD,
            out.pointwise(Fn.MUL, even, out.full(dtype, shape, 0.5)),
            out.pointwise(Fn.MUL, odd, turn));
    return sum;
  }

  private Value toReal(Fft o) {
    Value z = o.operand();
    int last = z.shape().rank() - 1;
    long n = o.length().get(o.length().size() - 1);
    for (int d = last - o.length().size() + 1; d < last; d++) {
      z = along(z, d, FftType.IFFT);
    }
    return n % 2 == 0 ? doubled(z, n) : mirrored(z, n);
  }

  /** The inverse of {@link #halved}. */
  private Value doubled(Value z, long n) {
    int last = z.shape().rank() - 1;
    long h = n / 2;
    DType dtype = z.dtype();
    Value hermitian = realAt(z, h);
    Value low = part(hermitian, 0, h, 1);
    Value high = conj(reversed(part(hermitian, 1, h + 1, 1))); // conj X[h - k]
    Shape shape = low.shape();
    Value turn =
        along(table(dtype, h, k -> -0.5 * FftSpec.sin(k, n), k -> 0.5 * FftSpec.cos(k, n)), shape);
    Value sum =
        out.pointwise(
            Fn.ADD,
            out.pointwise(Fn.MUL, out.pointwise(Fn.ADD, low, high), out.full(dtype, shape, 0.5)),
            out.pointwise(Fn.MUL, out.pointwise(Fn.SUB, low, high), turn));
    Value x = line(sum, FftType.IFFT);
    Shape one = shape.insert(last + 1, 1);
    Value re = out.add(new ShapeOp.Reshape(out.pointwise(Fn.REAL, x), one));
    Value im = out.add(new ShapeOp.Reshape(out.pointwise(Fn.IMAG, x), one));
    Value pairs = out.add(new ShapeOp.Concatenate(List.of(re, im), last + 1));
    return out.add(new ShapeOp.Reshape(pairs, shape.with(last, n)));
  }

  /** The first element, and that in the middle, without their imaginary parts. */
  private Value realAt(Value z, long middle) {
    long size = z.type().dim(z.shape().rank() - 1);
    IntToDoubleFunction inner = k -> k == 0 || k == middle ? 0 : 1;
    Value keep = along(table(z.dtype().real(), size, inner, k -> 0), z.shape());
    Value im = out.pointwise(Fn.IMAG, z);
    Value zero = out.full(im.dtype(), z.shape(), 0);
    Value kept = out.compare(ElementwiseOp.Direction.NE, keep, zero);
    return out.pointwise(
        Fn.COMPLEX, out.pointwise(Fn.REAL, z), out.pointwise(Fn.SELECT, kept, im, zero));
  }

  private Value mirrored(Value z, long n) {
    int last = z.shape().rank() - 1;
    Value whole = realAt(z, n); // an odd length has no middle
    if (n > 1) {
      whole = joined(whole, conj(reversed(part(whole, 1, Fft.half(n), 1))));
    }
    return out.pointwise(Fn.REAL, along(whole, last, FftType.IFFT));
  }

  // --- pieces ---

  private Value conj(Value z) {
    return out.pointwise(
        Fn.COMPLEX, out.pointwise(Fn.REAL, z), out.pointwise(Fn.NEG, out.pointwise(Fn.IMAG, z)));
  }

  private Value reversed(Value x) {
    return out.add(new ShapeOp.Reverse(x, Axes.of(x.shape().rank() - 1)));
  }

  private Value joined(Value a, Value b) {
    return out.add(new ShapeOp.Concatenate(List.of(a, b), a.shape().rank() - 1));
  }

  /** Elements {@code from, from + step, ...} below {@code to} of the last dimension. */
  private Value part(Value x, long from, long to, long step) {
    int rank = x.shape().rank();
    long[] limits = x.shape().toArray();
    limits[rank - 1] = to;
    long[] strides = new long[rank];
    Arrays.fill(strides, 1);
    strides[rank - 1] = step;
    Longs starts = zeros(rank, rank - 1, from);
    return out.add(new ShapeOp.Slice(x, starts, Longs.of(limits), Longs.of(strides)));
  }

  private Value component(Value pairs, long which, Shape shape) {
    return out.add(new ShapeOp.Reshape(part(pairs, which, which + 1, 1), shape));
  }

  /** Zeros but for one. */
  private static Longs zeros(int rank, int at, long value) {
    long[] values = new long[rank];
    values[at] = value;
    return Longs.of(values);
  }

  /** A line repeated for all others of a shape. */
  private Value along(Value line, Shape shape) {
    return shape.rank() == 1
        ? line
        : out.add(new ShapeOp.BroadcastInDim(line, Axes.of(shape.rank() - 1), shape));
  }

  private Value table(DType dtype, long n, IntToDoubleFunction re, IntToDoubleFunction im) {
    TensorType type = TensorType.of(dtype, n);
    MemorySegment data = Literal.allocate(type);
    for (int k = 0; k < n; k++) {
      Literal.set(dtype, data, k, re.applyAsDouble(k), im.applyAsDouble(k));
    }
    return out.constant(Literal.wrap(type, data));
  }
}
