package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.special.Programs;
import java.util.List;

/** Entropies that are no closed formula. */
final class Entropy {
  private Entropy() {}

  /**
   * Of Poisson's distribution: the sum {@code -p log(p)} over all numbers with a probability, and
   * from 100 on its asymptotic series.
   */
  static Array ofPoisson(Array mu) {
    Array many = mu.ge(100);
    Array safe = where(mu.gt(0), mu, 1.0);
    Array value = where(many, series(where(many, safe, 100.0)), sum(where(many, 1.0, safe)));
    Array zero = where(mu.eq(0), 0.0, Programs.constant(mu, Double.NaN));
    return where(mu.gt(0), value, zero);
  }

  private static Array sum(Array mu) {
    Array log = Elementary.log(mu);
    Array last = Jnp.ceil(mu.plus(Jnp.sqrt(mu).times(12)).plus(20));
    return Programs.repeat(
            s -> s.get(0).lt(s.get(2)),
            s -> {
              Array k = s.get(0);
              Array logP =
                  k.times(s.get(4)).minus(SpecialFunctions.lgamma(k.plus(1))).minus(s.get(3));
              Array total = s.get(1).minus(Elementary.exp(logP).times(logP));
              return List.of(k.plus(1), total, s.get(2), s.get(3), s.get(4));
            },
            List.of(Programs.constant(mu, 0), Programs.constant(mu, 0), last, mu, log))
        .get(1);
  }

  /** Evans and Boersma, The entropy of a Poisson distribution, SIAM Review 30, 1988. */
  private static Array series(Array mu) {
    Array inverse = Jnp.div(1, mu);
    Array tail = inverse.times(-19.0 / 360).minus(1.0 / 24).times(inverse).minus(1.0 / 12);
    Array log = Elementary.log(mu.times(2 * Math.PI * Math.E)).times(0.5);
    return log.plus(tail.times(inverse));
  }
}
