package dev.jacobi.optax;

import dev.jacobi.hlo.DType;
import java.util.Optional;

/**
 * Options of Adam and its relatives.
 *
 * @param b1 decay of the mean of gradients
 * @param b2 decay of the mean of their squares
 * @param eps added to the root of that mean, against division by zero
 * @param epsRoot added below the root; more than 0 where derivatives go through the optimiser
 * @param muDtype the element type of the mean of gradients, if not that of the parameters
 * @param nesterov whether the mean is the one after the next step
 */
public record AdamOptions(
    double b1, double b2, double eps, double epsRoot, Optional<DType> muDtype, boolean nesterov) {
  public static final AdamOptions DEFAULT =
      new AdamOptions(0.9, 0.999, 1e-8, 0, Optional.empty(), false);

  public AdamOptions withB1(double decay) {
    return new AdamOptions(decay, b2, eps, epsRoot, muDtype, nesterov);
  }

  public AdamOptions withB2(double decay) {
    return new AdamOptions(b1, decay, eps, epsRoot, muDtype, nesterov);
  }

  public AdamOptions withEps(double small) {
    return new AdamOptions(b1, b2, small, epsRoot, muDtype, nesterov);
  }

  public AdamOptions withEpsRoot(double small) {
    return new AdamOptions(b1, b2, eps, small, muDtype, nesterov);
  }

  public AdamOptions withMuDtype(DType dtype) {
    return new AdamOptions(b1, b2, eps, epsRoot, Optional.of(dtype), nesterov);
  }

  public AdamOptions withNesterov() {
    return new AdamOptions(b1, b2, eps, epsRoot, muDtype, true);
  }
}
