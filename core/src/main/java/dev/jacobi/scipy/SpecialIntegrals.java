package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.ExponentialIntegrals;
import dev.jacobi.scipy.special.Hypergeometric;
import dev.jacobi.scipy.special.Legendre;
import dev.jacobi.scipy.special.Programs;
import dev.jacobi.scipy.special.SineIntegrals;
import java.util.List;

/** The part of {@link Special} with integrals, Bessel, Legendre and hypergeometric functions. */
public abstract class SpecialIntegrals extends SpecialError {
  SpecialIntegrals() {}

  /** The sine and the cosine integral. */
  public record SiciResult(Array si, Array ci) {}

  /** Legendre functions and their derivatives, both of shape (order, degree, point). */
  public record LpmnResult(Array values, Array derivatives) {}

  /** E_1, the integral of {@code exp(-x t) / t} from 1 on; NaN below 0. */
  public static Array exp1(Array x) {
    return expn(Jnp.weak(1), x);
  }

  /** E_n, the integral of {@code exp(-x t) / t^n} from 1 on; n has no derivative. */
  public static Array expn(Array n, Array x) {
    return Programs.real("expn", a -> ExponentialIntegrals.expn(a[0], a[1]), n, x);
  }

  /** Ei, the principal value of the integral of {@code exp(t) / t} up to x. */
  public static Array expi(Array x) {
    return Programs.real("expi", ExponentialIntegrals::expi, x);
  }

  /** The integrals of {@code sin(t) / t} from 0 and of {@code cos(t) / t} from infinity to x. */
  public static SiciResult sici(Array x) {
    List<Array> both = Programs.several("sici", "", SineIntegrals::sici, x);
    return new SiciResult(both.get(0), both.get(1));
  }

  /** Spence's function, the integral of {@code log(t) / (1 - t)} from 1 to x; NaN below 0. */
  public static Array spence(Array x) {
    return Programs.real("spence", SineIntegrals::spence, x);
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

  /** Kummer's confluent hypergeometric function {@code 1F1(a; b; x)}. */
  public static Array hyp1f1(Array a, Array b, Array x) {
    return Programs.real("hyp1f1", Hypergeometric::hyp1f1, a, b, x);
  }

  /** Gauss's hypergeometric function {@code 2F1(a, b; c; x)}. */
  public static Array hyp2f1(Array a, Array b, Array c, Array x) {
    return Programs.real("hyp2f1", Hypergeometric::hyp2f1, a, b, c, x);
  }

  /**
   * Associated Legendre functions of the first kind and their derivatives, of orders 0 to m and
   * degrees 0 to n, shape (m + 1, n + 1, points): {@code values.get(i, j)} has order i, degree j.
   *
   * @throws LaxTypeException if z is not a vector of f32 or f64, or m is not from 0 to n
   */
  public static LpmnResult lpmn(int m, int n, Array z) {
    List<Array> both = Legendre.valuesAndDerivatives(m, n, z);
    return new LpmnResult(both.get(0), both.get(1));
  }

  /**
   * The values alone, normalised as spherical harmonics are if {@code isNormalized}.
   *
   * @throws LaxTypeException as {@link #lpmn}
   */
  public static Array lpmnValues(int m, int n, Array z, boolean isNormalized) {
    return Legendre.values(m, n, z, isNormalized);
  }

  /**
   * The spherical harmonic of degree n and order m at polar angle theta and azimuth phi, complex;
   * the four broadcast.
   *
   * @throws LaxTypeException if n or m are no integers, or a degree is above 1000
   */
  public static Array sphHarmY(Array n, Array m, Array theta, Array phi) {
    int most = n.shape().size() == 0 ? 0 : Math.toIntExact(Jnp.max(n).itemLong());
    return sphHarmY(n, m, theta, phi, most);
  }

  /** The same for degrees up to {@code nMax}, which must be given where n is traced. */
  public static Array sphHarmY(Array n, Array m, Array theta, Array phi, int nMax) {
    return Legendre.sphericalHarmonic(n, m, theta, phi, nMax);
  }
}
