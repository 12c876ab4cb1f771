package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import java.util.Arrays;
import java.util.List;

/** Padding that computes what it puts around an array; dimension after dimension, as NumPy. */
final class Padded {
  private Padded() {}

  static Array of(Array x, int[][] widths, Pad how) {
    switch (how) {
      case Pad.Constant(var values) -> values.requireFor(x.rank());
      case Pad.LinearRamp(var ends) -> ends.requireFor(x.rank());
      case Pad.Statistical(_, var lengths) -> {
        if (lengths != null) {
          lengths.requireFor(x.rank());
        }
      }
      case Pad.Mirror _ -> {}
    }
    Array y = x;
    for (int d = 0; d < x.rank(); d++) {
      y = along(y, d, widths[d][0], widths[d][1], how);
    }
    return y;
  }

  private static Array along(Array x, int d, int before, int after, Pad how) {
    if (before == 0 && after == 0) {
      return x;
    }
    if (x.dim(d) == 0 && !(how instanceof Pad.Constant)) {
      throw new LaxTypeException("pad", "dimension " + d + " is empty, nothing can be repeated");
    }
    return switch (how) {
      case Pad.Constant(var values) ->
          joined(
              x,
              d,
              constant(x, d, before, values.at(d, 0)),
              constant(x, d, after, values.at(d, 1)));
      case Pad.LinearRamp(var ends) ->
          joined(
              x,
              d,
              ramp(edge(x, d, true), d, before, ends.at(d, 0)),
              Jnp.flip(ramp(edge(x, d, false), d, after, ends.at(d, 1)), d));
      case Pad.Statistical(var statistic, var lengths) -> {
        long n = x.dim(d);
        long first = lengths == null ? n : Math.min(n, (long) lengths.at(d, 0));
        long last = lengths == null ? n : Math.min(n, (long) lengths.at(d, 1));
        yield joined(
            x,
            d,
            statistic(Jnp.part(x, d, Jnp.until(first)), d, before, statistic),
            statistic(Jnp.part(x, d, Jnp.from(n - last)), d, after, statistic));
      }
      case Pad.Mirror(boolean withEdge, boolean odd) ->
          mirrored(mirrored(x, d, before, true, withEdge, odd), d, after, false, withEdge, odd);
    };
  }

  private static Array joined(Array x, int d, Array before, Array after) {
    return Jnp.concatenate(List.of(before, x, after), d);
  }

  private static Array constant(Array x, int d, int width, double value) {
    Array number = value == Math.rint(value) ? Jnp.weak((long) value) : Jnp.weak(value);
    Array element = Promotion.convert(number, x.dtype(), false);
    Shape shape = x.shape().with(d, width);
    return Jnp.where(Jnp.zeros(shape, DType.BOOL), Jnp.zeros(shape, x.dtype()), element);
  }

  private static Array edge(Array x, int d, boolean first) {
    return first ? Jnp.part(x, d, Jnp.until(1)) : Jnp.part(x, d, Jnp.from(x.dim(d) - 1));
  }

  /** From the end value, without the edge. */
  private static Array ramp(Array edge, int d, int width, double end) {
    DType t = edge.dtype().isInexact() ? edge.dtype() : DType.F32;
    long[] line = new long[edge.rank()];
    Arrays.fill(line, 1);
    line[d] = width;
    Array part = Jnp.reshape(Jnp.arange(width).astype(t).div(Math.max(width, 1)), line);
    Array value = Jnp.minus(1, part).times(end).plus(edge.astype(t).times(part));
    return Convert.convertElementType(t == edge.dtype() ? value : Jnp.floor(value), edge.dtype());
  }

  private static Array statistic(Array part, int d, int width, Pad.Statistic statistic) {
    Over line = Jnp.over(d).keepDims();
    Array value =
        switch (statistic) {
          case MAXIMUM -> Jnp.max(part, line);
          case MINIMUM -> Jnp.min(part, line);
          case MEAN -> Jnp.mean(part, line);
          case MEDIAN -> Jnp.median(part, line);
        };
    Array whole = part.dtype().isInteger() ? Jnp.round(value) : value;
    return Jnp.repeat(Convert.convertElementType(whole, part.dtype()), width, d);
  }

  /** Images of the array as it was, each around the outermost element so far. */
  private static Array mirrored(
      Array x, int d, int width, boolean before, boolean withEdge, boolean odd) {
    long n = x.dim(d);
    long skipped = withEdge || n == 1 ? 0 : 1;
    Array y = x;
    Array edge = edge(x, d, before);
    for (long rest = width; rest > 0; ) {
      long taken = Math.min(rest, n - skipped);
      long size = y.dim(d);
      long from = before ? skipped : size - skipped - taken;
      Array image = Jnp.flip(Jnp.part(y, d, Jnp.range(from, from + taken)), d);
      if (odd) {
        image = edge.times(2).minus(image);
        edge = n > 1 ? edge(image, d, before) : edge;
      }
      y = Jnp.concatenate(before ? List.of(image, y) : List.of(y, image), d);
      rest -= taken;
    }
    return y;
  }
}
