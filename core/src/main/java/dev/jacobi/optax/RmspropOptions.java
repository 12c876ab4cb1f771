package dev.jacobi.optax;

import java.util.OptionalDouble;

/**
 * Options of {@link Optax#rmsprop(double)}.
 *
 * @param decay of the mean of squares
 * @param eps against division by zero
 * @param initialScale the mean of squares before the first step
 * @param epsInSqrt whether eps is added below the root or to it
 * @param centered whether the mean's square is subtracted: a variance in place of squares
 * @param momentum decay of momentum, which follows, if any
 * @param nesterov whether momentum is Nesterov's
 * @param biasCorrection whether means are divided by the weight of the gradients in them
 */
public record RmspropOptions(
    double decay,
    double eps,
    double initialScale,
    boolean epsInSqrt,
    boolean centered,
    OptionalDouble momentum,
    boolean nesterov,
    boolean biasCorrection) {
  public static final RmspropOptions DEFAULT =
      new RmspropOptions(0.9, 1e-8, 0, true, false, OptionalDouble.empty(), false, false);

  public RmspropOptions withDecay(double rate) {
    return new RmspropOptions(
        rate, eps, initialScale, epsInSqrt, centered, momentum, nesterov, biasCorrection);
  }

  public RmspropOptions withEps(double small) {
    return new RmspropOptions(
        decay, small, initialScale, epsInSqrt, centered, momentum, nesterov, biasCorrection);
  }

  /** With eps added to the root, not below it. */
  public RmspropOptions withEpsOutside(double small) {
    return new RmspropOptions(
        decay, small, initialScale, false, centered, momentum, nesterov, biasCorrection);
  }

  public RmspropOptions withInitialScale(double square) {
    return new RmspropOptions(
        decay, eps, square, epsInSqrt, centered, momentum, nesterov, biasCorrection);
  }

  public RmspropOptions withCentered() {
    return new RmspropOptions(
        decay, eps, initialScale, epsInSqrt, true, momentum, nesterov, biasCorrection);
  }

  public RmspropOptions withMomentum(double rate) {
    return new RmspropOptions(
        decay,
        eps,
        initialScale,
        epsInSqrt,
        centered,
        OptionalDouble.of(rate),
        nesterov,
        biasCorrection);
  }

  /** With {@link #withMomentum} of Nesterov's form. */
  public RmspropOptions withNesterov() {
    return new RmspropOptions(
        decay, eps, initialScale, epsInSqrt, centered, momentum, true, biasCorrection);
  }

  public RmspropOptions withBiasCorrection() {
    return new RmspropOptions(
        decay, eps, initialScale, epsInSqrt, centered, momentum, nesterov, true);
  }
}
