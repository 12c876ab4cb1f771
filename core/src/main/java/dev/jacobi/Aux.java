package dev.jacobi;

/** A value to differentiate together with data that is only passed through. */
public record Aux<V, X>(V value, X aux) {}
