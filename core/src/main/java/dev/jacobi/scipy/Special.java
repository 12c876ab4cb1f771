package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.IncompleteBeta;
import dev.jacobi.lax.IncompleteGamma;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Promotion;

/**
 * Special functions, for {@code import static dev.jacobi.scipy.Special.*}: JAX's {@code
 * jax.scipy.special}. All work element by element; operands of different shapes are broadcast and
 * of different types promoted, and integers become floating point. Complex numbers are a {@link
 * LaxTypeException}.
 */
public final class Special {
  private Special() {}

  /** {@code log |Gamma(x)|}; infinite at 0, -1, -2, ... */
  public static Array gammaln(Array x) {
    return SpecialFunctions.lgamma(floating("gammaln", x)[0]);
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

  /** Hurwitz's zeta function, the sum of {@code (q + k)^-x}; there is no derivative in x. */
  public static Array zeta(Array x, Array q) {
    Array[] xq = floating("zeta", x, q);
    return SpecialFunctions.zeta(xq[0], xq[1]);
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

  /** The regularized incomplete beta function; there are no derivatives in a and b. */
  public static Array betainc(Array a, Array b, Array x) {
    Array[] abx = floating("betainc", a, b, x);
    return IncompleteBeta.betainc(abx[0], abx[1], abx[2]);
  }

  /** The modified Bessel function of order 0. */
  public static Array i0(Array x) {
    Array value = floating("i0", x)[0];
    Array growth = Elementary.exp(Arithmetic.abs(value));
    return Arithmetic.mul(growth, SpecialFunctions.besselI0e(value));
  }

  /** {@code exp(-|x|) i0(x)}. */
  public static Array i0e(Array x) {
    return SpecialFunctions.besselI0e(floating("i0e", x)[0]);
  }

  /** The modified Bessel function of order 1. */
  public static Array i1(Array x) {
    Array value = floating("i1", x)[0];
    Array growth = Elementary.exp(Arithmetic.abs(value));
    return Arithmetic.mul(growth, SpecialFunctions.besselI1e(value));
  }

  /** {@code exp(-|x|) i1(x)}. */
  public static Array i1e(Array x) {
    return SpecialFunctions.besselI1e(floating("i1e", x)[0]);
  }

  /** The operands in one shape and one floating type. */
  private static Array[] floating(String function, Array... operands) {
    Array[] all = Promotion.promote(function, operands);
    for (int i = 0; i < all.length; i++) {
      DType t = all[i].dtype();
      boolean wide = t == DType.I64 || t == DType.U64;
      boolean weak = all[i].aval().weak();
      all[i] =
          t.isInexact() ? all[i] : Promotion.convert(all[i], wide ? DType.F64 : DType.F32, weak);
    }
    return all;
  }
}
