package dev.jacobi.scipy.signal;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Longs;
import dev.jacobi.lax.Convolution;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Padding;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.numpy.Fft;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.JnpLinalg.ConvolveMode;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.scipy.operands.Operands;
import dev.jacobi.transform.NamedJit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Convolutions of arrays of one rank, by sums of products or by Fourier transforms. */
public final class Convolutions {
  private Convolutions() {}

  /** One operand turned round and slid over the other. */
  public static Array convolve(
      String name, Array in1, Array in2, ConvolveMode mode, ConvolveMethod method) {
    return switch (method) {
      case AUTO, DIRECT -> {
        checkDirect(name, in1, in2);
        yield program(name, mode, (a, b) -> direct(a, b, mode), in1, in2);
      }
      case FFT -> byTransforms(name, in1, in2, mode);
    };
  }

  /** The second operand slid over the first as it is, conjugated. */
  public static Array correlate(
      String name, Array in1, Array in2, ConvolveMode mode, ConvolveMethod method) {
    return convolve(name, in1, Jnp.flip(Jnp.conj(in2)), mode, method);
  }

  /** Along all dimensions if none are given; by Fourier transforms. The others are a batch. */
  public static Array byTransforms(
      String name, Array in1, Array in2, ConvolveMode mode, int... axes) {
    sameRank(name, in1, in2);
    int[] given = axes.length == 0 ? all(in1) : axes;
    int[] along =
        Arrays.stream(given).map(d -> Operands.axis(name, in1, d)).distinct().sorted().toArray();
    Axes convolved = Axes.of(along);
    for (int d = 0; d < in1.rank(); d++) {
      if (!convolved.contains(d) && in1.dim(d) != in2.dim(d)) {
        throw new LaxTypeException(
            name,
            "operands must have the same sizes where they are not convolved, but have shapes "
                + in1.shape()
                + " and "
                + in2.shape());
      }
    }
    notEmpty(name, in1, in2);
    if (mode == ConvolveMode.VALID) {
      checkInside(name, in1, in2, along);
    }
    List<Object> statics = List.of(mode, convolved);
    return program(name, statics, (a, b) -> transformed(a, b, mode, along), in1, in2);
  }

  /**
   * The correlation of two matrices. SciPy's fixes which of them is turned round, which shows where
   * a result of even size is cut.
   */
  public static Array correlate2d(Array in1, Array in2, ConvolveMode mode) {
    String name = "correlate2d";
    matrices(name, in1, in2);
    checkDirect(name, in1, in2);
    boolean swap = IntStream.range(0, 2).allMatch(d -> in1.dim(d) <= in2.dim(d));
    boolean same = in1.shape().equals(in2.shape());
    boolean second =
        switch (mode) {
          case SAME -> false;
          case VALID -> swap && !same;
          case FULL -> swap;
        };
    return program(
        name,
        mode,
        (a, b) -> {
          if (!second) {
            return Jnp.flip(direct(Jnp.flip(a), Jnp.conj(b), mode));
          }
          Array y = direct(Jnp.flip(b), Jnp.conj(a), mode);
          return mode == ConvolveMode.FULL ? Jnp.conj(y) : y;
        },
        in1,
        in2);
  }

  /** Throws unless both operands are matrices. */
  public static void matrices(String name, Array in1, Array in2) {
    if (in1.rank() != 2 || in2.rank() != 2) {
      throw new LaxTypeException(
          name, "takes two matrices, got shapes " + in1.shape() + " and " + in2.shape());
    }
  }

  /** A function of both operands in one inexact type. */
  @FunctionalInterface
  private interface Body {
    Array of(Array a, Array b);
  }

  private static Array program(String name, Object statics, Body body, Array a, Array b) {
    return NamedJit.call(
            name,
            statics,
            x -> {
              Array[] in = Operands.inexact(name, x.toArray(Array[]::new));
              return List.of(body.of(in[0], in[1]));
            },
            Promotion.together(a, b))
        .getFirst();
  }

  private static int[] all(Array x) {
    return IntStream.range(0, x.rank()).toArray();
  }

  private static void sameRank(String name, Array in1, Array in2) {
    if (in1.rank() != in2.rank()) {
      throw new LaxTypeException(
          name, "takes arrays of one rank, got shapes " + in1.shape() + " and " + in2.shape());
    }
  }

  private static void notEmpty(String name, Array in1, Array in2) {
    if (in1.size() == 0 || in2.size() == 0) {
      throw new LaxTypeException(
          name, "takes no empty arrays, got shapes " + in1.shape() + " and " + in2.shape());
    }
  }

  private static void checkDirect(String name, Array in1, Array in2) {
    sameRank(name, in1, in2);
    notEmpty(name, in1, in2);
    checkInside(name, in1, in2, all(in1));
  }

  private static void checkInside(String name, Array in1, Array in2, int[] axes) {
    boolean larger = IntStream.of(axes).allMatch(d -> in1.dim(d) >= in2.dim(d));
    if (!larger && !IntStream.of(axes).allMatch(d -> in1.dim(d) <= in2.dim(d))) {
      throw new LaxTypeException(
          name,
          "one operand must be at least as large as the other in every dimension, got shapes "
              + in1.shape()
              + " and "
              + in2.shape());
    }
  }

  private static Array direct(Array in1, Array in2, ConvolveMode mode) {
    int rank = in1.rank();
    if (rank == 0) {
      return in1.times(in2);
    }
    boolean swap = IntStream.range(0, rank).allMatch(d -> in1.dim(d) <= in2.dim(d));
    Array x = swap ? in2 : in1;
    Array kernel = swap ? in1 : in2;
    long[][] pads = new long[rank][];
    for (int d = 0; d < rank; d++) {
      long n = kernel.dim(d);
      long before = (in2.dim(d) - 1) / 2; // of the full result, which SAME cuts to in1's size
      pads[d] =
          switch (mode) {
            case FULL -> new long[] {n - 1, n - 1};
            case SAME -> new long[] {n - 1 - before, n - in2.dim(d) + before};
            case VALID -> new long[] {0, 0};
          };
    }
    long[] strides = new long[rank];
    Arrays.fill(strides, 1);
    Axes ends = Axes.of(0, 1);
    Array y =
        Convolution.conv(
            Shapes.expandDims(x, ends),
            Shapes.expandDims(Jnp.flip(kernel), ends),
            Padding.of(pads),
            strides);
    return Shapes.squeeze(y, ends);
  }

  private static Array transformed(Array in1, Array in2, ConvolveMode mode, int[] axes) {
    boolean larger = IntStream.of(axes).allMatch(d -> in1.dim(d) >= in2.dim(d));
    boolean swap = mode == ConvolveMode.VALID && !larger;
    Array x = swap ? in2 : in1;
    Array y = swap ? in1 : in2;
    long[] full = x.shape().toArray();
    for (int d : axes) {
      full[d] = x.dim(d) + y.dim(d) - 1;
    }
    Array product =
        IntStream.of(axes).allMatch(d -> x.dim(d) == 1 || y.dim(d) == 1)
            ? Jnp.multiply(x, y)
            : filtered(x, y, full, axes);
    long[] low = new long[full.length];
    long[] high = full.clone();
    for (int d : axes) {
      long size =
          switch (mode) {
            case FULL -> full[d];
            case SAME -> in1.dim(d);
            case VALID -> x.dim(d) - y.dim(d) + 1;
          };
      low[d] = (full[d] - size) / 2;
      high[d] = low[d] + size;
    }
    return Slices.slice(product, Longs.of(low), Longs.of(high), Longs.fill(full.length, 1));
  }

  /** Transforms of the full length, multiplied and transformed back; real ones by half spectra. */
  private static Array filtered(Array x, Array y, long[] full, int[] axes) {
    boolean complex = x.dtype().isComplex();
    int[] order =
        IntStream.of(axes).boxed().sorted(Comparator.reverseOrder()).mapToInt(d -> d).toArray();
    Array a = spectrum(x, full, order, complex);
    Array b = spectrum(y, full, order, complex);
    Array z = a.times(b);
    for (int k = order.length - 1; k >= 0; k--) {
      int n = Math.toIntExact(full[order[k]]);
      boolean real = k == 0 && !complex;
      z = real ? Fft.irfft(z, n, order[k]) : Fft.ifft(z, n, order[k]);
    }
    return z;
  }

  private static Array spectrum(Array x, long[] full, int[] order, boolean complex) {
    Array z = x;
    for (int k = 0; k < order.length; k++) {
      int n = Math.toIntExact(full[order[k]]);
      z = k == 0 && !complex ? Fft.rfft(z, n, order[k]) : Fft.fft(z, n, order[k]);
    }
    return z;
  }
}
