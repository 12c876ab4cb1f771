package dev.jacobi.numpy;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.sub;

import dev.jacobi.Array;
import dev.jacobi.Index;
import dev.jacobi.Mode;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import java.util.List;

/** Sequences of numbers, and masks of diagonals. */
final class Spaces {
  private Spaces() {}

  static Array linspace(double start, double stop, long count, boolean endpoint, DType dtype) {
    if (count < 0) {
      throw new LaxTypeException("linspace", "cannot give " + count + " numbers");
    }
    DType in = dtype.isInexact() ? dtype : DType.F32;
    return JnpMath.jitted(
        "_linspace",
        List.of(count, endpoint, dtype),
        a -> {
          Array from = Convert.convertElementType(a.get(0), in);
          Array to = Convert.convertElementType(a.get(1), in);
          Array y = between(from, to, count, endpoint);
          // integers: the whole number below, not toward zero
          Array whole = dtype.isInexact() ? y : Elementary.floor(y);
          return Convert.convertElementType(whole, dtype);
        },
        number(start, in),
        number(stop, in));
  }

  /**
   * A whole number as an integer, which JAX would be given; others in as many bits as asked for.
   */
  private static Array number(double value, DType in) {
    boolean whole = value == (int) value && 1 / value != Double.NEGATIVE_INFINITY;
    if (whole) {
      return JnpMath.weak((long) value);
    }
    boolean wide = in == DType.F64 || in == DType.C128;
    return wide ? JnpCreate.scalar(value) : JnpMath.weak(value);
  }

  static Array between(Array from, Array to, long count, boolean endpoint) {
    DType t = from.dtype();
    long steps = endpoint ? count - 1 : count;
    if (count <= 1) {
      Array one = Shapes.reshape(from, Shape.of(1));
      return count == 1 ? one : JnpIndex.part(one, 0, JnpIndex.until(0));
    }
    Array k = Shapes.iota(t, Shape.of(steps), 0);
    Array at = div(k, Scalars.of(t, steps));
    Shape shape = Shape.of(steps);
    Array start = Shapes.broadcastInDim(from, shape, Axes.of());
    Array stop = Shapes.broadcastInDim(to, shape, Axes.of());
    Array y = add(mul(start, sub(Scalars.of(t, 1), at)), mul(stop, at));
    Array last = Shapes.broadcastInDim(to, Shape.of(1), Axes.of());
    return endpoint ? Concatenation.concatenate(List.of(y, last), 0) : y;
  }

  static Array geomspace(double start, double stop, long count, DType dtype) {
    if (start == 0 || stop == 0 || start < 0 != stop < 0) {
      throw new LaxTypeException(
          "geomspace", "needs two numbers of one sign, but got " + start + " and " + stop);
    }
    double sign = Math.signum(start);
    Array logs =
        linspace(Math.log10(Math.abs(start)), Math.log10(Math.abs(stop)), count, true, dtype);
    Array ratios = JnpMath.power(JnpCreate.full(Shape.scalar(), 10.0, dtype), logs);
    Array signed = JnpMath.multiply(JnpMath.weak(sign), ratios);
    if (count < 2) {
      return signed;
    }
    // both ends exactly
    Array first = JnpCreate.full(Shape.of(1), start, dtype);
    Array last = JnpCreate.full(Shape.of(1), stop, dtype);
    Array middle = JnpIndex.part(signed, 0, JnpIndex.range(1, -1));
    return Concatenation.concatenate(List.of(first, middle, last), 0);
  }

  /** Whether an element lies on diagonal k. */
  static Array diagonalMask(Shape shape, int k) {
    Array row = Shapes.iota(DType.I32, shape, 0);
    Array column = Shapes.iota(DType.I32, shape, 1);
    return Compare.eq(add(row, Scalars.of(DType.I32, k)), column);
  }

  /** Whether an element lies on or below diagonal k. */
  static Array lowerMask(Shape shape, int k) {
    Array row = add(Shapes.iota(DType.I32, shape, 0), Scalars.of(DType.I32, k));
    return Compare.ge(row, Shapes.iota(DType.I32, shape, 1));
  }

  /** The interval of each x by bisection: as many steps as the number of points has bits. */
  static Array interp(Array x, Array points, Array values) {
    Array inside = inside(x, points, values);
    Array at = Promotion.convert(x, inside.dtype(), false);
    Array xs = Promotion.convert(points, inside.dtype(), false);
    Array ys = Promotion.convert(values, inside.dtype(), false);
    Array fromLeft = JnpLogic.where(JnpLogic.less(at, xs.get(0)), ys.get(0), inside);
    return JnpLogic.where(JnpLogic.greater(at, xs.get(-1)), ys.get(-1), fromLeft);
  }

  /** The same on lines that go on beyond the points. */
  static Array inside(Array x, Array points, Array values) {
    DType t = Promotion.join(List.of(x.aval(), points.aval(), values.aval())).dtype();
    Array at = Promotion.convert(x, t, false);
    Array xs = Promotion.convert(points, t, false);
    Array ys = Promotion.convert(values, t, false);
    long n = xs.dim(0);
    Array low = JnpCreate.zeros(at.shape(), DType.I32);
    Array high = Shapes.broadcastInDim(Scalars.of(DType.I32, n), at.shape(), Axes.of());
    for (long width = n; width > 0; width >>= 1) {
      Array middle = JnpMath.floorDivide(add(low, high), JnpMath.weak(2));
      Array open = Compare.lt(low, high);
      Array below = JnpLogic.logicalAnd(open, JnpLogic.lessEqual(read(xs, middle), at));
      Array above = JnpLogic.logicalAnd(open, JnpLogic.logicalNot(below));
      low = JnpLogic.where(below, add(middle, Scalars.of(DType.I32, 1)), low);
      high = JnpLogic.where(above, middle, high);
    }
    Array right = JnpLogic.clip(low, JnpMath.weak(Math.min(1, n - 1)), JnpMath.weak(n - 1));
    Array left = JnpMath.maximum(sub(right, Scalars.of(DType.I32, 1)), JnpMath.weak(0));
    Array x0 = read(xs, left);
    Array dx = sub(read(xs, right), x0);
    Array y0 = read(ys, left);
    Array flat = Compare.eq(dx, Scalars.like(dx, 0));
    Array safe = JnpLogic.where(flat, Scalars.like(dx, 1), dx);
    Array slope = div(sub(read(ys, right), y0), safe);
    return JnpMath.add(y0, JnpMath.multiply(sub(at, x0), slope));
  }

  private static Array read(Array points, Array at) {
    return Indexing.get(
        points, List.of(new Index.Positions(at)), new Indexing.Bounds(Mode.CLIP, false, null));
  }
}
