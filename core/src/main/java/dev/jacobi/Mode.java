package dev.jacobi;

/**
 * What happens where an index is out of bounds. Without a mode it is an error: at once if the index
 * is known when the operation is called, else when the program runs and gets there. Plugins check
 * nothing: there, reading takes the nearest element and updates are dropped, as in JAX.
 */
public enum Mode {
  /**
   * Reading gives a fill value (unless another is given: NaN, the smallest signed, the largest
   * unsigned integer, true); updates are dropped. Negative indices count from the end.
   */
  FILL,
  /** The same as {@link #FILL}, as JAX calls it for updates. */
  DROP,
  /** The nearest index in bounds. */
  CLIP,
  /** The index modulo the size of its dimension. */
  WRAP,
  /**
   * The caller promises that no index is out of bounds, and nothing is checked. One that is reads
   * the nearest element, or updates nothing. Negative indices count from the end.
   */
  PROMISE_IN_BOUNDS
}
