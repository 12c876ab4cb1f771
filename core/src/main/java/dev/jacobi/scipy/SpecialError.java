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

  /** The error function. {@code Special.erf(array(0f, 1f))} is {@code [0. 0.8427008]}. */
  public static Array erf(Array x) {
    return Elementary.erf(floating("erf", x)[0]);
  }

  /**
   * {@code 1 - erf(x)} without cancellation. {@code Special.erfc(array(0f, 1f))} is {@code [1.
   * 0.1572992]}.
   */
  public static Array erfc(Array x) {
    return Elementary.erfc(floating("erfc", x)[0]);
  }

  /**
   * The inverse of {@link #erf}. {@code Special.erfinv(array(0f, 0.5f))} is {@code [0.
   * 0.47693628]}.
   */
  public static Array erfinv(Array x) {
    return Elementary.erfInv(floating("erfinv", x)[0]);
  }

  /**
   * {@code exp(x^2) erfc(x)} of real or complex numbers, without overflow for large x. {@code
   * Special.erfcx(array(0f, 10f))} is {@code [1. 0.056141]}.
   */
  public static Array erfcx(Array x) {
    return ErrorFunctions.erfcx(x);
  }

  /**
   * Faddeeva's function {@code exp(-z^2) erfc(-i z)}; real numbers become complex. {@code
   * Special.wofz(array(0f))} is {@code [1.0000001+0.j]}.
   */
  public static Array wofz(Array z) {
    return ErrorFunctions.wofz(z);
  }

  /**
   * Dawson's integral {@code exp(-x^2)} times the integral of {@code exp(t^2)} from 0 to x. {@code
   * Special.dawsn(array(0f, 1f))} is {@code [0. 0.5380795]}.
   *
   * @throws LaxTypeException if x is complex
   */
  public static Array dawsn(Array x) {
    return Programs.real("dawsn", ErrorFunctions::dawsn, x);
  }

  /**
   * Fresnel's integrals of real numbers. {@code Special.fresnel(array(0f, 1f))} is {@code
   * FresnelResult[s=[0. 0.43825915], c=[0. 0.7798934]]}.
   */
  public static FresnelResult fresnel(Array x) {
    List<Array> both = Programs.several("fresnel", "", Fresnel::fresnel, x);
    return new FresnelResult(both.get(0), both.get(1));
  }

  /**
   * The probability that a standard normal number is below x. {@code Special.ndtr(array(0f, 1f))}
   * is {@code [0.5 0.8413447]}.
   */
  public static Array ndtr(Array x) {
    return Programs.real("ndtr", Normals::ndtr, x);
  }

  /**
   * The inverse of {@link #ndtr}; NaN outside of 0 to 1. {@code Special.ndtri(array(0.5f, 0.975f))}
   * is {@code [0. 1.9599644]}.
   */
  public static Array ndtri(Array p) {
    return Programs.real("ndtri", Normals::ndtri, p);
  }

  /**
   * {@code log(ndtr(x))} to the last digits also where ndtr underflows. {@code
   * Special.logNdtr(array(0f, -10f))} is {@code [ -0.6931472 -53.231285 ]}.
   */
  public static Array logNdtr(Array x) {
    return Programs.real("log_ndtr", Normals::logNdtr, x);
  }

  /**
   * Owen's T function: the probability that {@code X > h} and {@code 0 < Y < a X} for independent
   * standard normal X and Y. {@code Special.owensT(scalar(1f), scalar(0.5f))} is {@code
   * 0.043064695}.
   */
  public static Array owensT(Array h, Array a) {
    return Programs.real("owens_t", Normals::owensT, h, a);
  }
}
