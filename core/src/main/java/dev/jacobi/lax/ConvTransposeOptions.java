package dev.jacobi.lax;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.Precision;
import java.util.Optional;

/**
 * How a transposed convolution goes; what is absent has JAX's default.
 *
 * @param strides distance of the input's elements in the result
 * @param padding SAME and VALID as those of the convolution that this one is the transpose of;
 *     explicit pairs as those of the transposed one, unless {@code consistentPadding}
 * @param rhsDilation distance of the kernel's elements
 * @param dimensionNumbers which dimension is which; absent: channels last, {@code NHWC, HWIO, NHWC}
 * @param transposeKernel whether the kernel is that of the forward convolution: its spatial
 *     dimensions are turned round and its features exchanged
 * @param consistentPadding whether explicit pairs too are those of the forward convolution
 * @param precision how exactly to multiply, for other backends
 * @param preferredElementType element type of sums and result; absent: the operands'
 */
public record ConvTransposeOptions(
    Longs strides,
    Padding padding,
    Optional<Longs> rhsDilation,
    Optional<ConvDimensionNumbers> dimensionNumbers,
    boolean transposeKernel,
    boolean consistentPadding,
    Optional<Precision> precision,
    Optional<DType> preferredElementType) {

  /** Strides and padding, all else by default. */
  public static ConvTransposeOptions of(Padding padding, long... strides) {
    return new ConvTransposeOptions(
        Longs.of(strides),
        padding,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }

  public ConvTransposeOptions withRhsDilation(long... distances) {
    return new ConvTransposeOptions(
        strides,
        padding,
        Optional.of(Longs.of(distances)),
        dimensionNumbers,
        transposeKernel,
        consistentPadding,
        precision,
        preferredElementType);
  }

  /** Names as in {@link ConvDimensionNumbers#of}. */
  public ConvTransposeOptions withDimensionNumbers(String lhs, String rhs, String out) {
    return new ConvTransposeOptions(
        strides,
        padding,
        rhsDilation,
        Optional.of(ConvDimensionNumbers.of(lhs, rhs, out)),
        transposeKernel,
        consistentPadding,
        precision,
        preferredElementType);
  }

  public ConvTransposeOptions withTransposeKernel(boolean turned) {
    return new ConvTransposeOptions(
        strides,
        padding,
        rhsDilation,
        dimensionNumbers,
        turned,
        consistentPadding,
        precision,
        preferredElementType);
  }

  public ConvTransposeOptions withConsistentPadding(boolean consistent) {
    return new ConvTransposeOptions(
        strides,
        padding,
        rhsDilation,
        dimensionNumbers,
        transposeKernel,
        consistent,
        precision,
        preferredElementType);
  }

  public ConvTransposeOptions withPreferredElementType(DType type) {
    return new ConvTransposeOptions(
        strides,
        padding,
        rhsDilation,
        dimensionNumbers,
        transposeKernel,
        consistentPadding,
        precision,
        Optional.of(type));
  }
}
