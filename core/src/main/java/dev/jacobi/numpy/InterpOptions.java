package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.lax.LaxTypeException;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Jnp#interp(Array, Array, Array, InterpOptions)}.
 *
 * @param left the value below the first point; null for that point's
 * @param right the value above the last point; null for that point's
 * @param extrapolates whether the first and last line go on there instead
 * @param period of points and values; points then come in any order, and there is nothing beyond
 */
public record InterpOptions(
    @Nullable Array left, @Nullable Array right, boolean extrapolates, @Nullable Array period) {
  public static final InterpOptions DEFAULT = new InterpOptions(null, null, false, null);

  public InterpOptions {
    if (period != null && period.rank() != 0) {
      throw new LaxTypeException("interp", "the period is a scalar, not " + period.aval());
    }
  }

  public InterpOptions withLeft(double value) {
    return new InterpOptions(Jnp.weak(value), right, extrapolates, period);
  }

  public InterpOptions withRight(double value) {
    return new InterpOptions(left, Jnp.weak(value), extrapolates, period);
  }

  public InterpOptions withExtrapolation() {
    return new InterpOptions(left, right, true, period);
  }

  public InterpOptions withPeriod(double length) {
    return new InterpOptions(left, right, extrapolates, Jnp.weak(length));
  }
}
