package dev.jacobi.lax;

/** How {@link Lax#rngBitGenerator} makes bits from a state. */
public enum RandomAlgorithm {
  /** The platform's choice: on CPUs {@link #RNG_PHILOX}, as XLA's. */
  RNG_DEFAULT,
  /** Threefry-2x32. */
  RNG_THREE_FRY,
  /** Philox-4x32. */
  RNG_PHILOX
}
