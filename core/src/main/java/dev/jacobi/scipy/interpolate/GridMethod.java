package dev.jacobi.scipy.interpolate;

/** How values between the points of a grid are found. */
public enum GridMethod {
  /** Linear along each dimension. */
  LINEAR,
  /** That of the nearest point; of two as near, the lower one's. */
  NEAREST
}
