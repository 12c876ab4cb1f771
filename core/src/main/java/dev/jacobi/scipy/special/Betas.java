package dev.jacobi.scipy.special;

import static dev.jacobi.lax.SpecialFunctions.lgamma;
import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;

/** The beta function and its logarithm. */
public final class Betas {
  private Betas() {}

  /** {@code gamma(a) gamma(b) / gamma(a + b)} with its sign. */
  public static Array beta(Array... ab) {
    Array sum = ab[0].plus(ab[1]);
    Array sign = Gammas.sign(ab[0]).times(Gammas.sign(ab[1])).times(Gammas.sign(sum));
    return sign.times(Elementary.exp(log(ab)));
  }

  /** The logarithm of its magnitude: large arguments do not cancel. */
  public static Array log(Array... ab) {
    Array a = Arithmetic.min(ab[0], ab[1]);
    Array b = Arithmetic.max(ab[0], ab[1]);
    Array first = lgamma(a);
    Array small = first.plus(lgamma(b).minus(lgamma(a.plus(b))));
    return where(b.lt(8), small, first.plus(logRatio(a, b)));
  }

  /**
   * {@code log(gamma(b) / gamma(a + b))} for b >= 8 by the difference of two of Stirling's series
   * (DiDonato and Morris, Algorithm 708, ACM TOMS 18, 1992: ALGDIV).
   */
  private static Array logRatio(Array a, Array b) {
    double[] c = {
      0.833333333333333e-01,
      -0.277777777760991e-02,
      0.793650666825390e-03,
      -0.595202931351870e-03,
      0.837308034031215e-03,
      -0.165322962780713e-02
    };
    Array h = a.div(b);
    Array x = Jnp.div(1, h.plus(1));
    Array square = x.times(x);
    Array t = Arithmetic.square(Jnp.div(1, b));
    Array sum = Programs.constant(a, c[0]);
    Array power = Programs.constant(a, 1);
    Array s = Programs.constant(a, 1); // (1 - x^(2k + 1)) / (1 - x)
    for (int k = 1; k < c.length; k++) {
      power = power.times(t);
      s = s.times(square).plus(x).plus(1);
      sum = sum.plus(power.times(s).times(c[k]));
    }
    Array w = sum.times(h.times(x).div(b));
    Array u = b.plus(a.minus(0.5)).times(Elementary.log1p(h));
    Array v = a.times(Elementary.log(b).minus(1));
    return where(u.le(v), w.minus(v).minus(u), w.minus(u).minus(v));
  }
}
