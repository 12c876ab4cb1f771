package dev.jacobi.optax;

/**
 * What a transformation gives.
 *
 * @param updates for {@link Optax#applyUpdates}, or for the next transformation
 * @param state for the next step
 */
public record Step<P>(P updates, OptState<P> state) {}
