package dev.jacobi.scipy.signal;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Fft;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.operands.Operands;
import dev.jacobi.scipy.operands.Rows;
import dev.jacobi.transform.NamedJit;
import java.util.List;
import java.util.stream.LongStream;

/** Signals from the transforms of their segments. */
public final class Resynthesis {
  /** Where squares of windows add up to less than this, nothing is known of the signal. */
  private static final double LEAST = 1e-10;

  private static final String NAME = "istft";

  private Resynthesis() {}

  /** Times and the signal whose segments' transforms are the nearest to those given. */
  public static List<Array> istft(Array given, IstftOptions options) {
    Array z = Operands.inexact(NAME, given)[0];
    if (z.rank() < 2) {
      throw new LaxTypeException(
          NAME, "takes transforms by frequency and time, not shape " + z.shape());
    }
    int freq = Operands.axis(NAME, z, options.freqAxis());
    int time = Operands.axis(NAME, z, options.timeAxis());
    if (freq == time) {
      throw new LaxTypeException(
          NAME, "dimension " + freq + " cannot be that of frequencies and of times");
    }
    boolean onesided = options.inputOnesided();
    Segments segments = segments(z.dim(freq), options);
    long bins = onesided ? segments.points() / 2 + 1 : segments.points();
    if (z.size() == 0 || bins < 1) {
      throw new LaxTypeException(NAME, "takes no empty array, got shape " + z.shape());
    }
    DType half =
        z.dtype() == DType.F64 ? DType.F64 : z.dtype().isComplex() ? z.dtype().real() : DType.F32;
    Array wide = Convert.convertElementType(z, half.complex().orElseThrow());
    Array window = segments.window(NAME, options.window(), half.complex().orElseThrow());
    List<Object> statics = List.of(segments, onesided, options.boundary(), freq, time);
    Array x =
        NamedJit.call(
                NAME,
                statics,
                a -> {
                  int[] last = {-1, -2};
                  Array frames = Jnp.moveaxis(a.get(1), new int[] {freq, time}, last);
                  Array rows = signal(frames, a.get(0), segments, options);
                  int to = time - (freq < time ? 1 : 0);
                  return List.of(Jnp.moveaxis(rows, -1, to));
                },
                List.of(window, wide))
            .getFirst();
    // As many as there are samples; JAX and SciPy count along the first dimension of a batch.
    long n = x.dim(time - (freq < time ? 1 : 0));
    double[] times = LongStream.range(0, n).mapToDouble(k -> k / options.fs()).toArray();
    return List.of(Convert.convertElementType(Jnp.array(times), half), x);
  }

  /** JAX takes one point too few where segments are odd, and a given noverlap of 0 for none. */
  private static Segments segments(long bins, IstftOptions options) {
    boolean onesided = options.inputOnesided();
    int usual = Math.toIntExact(onesided ? 2 * (bins - 1) : bins);
    Integer given = options.nperseg();
    if (given != null && given < 1 || given == null && usual < 1) {
      throw new LaxTypeException(
          NAME, "nperseg must be positive, not " + (given == null ? usual : given));
    }
    int length = given == null ? usual : given;
    Integer nfft = options.nfft();
    int points = nfft != null ? nfft : onesided && length == usual + 1 ? length : usual;
    if (options.window() instanceof Window.Given(Array values)
        && (values.rank() != 1 || values.dim(0) != length)) {
      throw new LaxTypeException(
          NAME,
          "the window is a vector of "
              + length
              + " values, one for each point of a segment, not "
              + values.shape());
    }
    return Segments.of(NAME, length, options.noverlap(), points);
  }

  /** Of transforms (..., segments, frequencies). */
  private static Array signal(Array frames, Array window, Segments segments, IstftOptions options) {
    Array whole =
        options.inputOnesided()
            ? Fft.irfft(frames, segments.points(), -1)
            : Fft.ifft(frames, segments.points(), -1);
    Array parts = Rows.part(whole, 0, segments.length());
    Array tapered = Jnp.multiply(parts, Jnp.multiply(window, Jnp.sum(window)));
    Array sum = Frames.overlapped(tapered, segments.step());
    Array squares = Jnp.broadcastTo(Jnp.square(window), frames.dim(-2), segments.length());
    Array weight = Frames.overlapped(squares, segments.step());
    Array x = sum.div(Jnp.where(weight.gt(LEAST), weight, 1.0));
    int cut = options.boundary() ? segments.length() / 2 : 0;
    return Rows.part(x, cut, Math.max(cut, x.dim(-1) - cut));
  }
}
