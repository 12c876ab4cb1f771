package dev.jacobi.nn;

import dev.jacobi.Array;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Over;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Nn#standardize(Array, StandardizeOptions)}.
 *
 * @param over the dimensions, and which elements count
 * @param mean the mean, if it is known; broadcasts to the array
 * @param variance the variance, if it is known
 * @param epsilon added to the variance
 * @param isStable whether the variance is that of distances from the mean, and not the mean square
 *     less the square of the mean
 */
public record StandardizeOptions(
    Over over, @Nullable Array mean, @Nullable Array variance, double epsilon, boolean isStable) {
  public static final StandardizeOptions DEFAULT =
      new StandardizeOptions(Jnp.over(-1), null, null, 1e-5, false);

  public StandardizeOptions withOver(Over options) {
    return new StandardizeOptions(options, mean, variance, epsilon, isStable);
  }

  public StandardizeOptions withMean(Array known) {
    return new StandardizeOptions(over, known, variance, epsilon, isStable);
  }

  public StandardizeOptions withVariance(Array known) {
    return new StandardizeOptions(over, mean, known, epsilon, isStable);
  }

  public StandardizeOptions withEpsilon(double small) {
    return new StandardizeOptions(over, mean, variance, small, isStable);
  }

  public StandardizeOptions withStable() {
    return new StandardizeOptions(over, mean, variance, epsilon, true);
  }
}
