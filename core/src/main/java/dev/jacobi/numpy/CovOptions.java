package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link JnpMoments#cov(Array, CovOptions)}.
 *
 * @param y more variables; null for none
 * @param rows whether variables are rows (else columns)
 * @param ddof what the divisor is less than the number of observations; null for 1
 * @param frequencies integers, how often each observation occurs; null for once
 * @param weights how important each observation is; null for all equal
 * @param dtype element type of the result, in which it is computed; null for that of the operands
 */
public record CovOptions(
    @Nullable Array y,
    boolean rows,
    @Nullable Integer ddof,
    @Nullable Array frequencies,
    @Nullable Array weights,
    @Nullable DType dtype) {
  public static final CovOptions DEFAULT = new CovOptions(null, true, null, null, null, null);

  public CovOptions withY(Array variables) {
    return new CovOptions(variables, rows, ddof, frequencies, weights, dtype);
  }

  /** Whether variables are rows. */
  public CovOptions withRows(boolean variables) {
    return new CovOptions(y, variables, ddof, frequencies, weights, dtype);
  }

  /** The divisor is the number of observations (NumPy's {@code bias}). */
  public CovOptions biased() {
    return withDdof(0);
  }

  public CovOptions withDdof(int less) {
    return new CovOptions(y, rows, less, frequencies, weights, dtype);
  }

  public CovOptions withFrequencies(Array integers) {
    return new CovOptions(y, rows, ddof, integers, weights, dtype);
  }

  public CovOptions withWeights(Array importance) {
    return new CovOptions(y, rows, ddof, frequencies, importance, dtype);
  }

  public CovOptions withDtype(DType type) {
    return new CovOptions(y, rows, ddof, frequencies, weights, type);
  }
}
