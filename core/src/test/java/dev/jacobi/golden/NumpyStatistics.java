package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.CovOptions;
import dev.jacobi.numpy.HistogramOptions;
import dev.jacobi.numpy.Jnp;
import java.util.ArrayList;
import java.util.List;

/** The families {@code counts} and {@code moments}. */
final class NumpyStatistics {
  private static final HistogramOptions BINS = HistogramOptions.DEFAULT;
  private static final CovOptions COV = CovOptions.DEFAULT;

  private NumpyStatistics() {}

  static void add(Table t) {
    counts(t);
    histograms(t);
    manyDimensions(t);
    covariances(t);
    means(t);
  }

  private static List<Array> all(Jnp.Histogram h) {
    return List.of(h.counts(), h.edges());
  }

  private static List<Array> all(Jnp.Histogram2d h) {
    return List.of(h.counts(), h.xEdges(), h.yEdges());
  }

  private static List<Array> all(Jnp.HistogramDd h) {
    List<Array> all = new ArrayList<>(h.edges());
    all.addFirst(h.counts());
    return all;
  }

  private static List<Array> all(Jnp.WeightedMean m) {
    return List.of(m.mean(), m.weightSum());
  }

  private static void counts(Table t) {
    for (String name : List.of("", "_bool", "_empty")) {
      t.one("bincount" + name, x -> bincount(x));
    }
    t.one("bincount_minlength", x -> bincount(x, null, 7));
    t.two("bincount_weights", (x, w) -> bincount(x, w, 0));
    t.two("bincount_length", (x, w) -> bincountOf(x, w, 4));
  }

  private static void histograms(Table t) {
    t.of("histogram", x -> all(histogram(x.get(0))));
    t.of("histogram_int", x -> all(histogram(x.get(0), BINS.withBins(4))));
    t.of("histogram_edges", x -> all(histogram(x.get(0), BINS.withEdges(x.get(1)))));
    t.of("histogram_range", x -> all(histogram(x.get(0), BINS.withBins(5).withRange(-1, 1))));
    HistogramOptions wide = BINS.withBins(5).withRange(-2, 2);
    t.of("histogram_weights", x -> all(histogram(x.get(0), wide.withWeights(x.get(1)))));
    t.of("histogram_density", x -> all(histogram(x.get(0), BINS.withBins(5).withDensity(true))));
    t.of("histogram_flat", x -> all(histogram(x.get(0), BINS.withBins(3))));
    t.of("histogram_nan", x -> all(histogram(x.get(0), BINS.withBins(3).withRange(0, 2))));
    t.of("histogram_f16", x -> all(histogram(x.get(0), BINS.withBins(3))));
    t.one("histogram_bin_edges", x -> histogramBinEdges(x, BINS.withBins(7)));
    t.two("histogram_bin_edges_given", (x, e) -> histogramBinEdges(x, BINS.withEdges(e)));
  }

  private static Array column(Array points, int d) {
    return points.get(Jnp.all(), i(d));
  }

  private static void manyDimensions(Table t) {
    t.of(
        "histogram2d",
        p -> all(histogram2d(column(p.get(0), 0), column(p.get(0), 1), BINS.withBins(3))));
    HistogramOptions density = BINS.withBins(2, 4).withDensity(true);
    t.of(
        "histogram2d_bins",
        p -> all(histogram2d(column(p.get(0), 0), column(p.get(0), 1), density)));
    t.of("histogramdd", p -> all(Jnp.histogramdd(p.get(0), BINS.withBins(2, 3))));
    t.of(
        "histogramdd_edges",
        p ->
            all(
                Jnp.histogramdd(
                    p.get(0),
                    BINS.withEdges(array(0f, 1f, 3f), array(0f, 1f, 2f, 5f))
                        .withWeights(p.get(1)))));
    Array ranges = array(new float[][] {{0, 3}, {0, 2}});
    t.of(
        "histogramdd_range",
        p -> all(Jnp.histogramdd(p.get(0), BINS.withBins(2).withRange(ranges))));
  }

  private static void covariances(Table t) {
    for (String name : List.of("", "_vector", "_int", "_c64", "_empty", "_none")) {
      t.one("cov" + name, x -> cov(x));
    }
    t.two("cov_y", (x, y) -> cov(x, COV.withY(y)));
    t.one("cov_columns", x -> cov(x, COV.withRows(false)));
    t.one("cov_bias", x -> cov(x, COV.biased()));
    t.one("cov_ddof", x -> cov(x, COV.withDdof(2)));
    t.two("cov_fweights", (x, f) -> cov(x, COV.withFrequencies(f)));
    t.two("cov_aweights", (x, a) -> cov(x, COV.withWeights(a)));
    t.three("cov_both", (x, f, a) -> cov(x, COV.withFrequencies(f).withWeights(a)));
    t.three("cov_both_0", (x, f, a) -> cov(x, COV.withFrequencies(f).withWeights(a).withDdof(0)));
    t.one("cov_dtype", x -> cov(x, COV.withDtype(DType.F16)));
    for (String name : List.of("", "_vector", "_c64")) {
      t.one("corrcoef" + name, x -> corrcoef(x));
    }
    t.two("corrcoef_y", (x, y) -> corrcoef(x, COV.withY(y)));
    t.one("corrcoef_columns", x -> corrcoef(x, COV.withRows(false)));
  }

  private static void means(Table t) {
    t.of("average_returned", x -> all(average(x.get(0), x.get(1), over(1))));
    t.of("average_vector", x -> all(average(x.get(0), x.get(1), over(0).keepDims())));
    t.of("average_none", x -> all(average(x.get(0), null, over(1))));
    t.of("average_axes", x -> all(average(x.get(0), x.get(1), over(0, 2))));
    t.of("average_int", x -> all(average(x.get(0), x.get(1).plus(1), over())));
  }
}
