package dev.jacobi.numpy;

/** What a quantile is that lies between two elements. */
public enum Between {
  /** Between them as it lies between their places. */
  LINEAR,
  /** The lower one. */
  LOWER,
  /** The higher one. */
  HIGHER,
  /** Their mean. */
  MIDPOINT,
  /** The nearer one, the lower one at the same distance. */
  NEAREST,
  /** The least element with at least that part of all, or of all weights, up to it. */
  INVERTED_CDF
}
