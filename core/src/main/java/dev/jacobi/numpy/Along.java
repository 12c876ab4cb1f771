package dev.jacobi.numpy;

/**
 * What is sorted, and how: {@code sort(x, along(0).descending())}.
 *
 * @param axis the dimension; negative ones count from the end
 * @param isStable whether equal elements keep their order
 * @param isDescending whether the largest come first
 */
public record Along(int axis, boolean isStable, boolean isDescending) {
  /** The largest first. */
  public Along descending() {
    return new Along(axis, isStable, true);
  }

  /** Equal elements may change places. */
  public Along unstable() {
    return new Along(axis, false, isDescending);
  }

  /** The dimension of an array of this rank, from 0. */
  Along of(String function, int rank) {
    return new Along(JnpShape.axis(function, rank, axis), isStable, isDescending);
  }
}
