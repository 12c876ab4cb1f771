package dev.jacobi.lax;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Elementary.exp;
import static dev.jacobi.lax.Elementary.log;

import dev.jacobi.Array;

/**
 * The regularized incomplete gamma functions {@code P(a, x)} and {@code Q = 1 - P}, and their
 * derivatives in a. {@link GammaLoops} computes them; formulas and special cases are JAX's.
 */
public final class IncompleteGamma {
  static final Binary IGAMMA =
      Binary.smooth(
          "igamma",
          GammaLoops::igamma,
          Domain.FLOAT,
          (a, x, z, t) -> mul(t, igammaGradA(a, x)),
          (a, x, z, t) -> mul(t, density(a, x)));

  static final Binary IGAMMAC =
      Binary.smooth(
          "igammac",
          GammaLoops::igammac,
          Domain.FLOAT,
          (a, x, z, t) -> neg(mul(t, igammaGradA(a, x))),
          (a, x, z, t) -> neg(mul(t, density(a, x))));

  /** dP/da; its derivative in x is that of the density in a. JAX has none. */
  static final Binary IGAMMA_GRAD_A =
      Binary.smooth(
          "igamma_grad_a",
          GammaLoops::igammaGradA,
          Domain.FLOAT,
          (a, x, z, t) -> {
            throw new NoDerivativeException("igamma_grad_a", "a", "x");
          },
          (a, x, z, t) -> mul(t, mul(density(a, x), sub(log(x), SpecialFunctions.digamma(a)))));

  /** {@code dx/da = -(dP/da) / (dP/dx)} of a sample x; the quotient rule gives its slope in x. */
  static final Binary RANDOM_GAMMA_GRAD =
      Binary.smooth(
          "random_gamma_grad",
          GammaLoops::randomGammaGrad,
          Domain.FLOAT,
          (a, x, z, t) -> {
            throw new NoDerivativeException("random_gamma_grad", "a", "sample");
          },
          (a, x, z, t) -> mul(t, sub(sub(SpecialFunctions.digamma(a), log(x)), bent(a, x, z))));

  private IncompleteGamma() {}

  /** {@code dP/dx = exp(-x + (a - 1) log x - lgamma(a))}. */
  private static Array density(Array a, Array x) {
    Array power = mul(sub(a, Zeros.full(Scalars.like(a, 1), a.shape())), log(x));
    return exp(sub(add(neg(x), power), SpecialFunctions.lgamma(a)));
  }

  /** z times the logarithmic derivative of the density in x. */
  private static Array bent(Array a, Array x, Array z) {
    return mul(z, sub(div(sub(a, Scalars.like(a, 1)), x), Scalars.like(x, 1)));
  }

  /** {@code P(a, x)}, the integral of the gamma law's density up to x. */
  public static Array igamma(Array a, Array x) {
    return IGAMMA.of(a, x);
  }

  /** {@code 1 - P(a, x)} without cancellation. */
  public static Array igammac(Array a, Array x) {
    return IGAMMAC.of(a, x);
  }

  /** The derivative of {@link #igamma} in a. */
  public static Array igammaGradA(Array a, Array x) {
    return IGAMMA_GRAD_A.of(a, x);
  }

  /** The derivative in a of a sample of the gamma law with parameter a. */
  public static Array randomGammaGrad(Array a, Array sample) {
    return RANDOM_GAMMA_GRAD.of(a, sample);
  }
}
