package dev.jacobi.scipy.signal;

/** What is taken away from a signal. */
public enum Trend {
  /** Nothing. */
  NONE,
  /** The mean. */
  CONSTANT,
  /** The straight line with the least sum of squared distances. */
  LINEAR
}
