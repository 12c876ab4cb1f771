package dev.jacobi.nn;

/** By what {@link Initializers#varianceScaling} divides its scale. */
public enum VarianceMode {
  /** The inputs of a unit. */
  FAN_IN,
  /** The outputs of a unit. */
  FAN_OUT,
  /** The mean of both. */
  FAN_AVG,
  /** The geometric mean of both. */
  FAN_GEO_AVG
}
