package dev.jacobi.optax;

import dev.jacobi.tree.TreePath;
import java.util.function.Predicate;

/**
 * Decay of weights.
 *
 * @param rate the part of the parameters that is added to the update
 * @param leaves which parameters decay, by their paths
 */
public record Decay(double rate, Predicate<TreePath> leaves) {
  /** Of all parameters. */
  public static Decay of(double rate) {
    return new Decay(rate, path -> true);
  }

  /** Of some: {@code Decay.of(0.01).where(path -> path.toString().endsWith(".w"))}. */
  public Decay where(Predicate<TreePath> some) {
    return new Decay(rate, some);
  }
}
