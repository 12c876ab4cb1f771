package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Op2;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.lax.Dot;
import dev.jacobi.lax.DotOptions;
import dev.jacobi.lax.DotPrecision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of {@code make_dots.py}. */
final class DotFunctions {
  private static final Axes NONE = Axes.of();
  private static final DotDims MATRICES = new DotDims(NONE, NONE, Axes.of(1), Axes.of(0));

  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private DotFunctions() {
    plain();
    precisions();
    types();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new DotFunctions().all;
  }

  private void two(String name, Op2 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private void general(String name, DotOptions options) {
    two(name, (x, y) -> Dot.dot(x, y, options));
  }

  private static DotOptions matrices() {
    return DotOptions.DEFAULT.withDimensionNumbers(MATRICES);
  }

  private void plain() {
    for (String name : List.of("lax_dot", "lax_dot_vectors", "lax_dot_matvec")) {
      two(name, (x, y) -> Dot.dot(x, y));
    }
    DotDims crossed = new DotDims(NONE, NONE, Axes.of(2, 1), Axes.of(0, 1));
    general("lax_dot_dims", DotOptions.DEFAULT.withDimensionNumbers(crossed));
    two("lax_batch_matmul", (x, y) -> Dot.batchMatmul(x, y));
    two(
        "lax_batch_matmul_high",
        (x, y) -> Dot.batchMatmul(x, y, DotOptions.DEFAULT.withPrecision("high")));
    DotDims odd = new DotDims(Axes.of(2), Axes.of(1), Axes.of(0), Axes.of(2));
    two("dot_batches", (x, y) -> Dot.dotGeneral(x, y, odd));
    two("dot_no_contraction", (x, y) -> Dot.dotGeneral(x, y, new DotDims(NONE, NONE, NONE, NONE)));
    general("dot_empty", matrices());
  }

  private void precisions() {
    general("dot_highest", matrices().withPrecision(Precision.HIGHEST));
    general(
        "dot_pair",
        matrices().withPrecision(new DotPrecision.Each(Precision.HIGH, Precision.DEFAULT)));
    for (String name : List.of("DEFAULT", "F32_F32_F32", "BF16_BF16_F32_X3", "BF16_BF16_F32_X6")) {
      general(
          "dot_preset_" + name.toLowerCase(java.util.Locale.ROOT), matrices().withPrecision(name));
    }
    general("dot_preset_bf16", matrices().withPrecision("BF16_BF16_F32"));
    general(
        "dot_preset_bf16_f32",
        matrices().withPrecision("BF16_BF16_F32").withPreferredElementType(DType.F32));
    general("dot_preset_f16", matrices().withPrecision("F16_F16_F16"));
    general("dot_preset_converts", matrices().withPrecision("F16_F16_F16"));
  }

  private void types() {
    for (String name : List.of("dot_bf16_f32", "dot_f16_f32")) {
      general(name, matrices().withPreferredElementType(DType.F32));
    }
    for (String name : List.of("dot_mixed", "dot_mixed_halves", "dot_i32_f32", "dot_f32_c64")) {
      general(name, matrices());
    }
    general("dot_f32_f16", matrices().withPreferredElementType(DType.F16));
  }
}
