package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Value;

/** Products of floats of two types, such as JAX's of the two 8-bit ones. */
final class MixedDot {
  private MixedDot() {}

  static boolean is(ReductionOp.DotGeneral op) {
    return op.lhs().element() != op.rhs().element();
  }

  /** Both operands in double precision if one is, else in single, which holds all others. */
  static Value expand(ReductionOp.DotGeneral op, HloBuilder out) {
    Element a = op.lhs().element();
    Element b = op.rhs().element();
    DType both = a == DType.F64 || b == DType.F64 ? DType.F64 : DType.F32;
    return out.add(
        new ReductionOp.DotGeneral(
            converted(op.lhs(), both, out),
            converted(op.rhs(), both, out),
            op.dims(),
            op.lhsPrecision(),
            op.rhsPrecision(),
            op.element(),
            op.algorithm()));
  }

  private static Value converted(Value x, DType to, HloBuilder out) {
    return x.element() == to ? x : out.add(new ElementwiseOp.Convert(x, to));
  }
}
