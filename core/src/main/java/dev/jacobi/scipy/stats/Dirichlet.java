package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/**
 * Dirichlet's distribution of shares, whose sum along the first dimension is 1. Integers become
 * floating point.
 */
public final class Dirichlet {
  private Dirichlet() {}

  /**
   * The logarithm of the density of each vector along the first dimension of x; minus infinity
   * where shares are not positive or do not sum to 1. {@code Dirichlet.logpdf(array(0.25f, 0.75f),
   * array(1f, 1f))} is {@code 0.0}.
   *
   * @param x n shares along the first dimension, or n - 1, to which the rest is added
   * @param alpha n concentrations, a vector
   * @throws LaxTypeException if alpha is no vector or x has another number of shares
   */
  public static Array logpdf(Array x, Array alpha) {
    if (alpha.rank() != 1) {
      throw new LaxTypeException("logpdf", "alpha is a vector, not of shape " + alpha.shape());
    }
    long n = alpha.dim(0);
    if (x.rank() == 0 || x.dim(0) != n && x.dim(0) != n - 1) {
      throw new LaxTypeException(
          "logpdf", n + " concentrations need as many shares or one less, not " + x.shape());
    }
    return NamedJit.call(
            "dirichlet.logpdf", "", a -> List.of(logDensity(a.get(0), a.get(1))), List.of(x, alpha))
        .getFirst();
  }

  /** The density. {@code Dirichlet.pdf(array(0.25f, 0.75f), array(1f, 2f))} is {@code 1.5}. */
  public static Array pdf(Array x, Array alpha) {
    return Elementary.exp(logpdf(x, alpha));
  }

  private static Array logDensity(Array given, Array concentrations) {
    long n = concentrations.dim(0);
    long[] column = new long[given.rank()];
    java.util.Arrays.fill(column, 1);
    column[0] = n;
    Array alpha = Jnp.multiply(concentrations.reshape(column), Jnp.weak(1.0));
    Array shares = Jnp.multiply(given, Jnp.weak(1.0));
    Array x = shares;
    if (given.dim(0) != n) {
      Array rest = Jnp.minus(1, Jnp.sum(shares, Jnp.over(0).keepDims()));
      x = Jnp.concatenate(List.of(shares, rest), 0);
    }
    Array[] both = Promotion.promoteInexact("logpdf", x, alpha);
    Array each = Entropies.xlogy(both[1].minus(1), both[0]);
    Array flat = alpha.reshape(n);
    Array norm =
        Jnp.sum(SpecialFunctions.lgamma(flat), 0).minus(SpecialFunctions.lgamma(Jnp.sum(flat, 0)));
    Array value = Jnp.subtract(Jnp.sum(each, 0), norm);
    Array positive = Jnp.all(both[0].gt(0), 0);
    Array whole = Arithmetic.abs(Jnp.sum(both[0], 0).minus(1)).lt(1e-6);
    Array minusInfinity = Programs.constant(value, Double.NEGATIVE_INFINITY);
    return where(Bits.and(positive, whole), value, minusInfinity);
  }
}
