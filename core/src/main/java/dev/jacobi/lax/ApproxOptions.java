package dev.jacobi.lax;

/**
 * How hard {@link Lax#approxMaxK(dev.jacobi.Array, long)} must search.
 *
 * @param recallTarget the share of the true elements that must be found, between 0 and 1
 * @param reductionInputSizeOverride if not negative, the size of the whole of which this is a part
 * @param aggregateToTopk whether the best k are picked and sorted; otherwise there are more, as
 *     many as XLA keeps
 */
public record ApproxOptions(
    double recallTarget, long reductionInputSizeOverride, boolean aggregateToTopk) {
  public static final ApproxOptions DEFAULT = new ApproxOptions(0.95, -1, true);
}
