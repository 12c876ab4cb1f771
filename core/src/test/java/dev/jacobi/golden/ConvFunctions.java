package dev.jacobi.golden;

import static dev.jacobi.lax.Convolution.*;
import static dev.jacobi.lax.Padding.SAME;
import static dev.jacobi.lax.Padding.SAME_LOWER;
import static dev.jacobi.lax.Padding.VALID;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.lax.ConvOptions;
import dev.jacobi.lax.ConvTransposeOptions;
import dev.jacobi.lax.Padding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our form of the Python functions of {@code goldens/make_conv.py}, by name. */
final class ConvFunctions {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private ConvFunctions() {
    convolutions();
    transposed();
    vectors();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> all() {
    return new ConvFunctions().all;
  }

  private void two(String name, Op2 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private void general(String name, ConvOptions options) {
    two(name, (x, k) -> convGeneralDilated(x, k, options));
  }

  private static Padding pads(long[]... pairs) {
    return Padding.of(pairs);
  }

  private void convolutions() {
    two("conv_same", (x, k) -> conv(x, k, SAME, 1, 1));
    two("conv_valid", (x, k) -> conv(x, k, VALID, 2));
    general("conv_same_lower", ConvOptions.of(SAME_LOWER, 3).withRhsDilation(2));
    two(
        "conv_general",
        (x, k) ->
            convWithGeneralPadding(
                x,
                k,
                Longs.of(1, 2),
                pads(new long[] {1, 0}, new long[] {-1, 2}),
                Optional.of(Longs.of(2, 1)),
                Optional.of(Longs.of(1, 2))));
    general("conv_nhwc", ConvOptions.of(SAME, 1, 2).withDimensionNumbers("NHWC", "HWIO", "NHWC"));
    general("conv_odd", ConvOptions.of(SAME, 2, 1).withDimensionNumbers("CHNW", "WOIH", "HWCN"));
    general("conv_feature_groups", ConvOptions.of(SAME, 1).withGroups(2, 1));
    general("conv_batch_groups", ConvOptions.of(SAME, 1).withGroups(1, 2));
    general("conv_preferred", ConvOptions.of(VALID, 1).withPreferredElementType(DType.F32));
    one(
        "conv_patches",
        x -> convGeneralDilatedPatches(x, Longs.of(2, 3), ConvOptions.of(SAME, 1, 2)));
    ConvOptions nhwc = ConvOptions.of(VALID, 1, 1).withDimensionNumbers("NHWC", "HWIO", "NHWC");
    one("conv_patches_nhwc", x -> convGeneralDilatedPatches(x, Longs.of(2, 3), nhwc));
  }

  private void one(String name, Op1 f) {
    all.put(name, x -> List.of(f.apply(x.getFirst())));
  }

  private void transposed(String name, ConvTransposeOptions options) {
    two(name, (x, k) -> convTranspose(x, k, options));
  }

  private void transposed() {
    transposed("conv_transpose_same", ConvTransposeOptions.of(SAME, 2, 3));
    transposed("conv_transpose_valid", ConvTransposeOptions.of(VALID, 2, 1).withRhsDilation(2, 1));
    transposed("conv_transpose_pairs", ConvTransposeOptions.of(pads(new long[] {1, 2}), 2));
    transposed(
        "conv_transpose_consistent",
        ConvTransposeOptions.of(pads(new long[] {1, 0}), 2).withConsistentPadding(true));
    transposed(
        "conv_transpose_kernel", ConvTransposeOptions.of(SAME, 2, 2).withTransposeKernel(true));
  }

  private void vectors() {
    two("convolve", (x, y) -> convolve(x, y));
    two("convolve_swapped", (x, y) -> convolve(x, y));
    two("convolve_same", (x, y) -> convolve(x, y, ConvolveMode.SAME));
    two("convolve_valid", (x, y) -> convolve(x, y, ConvolveMode.VALID));
    two("correlate", (x, y) -> correlate(x, y));
    two("correlate_full", (x, y) -> correlate(x, y, ConvolveMode.FULL));
    two("correlate_same", (x, y) -> correlate(x, y, ConvolveMode.SAME));
  }
}
