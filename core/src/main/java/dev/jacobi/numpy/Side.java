package dev.jacobi.numpy;

/** Where an element goes among its equals. */
public enum Side {
  /** Before them. */
  LEFT,
  /** After them. */
  RIGHT
}
