package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.lax.Convolution.convGeneralDilated;
import static dev.jacobi.lax.Convolution.convTranspose;
import static dev.jacobi.numpy.Jnp.sum;

import dev.jacobi.Array;
import dev.jacobi.Op2;
import dev.jacobi.lax.ConvOptions;
import dev.jacobi.lax.ConvTransposeOptions;
import dev.jacobi.lax.Padding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Convolutions of pictures, channels last. */
final class ConvRows {
  private static final ConvOptions SAME =
      ConvOptions.of(Padding.SAME, 1, 1).withDimensionNumbers("NHWC", "HWIO", "NHWC");

  private ConvRows() {}

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    rows.put("conv3x3", Workload.calls(() -> call(conv(1), pictures(), kernel())));
    rows.put(
        "conv3x3_grad_w",
        Workload.calls(() -> call(grad((w, x) -> sum(same(x, w, 1))), kernel(), pictures())));
    rows.put(
        "conv_depthwise", Workload.calls(() -> call(conv(64), pictures(), Data.f32(3, 3, 1, 64))));
    ConvTransposeOptions twice =
        ConvTransposeOptions.of(Padding.SAME, 2, 2).withDimensionNumbers("NHWC", "HWIO", "NHWC");
    rows.put(
        "conv_transpose",
        Workload.calls(
            () -> call((x, w) -> convTranspose(x, w, twice), Data.f32(4, 28, 28, 64), kernel())));
    return rows;
  }

  private static Array pictures() {
    return Data.f32(8, 56, 56, 64);
  }

  private static Array kernel() {
    return Data.f32(3, 3, 64, 64);
  }

  private static Op2 conv(long groups) {
    return (x, w) -> same(x, w, groups);
  }

  private static Array same(Array x, Array w, long groups) {
    return convGeneralDilated(x, w, SAME.withGroups(groups, 1));
  }

  private static Supplier<Array> call(Op2 f, Array a, Array b) {
    Op2 compiled = jit(f);
    return () -> compiled.apply(a, b);
  }
}
