package dev.jacobi.random;

import dev.jacobi.Array;
import org.jspecify.annotations.Nullable;

/**
 * How elements are drawn: {@code Choice.PLAIN.withoutReplacement().weights(p)}.
 *
 * @param axis the dimension that is drawn from
 * @param replaces whether an element may be drawn again
 * @param weights probabilities of the elements, a vector; null if all are the same
 * @param mode how the Gumbel numbers are made that draw by weights without replacement
 */
public record Choice(int axis, boolean replaces, @Nullable Array weights, SampleMode mode) {
  /** From the first dimension, with replacement, all elements alike. */
  public static final Choice PLAIN = new Choice(0, true, null, SampleMode.LOW);

  /** Draws from another dimension. */
  public Choice axis(int dimension) {
    return new Choice(dimension, replaces, weights, mode);
  }

  /** No element twice. */
  public Choice withoutReplacement() {
    return new Choice(axis, false, weights, mode);
  }

  /** Draws by these probabilities. */
  public Choice weights(Array probabilities) {
    return new Choice(axis, replaces, probabilities, mode);
  }

  /** Makes Gumbel numbers in another way. */
  public Choice mode(SampleMode how) {
    return new Choice(axis, replaces, weights, how);
  }
}
