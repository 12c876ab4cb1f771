package dev.jacobi.jaxpr;

/** What a primitive does besides computing its results. */
public enum Effect {
  /** Nothing: it may be left out, repeated and moved. */
  NONE,
  /** Happens as often as the program says; a transformation may change the order. */
  UNORDERED,
  /** Happens in the order of the program too. */
  ORDERED;

  /** The effect of a program of two parts. */
  public Effect and(Effect other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
