package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.lax.DotOptions;
import dev.jacobi.lax.RaggedDot;
import dev.jacobi.lax.RaggedDotDimensionNumbers;
import dev.jacobi.lax.ScaledDot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our form of the Python calls of {@code make_dots.py} for ragged and scaled products. */
final class RaggedFunctions {
  private static final Axes NONE = Axes.of();
  private static final Axes FIRST = Axes.of(0);

  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private interface Three {
    Array apply(Array x, Array y, Array sizes);
  }

  private RaggedFunctions() {
    three("ragged_dot", RaggedDot::raggedDot);
    three("ragged_dot_u8_sizes", RaggedDot::raggedDot);
    DotOptions plain = DotOptions.DEFAULT;
    three(
        "ragged_dot_high", (x, y, g) -> RaggedDot.raggedDot(x, y, g, plain.withPrecision("high")));
    DotOptions f32 = plain.withPreferredElementType(DType.F32);
    three("ragged_dot_bf16", (x, y, g) -> RaggedDot.raggedDot(x, y, g, f32));
    DotDims rows = dot(NONE, NONE, Axes.of(1), Axes.of(1));
    general("ragged_rows", rows, FIRST, FIRST);
    DotDims batched = dot(FIRST, Axes.of(1), Axes.of(2), Axes.of(2));
    general("ragged_rows_batched", batched, Axes.of(1), FIRST);
    general("ragged_rows_odd", dot(NONE, NONE, FIRST, Axes.of(2)), Axes.of(1), Axes.of(1));
    general("ragged_rows_two", dot(NONE, NONE, Axes.of(2), Axes.of(1)), Axes.of(1), FIRST);
    DotDims sums = dot(NONE, NONE, FIRST, FIRST);
    general("ragged_contracting", sums, FIRST, NONE);
    DotDims batchedSums = dot(FIRST, FIRST, Axes.of(1), Axes.of(1));
    general("ragged_contracting_batched", batchedSums, Axes.of(1), NONE);
    DotDims two = dot(NONE, NONE, Axes.of(0, 1), Axes.of(1, 0));
    general("ragged_contracting_two", two, Axes.of(1), NONE);
    general("ragged_batch", dot(FIRST, FIRST, Axes.of(2), Axes.of(1)), FIRST, NONE);
    three("ragged_dot_vmap", vmap(RaggedDot::raggedDot));
    var numbers = new RaggedDotDimensionNumbers(sums, FIRST, NONE);
    three(
        "ragged_contracting_vmap", vmap((x, y, g) -> RaggedDot.raggedDotGeneral(x, y, g, numbers)));
    scaled();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new RaggedFunctions().all;
  }

  private static DotDims dot(Axes xBatch, Axes yBatch, Axes x, Axes y) {
    return new DotDims(xBatch, yBatch, x, y);
  }

  private void three(String name, Three f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1), x.get(2))));
  }

  private void general(String name, DotDims dims, Axes ragged, Axes group) {
    var numbers = new RaggedDotDimensionNumbers(dims, ragged, group);
    three(name, (x, y, g) -> RaggedDot.raggedDotGeneral(x, y, g, numbers));
  }

  private static Three vmap(Three f) {
    return (x, y, g) -> Jacobi.vmap((Array a, Array b, Array c) -> f.apply(a, b, c)).apply(x, y, g);
  }

  private void scaled() {
    DotOptions plain = DotOptions.DEFAULT;
    scaled("scaled_dot", plain);
    scaled("scaled_dot_f32", plain.withPreferredElementType(DType.F32));
    scaled("scaled_dot_dims", plain.withDimensionNumbers(dot(NONE, NONE, FIRST, Axes.of(1))));
    scaled("scaled_dot_plain", plain);
    scaled("scaled_dot_half", plain);
  }

  private void scaled(String name, DotOptions options) {
    all.put(
        name, x -> List.of(ScaledDot.scaledDot(x.get(0), x.get(1), at(x, 2), at(x, 3), options)));
  }

  private static Optional<Array> at(List<Array> x, int i) {
    return i < x.size() ? Optional.of(x.get(i)) : Optional.empty();
  }
}
