package dev.jacobi.lax;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.ReductionOp.Precision;
import java.util.Optional;

/**
 * What a dot product may be told; what is absent has JAX's default.
 *
 * @param dimensionNumbers which dimensions are contracted and which are batch; absent: the last of
 *     lhs with the first of rhs, for vectors and matrices only
 * @param precision how to multiply
 * @param preferredElementType element type of sums and result; absent: that to which the operands
 *     promote
 */
public record DotOptions(
    Optional<DotDims> dimensionNumbers,
    Optional<DotPrecision> precision,
    Optional<DType> preferredElementType) {
  /** JAX's defaults. */
  public static final DotOptions DEFAULT =
      new DotOptions(Optional.empty(), Optional.empty(), Optional.empty());

  public DotOptions withDimensionNumbers(DotDims dims) {
    return new DotOptions(Optional.of(dims), precision, preferredElementType);
  }

  public DotOptions withPrecision(DotPrecision asked) {
    return new DotOptions(dimensionNumbers, Optional.of(asked), preferredElementType);
  }

  /** For both operands. */
  public DotOptions withPrecision(Precision asked) {
    return withPrecision(DotPrecision.of(asked));
  }

  /** By JAX's names, as in {@link DotPrecision#of(String)}. */
  public DotOptions withPrecision(String name) {
    return withPrecision(DotPrecision.of(name));
  }

  public DotOptions withPreferredElementType(DType dtype) {
    return new DotOptions(dimensionNumbers, precision, Optional.of(dtype));
  }
}
