package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.scipy.special.ErrorFunctions;
import dev.jacobi.scipy.special.Fresnel;
import dev.jacobi.scipy.special.Normals;
import dev.jacobi.scipy.special.Programs;
import java.util.List;

/** The part of {@link Special} around the error function and the normal distribution. */
public abstract class SpecialError extends SpecialGamma {
  SpecialError() {}

  /**
   * Both of Fresnel's integrals.
   *
   * @param s the integral of {@code sin(pi t^2 / 2)} from 0 to x
   * @param c the integral of {@code cos(pi t^2 / 2)} from 0 to x
   */
  public record FresnelResult(Array s, Array c) {}

  /** The error function. */
  public static Array erf(Array x) {
    return Elementary.erf(floating("erf", x)[0]);
  }

  /** {@code 1 - erf(x)} without cancellation. */
  public static Array erfc(Array x) {
    return Elementary.erfc(floating("erfc", x)[0]);
  }

  /** The inverse of {@link #erf}. */
  public static Array erfinv(Array x) {
    return Elementary.erfInv(floating("erfinv", x)[0]);
  }

  /** {@code exp(x^2) erfc(x)} of real or complex numbers, without overflow for large x. */
  public static Array erfcx(Array x) {
    return ErrorFunctions.erfcx(x);
  }

  /** Faddeeva's function {@code exp(-z^2) erfc(-i z)}; real numbers become complex. */
  public static Array wofz(Array z) {
    return ErrorFunctions.wofz(z);
  }

  /**
   * Dawson's integral {@code exp(-x^2)} times the integral of {@code exp(t^2)} from 0 to x.
   *
   * @throws LaxTypeException if x is complex
   */
  public static Array dawsn(Array x) {
    return Programs.real("dawsn", ErrorFunctions::dawsn, x);
  }

  /** Fresnel's integrals of real numbers. */
  public static FresnelResult fresnel(Array x) {
    List<Array> both = Programs.several("fresnel", "", Fresnel::fresnel, x);
    return new FresnelResult(both.get(0), both.get(1));
  }

  /** The probability that a standard normal number is below x. */
  public static Array ndtr(Array x) {
    return Programs.real("ndtr", Normals::ndtr, x);
  }

  /** The inverse of {@link #ndtr}; NaN outside of 0 to 1. */
  public static Array ndtri(Array p) {
    return Programs.real("ndtri", Normals::ndtri, p);
  }

  /** {@code log(ndtr(x))} to the last digits also where ndtr underflows. */
  public static Array logNdtr(Array x) {
    return Programs.real("log_ndtr", Normals::logNdtr, x);
  }

  /**
   * Owen's T function: the probability that {@code X > h} and {@code 0 < Y < a X} for independent
   * standard normal X and Y.
   */
  public static Array owensT(Array h, Array a) {
    return Programs.real("owens_t", Normals::owensT, h, a);
  }
}
