package dev.jacobi.image;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images in other sizes: {@code jax.image}. */
public final class Image {
  private Image() {}

  /**
   * An array in another shape of the same rank: dimensions that differ are resampled, with
   * antialiasing where they become smaller. Integers become f32, except by NEAREST. {@code
   * Image.resize(ones(2, 2), shape(4, 4), ResizeMethod.LINEAR).shape()} is {@code (4, 4)}.
   */
  public static Array resize(Array image, Shape shape, ResizeMethod method) {
    return resize(image, shape, method, true);
  }

  /** The same, with or without antialiasing. */
  public static Array resize(Array image, Shape shape, ResizeMethod method, boolean antialias) {
    checkRank("resize", image, shape);
    if (method == ResizeMethod.NEAREST) {
      return nearest(image, shape);
    }
    Array x = inexact(image);
    for (int d = 0; d < shape.rank(); d++) {
      if (image.dim(d) != shape.dim(d)) {
        double scale = shape.dim(d) == 0 ? 1 : (double) shape.dim(d) / image.dim(d);
        DType t = sampled(x);
        Array one = Scalars.of(t, scale);
        x = contracted(x, d, weights(method, antialias, t, x.dim(d), shape.dim(d), one, null));
      }
    }
    return x;
  }

  /**
   * An array in another shape: along each spatial dimension scaled and moved, as {@code x' = x
   * scale + translation}; what lies outside is 0. {@code Image.scaleAndTranslate(array(1f, 2f),
   * shape(4), new int[] {0}, array(2f), array(0f), ResizeMethod.LINEAR, true)} is {@code [1. 1.25
   * 1.75 2. ]}.
   *
   * @param scale a floating-point number for each spatial dimension
   * @param translation likewise, in pixels of the result
   */
  public static Array scaleAndTranslate(
      Array image,
      Shape shape,
      int[] spatialDims,
      Array scale,
      Array translation,
      ResizeMethod method,
      boolean antialias) {
    checkRank("scaleAndTranslate", image, shape);
    Shape each = Shape.of(spatialDims.length);
    if (method == ResizeMethod.NEAREST) {
      throw new LaxTypeException("scaleAndTranslate", "has no method NEAREST");
    }
    if (!scale.shape().equals(each) || !translation.shape().equals(each)) {
      throw new LaxTypeException(
          "scaleAndTranslate",
          "needs "
              + spatialDims.length
              + " scales and translations, not "
              + scale.aval()
              + " and "
              + translation.aval());
    }
    DType t = Promotion.join(List.of(scale.aval(), translation.aval())).dtype();
    DType in = t.isInexact() ? t : DType.F32;
    Array scales = Jnp.astype(scale, in);
    Array moves = Jnp.astype(translation, in);
    Array x = inexact(image);
    for (int k = 0; k < spatialDims.length; k++) {
      int d = spatialDims[k] < 0 ? spatialDims[k] + shape.rank() : spatialDims[k];
      if (d < 0 || d >= shape.rank()) {
        throw new LaxTypeException(
            "scaleAndTranslate", "there is no dimension " + spatialDims[k] + " in " + shape);
      }
      Array w =
          weights(method, antialias, in, image.dim(d), shape.dim(d), scales.get(k), moves.get(k));
      x = contracted(x, d, w);
    }
    return x;
  }

  private static void checkRank(String function, Array image, Shape shape) {
    if (image.rank() != shape.rank()) {
      throw new LaxTypeException(
          function, "cannot change shape " + image.shape() + " to " + shape + " of another rank");
    }
  }

  private static Array inexact(Array x) {
    boolean wide = x.dtype() == DType.I64 || x.dtype() == DType.U64;
    return x.dtype().isInexact() ? x : Jnp.astype(x, wide ? DType.F64 : DType.F32);
  }

  private static DType sampled(Array x) {
    return x.dtype().real() == DType.F64 ? DType.F64 : DType.F32;
  }

  private static Array nearest(Array image, Shape shape) {
    Array x = image;
    for (int d = 0; d < shape.rank(); d++) {
      long m = image.dim(d);
      long n = shape.dim(d);
      if (m != n) {
        int[] at = new int[Math.toIntExact(n)];
        for (int k = 0; k < n; k++) {
          at[k] = (int) Math.min(m - 1, (long) Math.floor((k + 0.5f) * m / n));
        }
        if (m == 0 && n > 0) {
          throw new LaxTypeException("resize", "there are no pixels in " + image.shape());
        }
        x = Jnp.take(x, Jnp.array(at), d, Mode.PROMISE_IN_BOUNDS);
      }
    }
    return x;
  }

  private static Array contracted(Array x, int d, Array weights) {
    Array w = Jnp.astype(weights, x.dtype());
    return Jnp.moveaxis(Jnp.tensordot(x, w, new int[] {d}, new int[] {0}), -1, d);
  }

  /** What each of n pixels (rows) gives to each sample (columns). */
  private static Array weights(
      ResizeMethod given,
      boolean antialias,
      DType t,
      long pixels,
      long samples,
      Array scale,
      @Nullable Array translation) {
    ResizeMethod method =
        given == ResizeMethod.CUBIC_PYTORCH && antialias ? ResizeMethod.CUBIC : given;
    Array one = Scalars.of(t, 1);
    Array inverse = Jnp.trueDivide(one, scale);
    Array half = Scalars.of(t, 0.5);
    Array numbers = Jnp.arange(0, samples, 1, t);
    Array places = Jnp.subtract(left(Jnp.add(numbers, half), inverse, translation), half);
    Array stretch = antialias ? Jnp.maximum(inverse, one) : one;
    boolean edges = method == ResizeMethod.CUBIC_PYTORCH;
    int around = edges ? method.radius() : 0;
    Array pixel = Jnp.expandDims(Jnp.arange(-around, pixels + around, 1, t), 1); // (pixels, 1)
    Array raw =
        method == ResizeMethod.AREA
            ? overlap(left(numbers, inverse, translation), inverse, pixel)
            : kernel(method, Jnp.trueDivide(Jnp.abs(Jnp.subtract(places, pixel)), stretch));
    Array all = edges ? folded(raw, around, pixels) : raw;
    Array total = Jnp.sum(all, Jnp.over(0).keepDims());
    Array some = Jnp.where(Jnp.equal(total, Scalars.of(t, 0)), one, total);
    Array enough = Jnp.greater(Jnp.abs(total), Scalars.of(t, 1000 * 0x1p-23));
    Array weights = Jnp.where(enough, Jnp.trueDivide(all, some), Scalars.of(t, 0));
    if (edges) {
      return weights;
    }
    Array inside =
        Jnp.logicalAnd(
            Jnp.greaterEqual(places, Scalars.of(t, -0.5)),
            Jnp.lessEqual(places, Scalars.of(t, pixels - 0.5)));
    return Jnp.where(inside, weights, Scalars.of(t, 0));
  }

  private static Array left(Array numbers, Array inverse, @Nullable Array translation) {
    Array at = Jnp.multiply(numbers, inverse);
    return translation == null ? at : Jnp.subtract(at, Jnp.multiply(translation, inverse));
  }

  /** What samples from their left bounds on have in common with pixels. */
  private static Array overlap(Array start, Array width, Array pixel) {
    Array one = Scalars.of(start.dtype(), 1);
    Array end = Jnp.add(start, width);
    Array common = Jnp.subtract(Jnp.minimum(end, Jnp.add(pixel, one)), Jnp.maximum(start, pixel));
    return Jnp.maximum(common, Scalars.of(start.dtype(), 0));
  }

  /** Rows beyond the edges are added to those at the edges. */
  private static Array folded(Array rows, int around, long pixels) {
    if (pixels < 2) {
      return Jnp.sum(rows, Jnp.over(0).keepDims());
    }
    List<Array> parts = Jnp.splitAt(rows, 0, around + 1L, around + pixels - 1);
    Array first = Jnp.sum(parts.get(0), Jnp.over(0).keepDims());
    Array last = Jnp.sum(parts.get(2), Jnp.over(0).keepDims());
    return Jnp.concatenate(List.of(first, parts.get(1), last), 0);
  }

  /** Weights at distances from 0; source: Getreuer, Linear methods for image interpolation. */
  private static Array kernel(ResizeMethod method, Array x) {
    return switch (method) {
      case LINEAR -> Jnp.maximum(Jnp.minus(1.0, x), Scalars.of(x.dtype(), 0));
      case LANCZOS3, LANCZOS5 -> lanczos(x, method.radius());
      case CUBIC -> cubic(x, -0.5);
      case CUBIC_PYTORCH -> cubic(x, -0.75);
      case NEAREST, AREA -> throw new IllegalArgumentException(method + " has no kernel");
    };
  }

  private static Array lanczos(Array x, double radius) {
    Array y = Jnp.sin(x.times(Math.PI)).times(Jnp.sin(x.times(Math.PI / radius))).times(radius);
    Array squares = Jnp.where(x.eq(0), 1.0, x.times(x).times(Math.PI * Math.PI));
    Array near = Jnp.where(x.gt(1e-3), y.div(squares), 1.0);
    return Jnp.where(x.gt(radius), 0.0, near);
  }

  private static Array cubic(Array x, double a) {
    Array near = x.times(a + 2).minus(a + 3).times(x).times(x).plus(1);
    Array far = x.times(a).minus(5 * a).times(x).plus(8 * a).times(x).minus(4 * a);
    Array out = Jnp.where(x.ge(1.0), far, near);
    return Jnp.where(x.ge(2.0), 0.0, out);
  }
}
