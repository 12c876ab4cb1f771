package dev.jacobi;

/** Gradients in all 2 arguments, each shaped like its argument. */
public record Grads2<A, B>(A first, B second) {}
