package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ReductionOp.DotDims;
import java.util.Optional;

/** Products: {@code jax.lax}. */
public abstract class LaxDot extends LaxControl {
  LaxDot() {}

  /**
   * Products summed over the contracted dimensions; a result of the operands' element type. {@code
   * Lax.dotGeneral(ones(2, 3), ones(3), new DotDims(Axes.of(), Axes.of(), Axes.of(1), Axes.of(0)))}
   * is {@code [3. 3.]}.
   */
  public static Array dotGeneral(Array lhs, Array rhs, DotDims dimensionNumbers) {
    return Dot.dotGeneral(lhs, rhs, dimensionNumbers);
  }

  /** The same with another element type of sums and result. */
  public static Array dotGeneral(
      Array lhs, Array rhs, DotDims dimensionNumbers, DType preferredElementType) {
    return Dot.dotGeneral(lhs, rhs, dimensionNumbers, preferredElementType);
  }

  /**
   * A product of two vectors or matrices; see {@link Dot#dot(Array, Array)}. {@code
   * Lax.dot(array(1f, 2f), array(3f, 4f))} is {@code 11.0}.
   */
  public static Array dot(Array lhs, Array rhs) {
    return Dot.dot(lhs, rhs);
  }

  /** The general product with precision, preferred type and dimensions; see {@link Dot}. */
  public static Array dot(Array lhs, Array rhs, DotOptions options) {
    return Dot.dot(lhs, rhs, options);
  }

  /**
   * Products of stacks of matrices: all dimensions but the last two are batch. {@code
   * Lax.batchMatmul(ones(2, 1, 3), ones(2, 3, 1)).shape()} is {@code (2, 1, 1)}.
   */
  public static Array batchMatmul(Array lhs, Array rhs) {
    return Dot.batchMatmul(lhs, rhs);
  }

  /** The same in a precision; dimension numbers of the options do not count. */
  public static Array batchMatmul(Array lhs, Array rhs, DotOptions options) {
    return Dot.batchMatmul(lhs, rhs, options);
  }

  /**
   * Rows in groups, each times a matrix of its own; see {@link RaggedDot}. {@code
   * Lax.raggedDot(ones(3, 2), ones(1, 2, 2), array(3)).shape()} is {@code (3, 2)}.
   */
  public static Array raggedDot(Array lhs, Array rhs, Array groupSizes) {
    return RaggedDot.raggedDot(lhs, rhs, groupSizes);
  }

  /** The same with a precision and a preferred type; the options' dimensions do not count. */
  public static Array raggedDot(Array lhs, Array rhs, Array groupSizes, DotOptions options) {
    return RaggedDot.raggedDot(lhs, rhs, groupSizes, options);
  }

  /** Products of any dimensions, of which groups divide one; see {@link RaggedDot}. */
  public static Array raggedDotGeneral(
      Array lhs,
      Array rhs,
      Array groupSizes,
      RaggedDotDimensionNumbers raggedDotDimensionNumbers,
      DotOptions options) {
    return RaggedDot.raggedDotGeneral(lhs, rhs, groupSizes, raggedDotDimensionNumbers, options);
  }

  /** Products of scaled blocks; see {@link ScaledDot}. */
  public static Array scaledDot(
      Array lhs,
      Array rhs,
      Optional<Array> lhsScale,
      Optional<Array> rhsScale,
      DotOptions options) {
    return ScaledDot.scaledDot(lhs, rhs, lhsScale, rhsScale, options);
  }
}
