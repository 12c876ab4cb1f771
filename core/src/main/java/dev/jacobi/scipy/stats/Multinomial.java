package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/** How often each of some outcomes happens in n trials. */
public final class Multinomial {
  private Multinomial() {}

  /**
   * The logarithm of the probability of the counts along the last dimension of x; minus infinity
   * where they do not sum to n. {@code Multinomial.logpmf(array(1, 1), scalar(2), array(0.5f,
   * 0.5f))} is {@code -0.6931472}.
   *
   * @param x counts, integers
   * @param n trials, integers that broadcast against x without its last dimension
   * @param p probabilities along the last dimension
   * @throws LaxTypeException if x or n are no integers
   */
  public static Array logpmf(Array x, Array n, Array p) {
    if (!x.dtype().isInteger() || !n.dtype().isInteger()) {
      throw new LaxTypeException(
          "logpmf", "counts and trials are integers, not " + x.aval() + " and " + n.aval());
    }
    return NamedJit.call(
            "multinomial.logpmf",
            "",
            a -> List.of(logProbability(a.get(0), a.get(1), a.get(2))),
            List.of(x, n, p))
        .getFirst();
  }

  /**
   * The probability of the counts along the last dimension of x. {@code Multinomial.pmf(array(1,
   * 1), scalar(2), array(0.5f, 0.5f))} is {@code 0.5}.
   */
  public static Array pmf(Array x, Array n, Array p) {
    return Elementary.exp(logpmf(x, n, p));
  }

  private static Array logProbability(Array x, Array n, Array p) {
    boolean wide = p.dtype() == DType.I64 || p.dtype() == DType.U64;
    DType type = p.dtype().isInexact() ? p.dtype() : wide ? DType.F64 : DType.F32;
    Array counts = x.astype(type);
    Array trials = n.astype(type);
    Array[] xp = dev.jacobi.numpy.Promotion.promoteInexact("logpmf", counts, p.astype(type));
    Array each = Entropies.xlogy(xp).minus(SpecialFunctions.lgamma(xp[0].plus(1)));
    Array value = SpecialFunctions.lgamma(trials.plus(1)).plus(Jnp.sum(each, -1));
    Array fits = Jnp.sum(counts, -1).eq(trials);
    return where(fits, value, Programs.constant(value, Double.NEGATIVE_INFINITY));
  }
}
