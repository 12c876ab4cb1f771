package dev.jacobi.numpy;

/** Which dimension of {@link Jnp#meshgrid} the first vector runs along. */
public enum GridOrder {
  /** The second, as in pictures; the second vector runs along the first. */
  XY,
  /** The first, as in matrices. */
  IJ
}
