package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Slices;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * NumPy's Fourier transforms, {@code numpy.fft}. Results of integers and booleans are complex
 * numbers of single precision, or of double precision if the operand is 64-bit.
 *
 * <p>Functions that take sizes first cut the operand or pad it with zeros. Inverse functions divide
 * by the number of points.
 */
public final class Fft {
  private Fft() {}

  /**
   * The transform along the last dimension. {@code Fft.fft(array(1f, 2f, 3f, 4f))} is {@code
   * [10.+0.j -2.+2.j -2.+0.j -2.-2.j]}.
   */
  public static Array fft(Array x) {
    return one("fft", FftType.FFT, x, -1);
  }

  /** The transform of {@code n} points along a dimension. */
  public static Array fft(Array x, int n, int axis) {
    return fft(x, n, axis, FftNorm.BACKWARD);
  }

  /** The same, divided as a norm says. */
  public static Array fft(Array x, int n, int axis, FftNorm norm) {
    return sized("fft", FftType.FFT, x, n, axis, norm);
  }

  /**
   * The inverse of {@link #fft(Array)}. {@code Fft.ifft(array(1f, 0f, 0f, 0f))} is {@code [0.25+0.j
   * 0.25+0.j 0.25+0.j 0.25+0.j]}.
   */
  public static Array ifft(Array x) {
    return one("ifft", FftType.IFFT, x, -1);
  }

  public static Array ifft(Array x, int n, int axis) {
    return ifft(x, n, axis, FftNorm.BACKWARD);
  }

  /** The same, divided as a norm says. */
  public static Array ifft(Array x, int n, int axis, FftNorm norm) {
    return sized("ifft", FftType.IFFT, x, n, axis, norm);
  }

  /**
   * The first n/2 + 1 elements of the transform of real numbers: the others mirror them. {@code
   * Fft.rfft(array(1f, 2f, 3f, 4f))} is {@code [10.+0.j -2.+2.j -2.+0.j]}.
   */
  public static Array rfft(Array x) {
    return one("rfft", FftType.RFFT, x, -1);
  }

  public static Array rfft(Array x, int n, int axis) {
    return rfft(x, n, axis, FftNorm.BACKWARD);
  }

  /** The same, divided as a norm says. */
  public static Array rfft(Array x, int n, int axis, FftNorm norm) {
    return sized("rfft", FftType.RFFT, x, n, axis, norm);
  }

  /**
   * The inverse of {@link #rfft(Array)} for an even number of points, {@code 2 (size - 1)}. {@code
   * Fft.irfft(array(10f, -2f, -2f))} is {@code [1. 3. 3. 3.]}.
   */
  public static Array irfft(Array x) {
    return one("irfft", FftType.IRFFT, x, -1);
  }

  /** The inverse of {@link #rfft(Array)} for {@code n} points. */
  public static Array irfft(Array x, int n, int axis) {
    return irfft(x, n, axis, FftNorm.BACKWARD);
  }

  /** The same, divided as a norm says. */
  public static Array irfft(Array x, int n, int axis, FftNorm norm) {
    return sized("irfft", FftType.IRFFT, x, n, axis, norm);
  }

  /**
   * The transform of a signal with a real spectrum, of which the first half is given. {@code
   * Fft.hfft(array(1f, 2f, 3f))} is {@code [ 8. -2. 0. -2.]}.
   */
  public static Array hfft(Array x) {
    return hfft(x, Math.toIntExact(2 * (x.dim(JnpShape.axis("hfft", x.rank(), -1)) - 1)), -1);
  }

  public static Array hfft(Array x, int n, int axis) {
    return hfft(x, n, axis, FftNorm.BACKWARD);
  }

  /** The same, divided as a norm says. */
  public static Array hfft(Array x, int n, int axis, FftNorm norm) {
    return irfft(Complexes.conj(x), n, axis, norm.swapped());
  }

  /**
   * The inverse of {@link #hfft(Array)}. {@code Fft.ihfft(array(1f, 2f, 3f, 4f))} is {@code [
   * 2.5+0.j -0.5-0.5j -0.5-0.j ]}.
   */
  public static Array ihfft(Array x) {
    return ihfft(x, Math.toIntExact(x.dim(JnpShape.axis("ihfft", x.rank(), -1))), -1);
  }

  public static Array ihfft(Array x, int n, int axis) {
    return ihfft(x, n, axis, FftNorm.BACKWARD);
  }

  /** The same, divided as a norm says. */
  public static Array ihfft(Array x, int n, int axis, FftNorm norm) {
    double factor = norm.swapped().factor(false, n);
    Array y = Complexes.conj(rfft(x, n, axis));
    return factor == 1 ? y : JnpMath.multiply(y, JnpMath.weak(factor));
  }

  /**
   * The transform along the last two dimensions. {@code Fft.fft2(eye(2))} is {@code [[2.+0.j
   * 0.+0.j] [0.+0.j 2.+0.j]]}.
   */
  public static Array fft2(Array x) {
    return several("fft2", FftType.FFT, x, -2, -1);
  }

  /** The same of so many points along both, divided as a norm says. */
  public static Array fft2(Array x, int[] s, FftNorm norm) {
    return fftn(x, s, new int[] {-2, -1}, norm);
  }

  /**
   * The inverse of fft2. {@code Fft.ifft2(eye(2))} is {@code [[0.5+0.j 0. +0.j] [0. +0.j
   * 0.5+0.j]]}.
   */
  public static Array ifft2(Array x) {
    return several("ifft2", FftType.IFFT, x, -2, -1);
  }

  /** The same of so many points along both, divided as a norm says. */
  public static Array ifft2(Array x, int[] s, FftNorm norm) {
    return ifftn(x, s, new int[] {-2, -1}, norm);
  }

  /**
   * The two-dimensional transform of real numbers: half of it. {@code Fft.rfft2(eye(2))} is {@code
   * [[2.+0.j 0.+0.j] [0.+0.j 2.+0.j]]}.
   */
  public static Array rfft2(Array x) {
    return several("rfft2", FftType.RFFT, x, -2, -1);
  }

  /** The same of so many points along both, divided as a norm says. */
  public static Array rfft2(Array x, int[] s, FftNorm norm) {
    return rfftn(x, s, new int[] {-2, -1}, norm);
  }

  /** The inverse of rfft2. {@code Fft.irfft2(eye(2))} is {@code [[0.5 0. ] [0. 0.5]]}. */
  public static Array irfft2(Array x) {
    return several("irfft2", FftType.IRFFT, x, -2, -1);
  }

  /** The same of so many points along both, divided as a norm says. */
  public static Array irfft2(Array x, int[] s, FftNorm norm) {
    return irfftn(x, s, new int[] {-2, -1}, norm);
  }

  /**
   * The transform along dimensions; along all, if none are given. {@code Fft.fftn(ones(2, 2))} is
   * {@code [[4.+0.j 0.+0.j] [0.+0.j 0.+0.j]]}.
   */
  public static Array fftn(Array x, int... axes) {
    return several("fftn", FftType.FFT, x, orAll(x, axes));
  }

  /** The same of so many points along each of the dimensions, divided as a norm says. */
  public static Array fftn(Array x, int[] s, int[] axes, FftNorm norm) {
    return sized("fftn", FftType.FFT, x, s, axes, norm);
  }

  /**
   * The inverse of fftn. {@code Fft.ifftn(ones(2, 2))} is {@code [[1.+0.j 0.+0.j] [0.+0.j
   * 0.+0.j]]}.
   */
  public static Array ifftn(Array x, int... axes) {
    return several("ifftn", FftType.IFFT, x, orAll(x, axes));
  }

  /** The same of so many points along each of the dimensions, divided as a norm says. */
  public static Array ifftn(Array x, int[] s, int[] axes, FftNorm norm) {
    return sized("ifftn", FftType.IFFT, x, s, axes, norm);
  }

  /**
   * The real transform along the last of the dimensions, and {@link #fftn} along the others. {@code
   * Fft.rfftn(ones(2, 2))} is {@code [[4.+0.j 0.+0.j] [0.+0.j 0.+0.j]]}.
   */
  public static Array rfftn(Array x, int... axes) {
    return several("rfftn", FftType.RFFT, x, orAll(x, axes));
  }

  /** The same of so many points along each of the dimensions, divided as a norm says. */
  public static Array rfftn(Array x, int[] s, int[] axes, FftNorm norm) {
    return sized("rfftn", FftType.RFFT, x, s, axes, norm);
  }

  /** The inverse of rfftn. {@code Fft.irfftn(ones(2, 2))} is {@code [[1. 0.] [0. 0.]]}. */
  public static Array irfftn(Array x, int... axes) {
    return several("irfftn", FftType.IRFFT, x, orAll(x, axes));
  }

  /** The same of so many points along each of the dimensions, divided as a norm says. */
  public static Array irfftn(Array x, int[] s, int[] axes, FftNorm norm) {
    return sized("irfftn", FftType.IRFFT, x, s, axes, norm);
  }

  /**
   * The frequencies of {@link #fft(Array)} of {@code n} points at distances {@code d}, in f32.
   * {@code Fft.fftfreq(4, 0.5)} is {@code [ 0. 0.5 -1. -0.5]}.
   */
  public static Array fftfreq(int n, double d) {
    return fftfreq(n, d, DType.F32);
  }

  /** The same in another type. {@code Fft.fftfreq(2, 1, DType.F64)} is {@code [ 0. -0.5]}. */
  public static Array fftfreq(int n, double d, DType dtype) {
    Array i = JnpCreate.arange(0.0, n, 1.0, dtype);
    Array half = JnpMath.weak((double) (n / 2));
    Array k =
        JnpMath.subtract(JnpMath.remainder(JnpMath.add(i, half), JnpMath.weak((double) n)), half);
    return k.div(d * n);
  }

  /**
   * The frequencies of {@link #rfft(Array)}, in f32. {@code Fft.rfftfreq(4, 0.5)} is {@code [0. 0.5
   * 1. ]}.
   */
  public static Array rfftfreq(int n, double d) {
    return rfftfreq(n, d, DType.F32);
  }

  /** The same in another type. {@code Fft.rfftfreq(2, 1, DType.F64)} is {@code [0. 0.5]}. */
  public static Array rfftfreq(int n, double d, DType dtype) {
    return JnpCreate.arange(0.0, n / 2 + 1, 1.0, dtype).div(d * n);
  }

  /**
   * Frequency 0 moves to the middle of dimensions; of all, if none are given. {@code
   * Fft.fftshift(arange(5))} is {@code [3 4 0 1 2]}.
   */
  public static Array fftshift(Array x, int... axes) {
    Array y = x;
    for (int a : orAll(x, axes)) {
      y = JnpJoin.roll(y, Math.toIntExact(size(x, a) / 2), a);
    }
    return y;
  }

  /** The inverse of {@link #fftshift}. {@code Fft.ifftshift(arange(5))} is {@code [2 3 4 0 1]}. */
  public static Array ifftshift(Array x, int... axes) {
    Array y = x;
    for (int a : orAll(x, axes)) {
      y = JnpJoin.roll(y, Math.toIntExact(-(size(x, a) / 2)), a);
    }
    return y;
  }

  private static long size(Array x, int axis) {
    return x.dim(JnpShape.axis("fft", x.rank(), axis));
  }

  private static int[] orAll(Array x, int... axes) {
    return axes.length == 0 ? IntStream.range(0, x.rank()).toArray() : axes;
  }

  private static Array one(String name, FftType type, Array x, int axis) {
    return several(name, type, x, axis);
  }

  private static Array several(String name, FftType type, Array x, int... axes) {
    int[] sizes = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      long n = x.dim(JnpShape.axis(name, x.rank(), axes[i]));
      boolean half = type == FftType.IRFFT && i == axes.length - 1;
      sizes[i] = Math.toIntExact(half ? Math.max(0, 2 * (n - 1)) : n);
    }
    return transform(name, type, x, sizes, axes);
  }

  private static Array sized(String name, FftType type, Array x, int n, int axis, FftNorm norm) {
    return sized(name, type, x, new int[] {n}, new int[] {axis}, norm);
  }

  private static Array sized(
      String name, FftType type, Array x, int[] sizes, int[] axes, FftNorm norm) {
    if (Arrays.stream(sizes).anyMatch(n -> n <= 0)) {
      throw new LaxTypeException(name, "sizes must be positive, not " + Arrays.toString(sizes));
    }
    if (sizes.length != axes.length) {
      throw new LaxTypeException(
          name,
          "there must be one size for each dimension, not sizes "
              + Arrays.toString(sizes)
              + " for dimensions "
              + Arrays.toString(axes));
    }
    Array y = transform(name, type, x, sizes, axes);
    double points = Arrays.stream(sizes).mapToDouble(n -> n).reduce(1, (a, b) -> a * b);
    boolean inverse = type.isInverse(); // whose transform has been divided
    double factor = norm.factor(inverse, points) * (inverse ? points : 1);
    return norm == FftNorm.BACKWARD ? y : JnpMath.multiply(y, JnpMath.weak(factor));
  }

  private static Array transform(String name, FftType type, Array x, int[] sizes, int[] axes) {
    int rank = x.rank();
    int[] last = IntStream.range(rank - axes.length, rank).toArray();
    Array moved = JnpShape.moveaxis(x, axes, last);
    for (int i = 0; i < axes.length; i++) {
      boolean half = type == FftType.IRFFT && i == axes.length - 1;
      long n = half ? SpectralOp.Fft.half(sizes[i]) : sizes[i];
      moved = resized(moved, last[i], n);
    }
    return JnpShape.moveaxis(lastDimensions(name, type, moved, sizes), last, axes);
  }

  /** Cut, or padded with zeros at the end. */
  private static Array resized(Array x, int d, long n) {
    long old = x.dim(d);
    if (old == n) {
      return x;
    }
    if (old < n) {
      int[][] widths = new int[x.rank()][2];
      widths[d][1] = Math.toIntExact(n - old);
      return JnpJoin.pad(x, widths, 0);
    }
    long[] ones = new long[x.rank()];
    Arrays.fill(ones, 1);
    Longs limit = x.shape().with(d, n).sizes();
    return Slices.slice(x, Longs.of(new long[x.rank()]), limit, Longs.of(ones));
  }

  /** Up to three dimensions at once, as JAX takes them: of four, two and two. */
  private static Array lastDimensions(String name, FftType type, Array x, int[] sizes) {
    int count = sizes.length;
    if (count <= 3) {
      return program(name, type, x, sizes);
    }
    int n = count == 4 ? 2 : 3;
    int[] outer = IntStream.range(x.rank() - count, x.rank() - n).toArray();
    int[] inner = IntStream.range(x.rank() - count + n, x.rank()).toArray();
    int[] first = Arrays.copyOf(sizes, count - n);
    int[] rest = Arrays.copyOfRange(sizes, count - n, count);
    boolean inverse = type.isInverse();
    Array y = inverse ? x : program(name, type, x, rest);
    FftType whole = inverse ? FftType.IFFT : FftType.FFT;
    Array turned = lastDimensions(name, whole, JnpShape.moveaxis(y, outer, inner), first);
    Array back = JnpShape.moveaxis(turned, inner, outer);
    return inverse ? program(name, type, back, rest) : back;
  }

  private static Array program(String name, FftType type, Array x, int[] sizes) {
    if (type == FftType.RFFT && x.dtype().isComplex()) {
      throw new LaxTypeException(name, "takes real numbers, but got " + x.dtype());
    }
    Longs lengths = Longs.of(Arrays.stream(sizes).asLongStream().toArray());
    return JnpMath.jitted(
        "fft",
        List.of(type, lengths),
        a -> {
          Array real = JnpMath.inexact(a.getFirst());
          DType t = real.dtype();
          boolean narrow = !t.isComplex() && t != DType.F64;
          DType part = narrow ? DType.F32 : t.real();
          DType to = type == FftType.RFFT ? part : part.complex().orElseThrow();
          Array y = t == to ? real : Convert.convertElementType(real, to);
          return sizes.length == 0 ? y : dev.jacobi.lax.Fft.fft(y, type, lengths);
        },
        x);
  }
}
