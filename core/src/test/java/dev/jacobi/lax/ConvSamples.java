package dev.jacobi.lax;

import static dev.jacobi.hlo.DType.C128;
import static dev.jacobi.hlo.DType.F32;
import static dev.jacobi.hlo.DType.F64;
import static dev.jacobi.hlo.DType.I32;
import static dev.jacobi.hlo.DType.I64;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.lax.Conv.ConvGeneralDilated;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Operands of convolutions: every parameter, layouts, groups, element types. */
final class ConvSamples {
  private static final ConvDimensionNumbers NHWC = ConvDimensionNumbers.of("NHWC", "HWIO", "NHWC");
  private static final ConvDimensionNumbers ODD = ConvDimensionNumbers.of("CHNW", "WOIH", "HWCN");

  private ConvSamples() {}

  static List<Sample> all() {
    return List.of(
        row("one dimension", plain(3), s(2, 3, 7), s(4, 3, 2)),
        row("padded", pads(plain(3), 2, 1), s(1, 2, 4), s(3, 2, 3)),
        row("trimmed", pads(plain(3), -1, 2), s(1, 2, 6), s(3, 2, 3)),
        row("strided", with(plain(3), l(2), l(1), l(1)), s(2, 2, 8), s(2, 2, 3)),
        row("kernel dilated", with(plain(3), l(1), l(1), l(3)), s(2, 2, 8), s(2, 2, 3)),
        row("input dilated", with(pads(plain(3), 1, 2), l(1), l(3), l(1)), s(1, 2, 4), s(2, 2, 3)),
        row(
            "strided and both dilated",
            with(pads(plain(3), 3, 1), l(2), l(3), l(2)),
            s(2, 1, 5),
            s(2, 1, 3)),
        row("channels last", of(NHWC, 1, 1, 4), s(2, 4, 5, 2), s(2, 3, 2, 3)),
        row("odd layout", of(ODD, 1, 1, 4), s(2, 4, 3, 5), s(3, 4, 2, 2)),
        row("feature groups", of(NHWC, 2, 1, 4), s(1, 3, 4, 4), s(2, 2, 2, 6)),
        row("depthwise", of(NHWC, 3, 1, 4), s(1, 3, 4, 3), s(2, 2, 1, 3)),
        row("batch groups", of(NHWC, 1, 2, 4), s(4, 3, 3, 2), s(2, 2, 2, 6)),
        row("odd layout, batch groups", of(ODD, 1, 3, 4), s(2, 3, 6, 4), s(2, 6, 2, 2)),
        row("no spatial dimension", plain(2), s(3, 2), s(4, 2)),
        row("three dimensions", plain(5), s(1, 2, 3, 3, 2), s(2, 2, 2, 1, 2)),
        row("no window fits", plain(3), s(2, 2, 2), s(3, 2, 4)),
        row("empty batch", plain(3), s(0, 2, 4), s(3, 2, 2)),
        typed("i32", plain(3), I32, s(2, 3, 5), s(2, 3, 2)),
        typed("c128", plain(3), C128, s(1, 2, 4), s(2, 2, 2)),
        typed("f32 to f64", preferred(F64), F32, s(1, 2, 5), s(2, 2, 2)),
        typed("i32 to i64", preferred(I64), I32, s(1, 2, 5), s(2, 2, 2)));
  }

  private static long[] s(long... sizes) {
    return sizes;
  }

  private static Longs l(long... values) {
    return Longs.of(values);
  }

  private static Sample row(String label, ConvGeneralDilated p, long[] x, long[] k) {
    return typed(label, p, F64, x, k);
  }

  private static Sample typed(String label, ConvGeneralDilated p, DType dtype, long[] x, long[] k) {
    return Sample.of(label, p, d -> List.of(d.of(dtype, -2, 2, x), d.of(dtype, -2, 2, k)));
  }

  private static ConvGeneralDilated plain(int rank) {
    return of(ConvDimensionNumbers.plain(rank), 1, 1, rank);
  }

  private static ConvGeneralDilated of(
      ConvDimensionNumbers d, long features, long batches, int rank) {
    Longs ones = Longs.fill(rank - 2, 1);
    Longs[] none = new Longs[rank - 2];
    Arrays.fill(none, Longs.of(0, 0));
    return new ConvGeneralDilated(
        ones, List.of(none), ones, ones, d, features, batches, Optional.empty(), Optional.empty());
  }

  private static ConvGeneralDilated pads(ConvGeneralDilated p, long low, long high) {
    return new ConvGeneralDilated(
        p.windowStrides(),
        List.of(Longs.of(low, high)),
        p.lhsDilation(),
        p.rhsDilation(),
        p.dimensionNumbers(),
        1,
        1,
        Optional.empty(),
        Optional.empty());
  }

  private static ConvGeneralDilated with(
      ConvGeneralDilated p, Longs strides, Longs lhs, Longs rhs) {
    return new ConvGeneralDilated(
        strides,
        p.padding(),
        lhs,
        rhs,
        p.dimensionNumbers(),
        1,
        1,
        Optional.empty(),
        Optional.empty());
  }

  private static ConvGeneralDilated preferred(DType dtype) {
    ConvGeneralDilated p = plain(3);
    return new ConvGeneralDilated(
        p.windowStrides(),
        p.padding(),
        p.lhsDilation(),
        p.rhsDilation(),
        p.dimensionNumbers(),
        1,
        1,
        Optional.empty(),
        Optional.of(dtype));
  }
}
