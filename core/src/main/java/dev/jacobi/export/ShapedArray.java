package dev.jacobi.export;

import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.refine.OneSize;
import dev.jacobi.jaxpr.Aval;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The type of an argument or result of an exported function: JAX's {@code ShapedArray}.
 *
 * @param shape sizes, which may be expressions of dimension variables
 */
public record ShapedArray(JaxDtype dtype, List<DimExpr> shape) {
  public ShapedArray {
    shape = List.copyOf(shape);
  }

  /** The type of Java's arrays of this type. */
  static ShapedArray of(Aval aval) {
    JaxDtype dtype = aval.key() ? JaxDtype.KEY_FRY : JaxDtype.of(aval.dtype());
    List<DimExpr> shape =
        aval.shape().sizes().stream()
            .mapToObj(n -> n == Shape.DYNAMIC ? DimExpr.parse(OneSize.VARIABLE) : DimExpr.of(n))
            .toList();
    return new ShapedArray(dtype, shape);
  }

  /** The type of cotangents. */
  ShapedArray tangent() {
    boolean smooth = dtype.dtype().filter(d -> d.isInexact()).isPresent();
    return smooth ? this : new ShapedArray(JaxDtype.FLOAT0, shape);
  }

  /** Whether all sizes are numbers. */
  public boolean isStatic() {
    return shape.stream().allMatch(DimExpr::isConstant);
  }

  /** The type in Java once the sizes are known. */
  Aval aval(long[] sizes) {
    if (dtype == JaxDtype.KEY_FRY) {
      return Aval.key(Shape.of(sizes));
    }
    return Aval.of(
        dtype
            .dtype()
            .orElseThrow(
                () ->
                    new ExportException.Unsupported(
                        "arrays of " + dtype.shortName() + " as arguments or results")),
        sizes);
  }

  /** JAX's notation: {@code f32[b,3]}. */
  @Override
  public String toString() {
    return shape.stream()
        .map(DimExpr::toString)
        .collect(Collectors.joining(",", dtype.shortName() + "[", "]"));
  }
}
