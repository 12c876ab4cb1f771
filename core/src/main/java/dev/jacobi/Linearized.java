package dev.jacobi;

/** A function's value at a point, and its derivative there as a linear function. */
public record Linearized<R, A>(R value, Fn1<A, R> pushforward) {}
