package dev.jacobi;

/**
 * What happens where an index is out of bounds. Without a mode, an index that is known when the
 * operation is called throws; inside compiled code reading takes the nearest element and updates
 * are dropped, as in JAX.
 */
public enum Mode {
  /**
   * Reading gives a fill value (unless another is given: NaN, the smallest signed, the largest
   * unsigned integer, true); updates are dropped. Negative indices count from the end.
   */
  FILL,
  /** The nearest index in bounds. */
  CLIP,
  /** The index modulo the size of its dimension. */
  WRAP
}
