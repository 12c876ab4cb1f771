package dev.jacobi.numpy;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.sub;

import dev.jacobi.Array;
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
        JnpMath.weak(start),
        JnpMath.weak(stop));
  }

  private static Array between(Array from, Array to, long count, boolean endpoint) {
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

  static Array geomspace(double start, double stop, long count) {
    if (start == 0 || stop == 0 || start < 0 != stop < 0) {
      throw new LaxTypeException(
          "geomspace", "needs two numbers of one sign, but got " + start + " and " + stop);
    }
    double sign = Math.signum(start);
    Array logs = linspace(Math.log10(Math.abs(start)), Math.log10(Math.abs(stop)), count, true,
        DType.F32);
    Array ratios = JnpMath.power(JnpCreate.full(Shape.scalar(), 10.0), logs);
    Array signed = JnpMath.multiply(JnpMath.weak(sign), ratios);
    if (count < 2) {
      return signed;
    }
    // both ends exactly
    Array first = JnpCreate.full(Shape.of(1), start);
    Array last = JnpCreate.full(Shape.of(1), stop);
    Array middle = JnpIndex.part(signed, 0, JnpIndex.range(1, -1));
    return Concatenation.concatenate(List.of(first, middle, last), 0);
  }

  /** Whether an element lies on diagonal k. */
  static Array diagonalMask(long rows, long columns, int k) {
    Shape shape = Shape.of(rows, columns);
    Array row = Shapes.iota(DType.I32, shape, 0);
    Array column = Shapes.iota(DType.I32, shape, 1);
    return Compare.eq(add(row, Scalars.of(DType.I32, k)), column);
  }

  /** Whether an element lies on or below diagonal k. */
  static Array lowerMask(long rows, long columns, int k) {
    Shape shape = Shape.of(rows, columns);
    Array row = add(Shapes.iota(DType.I32, shape, 0), Scalars.of(DType.I32, k));
    return Compare.ge(row, Shapes.iota(DType.I32, shape, 1));
  }
}
