package dev.jacobi.lax;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.ShorthandOp.RaggedDims;

/**
 * Which dimensions a ragged product contracts, batches and divides.
 *
 * @param dotDimensionNumbers those of the product
 * @param lhsRaggedDimensions the one dimension of lhs that groups divide
 * @param rhsGroupDimensions the dimension of rhs that numbers the groups; none unless the ragged
 *     dimension is one of lhs alone
 */
public record RaggedDotDimensionNumbers(
    DotDims dotDimensionNumbers, Axes lhsRaggedDimensions, Axes rhsGroupDimensions) {

  RaggedDims hlo() {
    return new RaggedDims(dotDimensionNumbers, lhsRaggedDimensions, rhsGroupDimensions);
  }

  RaggedDims.Mode mode() {
    return hlo().mode();
  }

  /** As Python shows it in jaxprs. */
  @Override
  public String toString() {
    DotDims d = dotDimensionNumbers;
    return "RaggedDotDimensionNumbers(dot_dimension_numbers=((%s, %s), (%s, %s)), "
            .formatted(d.lhsContract(), d.rhsContract(), d.lhsBatch(), d.rhsBatch())
        + "lhs_ragged_dimensions=%s, rhs_group_dimensions=%s)"
            .formatted(lhsRaggedDimensions, rhsGroupDimensions);
  }
}
