package dev.jacobi.scipy.signal;

/** What a spectrum is given in. */
public enum Scaling {
  /** Power per unit of frequency. */
  DENSITY,
  /** Power. */
  SPECTRUM
}
