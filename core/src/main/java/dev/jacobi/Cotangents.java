package dev.jacobi;

/** What the backward half of a custom VJP rule gives for a function of several arguments. */
public sealed interface Cotangents permits Grads2, Grads3, Grads4 {
  /** One cotangent per argument, in order. */
  Object[] toArray();
}
