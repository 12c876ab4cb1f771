package dev.jacobi.nn;

/** What {@link Initializers#varianceScaling} draws from. */
public enum WeightLaw {
  /** A normal distribution within two standard deviations. */
  TRUNCATED_NORMAL,
  /** A normal distribution. */
  NORMAL,
  /** Even numbers between two bounds; complex ones in a disk. */
  UNIFORM
}
