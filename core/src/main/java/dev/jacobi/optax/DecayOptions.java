package dev.jacobi.optax;

import java.util.OptionalDouble;

/**
 * Options of {@link Optax#exponentialDecay(double, long, double)}.
 *
 * @param begin the step at which decay begins
 * @param staircase whether the exponent is a whole number
 * @param endValue where decay (or growth) ends, if anywhere
 */
public record DecayOptions(long begin, boolean staircase, OptionalDouble endValue) {
  public static final DecayOptions DEFAULT = new DecayOptions(0, false, OptionalDouble.empty());

  public DecayOptions withBegin(long step) {
    return new DecayOptions(step, staircase, endValue);
  }

  public DecayOptions withStaircase() {
    return new DecayOptions(begin, true, endValue);
  }

  public DecayOptions withEndValue(double value) {
    return new DecayOptions(begin, staircase, OptionalDouble.of(value));
  }
}
