package dev.jacobi.numpy;

import dev.jacobi.Array;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link JnpPolynomial#polyfit(Array, Array, int, PolyfitOptions)}.
 *
 * @param rcond singular values below this part of the greatest count as 0; null for n eps
 * @param weights what residuals are multiplied with before they are squared; null for 1
 */
public record PolyfitOptions(@Nullable Double rcond, @Nullable Array weights) {
  public static final PolyfitOptions DEFAULT = new PolyfitOptions(null, null);

  public PolyfitOptions withRcond(double part) {
    return new PolyfitOptions(part, weights);
  }

  public PolyfitOptions withWeights(Array each) {
    return new PolyfitOptions(rcond, each);
  }
}
