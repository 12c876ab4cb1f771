package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Longs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link JnpCounts#histogram(Array, HistogramOptions)} and its kin.
 *
 * @param bins the number of bins of equal width, one for all dimensions or one for each
 * @param edges rising bounds of bins for each dimension; if not empty, in place of {@code bins}
 * @param range first and last bound as a vector, or of each dimension as rows; null for the least
 *     and greatest element
 * @param weights what each element counts; null for 1
 * @param density whether counts become a density with integral 1
 */
public record HistogramOptions(
    Longs bins,
    List<Array> edges,
    @Nullable Array range,
    @Nullable Array weights,
    boolean density) {
  public static final HistogramOptions DEFAULT =
      new HistogramOptions(Longs.of(10), List.of(), null, null, false);

  public HistogramOptions {
    edges = List.copyOf(edges);
  }

  public HistogramOptions withBins(long... numbers) {
    return new HistogramOptions(Longs.of(numbers), List.of(), range, weights, density);
  }

  public HistogramOptions withEdges(Array... bounds) {
    return new HistogramOptions(bins, List.of(bounds), range, weights, density);
  }

  public HistogramOptions withRange(Array bounds) {
    return new HistogramOptions(bins, edges, bounds, weights, density);
  }

  public HistogramOptions withRange(double first, double last) {
    return withRange(Jnp.array(first, last));
  }

  public HistogramOptions withWeights(Array each) {
    return new HistogramOptions(bins, edges, range, each, density);
  }

  public HistogramOptions withDensity(boolean integral) {
    return new HistogramOptions(bins, edges, range, weights, integral);
  }
}
