package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counting: how often numbers occur, and how many lie in bins. */
public abstract class JnpCounts extends JnpSets {
  JnpCounts() {}

  /** Counts and the bounds of their bins, one more than counts. */
  public record Histogram(Array counts, Array edges) {}

  /** Counts of shape (x bins, y bins) and the bounds of their bins. */
  public record Histogram2d(Array counts, Array xEdges, Array yEdges) {}

  /** Counts with one dimension for each of the samples', and the bounds of bins along them. */
  public record HistogramDd(Array counts, List<Array> edges) {}

  /**
   * How often 0, 1, ... up to the greatest element occur in a vector; values must be known. {@code
   * bincount(array(0, 1, 1, 3))} is {@code [1 2 0 1]}.
   */
  public static Array bincount(Array x) {
    return bincount(x, null, 0);
  }

  /**
   * The sums of the weights of the elements equal to 0, 1, ...; there are at least {@code
   * minLength} of them. Values must be known.
   */
  public static Array bincount(Array x, @Nullable Array weights, long minLength) {
    Array numbers = whole(x);
    Array known = Concrete.value("bincount", numbers, "Use bincountOf, which takes the length.");
    long most = known.size() == 0 ? -1 : max(known).itemLong();
    return bincountOf(numbers, weights, Math.max(Math.max(0, most + 1), minLength));
  }

  /**
   * The same for the numbers below {@code length}; others are not counted, negatives as 0. {@code
   * bincountOf(array(0, 1, 1, 3), null, 3)} is {@code [1 2 0]}.
   */
  public static Array bincountOf(Array x, @Nullable Array weights, long length) {
    Array numbers = whole(x);
    Shape shape = Dims.shape("bincountOf", length);
    if (weights != null && !weights.shape().equals(x.shape())) {
      throw new ShapeMismatchException(
          "bincount", "must be equal: one weight for each element", List.of(x, weights));
    }
    Array each = weights == null ? weak(1) : weights;
    Array none = Zeros.full(Scalars.ofLong(each.dtype(), 0), shape);
    Array at = numbers.dtype().isUnsigned() ? numbers : maximum(numbers, weak(0));
    return none.at(ix(at)).add(each, Mode.DROP);
  }

  private static Array whole(Array x) {
    if (x.rank() != 1 || x.dtype().isInexact()) {
      throw new LaxTypeException("bincount", "takes vectors of integers, not " + x.aval());
    }
    return x.dtype().isBool() ? astype(x, DType.I32) : x;
  }

  /**
   * Bounds of 10 bins of equal width from the least to the greatest element. {@code
   * histogramBinEdges(array(0f, 10f)).shape()} is {@code (11,)}.
   */
  public static Array histogramBinEdges(Array x) {
    return histogramBinEdges(x, HistogramOptions.DEFAULT);
  }

  /** The bounds of bins that {@link #histogram(Array, HistogramOptions)} uses. */
  public static Array histogramBinEdges(Array x, HistogramOptions options) {
    return edges(x, options, 0, 1);
  }

  /** Bounds along dimension d of so many. */
  private static Array edges(Array x, HistogramOptions options, int d, int dimensions) {
    if (x.dtype().isComplex()) {
      throw new LaxTypeException("histogram", "takes real numbers, not " + x.aval());
    }
    DType t = inexactType(x.dtype());
    if (!options.edges().isEmpty()) {
      checkOnePer("edges", options.edges().size(), dimensions);
      Array given = options.edges().get(options.edges().size() == 1 ? 0 : d);
      if (given.rank() != 1 || given.dim(0) < 1) {
        throw new LaxTypeException("histogram", "edges are a vector, not " + given.aval());
      }
      return Promotion.convert(given, t, false);
    }
    checkOnePer("bins", options.bins().size(), dimensions);
    long bins = options.bins().get(options.bins().size() == 1 ? 0 : d);
    if (bins < 1) {
      throw new LaxTypeException("histogram", "cannot have " + bins + " bins");
    }
    Array range = options.range();
    Array bounds = range == null ? stack(min(x), max(x)) : range.rank() == 2 ? range.get(d) : range;
    if (bounds.rank() != 1 || bounds.dim(0) != 2) {
      throw new LaxTypeException(
          "histogram", "a range is two numbers, or two for each dimension, not " + range.aval());
    }
    return jitted(
        "histogram_bin_edges",
        List.of(bins, t),
        a -> {
          Array ends = Promotion.convert(a.getFirst(), t, false);
          Array one = equal(ends.get(0), ends.get(1));
          Array low = where(one, subtract(ends.get(0), weak(0.5)), ends.get(0));
          Array high = where(one, add(ends.get(1), weak(0.5)), ends.get(1));
          return Spaces.between(low, high, bins + 1, true);
        },
        bounds);
  }

  private static void checkOnePer(String what, int given, int dimensions) {
    if (given != 1 && given != dimensions) {
      throw new LaxTypeException(
          "histogram", given + " " + what + " for " + dimensions + " dimensions");
    }
  }

  /**
   * Counts in 10 bins of equal width from the least to the greatest element, as f32 or f64. {@code
   * histogram(array(1f, 2f, 2f, 3f)).counts()} is {@code [1. 0. 0. 0. 0. 2. 0. 0. 0. 1.]}.
   */
  public static Histogram histogram(Array x) {
    return histogram(x, HistogramOptions.DEFAULT);
  }

  /** Counts in bins; the last one has both its bounds, the others only the first. */
  public static Histogram histogram(Array x, HistogramOptions options) {
    Array w = options.weights();
    if (w != null && !w.shape().equals(x.shape())) {
      throw new ShapeMismatchException(
          "histogram", "must be equal: one weight for each element", List.of(x, w));
    }
    Array values = inexact(x);
    Array each = w == null ? onesLike(values) : w;
    if (w != null) {
      DType t = inexactType(Promotion.join(List.of(x.aval(), w.aval())).dtype());
      values = Promotion.convert(x, t, false);
      each = Promotion.convert(w, t, false);
    }
    Array edges = histogramBinEdges(values, options);
    boolean density = options.density();
    Array counts =
        jitted(
            "histogram",
            density,
            a -> counted(a.get(0), a.get(1), a.get(2), density),
            values,
            each,
            edges);
    return new Histogram(counts, edges);
  }

  private static Array counted(Array x, Array weights, Array edges, boolean density) {
    long n = edges.dim(0);
    Array at = searchsorted(edges, ravel(x), Side.RIGHT);
    at = where(equal(ravel(x), edges.get(-1)), n - 1, at);
    Array none = zeros(Shape.of(n), weights.dtype());
    Array all = none.at(ix(at)).add(ravel(weights), Mode.DROP);
    Array counts = part(all, 0, from(1));
    return density ? trueDivide(trueDivide(counts, diff(edges)), sum(counts)) : counts;
  }

  /**
   * Counts of the points (x, y) in 10 by 10 bins. {@code histogram2d(array(0f, 1f), array(0f,
   * 1f)).counts().shape()} is {@code (10, 10)}.
   */
  public static Histogram2d histogram2d(Array x, Array y) {
    return histogram2d(x, y, HistogramOptions.DEFAULT);
  }

  /** Counts of the points (x, y) in bins along both dimensions. */
  public static Histogram2d histogram2d(Array x, Array y, HistogramOptions options) {
    HistogramDd all = histogramdd(stack(List.of(x, y), 1), options);
    return new Histogram2d(all.counts(), all.edges().get(0), all.edges().get(1));
  }

  /**
   * Counts of the rows of a matrix of points in 10 bins along each dimension. {@code
   * histogramdd(ones(4, 2)).counts().shape()} is {@code (10, 10)}.
   */
  public static HistogramDd histogramdd(Array points) {
    return histogramdd(points, HistogramOptions.DEFAULT);
  }

  /** Counts of the rows of a matrix of points in bins along each dimension; i32 without weights. */
  public static HistogramDd histogramdd(Array points, HistogramOptions options) {
    if (points.rank() != 2) {
      throw new LaxTypeException("histogramdd", "takes a matrix of points, not " + points.aval());
    }
    int dimensions = Math.toIntExact(points.dim(1));
    Array w = options.weights();
    DType t =
        inexactType(
            w == null ? points.dtype() : Promotion.join(List.of(points.aval(), w.aval())).dtype());
    Array values = Promotion.convert(points, t, false);
    List<Array> edges = new ArrayList<>();
    List<Array> places = new ArrayList<>();
    long[] sizes = new long[dimensions];
    for (int d = 0; d < dimensions; d++) {
      Array x = Shapes.squeeze(part(values, 1, range(d, d + 1L)), Axes.of(1));
      Array bounds = edges(x, options, d, dimensions);
      Array at = searchsorted(bounds, x, Side.RIGHT);
      Array last = Compare.eq(x, Zeros.full(bounds.get(-1), x.shape()));
      places.add(where(last, subtract(at, weak(1)), at));
      edges.add(bounds);
      sizes[d] = bounds.dim(0) + 1;
    }
    Shape shape = Shape.of(sizes);
    Array flat = ravelMultiIndex(places, shape, Mode.CLIP);
    Array each = w == null ? null : Promotion.convert(w, t, false);
    Array counts = Shapes.reshape(bincountOf(flat, each, shape.size()), shape);
    for (int d = 0; d < dimensions; d++) {
      counts = part(counts, d, range(1, -1));
    }
    return new HistogramDd(options.density() ? density(counts, edges, t) : counts, edges);
  }

  private static Array density(Array counts, List<Array> edges, DType t) {
    Array parts = astype(counts, t);
    parts = Arithmetic.div(parts, Zeros.full(sum(parts), parts.shape()));
    for (int d = 0; d < edges.size(); d++) {
      Array widths = Shapes.broadcastInDim(diff(edges.get(d)), parts.shape(), Axes.of(d));
      parts = Arithmetic.div(parts, widths);
    }
    return parts;
  }
}
