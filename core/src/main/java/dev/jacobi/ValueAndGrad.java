package dev.jacobi;

/**
 * A function's value (an array, or {@link Aux}) and its gradient, shaped like the first argument.
 */
public record ValueAndGrad<V, G>(V value, G grad) {}
