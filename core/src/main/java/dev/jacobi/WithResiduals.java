package dev.jacobi;

/**
 * What the forward half of a custom VJP rule gives: the function's value, and what the other needs.
 */
public record WithResiduals<V, S>(V value, S residuals) {}
