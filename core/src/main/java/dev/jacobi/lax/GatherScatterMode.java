package dev.jacobi.lax;

/**
 * What happens where an index is out of bounds. JAX's {@code ONE_HOT}, a way to gather by products,
 * is not among them.
 */
public enum GatherScatterMode {
  /** Takes the nearest index that is in bounds. */
  CLIP,
  /** Gathering gives a fill value; scattering leaves the array as it is. */
  FILL_OR_DROP,
  /** The caller promises that every index is in bounds; others are clipped or dropped. */
  PROMISE_IN_BOUNDS
}
