package dev.jacobi;

/** A function's value and the map from cotangents of the value to cotangents of the arguments. */
public record Vjp<R, A>(R value, Fn1<R, A> pullback) {}
