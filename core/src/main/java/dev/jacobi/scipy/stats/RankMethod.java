package dev.jacobi.scipy.stats;

/** The rank of equal elements in {@link Stats#rankdata}. */
public enum RankMethod {
  /** The mean of the ranks that they take up. */
  AVERAGE,
  /** The least of these. */
  MIN,
  /** The greatest of these. */
  MAX,
  /** One more than that of the next smaller element. */
  DENSE,
  /** Each its own, in order. */
  ORDINAL
}
