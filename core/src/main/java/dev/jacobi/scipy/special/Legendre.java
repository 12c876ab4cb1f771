package dev.jacobi.scipy.special;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.ArrayList;
import java.util.List;

/**
 * Associated Legendre functions with the Condon-Shortley phase, by the recurrence that raises the
 * degree: Limpanuparb and Milthorpe, Associated Legendre Polynomials and Spherical Harmonics
 * Computation for Chemistry Applications, 2014.
 */
public final class Legendre {
  /** A program has a few operations per degree. */
  private static final int MOST = 1000;

  private Legendre() {}

  /** Values of all orders up to m (rows) and degrees up to n at the points of a vector. */
  public static Array values(int m, int n, Array z, boolean normalized) {
    requireVector("lpmnValues", m, n, z);
    return ruled(n, normalized, z).get(rows(m));
  }

  /** The values, not normalised, and their derivatives. */
  public static List<Array> valuesAndDerivatives(int m, int n, Array z) {
    requireVector("lpmn", m, n, z);
    List<Array> both =
        NamedJit.call("lpmn", n, a -> recurrence(n, false, a.get(0), sine(a.get(0))), List.of(z));
    return List.of(both.get(0).get(rows(m)), both.get(1).get(rows(m)));
  }

  private static dev.jacobi.Index rows(int m) {
    return Jnp.until(m + 1L);
  }

  private static void requireVector(String name, int m, int n, Array z) {
    if (z.dtype() != DType.F32 && z.dtype() != DType.F64) {
      throw new LaxTypeException(name, "z must be f32 or f64, not " + z.dtype().shortName());
    }
    if (z.rank() != 1) {
      throw new LaxTypeException(name, "z must be a vector, not of shape " + z.shape());
    }
    if (m < 0 || m > n) {
      throw new LaxTypeException(
          name, "orders are from 0 up to the degree " + n + ", but m is " + m);
    }
    requireDegree(name, n);
  }

  private static void requireDegree(String name, int n) {
    if (n < 0 || n > MOST) {
      throw new LaxTypeException(name, "degrees are from 0 to " + MOST + ", not " + n);
    }
  }

  private static Array sine(Array x) {
    return Powers.sqrt(Jnp.minus(1, x).times(x.plus(1)));
  }

  private static Array ruled(int n, boolean normalized, Array z) {
    return NamedJit.callWithRule(
            "lpmn_values",
            List.of(n, normalized),
            a -> List.of(recurrence(n, normalized, a.get(0), sine(a.get(0))).getFirst()),
            a -> {
              List<Array> both = recurrence(n, normalized, a.get(0), sine(a.get(0)));
              return List.of(both.get(0), both.get(1).times(a.get(1)));
            },
            List.of(z))
        .getFirst();
  }

  /** Values and derivatives, (order, degree, point). */
  private static List<Array> recurrence(int n, boolean normalized, Array x, Array sine) {
    List<Array> values = new ArrayList<>();
    List<Array> slopes = new ArrayList<>();
    Array order = Shapes.iota(x.dtype(), dev.jacobi.hlo.Shape.of(n + 1L, 1), 0);
    double diagonal = normalized ? 0.5 / Math.sqrt(Math.PI) : 1;
    for (int l = 0; l <= n; l++) {
      diagonal *= l == 0 ? 1 : normalized ? -Math.sqrt(1 + 0.5 / l) : 1 - 2.0 * l;
      Array on = order.eq(l);
      Array first = l == 0 ? Jnp.onesLike(x) : Powers.integerPow(sine, l);
      Array value = Jnp.where(on, first.times(diagonal), 0.0);
      Array slope = Zeros.like(value);
      if (l > 0) {
        Array power = l == 2 ? Jnp.onesLike(x) : Powers.integerPow(sine, l - 2);
        slope = Jnp.where(on, power.times(x).times(-diagonal * l), 0.0);
        Array up = raise(l, order, normalized, true);
        Array before = values.get(l - 1);
        value = value.plus(up.times(x).times(before));
        slope = slope.plus(up.times(before.plus(x.times(slopes.get(l - 1)))));
      }
      if (l > 1) {
        Array back = raise(l, order, normalized, false);
        value = value.minus(back.times(values.get(l - 2)));
        slope = slope.minus(back.times(slopes.get(l - 2)));
      }
      values.add(value);
      slopes.add(slope);
    }
    return List.of(Jnp.stack(values, 1), Jnp.stack(slopes, 1));
  }

  /** The recurrence's coefficients for orders below the degree (the second: two below), else 0. */
  private static Array raise(int l, Array order, boolean normalized, boolean first) {
    Array used = order.lt(first ? l : l - 1);
    Array m = Jnp.where(used, order, 0.0);
    if (!normalized) {
      Array above = first ? Programs.constant(m, 2.0 * l - 1) : m.plus(l - 1);
      return Jnp.where(used, above.div(Jnp.minus((double) l, m)), 0.0);
    }
    double square = (double) l * l;
    Array below = Jnp.minus(square, m.times(m));
    double before = (l - 1.0) * (l - 1.0);
    Array above =
        first
            ? Programs.constant(m, 4 * square - 1)
            : Jnp.minus(before, m.times(m)).times((2.0 * l + 1) / (2.0 * l - 3));
    return Jnp.where(used, Powers.sqrt(above.div(below)), 0.0);
  }

  /** Spherical harmonics of degree n and order m at polar angle theta and azimuth phi. */
  public static Array sphericalHarmonic(Array n, Array m, Array theta, Array phi, int nMax) {
    requireDegree("sphHarmY", nMax);
    if (!n.dtype().isInteger() || !m.dtype().isInteger()) {
      throw new LaxTypeException("sphHarmY", "degrees and orders are integers");
    }
    return NamedJit.call(
            "sph_harm_y",
            nMax,
            a -> {
              Array[] angles = Promotion.promoteInexact("sphHarmY", a.get(2), a.get(3));
              Array[] all =
                  Promotion.broadcast("sphHarmY", a.get(0), a.get(1), angles[0], angles[1]);
              return List.of(harmonic(all[0], all[1], all[2], all[3], nMax));
            },
            List.of(n, m, theta, phi))
        .getFirst();
  }

  private static Array harmonic(Array n, Array m, Array theta, Array phi, int nMax) {
    Array flat = Jnp.ravel(theta);
    Array sine = Arithmetic.abs(Elementary.sin(flat));
    Array legendre = recurrence(nMax, true, Elementary.cos(flat), sine).getFirst();
    long points = flat.dim(0);
    Array order = Arithmetic.abs(m.astype(DType.I32));
    Array row = Jnp.clip(Jnp.ravel(order), 0, nMax);
    Array column = Jnp.clip(Jnp.ravel(n.astype(DType.I32)), 0, nMax);
    Array point = Jnp.arange(points);
    Array chosen = legendre.get(Jnp.ix(row), Jnp.ix(column), Jnp.ix(point));
    Array value = chosen.reshape(theta.shape().toArray());
    Array angle = order.astype(theta.dtype()).times(phi);
    Array re = value.times(Elementary.cos(angle));
    Array im = value.times(Elementary.sin(angle));
    Array negative = m.lt(0);
    Array odd = order.rem(2).ne(0);
    Array flipRe = Jnp.where(Jnp.logicalAnd(negative, odd), Arithmetic.neg(re), re);
    Array flipIm = Jnp.where(Jnp.logicalAnd(negative, Jnp.logicalNot(odd)), Arithmetic.neg(im), im);
    return Complexes.complex(flipRe, flipIm);
  }
}
