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
   * and infinite at 0, with its sign.
   */
  public static Array gamma(Array x) {
    return Gammas.gamma(x);
  }

  /** {@code log |Gamma(x)|}; infinite at 0, -1, -2, ... */
  public static Array gammaln(Array x) {
    return SpecialFunctions.lgamma(floating("gammaln", x)[0]);
  }

  /** The sign of gamma: 1 or -1, at 0 that of the zero, NaN at -1, -2, ... */
  public static Array gammasgn(Array x) {
    return Programs.real("gammasgn", Gammas::sign, x);
  }

  /**
   * The logarithm of gamma, continuous in the complex plane but for a cut along the negative real
   * axis; of real numbers below 0 it is NaN.
   */
  public static Array loggamma(Array x) {
    return Gammas.loggamma(x);
  }

  /** The derivative of {@link #gammaln}; NaN at 0, -1, -2, ... */
  public static Array digamma(Array x) {
    return SpecialFunctions.digamma(floating("digamma", x)[0]);
  }

  /**
   * The n-th derivative of {@link #digamma} at x. There is no derivative in n.
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
   * the sum of {@code gammaln(a - j / 2)} for j below d.
   *
   * @throws LaxTypeException if d is negative
   */
  public static Array multigammaln(Array a, int d) {
    return Gammas.multigammaln(a, d);
  }

  /** The beta function {@code Gamma(a) Gamma(b) / Gamma(a + b)}. */
  public static Array beta(Array a, Array b) {
    return Programs.real("beta", Betas::beta, a, b);
  }

  /** {@code log |beta(a, b)|}, without cancellation of large arguments. */
  public static Array betaln(Array a, Array b) {
    return Programs.real("betaln", Betas::log, a, b);
  }

  /** The regularized incomplete beta function; there are no derivatives in a and b. */
  public static Array betainc(Array a, Array b, Array x) {
    Array[] abx = floating("betainc", a, b, x);
    return IncompleteBeta.betainc(abx[0], abx[1], abx[2]);
  }

  /** The regularized lower incomplete gamma function P(a, x), from 0 to 1. */
  public static Array gammainc(Array a, Array x) {
    Array[] ax = floating("gammainc", a, x);
    return IncompleteGamma.igamma(ax[0], ax[1]);
  }

  /** {@code 1 - gammainc(a, x)} without cancellation. */
  public static Array gammaincc(Array a, Array x) {
    Array[] ax = floating("gammaincc", a, x);
    return IncompleteGamma.igammac(ax[0], ax[1]);
  }

  /** n!, which is {@code Gamma(n + 1)}; 0 where n is negative. */
  public static Array factorial(Array n) {
    return Programs.real("factorial", Gammas::factorial, n);
  }

  /** How many ways there are to choose k of n things; 0 where there are none. */
  public static Array comb(Array n, Array k) {
    return comb(n, k, false);
  }

  /** The same, each thing as often as wanted if {@code repetition}. */
  public static Array comb(Array n, Array k, boolean repetition) {
    return Programs.real(
        "comb", repetition, repetition ? Gammas::multisets : Gammas::choices, n, k);
  }

  /** Pochhammer's symbol {@code Gamma(z + m) / Gamma(z)}; 1 where m is 0. */
  public static Array poch(Array z, Array m) {
    return Gammas.poch(z, m);
  }

  /** Hurwitz's zeta function, the sum of {@code (q + k)^-x} from k = 0 on. */
  public static Array zeta(Array x, Array q) {
    return Gammas.zeta(x, q);
  }

  /**
   * Bernoulli's numbers 0 to n, f32 of shape (n + 1).
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
