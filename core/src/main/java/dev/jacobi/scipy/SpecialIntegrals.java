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

  /**
   * E_1, the integral of {@code exp(-x t) / t} from 1 on; NaN below 0. {@code
   * Special.exp1(array(1f))} is {@code [0.21938396]}.
   */
  public static Array exp1(Array x) {
    return expn(Jnp.weak(1), x);
  }

  /**
   * E_n, the integral of {@code exp(-x t) / t^n} from 1 on; n has no derivative. {@code
   * Special.expn(scalar(2), array(1f))} is {@code [0.14849555]}.
   */
  public static Array expn(Array n, Array x) {
    return Programs.real("expn", a -> ExponentialIntegrals.expn(a[0], a[1]), n, x);
  }

  /**
   * Ei, the principal value of the integral of {@code exp(t) / t} up to x. {@code
   * Special.expi(array(1f))} is {@code [1.8951179]}.
   */
  public static Array expi(Array x) {
    return Programs.real("expi", ExponentialIntegrals::expi, x);
  }

  /**
   * The integrals of {@code sin(t) / t} from 0 and of {@code cos(t) / t} from infinity to x. {@code
   * Special.sici(array(1f))} is {@code SiciResult[si=[0.94608307], ci=[0.33740395]]}.
   */
  public static SiciResult sici(Array x) {
    List<Array> both = Programs.several("sici", "", SineIntegrals::sici, x);
    return new SiciResult(both.get(0), both.get(1));
  }

  /**
   * Spence's function, the integral of {@code log(t) / (1 - t)} from 1 to x; NaN below 0. {@code
   * Special.spence(array(1f, 2f))} is {@code [ 0. -0.82246685]}.
   */
  public static Array spence(Array x) {
    return Programs.real("spence", SineIntegrals::spence, x);
  }

  /**
   * The modified Bessel function of order 0. {@code Special.i0(array(0f, 1f))} is {@code [1.0000001
   * 1.266066 ]}.
   */
  public static Array i0(Array x) {
    Array value = floating("i0", x)[0];
    Array growth = Elementary.exp(Arithmetic.abs(value));
    return Arithmetic.mul(growth, SpecialFunctions.besselI0e(value));
  }

  /**
   * {@code exp(-|x|) i0(x)}. {@code Special.i0e(array(0f, 1f))} is {@code [1.0000001 0.46575963]}.
   */
  public static Array i0e(Array x) {
    return SpecialFunctions.besselI0e(floating("i0e", x)[0]);
  }

  /**
   * The modified Bessel function of order 1. {@code Special.i1(array(0f, 1f))} is {@code [0.
   * 0.56515914]}.
   */
  public static Array i1(Array x) {
    Array value = floating("i1", x)[0];
    Array growth = Elementary.exp(Arithmetic.abs(value));
    return Arithmetic.mul(growth, SpecialFunctions.besselI1e(value));
  }

  /** {@code exp(-|x|) i1(x)}. {@code Special.i1e(array(0f, 1f))} is {@code [0. 0.20791043]}. */
  public static Array i1e(Array x) {
    return SpecialFunctions.besselI1e(floating("i1e", x)[0]);
  }

  /**
   * Kummer's confluent hypergeometric function {@code 1F1(a; b; x)}. {@code
   * Special.hyp1f1(scalar(1f), scalar(2f), scalar(0.5f))} is {@code 1.2974426}.
   */
  public static Array hyp1f1(Array a, Array b, Array x) {
    return Programs.real("hyp1f1", Hypergeometric::hyp1f1, a, b, x);
  }

  /**
   * Gauss's hypergeometric function {@code 2F1(a, b; c; x)}. {@code Special.hyp2f1(scalar(1f),
   * scalar(1f), scalar(2f), scalar(0.5f))} is {@code 1.3862945}.
   */
  public static Array hyp2f1(Array a, Array b, Array c, Array x) {
    return Programs.real("hyp2f1", Hypergeometric::hyp2f1, a, b, c, x);
  }

  /**
   * Associated Legendre functions of the first kind and their derivatives, of orders 0 to m and
   * degrees 0 to n, shape (m + 1, n + 1, points): {@code values.get(i, j)} has order i, degree j.
   * {@code Special.lpmn(1, 2, array(0.5f)).values().shape()} is {@code (2, 3, 1)}.
   *
   * @throws LaxTypeException if z is not a vector of f32 or f64, or m is not from 0 to n
   */
  public static LpmnResult lpmn(int m, int n, Array z) {
    List<Array> both = Legendre.valuesAndDerivatives(m, n, z);
    return new LpmnResult(both.get(0), both.get(1));
  }

  /**
   * The values alone, normalised as spherical harmonics are if {@code isNormalized}. {@code
   * Special.lpmnValues(1, 2, array(0.5f), true).shape()} is {@code (2, 3, 1)}.
   *
   * @throws LaxTypeException as {@link #lpmn}
   */
  public static Array lpmnValues(int m, int n, Array z, boolean isNormalized) {
    return Legendre.values(m, n, z, isNormalized);
  }

  /**
   * The spherical harmonic of degree n and order m at polar angle theta and azimuth phi, complex;
   * the four broadcast. {@code Special.sphHarmY(array(1), array(0), array(0f), array(0f)).shape()}
   * is {@code (1,)}.
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
