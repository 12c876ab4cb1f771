package dev.jacobi.scipy.spatial;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.List;
import java.util.function.Function;

/**
 * Rotations of space as unit quaternions (..., 4), the scalar last. Where a formula divides by a
 * norm that may vanish, a series is taken instead, so that derivatives are numbers there too.
 */
public final class Quaternions {
  private Quaternions() {}

  /** A formula as one program. */
  public static Array program(
      String name, Object statics, Function<List<Array>, Array> f, Array... operands) {
    return NamedJit.call(
            name,
            List.of("scipy.spatial", statics),
            x -> List.of(f.apply(x)),
            Promotion.together(operands))
        .getFirst();
  }

  /** Vectors of so many real numbers, as floating point. */
  public static Array vectors(String function, Array x, long size) {
    if (x.rank() == 0 || x.dim(-1) != size || x.dtype().isComplex()) {
      throw new LaxTypeException(
          function, "takes vectors of " + size + " real numbers, not " + x.aval());
    }
    return Promotion.promoteInexact(function, x)[0];
  }

  /** Element i along the last dimension, which goes. */
  static Array at(Array x, int i) {
    return Jnp.squeeze(x.get(Jnp.ellipsis(), Jnp.range(i, i + 1)), -1);
  }

  static Array stacked(Array... parts) {
    return Jnp.stack(List.of(parts), -1);
  }

  private static Array dot(Array x, Array y) {
    return Jnp.sum(x.times(y), Jnp.over(-1).keepDims());
  }

  private static Array vectorPart(Array q) {
    return q.get(Jnp.ellipsis(), Jnp.range(0, 3));
  }

  private static Array scalarPart(Array q) {
    return q.get(Jnp.ellipsis(), Jnp.range(3, 4));
  }

  /** Of length 1. */
  public static Array normalized(Array q) {
    return q.div(Powers.sqrt(dot(q, q)));
  }

  /** First q, then p. */
  public static Array product(Array p, Array q) {
    Array[] pq = Promotion.promote("Rotation.times", p, q);
    Array u = vectorPart(pq[0]);
    Array v = vectorPart(pq[1]);
    Array s = scalarPart(pq[0]);
    Array t = scalarPart(pq[1]);
    Array vector = s.times(v).plus(t.times(u)).plus(cross(u, v));
    Array scalar = s.times(t).minus(dot(u, v));
    return normalized(Jnp.concatenate(List.of(vector, scalar), -1));
  }

  private static Array cross(Array u, Array v) {
    Array[] a = {at(u, 0), at(u, 1), at(u, 2)};
    Array[] b = {at(v, 0), at(v, 1), at(v, 2)};
    return stacked(
        a[1].times(b[2]).minus(a[2].times(b[1])),
        a[2].times(b[0]).minus(a[0].times(b[2])),
        a[0].times(b[1]).minus(a[1].times(b[0])));
  }

  /** The inverse rotation. */
  public static Array inverse(Array q) {
    return Jnp.concatenate(List.of(Arithmetic.neg(vectorPart(q)), scalarPart(q)), -1);
  }

  /** The angle of a rotation, from 0 to pi. */
  public static Array magnitude(Array q) {
    Array v = vectorPart(q);
    Array squares = Jnp.squeeze(dot(v, v), -1);
    Array zero = squares.eq(0);
    Array length = where(zero, 0.0, Powers.sqrt(where(zero, Scalars.like(squares, 1), squares)));
    return Elementary.atan2(length, Arithmetic.abs(at(q, 3))).times(2);
  }

  /** Where the first element that is not 0, from the scalar on, is negative: the other sign. */
  public static Array canonical(Array q) {
    Array negative = at(q, 3).lt(0);
    Array isZero = at(q, 3).eq(0);
    for (int i = 0; i < 3; i++) {
      negative = Bits.or(negative, Bits.and(isZero, at(q, i).lt(0)));
      isZero = Bits.and(isZero, at(q, i).eq(0));
    }
    return where(Jnp.expandDims(negative, -1), Arithmetic.neg(q), q);
  }

  /** Axes times angles. */
  public static Array fromRotvec(Array v) {
    Array square = dot(v, v);
    Array isSmall = square.le(1e-6);
    Array angle = Powers.sqrt(where(isSmall, Scalars.like(square, 1), square));
    Array series = square.times(square).div(3840.0).minus(square.div(48.0)).plus(0.5);
    Array scale = where(isSmall, series, Elementary.sin(angle.times(0.5)).div(angle));
    Array cosine = square.times(square).div(384.0).minus(square.div(8.0)).plus(1);
    Array scalar = where(isSmall, cosine, Elementary.cos(angle.times(0.5)));
    return Jnp.concatenate(List.of(scale.times(v), scalar), -1);
  }

  /** Axes times angles of at most pi. */
  public static Array asRotvec(Array q) {
    Array upper = where(scalarPart(q).lt(0), Arithmetic.neg(q), q);
    Array v = vectorPart(upper);
    Array w = scalarPart(upper);
    Array square = dot(v, v);
    Array isSmall = square.le(2.5e-7);
    Array safe = Powers.sqrt(where(isSmall, Scalars.like(square, 1), square));
    Array angle = Elementary.atan2(safe, w).times(2);
    Array large = angle.div(Elementary.sin(angle.times(0.5)));
    // 2 asin(s) / s of the sine s
    Array series = square.times(square).times(3.0 / 20).plus(square.div(3.0)).plus(2);
    return where(isSmall, series, large).times(v);
  }

  /** Modified Rodrigues parameters: the axis times the tangent of a quarter of the angle. */
  public static Array fromMrp(Array p) {
    Array more = dot(p, p).plus(1);
    Array all = Jnp.concatenate(List.of(p.times(2), Jnp.minus(2, more)), -1);
    return all.div(more);
  }

  /** Modified Rodrigues parameters of length at most 1. */
  public static Array asMrp(Array q) {
    Array w = scalarPart(q);
    Array sign = where(w.lt(0), Scalars.like(w, -1), Scalars.like(w, 1));
    return sign.times(vectorPart(q)).div(sign.times(w).plus(1));
  }

  /** Matrices (..., 3, 3). */
  public static Array asMatrix(Array q) {
    Array x = at(q, 0);
    Array y = at(q, 1);
    Array z = at(q, 2);
    Array w = at(q, 3);
    Array xx = x.times(x);
    Array yy = y.times(y);
    Array zz = z.times(z);
    Array ww = w.times(w);
    Array first =
        stacked(
            xx.minus(yy).minus(zz).plus(ww),
            x.times(y).minus(z.times(w)).times(2),
            x.times(z).plus(y.times(w)).times(2));
    Array second =
        stacked(
            x.times(y).plus(z.times(w)).times(2),
            yy.minus(xx).minus(zz).plus(ww),
            y.times(z).minus(x.times(w)).times(2));
    Array third =
        stacked(
            x.times(z).minus(y.times(w)).times(2),
            y.times(z).plus(x.times(w)).times(2),
            zz.minus(xx).minus(yy).plus(ww));
    return Jnp.stack(List.of(first, second, third), -2);
  }

  /**
   * Of matrices (..., 3, 3), by the largest of the diagonal and the trace. Source: Markley, Unit
   * quaternion from rotation matrix, Journal of Guidance, Control, and Dynamics 31 (2008).
   */
  public static Array fromMatrix(Array m) {
    Array[][] e = new Array[3][3];
    for (int i = 0; i < 3; i++) {
      Array row = Jnp.squeeze(m.get(Jnp.ellipsis(), Jnp.range(i, i + 1), Jnp.all()), -2);
      for (int j = 0; j < 3; j++) {
        e[i][j] = at(row, j);
      }
    }
    Array trace = e[0][0].plus(e[1][1]).plus(e[2][2]);
    Array best = trace;
    Array q =
        stacked(
            e[2][1].minus(e[1][2]), e[0][2].minus(e[2][0]), e[1][0].minus(e[0][1]), trace.plus(1));
    for (int i = 2; i >= 0; i--) { // of equal ones the first is taken
      int j = (i + 1) % 3;
      int k = (i + 2) % 3;
      Array[] other = new Array[4];
      other[i] = e[i][i].times(2).plus(1).minus(trace);
      other[j] = e[j][i].plus(e[i][j]);
      other[k] = e[k][i].plus(e[i][k]);
      other[3] = e[k][j].minus(e[j][k]);
      Array isBetter = e[i][i].ge(best);
      q = where(Jnp.expandDims(isBetter, -1), stacked(other), q);
      best = where(isBetter, e[i][i], best);
    }
    return normalized(q);
  }

  /** Vectors (..., 3) turned by matrices (..., 3, 3), batches broadcast. */
  public static Array turned(Array matrix, Array v, boolean inverse) {
    Array m = inverse ? Jnp.matrixTranspose(matrix) : matrix;
    return Jnp.squeeze(Jnp.matmul(m, Jnp.expandDims(v, -1)), -1);
  }
}
