package dev.jacobi.scipy.signal;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import org.jspecify.annotations.Nullable;

/**
 * How a signal is cut into segments.
 *
 * @param length of a segment
 * @param step from one to the next
 * @param points of its transform
 */
record Segments(int length, int step, int points) {
  /** SciPy's length where none is given. JAX's code takes the whole signal, but says 256 too. */
  private static final int LENGTH = 256;

  /** Of a signal of {@code n} samples. */
  static Segments of(
      String name,
      Window window,
      @Nullable Integer nperseg,
      @Nullable Integer noverlap,
      @Nullable Integer nfft,
      long n) {
    if (nperseg != null && nperseg < 1) {
      throw new LaxTypeException(name, "nperseg must be positive, not " + nperseg);
    }
    int length =
        switch (window) {
          case Window.Named _ -> (int) Math.min(nperseg == null ? LENGTH : nperseg, n);
          case Window.Given(Array values) -> given(name, values, nperseg, n);
        };
    return of(name, length, noverlap, nfft == null ? length : nfft);
  }

  /** Of known length and transform. */
  static Segments of(String name, int length, @Nullable Integer noverlap, int points) {
    int overlap = noverlap == null ? length / 2 : noverlap;
    if (overlap < 0 || overlap >= length) {
      throw new LaxTypeException(
          name, "noverlap must be less than nperseg, " + length + ", not " + overlap);
    }
    if (points < length) {
      throw new LaxTypeException(
          name, "nfft must be at least nperseg, " + length + ", not " + points);
    }
    return new Segments(length, length - overlap, points);
  }

  private static int given(String name, Array values, @Nullable Integer nperseg, long n) {
    if (values.rank() != 1 || values.dim(0) == 0) {
      throw new LaxTypeException(name, "a window is a vector, not shape " + values.shape());
    }
    if (values.dim(0) > n) {
      throw new LaxTypeException(
          name, "the window, " + values.shape() + ", is longer than the signal, " + n);
    }
    if (nperseg != null && nperseg != values.dim(0)) {
      throw new LaxTypeException(
          name, "nperseg, " + nperseg + ", is not the length of the window, " + values.shape());
    }
    return (int) values.dim(0);
  }

  /** The window's values for signals of an element type. */
  Array window(String name, Window window, DType type) {
    return switch (window) {
      case Window.Named(WindowKind kind, double parameter) ->
          Convert.convertElementType(Jnp.array(kind.periodic(length, parameter)), type.real());
      case Window.Given(Array values) -> {
        if (values.dtype().isComplex() && !type.isComplex()) {
          throw new LaxTypeException(
              name, "a window of real signals is real, not " + values.dtype());
        }
        boolean complex = values.dtype().isComplex();
        yield Convert.convertElementType(values, complex ? type : type.real());
      }
    };
  }
}
