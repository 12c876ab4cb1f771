package dev.jacobi.scipy.krylov;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.numpy.Jnp;

/**
 * A system whose unknown is one vector.
 *
 * @param map the matrix
 * @param b the right side
 * @param x0 where the iteration begins
 * @param preconditioner an approximate inverse
 * @param tol how small residuals must be relative to the right side
 * @param atol how small, absolutely; the larger bound counts
 * @param steps how many are allowed
 */
public record Problem(
    Fn1<Array, Array> map,
    Array b,
    Array x0,
    Fn1<Array, Array> preconditioner,
    double tol,
    double atol,
    long steps) {
  /** The square of a bound of the residual's norm. */
  Array bound() {
    Array relative = squaredNorm(b).times(tol * tol);
    return Jnp.maximum(relative, Convert.convertElementType(Jnp.weak(atol * atol), real(b)));
  }

  Array residual(Array x) {
    return b.minus(map.apply(x));
  }

  /** Of complex vectors too it is real. */
  static Array squaredNorm(Array x) {
    return realDot(x, x);
  }

  /** The real part of {@code x^H y}. */
  static Array realDot(Array x, Array y) {
    if (!x.dtype().isComplex()) {
      return Jnp.dot(x, y);
    }
    Array real = Jnp.dot(Complexes.real(x), Complexes.real(y));
    return Arithmetic.add(real, Jnp.dot(Complexes.imag(x), Complexes.imag(y)));
  }

  static DType real(Array x) {
    return x.dtype().real();
  }

  /** A real scalar times a vector. */
  static Array scaled(Array scalar, Array x) {
    return Convert.convertElementType(scalar, x.dtype()).times(x);
  }
}
