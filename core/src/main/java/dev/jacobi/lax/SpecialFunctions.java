package dev.jacobi.lax;

import static dev.jacobi.lax.Arithmetic.abs;
import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Arithmetic.sign;
import static dev.jacobi.lax.Arithmetic.sub;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import java.util.List;

/** The gamma function's relatives of one parameter, zeta, and Bessel functions. */
public final class SpecialFunctions {
  static final Unary LGAMMA =
      Unary.smooth("lgamma", Fn.LGAMMA, Domain.FLOAT, (x, y, dx) -> mul(dx, digamma(x)));

  static final Unary DIGAMMA =
      Unary.smooth(
          "digamma",
          Fn.DIGAMMA,
          Domain.FLOAT,
          (x, y, dx) -> mul(dx, polygamma(Scalars.like(x, 1), x)));

  static final Binary POLYGAMMA =
      Binary.smooth(
          "polygamma",
          Fn.POLYGAMMA,
          Domain.FLOAT,
          (m, x, y, t) -> {
            throw new NoDerivativeException("polygamma", "m", "x");
          },
          (m, x, y, t) -> mul(t, polygamma(add(m, Scalars.like(m, 1)), x)));

  static final Binary ZETA = // term by term; JAX has no derivative at all
      Binary.smooth(
          "zeta",
          Fn.ZETA,
          Domain.FLOAT,
          (s, q, z, t) -> {
            throw new NoDerivativeException("zeta", "x", "q");
          },
          (s, q, z, t) -> mul(t, mul(neg(s), zeta(add(s, Scalars.like(s, 1)), q))));

  static final Unary BESSEL_I0E =
      Unary.smooth(
          "bessel_i0e",
          (context, x) ->
              Formula.write(context, List.of(x), (f, v) -> Chebyshev.i0e(f, v.getFirst())),
          Domain.FLOAT,
          (x, y, dx) -> mul(dx, sub(besselI1e(x), mul(sign(x), y))));

  static final Unary BESSEL_I1E =
      Unary.smooth(
          "bessel_i1e", Fn.BESSEL_I1E, Domain.FLOAT, (x, y, dx) -> mul(dx, slopeOfI1e(x, y)));

  private SpecialFunctions() {}

  /** {@code i0e(x) - y (sign(x) + 1/x)}, and its limit 1/2 near 0. */
  private static Array slopeOfI1e(Array x, Array y) {
    Array least = Scalars.like(x, epsilon(x.dtype()));
    Array usual = Compare.gt(abs(x), least);
    Array safe = Compare.select(usual, x, Zeros.full(least, x.shape()));
    Array rest = mul(y, add(sign(safe), Powers.integerPow(safe, -1)));
    Array half = Zeros.full(Scalars.like(x, 0.5), x.shape());
    return Compare.select(usual, sub(besselI0e(safe), rest), half);
  }

  private static double epsilon(DType dtype) {
    return switch (dtype) {
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
      case F64 -> 0x1p-52;
      default -> 0x1p-23;
    };
  }

  /** {@code log |Gamma(x)|}. */
  public static Array lgamma(Array x) {
    return LGAMMA.of(x);
  }

  /** The derivative of {@link #lgamma}. */
  public static Array digamma(Array x) {
    return DIGAMMA.of(x);
  }

  /** The m-th derivative of {@link #digamma}; NaN where m is not 0, 1, 2, ... */
  public static Array polygamma(Array m, Array x) {
    return POLYGAMMA.of(m, x);
  }

  /** Hurwitz's zeta function, the sum of {@code (q + k)^-x} from k = 0 on. */
  public static Array zeta(Array x, Array q) {
    return ZETA.of(x, q);
  }

  /** {@code exp(-|x|) I0(x)}. */
  public static Array besselI0e(Array x) {
    return BESSEL_I0E.of(x);
  }

  /** {@code exp(-|x|) I1(x)}. */
  public static Array besselI1e(Array x) {
    return BESSEL_I1E.of(x);
  }
}
