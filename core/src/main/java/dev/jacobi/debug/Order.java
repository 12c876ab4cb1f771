package dev.jacobi.debug;

import dev.jacobi.jaxpr.Effect;

/** Whether calls of Java keep the order of the program under transformations. */
public enum Order {
  /** A transformation may change the order. */
  UNORDERED,
  /** Those that are ordered stay in the order of the program. */
  ORDERED;

  Effect effect() {
    return this == ORDERED ? Effect.ORDERED : Effect.UNORDERED;
  }
}
