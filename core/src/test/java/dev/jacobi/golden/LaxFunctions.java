package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.weak;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.AccuracyMode;
import dev.jacobi.lax.ApproxOptions;
import dev.jacobi.lax.ConvOptions;
import dev.jacobi.lax.GatherDimensionNumbers;
import dev.jacobi.lax.GatherScatterMode;
import dev.jacobi.lax.IndexOptions;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.Padding;
import dev.jacobi.lax.RandomAlgorithm;
import dev.jacobi.lax.RandomWords;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.ScatterDimensionNumbers;
import dev.jacobi.lax.Tolerance;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.TopK;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of {@code make_lax.py}. */
final class LaxFunctions {
  private static final GatherDimensionNumbers ROWS =
      new GatherDimensionNumbers(Axes.of(1), Axes.of(0), Axes.of(0));
  private static final ScatterDimensionNumbers INTO_ROWS =
      new ScatterDimensionNumbers(Axes.of(1), Axes.of(0), Axes.of(0));
  private static final IndexOptions FILL = IndexOptions.of(GatherScatterMode.FILL_OR_DROP);

  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private LaxFunctions() {
    slices();
    indexed();
    shapes();
    choices();
    reductions();
    searches();
    compiled();
    accuracies();
    random();
    convolutions();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new LaxFunctions().all;
  }

  private void one(String name, Op1 f) {
    all.put(name, x -> List.of(f.apply(x.get(0))));
  }

  private void two(String name, Op2 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private void slices() {
    one("slice_in_dim", x -> Lax.sliceInDim(x, 0, -1, 1, 1));
    one("slice_in_dim_step", x -> Lax.sliceInDim(x, 1, x.dim(0), 3, 0));
    one("index_in_dim", x -> Lax.indexInDim(x, -1, 1, true));
    one("index_in_dim_flat", x -> Lax.indexInDim(x, 1, 0, false));
    two("lax_dynamic_slice", (x, i) -> Lax.dynamicSlice(x, List.of(i, i), 1, 2));
    two("dynamic_slice_u8", (x, i) -> Lax.dynamicSlice(x, List.of(i, i), 1, 2));
    two("dynamic_slice_mixed", (x, i) -> Lax.dynamicSlice(x, List.of(i, weak(-1)), 1, 1));
    two("lax_dynamic_slice_in_dim", (x, i) -> Lax.dynamicSliceInDim(x, i.minus(5), 3, 0));
    two("dynamic_index_in_dim", (x, i) -> Lax.dynamicIndexInDim(x, i, 1, false));
    two("dynamic_index_in_dim_kept", (x, i) -> Lax.dynamicIndexInDim(x, i.minus(3), -1, true));
    all.put(
        "dynamic_update_slice_in_dim",
        x -> List.of(Lax.dynamicUpdateSliceInDim(x.get(0), x.get(1), x.get(2), 0)));
    all.put(
        "dynamic_update_index_in_dim",
        x -> List.of(Lax.dynamicUpdateIndexInDim(x.get(0), x.get(1), x.get(2), 1)));
  }

  private void indexed() {
    all.put(
        "index_take",
        x -> List.of(Lax.indexTake(x.get(0), List.of(x.get(1).minus(4), x.get(2)), 0, 2)));
    Longs row = Longs.of(1, 3);
    two("lax_gather", (x, i) -> Lax.gather(x, i, ROWS, row));
    two("lax_gather_fill", (x, i) -> Lax.gather(x, i, ROWS, row, FILL.withFillValue(2.5)));
    scatter("lax_scatter", Lax::scatter);
    scatter("lax_scatter_add", Lax::scatterAdd);
    scatter("lax_scatter_sub", Lax::scatterSub);
    scatter("lax_scatter_min", Lax::scatterMin);
    scatter("lax_scatter_max", Lax::scatterMax);
    Array places = array(new int[][] {{2}, {0}});
    two("lax_scatter_mul", (x, u) -> Lax.scatterMul(x, places, u, INTO_ROWS, FILL.unique()));
    Shape updates = Shape.of(5, 3);
    two(
        "scatter_apply",
        (x, i) -> Lax.scatterApply(x, i, v -> v.times(2).plus(1), INTO_ROWS, updates, FILL));
  }

  private interface Scattering extends java.io.Serializable {
    Array apply(Array x, Array indices, Array updates, ScatterDimensionNumbers dimensions);
  }

  private void scatter(String name, Scattering f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1), x.get(2), INTO_ROWS)));
  }

  private void shapes() {
    one("lax_broadcast", x -> Lax.broadcast(x, 2));
    two("broadcast_like", Lax::broadcastLike);
    one("broadcast_to_rank", x -> Lax.broadcastToRank(x, 3));
    one("collapse", x -> Lax.collapse(x, 1, x.rank()));
    one("collapse_empty", x -> Lax.collapse(x, 1, 1));
    one("lax_reshape", x -> Lax.reshape(x, Shape.of(3, 2), 1, 0));
    one("lax_squeeze", x -> Lax.squeeze(x, -1));
    one("lax_expand_dims", x -> Lax.expandDims(x, 0, -1));
    one("lax_full_like", x -> Lax.fullLike(x, 2));
    two("lax_pad", (x, y) -> Lax.pad(x, y, new long[] {1, 0, 2}, new long[] {-1, 2, 0}));
    one("lax_broadcasted_iota", x -> x.plus(Lax.broadcastedIota(x.dtype(), Shape.of(3), 0)));
  }

  private void choices() {
    for (String name : List.of("select_n", "select_n_bool")) {
      all.put(
          name, x -> List.of(Lax.selectN(x.get(0), x.subList(1, x.size()).toArray(Array[]::new))));
    }
    all.put(
        "select_n_scalar",
        x -> List.of(Lax.selectN(x.get(0), x.get(1), x.get(2), x.get(1), x.get(2))));
    one("bitwise_not", Lax::bitwiseNot);
    two("mul_out_dtype", (x, y) -> Lax.mul(x, y, DType.F32));
    one("lax_reciprocal", Lax::reciprocal);
    one("lax_clamp", x -> Lax.clamp(weak(-0.5), x, weak(0.5)));
  }

  private void reductions() {
    one("lax_reduce_sum", x -> Lax.reduceSum(x, 0, 2));
    one("lax_reduce_prod", x -> Lax.reduceProd(x, 0, 2));
    one("lax_reduce_max", x -> Lax.reduceMax(x, 0, 2));
    one("lax_reduce_min", x -> Lax.reduceMin(x, 0, 2));
    one("lax_reduce_and", x -> Lax.reduceAnd(x, 1));
    one("lax_reduce_or", x -> Lax.reduceOr(x, 1));
    one("lax_reduce_xor", x -> Lax.reduceXor(x, 1));
    one("lax_reduce", x -> Lax.reduce(x, Scalars.of(DType.F32, 1), (a, b) -> Lax.mul(a, b), 0));
    all.put("lax_sort_key_val", x -> Lax.sortKeyVal(x.get(0), x.get(1), 0));
    one("lax_argmax", x -> Lax.argmax(x, 1, DType.I8));
  }

  private void searches() {
    ApproxOptions plain = ApproxOptions.DEFAULT;
    search("approx_max_k", x -> Lax.approxMaxK(x, 2));
    search("approx_min_k", x -> Lax.approxMinK(x, 4, 1, plain));
    one("approx_max_k_axis", x -> Lax.approxMaxK(x, 3, 0, half()).values());
    one("approx_min_k_ties", x -> Lax.approxMinK(x.astype(DType.F32), 20).values());
    one("approx_max_k_ties", x -> Lax.approxMaxK(x.astype(DType.BF16), 9).values());
    ApproxOptions candidates = new ApproxOptions(0.9, -1, false);
    search("approx_candidates", x -> Lax.approxMaxK(x, 2, -1, candidates));
  }

  private static ApproxOptions half() {
    return new ApproxOptions(0.5, -1, true);
  }

  private void search(String name, Fn1<Array, TopK> f) {
    all.put(
        name,
        x -> {
          TopK found = f.apply(x.get(0));
          return List.of(found.values(), found.indices());
        });
  }

  private void compiled() {
    one("optimization_barrier", x -> Lax.optimizationBarrier(x));
    all.put(
        "optimization_barrier_two",
        x -> Lax.optimizationBarrier(List.of(x.get(0).times(2), x.get(1))));
    one("stage", Lax::stage);
    Op1 summed = x -> Jnp.sum(Jnp.exp(x), 0);
    all.put("composite", x -> List.of(Lax.composite(summed, "my.sum").apply(x.get(0))));
    all.put(
        "composite_attributes",
        x ->
            Lax.composite(
                    (List<Array> a) -> List.of(a.get(0).times(a.get(1)), a.get(0).minus(a.get(1))),
                    "my.pair",
                    2,
                    Map.of("scale", 2))
                .apply(x));
  }

  private void accuracies() {
    AccuracyMode highest = AccuracyMode.HIGHEST;
    one("cbrt_highest", highest::cbrt);
    one("cos_highest", highest::cos);
    one("exp_highest", highest::exp);
    one("exp2_highest", highest::exp2);
    one("expm1_highest", highest::expm1);
    one("log_highest", highest::log);
    one("log1p_highest", highest::log1p);
    one("logistic_highest", highest::logistic);
    one("rsqrt_highest", highest::rsqrt);
    one("sin_highest", highest::sin);
    one("sqrt_highest", highest::sqrt);
    one("tan_highest", highest::tan);
    one("tanh_highest", highest::tanh);
    one("exp_tolerance", x -> new Tolerance(1e-3, 1e-3, 0).exp(x));
  }

  private void random() {
    RandomAlgorithm philox = RandomAlgorithm.RNG_PHILOX;
    RandomAlgorithm threefry = RandomAlgorithm.RNG_THREE_FRY;
    Shape matrix = Shape.of(2, 3);
    words("rng_bit_generator", k -> Lax.rngBitGenerator(k, 5));
    words("rng_bit_generator_philox", k -> Lax.rngBitGenerator(k, matrix, DType.U8, philox));
    words("rng_bit_generator_threefry", k -> Lax.rngBitGenerator(k, matrix, DType.U16, threefry));
    for (RandomAlgorithm a : List.of(RandomAlgorithm.RNG_DEFAULT, threefry)) {
      Fn1<Array, RandomWords> f = k -> Lax.rngBitGenerator(k, Shape.of(2), DType.U32, a);
      words("rng_bit_generator_vmap_" + a, Jacobi.vmap(f));
    }
  }

  private void words(String name, Fn1<Array, RandomWords> f) {
    all.put(
        name,
        x -> {
          RandomWords words = f.apply(x.get(0));
          return List.of(words.key(), words.bits());
        });
  }

  private void convolutions() {
    ConvOptions valid = ConvOptions.of(Padding.VALID, 1);
    two("conv_local", (x, k) -> Lax.convGeneralDilatedLocal(x, k, Longs.of(2), valid));
    ConvOptions last =
        ConvOptions.of(Padding.SAME, 2, 1)
            .withDimensionNumbers(Lax.convDimensionNumbers("NHWC", "HWIO", "NHWC"));
    two("conv_local_nhwc", (x, k) -> Lax.convGeneralDilatedLocal(x, k, Longs.of(2, 2), last));
    ConvOptions odd =
        ConvOptions.of(Padding.of(new long[][] {{0, 1}, {0, 0}}), 1, 1)
            .withRhsDilation(1, 1)
            .withDimensionNumbers(Lax.convDimensionNumbers("CHWN", "WHIO", "HNCW"));
    two("conv_local_odd", (x, k) -> Lax.convGeneralDilatedLocal(x, k, Longs.of(2, 2), odd));
  }
}
