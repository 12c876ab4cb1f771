package dev.jacobi.scipy.fft;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.numpy.Fft;
import dev.jacobi.numpy.FftNorm;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.operands.Operands;
import dev.jacobi.scipy.operands.Rows;
import dev.jacobi.transform.NamedJit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cosine transforms by Fourier transforms of real numbers (J. Makhoul, A fast cosine transform in
 * one and two dimensions, 1980), along one dimension after another.
 */
public final class Cosines {
  private Cosines() {}

  /** The transform along one dimension, or its inverse. */
  public static Array along(String name, Array x, DctOptions options, boolean inverse) {
    int d = Operands.axis(name, x, options.axis());
    Integer n = options.n();
    return along(
        name,
        x,
        options.type(),
        new int[] {d},
        new long[] {n == null ? x.dim(d) : n},
        options.norm(),
        inverse);
  }

  /** The transform along several dimensions, or its inverse. */
  public static Array along(String name, Array x, DctnOptions options, boolean inverse) {
    Longs s = options.s();
    Axes given = options.axes();
    if (s != null && s.size() > (given == null ? x.rank() : given.size())
        || s != null && given != null && s.size() != given.size()) {
      throw new LaxTypeException(
          name, s.size() + " sizes " + s + " do not fit to the dimensions of " + x.shape());
    }
    int first = s == null ? 0 : x.rank() - s.size();
    int[] axes =
        given == null
            ? IntStream.range(first, x.rank()).toArray()
            : given.stream().map(d -> Operands.axis(name, x, d)).toArray();
    if (Arrays.stream(axes).distinct().count() < axes.length) {
      throw new LaxTypeException(name, "dimensions " + given + " are not distinct");
    }
    long[] sizes = s == null ? Arrays.stream(axes).mapToLong(x::dim).toArray() : s.toArray();
    return along(name, x, options.type(), axes, sizes, options.norm(), inverse);
  }

  private static Array along(
      String name, Array x, int type, int[] axes, long[] sizes, FftNorm norm, boolean inverse) {
    if (type < 1 || type > 4) {
      throw new LaxTypeException(name, "the type is 1, 2, 3 or 4, not " + type);
    }
    long least = type == 1 ? 2 : 1;
    if (Arrays.stream(sizes).anyMatch(n -> n < least)) {
      throw new LaxTypeException(
          name,
          "a transform of type "
              + type
              + " has at least "
              + least
              + " points, not "
              + Arrays.toString(sizes));
    }
    List<Object> statics = List.of(type, Axes.of(axes), Longs.of(sizes), norm);
    return NamedJit.call(
            name,
            statics,
            a -> List.of(transformed(a.getFirst(), type, axes, sizes, norm, inverse)),
            List.of(x))
        .getFirst();
  }

  private static Array transformed(
      Array x, int type, int[] axes, long[] sizes, FftNorm norm, boolean inverse) {
    if (x.dtype().isComplex()) {
      return Complexes.complex(
          transformed(Complexes.real(x), type, axes, sizes, norm, inverse),
          transformed(Complexes.imag(x), type, axes, sizes, norm, inverse));
    }
    DType t = Operands.inexact("dct", x)[0].dtype();
    Array y = Convert.convertElementType(x, t == DType.F64 ? t : DType.F32);
    for (int i = 0; i < axes.length; i++) {
      Array last = Rows.sized(Jnp.moveaxis(y, axes[i], -1), sizes[i]);
      y = Jnp.moveaxis(row(last, type, norm, inverse), -1, axes[i]);
    }
    return y;
  }

  /** The last dimension with its factors. */
  private static Array row(Array x, int type, FftNorm norm, boolean inverse) {
    long n = x.dim(-1);
    int raw = !inverse || type == 1 || type == 4 ? type : 5 - type;
    boolean ortho = norm == FftNorm.ORTHO;
    double root = Math.sqrt(2);
    Array in = ortho && raw == 3 ? ends(x, root, 1) : ortho && raw == 1 ? ends(x, root, root) : x;
    Array y =
        switch (raw) {
          case 1 -> first(in);
          case 2 -> second(in);
          case 3 -> third(in);
          default -> fourth(in);
        };
    Array out =
        ortho && raw == 2
            ? ends(y, 1 / root, 1)
            : ortho && raw == 1 ? ends(y, 1 / root, 1 / root) : y;
    double factor = norm.factor(inverse, 2.0 * (raw == 1 ? n - 1 : n));
    return factor == 1 ? out : out.times(factor);
  }

  /** The first and the last element of each row times a factor. */
  private static Array ends(Array x, double first, double last) {
    Array k = Shapes.iota(DType.I32, Shape.of(x.dim(-1)), 0);
    Array one = Jnp.where(k.eq(0), first, Scalars.like(x, 1));
    return Jnp.multiply(x, Jnp.where(k.eq(x.dim(-1) - 1), one.times(last), one));
  }

  /** Of the row and its mirror image, the end points once. */
  private static Array first(Array x) {
    long n = x.dim(-1);
    Array mirrored = Jnp.flip(Rows.part(x, 1, n - 1, 1), -1);
    return Complexes.real(Fft.rfft(Jnp.concatenate(List.of(x, mirrored), -1)));
  }

  /** The real transform of even places, then odd ones backwards, turned by quarters. */
  private static Array second(Array x) {
    long n = x.dim(-1);
    Array odd = n == 1 ? Rows.part(x, 0, 0, 1) : Rows.part(x, 1, n, 2);
    Array v = Jnp.concatenate(List.of(Rows.part(x, 0, n, 2), Jnp.flip(odd, -1)), -1);
    Array f = Fft.rfft(v);
    Array angle = angle(x.dtype(), n / 2 + 1, Math.PI / (2 * n));
    Array cos = Jnp.cos(angle);
    Array sin = Jnp.sin(angle);
    Array re = Complexes.real(f);
    Array im = Complexes.imag(f);
    Array low = Jnp.add(Jnp.multiply(re, cos), Jnp.multiply(im, sin));
    Array high = Jnp.subtract(Jnp.multiply(re, sin), Jnp.multiply(im, cos));
    Array mirrored = Jnp.flip(Rows.part(high, 1, n - n / 2, 1), -1);
    return Jnp.concatenate(List.of(low, mirrored), -1).times(2);
  }

  /** The inverse of {@link #second}, times twice the number of points. */
  private static Array third(Array x) {
    long n = x.dim(-1);
    long half = n / 2 + 1;
    Array low = Rows.part(x, 0, half, 1);
    Array zero = Jnp.zerosLike(Rows.part(x, 0, 1));
    Array high = Jnp.concatenate(List.of(zero, Jnp.flip(Rows.part(x, n - half + 1, n, 1), -1)), -1);
    Array angle = angle(x.dtype(), half, Math.PI / (2 * n));
    Array cos = Jnp.cos(angle);
    Array sin = Jnp.sin(angle);
    Array re = Jnp.add(Jnp.multiply(low, cos), Jnp.multiply(high, sin));
    Array im = Jnp.subtract(Jnp.multiply(low, sin), Jnp.multiply(high, cos));
    Array v = Fft.irfft(Complexes.complex(re, im), Math.toIntExact(n), -1).times(n);
    Array even = Rows.part(v, 0, n - n / 2, 1);
    Array odd = Jnp.flip(Rows.part(v, n - n / 2, n, 1), -1);
    Array pairs = Jnp.stack(List.of(even, Rows.sized(odd, n - n / 2)), -1);
    return Rows.part(Rows.merged(pairs), 0, n, 1);
  }

  /** By a complex transform of twice the points. */
  private static Array fourth(Array x) {
    long n = x.dim(-1);
    Array before = angle(x.dtype(), n, -Math.PI / (2 * n));
    Array turned =
        Complexes.complex(Jnp.multiply(x, Jnp.cos(before)), Jnp.multiply(x, Jnp.sin(before)));
    Array f = Rows.part(Fft.fft(turned, Math.toIntExact(2 * n), -1), 0, n, 1);
    Array k = Shapes.iota(x.dtype(), Shape.of(n), 0).times(2).plus(1);
    Array after = k.times(Math.PI / (4 * n));
    Array cos = Jnp.multiply(Complexes.real(f), Jnp.cos(after));
    return Jnp.add(cos, Jnp.multiply(Complexes.imag(f), Jnp.sin(after))).times(2);
  }

  private static Array angle(DType type, long count, double step) {
    return Shapes.iota(type, Shape.of(count), 0).times(step);
  }
}
