package dev.jacobi.scipy.signal;

/** How the spectra of segments become one. */
public enum Average {
  /** By their mean. */
  MEAN,
  /** By their median, divided by its bias: what few loud segments do not change. */
  MEDIAN
}
