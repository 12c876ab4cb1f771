package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.nn.AttentionOptions;
import dev.jacobi.nn.Nn;
import dev.jacobi.nn.StandardizeOptions;
import dev.jacobi.numpy.GridOrder;
import dev.jacobi.numpy.InterpOptions;
import dev.jacobi.numpy.Pad;
import dev.jacobi.numpy.TopK;
import java.util.List;
import java.util.Map;

/** The family {@code options}: what Python gives by keywords. */
final class NumpyOptions {
  private static final InterpOptions INTERP = InterpOptions.DEFAULT;
  private static final AttentionOptions ATTENTION = AttentionOptions.DEFAULT;
  private static final StandardizeOptions STANDARDIZE = StandardizeOptions.DEFAULT;
  private static final Map<String, Pad.Statistic> STATISTICS =
      Map.of(
          "mean", Pad.Statistic.MEAN,
          "maximum", Pad.Statistic.MAXIMUM,
          "minimum", Pad.Statistic.MINIMUM,
          "median", Pad.Statistic.MEDIAN);

  private NumpyOptions() {}

  static void add(Table t) {
    numbers(t);
    interpolations(t);
    constants(t);
    statistics(t);
    products(t);
    comparisons(t);
    places(t);
    spaces(t);
    activations(t);
    attention(t);
  }

  private static void numbers(Table t) {
    t.one("nan_to_num_nan", x -> nanToNum(x, 7));
    t.one("nan_to_num_all", x -> nanToNum(x, -1, 2, 3));
    t.one("nan_to_num_f16", x -> nanToNum(x, 1.5));
    t.one("nan_to_num_bf16", x -> nanToNum(x, 1.5, 8, 9));
    t.one("nan_to_num_c64", x -> nanToNum(x, 7));
    t.one("nan_to_num_i32", x -> nanToNum(x, 7));
    t.one("angle_degrees", x -> angle(x, true));
    t.one("angle_degrees_f32", x -> angle(x, true));
  }

  private static void interpolations(Table t) {
    t.three("interp_left", (x, p, f) -> interp(x, p, f, INTERP.withLeft(9).withRight(-9)));
    t.three("interp_right", (x, p, f) -> interp(x, p, f, INTERP.withRight(-9)));
    t.three("interp_extrapolate", (x, p, f) -> interp(x, p, f, INTERP.withExtrapolation()));
    t.three("interp_period", (x, p, f) -> interp(x.times(40), p, f, INTERP.withPeriod(360)));
    t.three("interp_period_negative", (x, p, f) -> interp(x, p, f, INTERP.withPeriod(-2.5)));
  }

  private static void constants(Table t) {
    double[][] values = {{1, 2.5}, {3, 4}};
    t.one("pad_constants", x -> pad(x, new int[][] {{1, 2}, {0, 3}}, Pad.constant(values)));
    t.one("pad_constants_pair", x -> pad(x, 2, Pad.constant(1, -1)));
    t.one("pad_constants_int", x -> pad(x, 1, Pad.constant(new double[][] {{5, 6}, {7, 8}})));
    double[][] ends = {{5, -4}, {0.5, 2}};
    t.one("pad_linear_ramp", x -> pad(x, new int[][] {{2, 1}, {3, 2}}, Pad.linearRamp(ends)));
    t.one("pad_linear_ramp_one", x -> pad(x, 3, Pad.linearRamp(0)));
    t.one("pad_linear_ramp_int", x -> pad(x, new int[][] {{3, 2}, {3, 2}}, Pad.linearRamp(-4, 11)));
    int[][] widths = {{2, 1}, {3, 7}};
    t.one("pad_reflect_odd", x -> pad(x, widths, Pad.reflectOdd()));
    t.one("pad_symmetric_odd", x -> pad(x, widths, Pad.symmetricOdd()));
    t.one("pad_reflect_odd_one", x -> pad(x, 3, Pad.reflectOdd()));
    t.one("pad_reflect_odd_int", x -> pad(x, new int[][] {{2, 3}, {2, 3}}, Pad.reflectOdd()));
  }

  private static void statistics(Table t) {
    int[][] widths = {{1, 2}, {2, 1}};
    t.one("pad_mean", x -> pad(x, widths, Pad.mean()));
    t.one("pad_maximum", x -> pad(x, widths, Pad.maximum()));
    t.one("pad_minimum", x -> pad(x, widths, Pad.minimum()));
    t.one("pad_median", x -> pad(x, widths, Pad.median()));
    t.one("pad_mean_length", x -> pad(x, widths, Pad.mean(2)));
    t.one("pad_maximum_length", x -> pad(x, widths, Pad.maximum(2)));
    t.one("pad_minimum_length", x -> pad(x, widths, Pad.minimum(2)));
    t.one("pad_median_length", x -> pad(x, widths, Pad.median(2)));
    STATISTICS.forEach(
        (name, of) ->
            t.one(
                "pad_" + name + "_int", x -> pad(x, 2, Pad.of(of, new int[][] {{1, 2}, {3, 9}}))));
  }

  private static void products(Table t) {
    t.two("cross_axis", (x, y) -> cross(x, y, 0));
    t.two("cross_axes", (x, y) -> cross(x, y, 0, 1, 0));
    t.two("cross_plane", (x, y) -> cross(x, y, -1));
    t.two("cross_mixed", (x, y) -> cross(x, y, -1));
    t.two("cross_int", (x, y) -> cross(x, y, -1));
    t.one("diagflat_k", x -> diagflat(x, -1));
  }

  private static void comparisons(Table t) {
    t.two("isclose_nan", (x, y) -> isclose(x, y, 0.2, 1e-3, true));
    t.two("allclose_nan", (x, y) -> allclose(x, y, 0.2, 1e-8, true));
    t.two("allclose_far", (x, y) -> allclose(x, y, 0.2, 1e-8, false));
    t.two("array_equal_nan", (x, y) -> arrayEqual(x, y, true));
    t.two("isin_invert", (x, y) -> isin(x, y, true));
    t.one("ptp_keep", x -> ptp(x, over(0, 2).keepDims()));
  }

  private static void places(Table t) {
    t.one("argmax_keep", x -> argmax(x, 1, true));
    t.one("argmin_keep", x -> argmin(x, 1, true));
    t.one("nanargmax_keep", x -> nanargmax(x, 1, true));
    t.one("nanargmin_keep", x -> nanargmin(x, 1, true));
    t.of("meshgrid_ij", x -> meshgrid(x, GridOrder.IJ, false));
    t.of("meshgrid_sparse", x -> meshgrid(x, GridOrder.XY, true));
    t.of("meshgrid_xy", x -> meshgrid(x, GridOrder.XY, false));
    t.none("indices_sparse", () -> sparseIndices(2, 3, 4));
    t.two("take_along_axis_fill", (x, i) -> takeAlongAxis(x, i, 0, Mode.FILL));
    t.two("take_along_axis_clip", (x, i) -> takeAlongAxis(x, i, 1, Mode.CLIP));
  }

  private static void spaces(Table t) {
    t.two("linspace_arrays", (x, y) -> linspace(x, y, 5, true, 0));
    t.two("linspace_arrays_open", (x, y) -> linspace(x, y, 4, false, 1));
    t.two("linspace_arrays_one", (x, y) -> linspace(x, y, 1, true, -1));
    t.none("logspace_base", () -> List.of(logspace(0, 3, 5, false, 2)));
    t.one("unwrap_discont", x -> unwrap(x.times(9), -1, 2 * Math.PI, 5));
    t.one("unwrap_discont_small", x -> unwrap(x.times(9), 0, 2 * Math.PI, 1));
    t.one("top_k_smallest", x -> topK(x, 2, -1, true).values());
    t.of(
        "top_k_smallest_axis",
        x -> {
          TopK least = topK(x.getFirst(), 2, 0, true);
          return List.of(least.values(), least.indices());
        });
  }

  private static void activations(Table t) {
    t.one("celu_alpha", x -> Nn.celu(x, 0.7));
    t.one("leaky_relu_slope", x -> Nn.leakyRelu(x, 0.2));
    t.one("squareplus_b", x -> Nn.squareplus(x, 1.5));
    t.one("glu_axis", x -> Nn.glu(x, 0));
    t.two("log_softmax_where", (x, m) -> where(m, Nn.logSoftmax(x, over(-1).where(m)), weak(0)));
    t.one(
        "standardize_axis",
        x -> Nn.standardize(x, STANDARDIZE.withOver(over(0)).withEpsilon(1e-3)));
    t.three(
        "standardize_given",
        (x, m, v) -> Nn.standardize(x, STANDARDIZE.withMean(m).withVariance(v)));
  }

  private static void attention(Table t) {
    t.of("attention_bias", x -> attend(x, ATTENTION.withBias(x.get(3)).withScale(0.3)));
    t.of("attention_mask", x -> attend(x, ATTENTION.withMask(x.get(3))));
    t.of("attention_causal", x -> attend(x, ATTENTION.withCausal()));
    t.of(
        "attention_lengths",
        x -> attend(x, ATTENTION.withQueryLengths(x.get(3)).withKeyLengths(x.get(4))));
    t.of("attention_window", x -> attend(x, ATTENTION.withWindow(1, 2)));
    t.of("attention_single", x -> attend(x, ATTENTION));
  }

  private static List<Array> attend(List<Array> x, AttentionOptions options) {
    return List.of(Nn.dotProductAttention(x.get(0), x.get(1), x.get(2), options));
  }
}
