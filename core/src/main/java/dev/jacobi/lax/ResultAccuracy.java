package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.trace.Bind;

/**
 * How exact an elementary function must be: what {@code jax.lax} takes as {@code accuracy=}. The
 * functions are called on it, as {@code AccuracyMode.HIGHEST.exp(x)} or {@code new Tolerance(0,
 * 1e-6, 0).tanh(x)}, so that those of {@link Lax} keep one method each.
 */
public sealed interface ResultAccuracy permits AccuracyMode, Tolerance {
  default Array cbrt(Array x) {
    return of(Accurate.Function.CBRT, x);
  }

  default Array cos(Array x) {
    return of(Accurate.Function.COS, x);
  }

  default Array exp(Array x) {
    return of(Accurate.Function.EXP, x);
  }

  default Array exp2(Array x) {
    return of(Accurate.Function.EXP2, x);
  }

  default Array expm1(Array x) {
    return of(Accurate.Function.EXPM1, x);
  }

  default Array log(Array x) {
    return of(Accurate.Function.LOG, x);
  }

  default Array log1p(Array x) {
    return of(Accurate.Function.LOG1P, x);
  }

  default Array logistic(Array x) {
    return of(Accurate.Function.LOGISTIC, x);
  }

  default Array rsqrt(Array x) {
    return of(Accurate.Function.RSQRT, x);
  }

  default Array sin(Array x) {
    return of(Accurate.Function.SIN, x);
  }

  default Array sqrt(Array x) {
    return of(Accurate.Function.SQRT, x);
  }

  default Array tan(Array x) {
    return of(Accurate.Function.TAN, x);
  }

  default Array tanh(Array x) {
    return of(Accurate.Function.TANH, x);
  }

  private Array of(Accurate.Function function, Array x) {
    return Bind.bind(new Accurate.WithAccuracy(function, this), x);
  }
}
