package dev.jacobi.optax;

import dev.jacobi.hlo.DType;
import java.util.Optional;

/**
 * Options of momentum.
 *
 * @param nesterov whether the step is the one after the next step
 * @param accumulator the element type that momentum is kept in, if not that of the parameters
 */
public record TraceOptions(boolean nesterov, Optional<DType> accumulator) {
  public static final TraceOptions DEFAULT = new TraceOptions(false, Optional.empty());

  public TraceOptions withNesterov() {
    return new TraceOptions(true, accumulator);
  }

  public TraceOptions withAccumulator(DType dtype) {
    return new TraceOptions(nesterov, Optional.of(dtype));
  }
}
