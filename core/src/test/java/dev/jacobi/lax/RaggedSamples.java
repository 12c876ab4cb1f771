package dev.jacobi.lax;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ReductionOp.DotDims;
import java.util.List;
import java.util.Optional;

/** Rows for ragged and scaled products. */
final class RaggedSamples {
  private static final Axes NONE = Axes.of();
  private static final Axes FIRST = Axes.of(0);

  private RaggedSamples() {}

  private static RaggedDot.RaggedDotGeneral ragged(DotDims dims, Axes ragged, Axes group) {
    return new RaggedDot.RaggedDotGeneral(
        new RaggedDotDimensionNumbers(dims, ragged, group), Optional.empty(), Optional.empty());
  }

  private static Sample sample(
      String label, RaggedDot.RaggedDotGeneral p, long[] x, long[] y, long... sizes) {
    return Sample.of(label, p, d -> List.of(d.f64(-2, 2, x), d.f64(-2, 2, y), d.i32(0, 2, sizes)));
  }

  private static long[] s(long... sizes) {
    return sizes;
  }

  static List<Sample> all() {
    DotDims rows = new DotDims(NONE, NONE, Axes.of(1), Axes.of(1));
    DotDims batched = new DotDims(FIRST, Axes.of(1), Axes.of(2), Axes.of(2));
    DotDims tall = new DotDims(NONE, NONE, Axes.of(2), Axes.of(1));
    DotDims odd = new DotDims(NONE, NONE, FIRST, Axes.of(2));
    return List.of(
        sample("rows", ragged(rows, FIRST, FIRST), s(4, 3), s(2, 3, 2), 2),
        sample("batched", ragged(batched, Axes.of(1), FIRST), s(2, 4, 3), s(2, 2, 3, 2), 2, 2),
        sample("one list", ragged(batched, Axes.of(1), FIRST), s(2, 4, 3), s(2, 2, 3, 2), 2),
        sample("own prefix", ragged(tall, Axes.of(1), FIRST), s(2, 4, 3), s(2, 3, 2), 2, 2),
        sample("odd layout", ragged(odd, Axes.of(1), Axes.of(1)), s(3, 5), s(4, 2, 3), 2),
        sample("no groups", ragged(rows, FIRST, FIRST), s(4, 3), s(0, 3, 2), 0),
        Sample.of(
            "i32",
            ragged(rows, FIRST, FIRST),
            d -> List.of(d.i32(-9, 9, 4, 3), d.i32(-9, 9, 2, 3, 2), d.i32(0, 2, 2))),
        Sample.of(
            "sums",
            ragged(new DotDims(NONE, NONE, FIRST, FIRST), FIRST, NONE),
            d -> List.of(d.i32(-9, 9, 5, 3), d.i32(-9, 9, 5, 2), d.i32(0, 3, 2))),
        Sample.of(
            "sums of two",
            ragged(new DotDims(NONE, NONE, Axes.of(0, 1), Axes.of(1, 0)), Axes.of(1), NONE),
            d -> List.of(d.i32(-9, 9, 2, 4, 3), d.i32(-9, 9, 4, 2, 2), d.i32(0, 2, 2, 3))),
        Sample.of(
            "batches",
            ragged(new DotDims(FIRST, FIRST, Axes.of(2), Axes.of(1)), FIRST, NONE),
            d -> List.of(d.i32(-9, 9, 4, 2, 3), d.i32(-9, 9, 4, 3, 2), d.i32(0, 3, 2))),
        Sample.of(
            "blocks of 2 and 4",
            new ScaledDot.ScaledDotOp(new DotDims(FIRST, FIRST, Axes.of(2), Axes.of(1)), DType.F32),
            d ->
                List.of(
                    d.of(DType.I8, -9, 9, 3, 2, 8),
                    d.of(DType.I8, -9, 9, 3, 8, 4),
                    d.of(DType.I8, 1, 4, 3, 2, 4),
                    d.of(DType.I8, 1, 4, 3, 2, 4))));
  }
}
