package dev.jacobi.lax;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.Precision;
import java.util.Optional;

/**
 * How windows lie and what the dimensions mean; what is absent has JAX's default.
 *
 * @param windowStrides steps between windows, per spatial dimension
 * @param padding what is put around the input
 * @param lhsDilation distance of the input's elements, zeros between them (a transposed
 *     convolution)
 * @param rhsDilation distance of the kernel's elements
 * @param dimensionNumbers which dimension is which; absent: {@code NCHW, OIHW, NCHW}
 * @param featureGroupCount groups of features that do not mix
 * @param batchGroupCount groups of the batch, each of which meets its own output features
 * @param precision how exactly to multiply, for other backends
 * @param preferredElementType element type of sums and result; absent: the operands'
 */
public record ConvOptions(
    Longs windowStrides,
    Padding padding,
    Optional<Longs> lhsDilation,
    Optional<Longs> rhsDilation,
    Optional<ConvDimensionNumbers> dimensionNumbers,
    long featureGroupCount,
    long batchGroupCount,
    Optional<Precision> precision,
    Optional<DType> preferredElementType) {

  /** Strides and padding, all else by default. */
  public static ConvOptions of(Padding padding, long... windowStrides) {
    return new ConvOptions(
        Longs.of(windowStrides),
        padding,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        1,
        Optional.empty(),
        Optional.empty());
  }

  public ConvOptions withLhsDilation(long... distances) {
    return new ConvOptions(
        windowStrides,
        padding,
        Optional.of(Longs.of(distances)),
        rhsDilation,
        dimensionNumbers,
        featureGroupCount,
        batchGroupCount,
        precision,
        preferredElementType);
  }

  public ConvOptions withRhsDilation(long... distances) {
    return new ConvOptions(
        windowStrides,
        padding,
        lhsDilation,
        Optional.of(Longs.of(distances)),
        dimensionNumbers,
        featureGroupCount,
        batchGroupCount,
        precision,
        preferredElementType);
  }

  /** Names as in {@link ConvDimensionNumbers#of}: {@code ("NHWC", "HWIO", "NHWC")}. */
  public ConvOptions withDimensionNumbers(String lhs, String rhs, String out) {
    return withDimensionNumbers(ConvDimensionNumbers.of(lhs, rhs, out));
  }

  public ConvOptions withDimensionNumbers(ConvDimensionNumbers numbers) {
    return new ConvOptions(
        windowStrides,
        padding,
        lhsDilation,
        rhsDilation,
        Optional.of(numbers),
        featureGroupCount,
        batchGroupCount,
        precision,
        preferredElementType);
  }

  /** At most one of the two may exceed 1. */
  public ConvOptions withGroups(long features, long batches) {
    return new ConvOptions(
        windowStrides,
        padding,
        lhsDilation,
        rhsDilation,
        dimensionNumbers,
        features,
        batches,
        precision,
        preferredElementType);
  }

  public ConvOptions withPrecision(Precision asked) {
    return new ConvOptions(
        windowStrides,
        padding,
        lhsDilation,
        rhsDilation,
        dimensionNumbers,
        featureGroupCount,
        batchGroupCount,
        Optional.of(asked),
        preferredElementType);
  }

  public ConvOptions withPreferredElementType(DType type) {
    return new ConvOptions(
        windowStrides,
        padding,
        lhsDilation,
        rhsDilation,
        dimensionNumbers,
        featureGroupCount,
        batchGroupCount,
        precision,
        Optional.of(type));
  }
}
