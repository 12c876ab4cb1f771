package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.lax.IncompleteBeta;
import dev.jacobi.lax.IncompleteGamma;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.scipy.special.Betas;
import dev.jacobi.scipy.special.Gammas;
import dev.jacobi.scipy.special.Programs;

/** The part of {@link Special} around the gamma function. */
public abstract class SpecialGamma {
  SpecialGamma() {}

  /**
   * The gamma function of real or complex numbers; NaN at -1, -2, ... (of complex ones also at 0)
   * and infinite at 0, with its sign. {@code Special.gamma(array(5f, 0.5f))} is {@code [24.000006
   * 1.7724538]}.
   */
  public static Array gamma(Array x) {
    return Gammas.gamma(x);
  }

  /**
   * {@code log |Gamma(x)|}; infinite at 0, -1, -2, ... {@code Special.gammaln(array(5f, 0.5f))} is
   * {@code [3.178054 0.5723649]}.
   */
  public static Array gammaln(Array x) {
    return SpecialFunctions.lgamma(floating("gammaln", x)[0]);
  }

  /**
   * The sign of gamma: 1 or -1, at 0 that of the zero, NaN at -1, -2, ... {@code
   * Special.gammasgn(array(1f, -0.5f))} is {@code [ 1. -1.]}.
   */
  public static Array gammasgn(Array x) {
    return Programs.real("gammasgn", Gammas::sign, x);
  }

  /**
   * The logarithm of gamma, continuous in the complex plane but for a cut along the negative real
   * axis; of real numbers below 0 it is NaN. {@code Special.loggamma(array(5f, 0.5f))} is {@code
   * [3.178054 0.5723649]}.
   */
  public static Array loggamma(Array x) {
    return Gammas.loggamma(x);
  }

  /**
   * The derivative of {@link #gammaln}; NaN at 0, -1, -2, ... {@code Special.digamma(array(1f,
   * 2f))} is {@code [-0.5772157 0.42278433]}.
   */
  public static Array digamma(Array x) {
    return SpecialFunctions.digamma(floating("digamma", x)[0]);
  }

  /**
   * The n-th derivative of {@link #digamma} at x. There is no derivative in n. {@code
   * Special.polygamma(scalar(1), array(1f, 2f))} is {@code [1.644934 0.64493406]}.
   *
   * @throws LaxTypeException if n is not an integer
   */
  public static Array polygamma(Array n, Array x) {
    if (!n.dtype().isInteger()) {
      throw new LaxTypeException("polygamma", "n must be an integer, not " + n.dtype().shortName());
    }
    Array[] nx = floating("polygamma", n, x);
    return SpecialFunctions.polygamma(nx[0], nx[1]);
  }

  /** The n-th derivative of {@link #digamma} at x. */
  public static Array polygamma(int n, Array x) {
    Array value = floating("polygamma", x)[0];
    return SpecialFunctions.polygamma(Scalars.like(value, n), value);
  }

  /**
   * The logarithm of the multivariate gamma function of order d: {@code d (d - 1) / 4 log(pi)} and
   * the sum of {@code gammaln(a - j / 2)} for j below d. {@code Special.multigammaln(array(3f), 2)}
   * is {@code [1.550195]}.
   *
   * @throws LaxTypeException if d is negative
   */
  public static Array multigammaln(Array a, int d) {
    return Gammas.multigammaln(a, d);
  }

  /**
   * The beta function {@code Gamma(a) Gamma(b) / Gamma(a + b)}. {@code Special.beta(scalar(2f),
   * scalar(3f))} is {@code 0.08333331}.
   */
  public static Array beta(Array a, Array b) {
    return Programs.real("beta", Betas::beta, a, b);
  }

  /**
   * {@code log |beta(a, b)|}, without cancellation of large arguments. {@code
   * Special.betaln(scalar(2f), scalar(3f))} is {@code -2.484907}.
   */
  public static Array betaln(Array a, Array b) {
    return Programs.real("betaln", Betas::log, a, b);
  }

  /**
   * The regularized incomplete beta function; there are no derivatives in a and b. {@code
   * Special.betainc(scalar(2f), scalar(3f), scalar(0.5f))} is {@code 0.6875}.
   */
  public static Array betainc(Array a, Array b, Array x) {
    Array[] abx = floating("betainc", a, b, x);
    return IncompleteBeta.betainc(abx[0], abx[1], abx[2]);
  }

  /**
   * The regularized lower incomplete gamma function P(a, x), from 0 to 1. {@code
   * Special.gammainc(scalar(2f), scalar(1f))} is {@code 0.26424113}.
   */
  public static Array gammainc(Array a, Array x) {
    Array[] ax = floating("gammainc", a, x);
    return IncompleteGamma.igamma(ax[0], ax[1]);
  }

  /**
   * {@code 1 - gammainc(a, x)} without cancellation. {@code Special.gammaincc(scalar(2f),
   * scalar(1f))} is {@code 0.7357589}.
   */
  public static Array gammaincc(Array a, Array x) {
    Array[] ax = floating("gammaincc", a, x);
    return IncompleteGamma.igammac(ax[0], ax[1]);
  }

  /**
   * n!, which is {@code Gamma(n + 1)}; 0 where n is negative. {@code Special.factorial(array(0f,
   * 5f))} is {@code [ 1. 120.00001]}.
   */
  public static Array factorial(Array n) {
    return Programs.real("factorial", Gammas::factorial, n);
  }

  /**
   * How many ways there are to choose k of n things; 0 where there are none. {@code
   * Special.comb(scalar(5f), scalar(2f))} is {@code 10.0}.
   */
  public static Array comb(Array n, Array k) {
    return comb(n, k, false);
  }

  /** The same, each thing as often as wanted if {@code repetition}. */
  public static Array comb(Array n, Array k, boolean repetition) {
    return Programs.real(
        "comb", repetition, repetition ? Gammas::multisets : Gammas::choices, n, k);
  }

  /**
   * Pochhammer's symbol {@code Gamma(z + m) / Gamma(z)}; 1 where m is 0. {@code
   * Special.poch(scalar(3f), scalar(2f))} is {@code 12.000003}.
   */
  public static Array poch(Array z, Array m) {
    return Gammas.poch(z, m);
  }

  /**
   * Hurwitz's zeta function, the sum of {@code (q + k)^-x} from k = 0 on. {@code
   * Special.zeta(scalar(2f), scalar(1f))} is {@code 1.644934}.
   */
  public static Array zeta(Array x, Array q) {
    return Gammas.zeta(x, q);
  }

  /**
   * Bernoulli's numbers 0 to n, f32 of shape (n + 1). {@code Special.bernoulli(4)} is {@code [ 1.
   * -0.5 0.16666667 0. -0.03333334]}.
   *
   * @throws LaxTypeException if n is negative
   */
  public static Array bernoulli(int n) {
    return Gammas.bernoulli(n);
  }

  /** The operands in one shape and one floating type. */
  static Array[] floating(String function, Array... operands) {
    return Promotion.promoteInexact(function, operands);
  }
}
