package dev.jacobi.debug;

/** How a callback takes a batch. */
public enum VmapMethod {
  /** One call per lane, one after the other. */
  SEQUENTIAL,
  /** One call with the batch in the leading dimension; arguments without one get a size of 1. */
  EXPAND_DIMS,
  /** One call with the batch in the leading dimension; arguments without one are repeated. */
  BROADCAST_ALL
}
