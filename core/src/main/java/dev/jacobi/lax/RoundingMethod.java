package dev.jacobi.lax;

import dev.jacobi.Array;

/** Where rounding takes halves: {@code RoundingMethod.TO_NEAREST_EVEN.round(x)}. */
public enum RoundingMethod {
  /** 0.5 to 1, -0.5 to -1. */
  AWAY_FROM_ZERO,
  /** 0.5 to 0, 1.5 to 2. */
  TO_NEAREST_EVEN;

  /** The nearest whole numbers. */
  public Array round(Array x) {
    return switch (this) {
      case AWAY_FROM_ZERO -> Elementary.roundAway(x);
      case TO_NEAREST_EVEN -> Elementary.roundEven(x);
    };
  }
}
