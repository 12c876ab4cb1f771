package dev.jacobi.scipy.operands;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.trace.NullArgumentException;
import java.util.Arrays;
import java.util.List;

/** Element types and dimensions of operands. */
public final class Operands {
  private Operands() {}

  /** Operands of one inexact element type, each in its own shape. */
  public static Array[] inexact(String function, Array... operands) {
    NullArgumentException.requireArrays(function, (Object[]) operands);
    List<Aval> avals = Arrays.stream(operands).map(Array::aval).toList();
    Promotion.Type type = Promotion.join(avals);
    boolean wide = type.dtype() == DType.I64 || type.dtype() == DType.U64;
    DType to = type.dtype().isInexact() ? type.dtype() : wide ? DType.F64 : DType.F32;
    Array[] converted = new Array[operands.length];
    Arrays.setAll(converted, i -> Promotion.convert(operands[i], to, type.weak()));
    return converted;
  }

  /** A dimension that may be counted from the end. */
  public static int axis(String function, Array x, int axis) {
    int rank = x.rank();
    if (axis < -rank || axis >= rank) {
      throw new LaxTypeException(
          function, "there is no dimension " + axis + " in an array of shape " + x.shape());
    }
    return axis < 0 ? axis + rank : axis;
  }
}
