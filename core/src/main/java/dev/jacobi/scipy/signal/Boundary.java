package dev.jacobi.scipy.signal;

/** What a signal is continued by, half a segment on either side. */
public enum Boundary {
  /** Nothing. */
  NONE,
  /** Zeros. */
  ZEROS,
  /** Its mirror image. */
  EVEN,
  /** Its image turned about the end point. */
  ODD,
  /** Its end point. */
  CONSTANT
}
