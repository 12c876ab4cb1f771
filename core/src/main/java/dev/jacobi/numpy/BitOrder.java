package dev.jacobi.numpy;

/** Which bit of a byte comes first. */
public enum BitOrder {
  /** The most significant one. */
  BIG,
  /** The least significant one. */
  LITTLE
}
