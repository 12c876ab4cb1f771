package dev.jacobi.scipy.signal;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.numpy.Fft;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.operands.Operands;
import dev.jacobi.scipy.operands.Rows;
import dev.jacobi.transform.NamedJit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Spectra of the segments of signals: power, cross power, and the transforms themselves. */
public final class Spectra {
  private Spectra() {}

  /** Frequencies and the power of a signal at each, by Welch's method. */
  public static List<Array> power(Array x, SpectralOptions options) {
    return cross("welch", x, null, options);
  }

  /** Frequencies and the cross power of two signals at each, complex. */
  public static List<Array> cross(Array x, Array y, SpectralOptions options) {
    return cross("csd", x, y, options);
  }

  /** Everything that the program of a spectrum depends on but its operands. */
  private record Plan(
      Segments segments,
      boolean onesided,
      Trend detrend,
      double fs,
      Scaling scaling,
      Average average,
      int axis) {}

  private static List<Array> cross(
      String name, Array x, @Nullable Array y, SpectralOptions options) {
    Array[] both = y == null ? wide(name, x) : wide(name, x, y);
    int axis = Operands.axis(name, x, options.axis());
    if (both.length == 2 && both[1].rank() != x.rank()) {
      throw new LaxTypeException(
          name, "signals must have one rank, not shapes " + x.shape() + " and " + y.shape());
    }
    DType type = both[0].dtype();
    Shape outer = outer(both, axis);
    if (both[0].size() == 0 || both[both.length - 1].size() == 0) {
      Array none = Jnp.zeros(outer, type.real());
      return List.of(none, y == null ? none : Convert.convertElementType(none, complex(type)));
    }
    Segments segments =
        Segments.of(
            name,
            options.window(),
            options.nperseg(),
            options.noverlap(),
            options.nfft(),
            both[0].dim(axis));
    boolean onesided = options.returnOnesided() && !type.isComplex();
    Plan plan =
        new Plan(
            segments,
            onesided,
            options.detrend(),
            options.fs(),
            options.scaling(),
            options.average(),
            axis);
    List<Array> operands = new ArrayList<>(List.of(segments.window(name, options.window(), type)));
    operands.addAll(Arrays.asList(both));
    Array result = NamedJit.call(name, plan, a -> List.of(averaged(plan, a)), operands).getFirst();
    return List.of(frequencies(segments, onesided, plan.fs(), type), result);
  }

  /** Operands of one inexact type of at least 32 bits. */
  private static Array[] wide(String name, Array... operands) {
    Array[] all = Operands.inexact(name, operands);
    for (int i = 0; i < all.length; i++) {
      DType t = all[i].dtype();
      boolean half = t == DType.F16 || t == DType.BF16;
      all[i] = half ? Convert.convertElementType(all[i], DType.F32) : all[i];
    }
    return all;
  }

  private static DType complex(DType type) {
    return type.isComplex() ? type : type.complex().orElseThrow();
  }

  /** The common shape, and the shorter of both times. */
  private static Shape outer(Array[] signals, int axis) {
    Shape[] shapes = Arrays.stream(signals).map(x -> x.shape().with(axis, 1)).toArray(Shape[]::new);
    Shape common = Jnp.broadcastShapes(shapes);
    long least = Arrays.stream(signals).mapToLong(x -> x.dim(axis)).min().orElseThrow();
    return common.with(axis, least);
  }

  private static Array averaged(Plan plan, List<Array> operands) {
    Array window = operands.getFirst();
    List<Array> signals = operands.subList(1, operands.size());
    long n = signals.stream().mapToLong(x -> x.dim(plan.axis())).max().orElseThrow();
    List<Array> spectra = new ArrayList<>();
    for (Array x : signals) {
      Array rows = Rows.sized(Jnp.moveaxis(x, plan.axis(), -1), n);
      spectra.add(transforms(rows, window, plan.segments(), plan.detrend(), plan.onesided()));
    }
    Array first = spectra.getFirst();
    Array product =
        spectra.size() == 1 ? squares(first) : Jnp.multiply(Jnp.conj(first), spectra.get(1));
    Array scale = scale(window, plan.scaling(), plan.fs());
    if (plan.onesided()) { // the others mirror all but the first, and the last of an even number
      Array k = Shapes.iota(DType.I32, Shape.of(product.dim(-1)), 0);
      Array twice = Jnp.logicalAnd(k.gt(0), k.times(2).ne(plan.segments().points()));
      scale = Jnp.where(twice, scale.times(2), scale);
    }
    Array scaled = Jnp.multiply(product, scale);
    boolean drops = signals.size() == 1 && scaled.dtype().isComplex(); // of a complex window
    Array mean = average(drops ? Complexes.real(scaled) : scaled, plan.average());
    return Jnp.moveaxis(mean, -1, plan.axis());
  }

  /** The squares of magnitudes, real. */
  private static Array squares(Array z) {
    return Jnp.add(Jnp.square(Complexes.real(z)), Jnp.square(Complexes.imag(z)));
  }

  private static Array average(Array x, Average how) {
    return switch (how) {
      case MEAN -> Jnp.mean(x, -2);
      case MEDIAN -> {
        double bias = bias(x.dim(-2));
        Array median =
            x.dtype().isComplex()
                ? Complexes.complex(
                    Jnp.median(Complexes.real(x), -2), Jnp.median(Complexes.imag(x), -2))
                : Jnp.median(x, -2);
        yield median.div(bias);
      }
    };
  }

  /** What the median of n exponential variables is on average, where their mean is 1. */
  private static double bias(long n) {
    return 1
        + LongStream.iterate(2, k -> k < n, k -> k + 2)
            .mapToDouble(k -> 1.0 / (k + 1) - 1.0 / k)
            .sum();
  }

  private static Array scale(Array window, Scaling scaling, double fs) {
    return switch (scaling) {
      case DENSITY -> Jnp.reciprocal(Jnp.sum(Jnp.square(window)).times(fs));
      case SPECTRUM -> Jnp.reciprocal(Jnp.square(Jnp.sum(window)));
    };
  }

  /** The values of a window of a length, in f32. */
  public static Array window(Window window, int n) {
    if (n < 1) {
      throw new LaxTypeException("get_window", "a window has at least one value, not " + n);
    }
    Segments one = Segments.of("get_window", window, n, 0, null, n);
    return one.window("get_window", window, DType.F32);
  }

  /** The transforms of the segments of rows: (..., segments, frequencies). */
  private static Array transforms(
      Array rows, Array window, Segments segments, Trend detrend, boolean onesided) {
    Array frames = Frames.of(rows, segments.length(), segments.step());
    Array tapered = Jnp.multiply(Trends.without(frames, detrend), window);
    return onesided
        ? Fft.rfft(tapered, segments.points(), -1)
        : Fft.fft(tapered, segments.points(), -1);
  }

  private static Array frequencies(Segments segments, boolean onesided, double fs, DType type) {
    int n = segments.points();
    IntStream each = IntStream.range(0, onesided ? n / 2 + 1 : n);
    double[] f = each.mapToDouble(k -> (onesided || 2 * k < n ? k : k - n) * fs / n).toArray();
    return Convert.convertElementType(Jnp.array(f), type.real());
  }

  /** Frequencies, times, and the transforms of segments: (..., frequencies, segments). */
  public static List<Array> stft(Array given, StftOptions options) {
    String name = "stft";
    Array x = wide(name, given)[0];
    int axis = Operands.axis(name, x, options.axis());
    DType type = x.dtype();
    if (x.size() == 0) {
      Array none = Jnp.zeros(x.shape(), type.real());
      return List.of(none, none, Convert.convertElementType(none, complex(type)));
    }
    Segments segments =
        Segments.of(
            name,
            options.window(),
            options.nperseg(),
            options.noverlap(),
            options.nfft(),
            x.dim(axis));
    boolean onesided = options.returnOnesided() && !type.isComplex();
    List<Object> statics =
        List.of(segments, onesided, options.detrend(), options.boundary(), options.padded(), axis);
    Array window = segments.window(name, options.window(), type);
    Array z =
        NamedJit.call(
                name,
                statics,
                a -> {
                  Array rows = continued(Jnp.moveaxis(a.get(1), axis, -1), segments, options);
                  Array f = transforms(rows, a.get(0), segments, options.detrend(), onesided);
                  Array root = Jnp.sqrt(scale(a.get(0), Scaling.SPECTRUM, 1));
                  return List.of(Jnp.moveaxis(Jnp.multiply(f, root), -1, axis));
                },
                List.of(window, x))
            .getFirst();
    double from = options.boundary() == Boundary.NONE ? segments.length() / 2.0 : 0;
    double[] times =
        LongStream.range(0, z.dim(-1))
            .mapToDouble(k -> (from + k * segments.step()) / options.fs())
            .toArray();
    Array t = Convert.convertElementType(Jnp.array(times), type.real());
    return List.of(frequencies(segments, onesided, options.fs(), type), t, z);
  }

  /** Rows with what continues them, and zeros that fill the last segment. */
  private static Array continued(Array x, Segments segments, StftOptions options) {
    Array longer = longer(x, segments.length() / 2, options.boundary());
    long step = segments.step();
    long rest = Math.floorMod(segments.length() - longer.dim(-1), step) % segments.length();
    return options.padded() ? Rows.sized(longer, longer.dim(-1) + rest) : longer;
  }

  private static Array longer(Array x, int n, Boundary boundary) {
    long size = x.dim(-1);
    if (boundary == Boundary.NONE || n == 0) {
      return x;
    }
    Array start = Rows.part(x, 0, 1);
    Array end = Rows.part(x, size - 1, size);
    Array before = Jnp.flip(Rows.part(x, 1, n + 1), -1);
    Array after = Jnp.flip(Rows.part(x, size - n - 1, size - 1), -1);
    return switch (boundary) {
      case NONE -> x;
      case ZEROS -> joined(Jnp.zerosLike(before), x, Jnp.zerosLike(after));
      case EVEN -> joined(before, x, after);
      case CONSTANT -> joined(Jnp.repeat(start, n, -1), x, Jnp.repeat(end, n, -1));
      case ODD ->
          joined(Jnp.subtract(start.times(2), before), x, Jnp.subtract(end.times(2), after));
    };
  }

  private static Array joined(Array... parts) {
    return Jnp.concatenate(List.of(parts), -1);
  }
}
