package dev.jacobi.optax;

/**
 * What becomes of a gradient on its way to the parameters; see {@link Optax#chain}. Immutable, and
 * for parameters of any type that is a tree.
 *
 * <p>To write one, implement both methods, with a record that implements {@link OptState} for what
 * is remembered between steps.
 */
public interface GradientTransformation {
  /** What is remembered before the first step. */
  <P> OptState<P> init(P params);

  /**
   * One step.
   *
   * @param updates the gradient, or what the transformation before this one made of it; of the
   *     structure and shapes of the parameters
   * @param state what {@link #init} or the last step gave
   * @param params the parameters at which the gradient was taken
   * @throws OptStateException if the state is another transformation's
   */
  <P> Step<P> update(P updates, OptState<P> state, P params);
}
