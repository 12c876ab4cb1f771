package dev.jacobi.optax;

import dev.jacobi.hlo.DType;
import java.util.Optional;

/**
 * Options of {@link Optax#lion(double)}.
 *
 * @param b1 how much of the mean is in the step
 * @param b2 decay of the mean
 * @param muDtype the element type of the mean, if not that of the parameters
 */
public record LionOptions(double b1, double b2, Optional<DType> muDtype) {
  public static final LionOptions DEFAULT = new LionOptions(0.9, 0.99, Optional.empty());

  public LionOptions withB1(double part) {
    return new LionOptions(part, b2, muDtype);
  }

  public LionOptions withB2(double decay) {
    return new LionOptions(b1, decay, muDtype);
  }

  public LionOptions withMuDtype(DType dtype) {
    return new LionOptions(b1, b2, Optional.of(dtype));
  }
}
