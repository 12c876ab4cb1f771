package dev.jacobi.optax;

import dev.jacobi.Array;
import java.util.List;

/**
 * What a transformation remembers between steps, for parameters of type P: a tree. Counters are i32
 * of shape (), and stay at the largest number once they are there.
 */
public interface OptState<P> {
  /** Nothing. */
  record Empty<P>() implements OptState<P> {}

  /** The states of {@link Optax#chain}'s parts, in order. */
  record Chain<P>(List<OptState<P>> states) implements OptState<P> {}

  /** The state for the leaves that {@link Optax#masked} lets through. */
  record Masked<P>(OptState<List<Array>> inner) implements OptState<P> {}

  /** How many steps were taken. */
  record Count<P>(Array count) implements OptState<P> {}

  /** Momentum. */
  record Trace<P>(P trace) implements OptState<P> {}

  /** A running mean of gradients. */
  record Mean<P>(Array count, P mu) implements OptState<P> {}

  /** A sum or running mean of squared gradients. */
  record Square<P>(Array count, P nu) implements OptState<P> {}

  /** Running means of gradients and of their squares, or of what stands for these. */
  record Moments<P>(Array count, P mu, P nu) implements OptState<P> {}

  /** The same, and the largest mean of squares so far. */
  record MaxMoments<P>(Array count, P mu, P nu, P nuMax) implements OptState<P> {}
}
