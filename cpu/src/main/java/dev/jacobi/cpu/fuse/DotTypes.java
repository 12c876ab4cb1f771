package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DotAlgorithm;
import dev.jacobi.hlo.DotAlgorithm.Format;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Value;
import java.util.Optional;

/**
 * Dot products in the types that have kernels: operands are rounded as an algorithm asks, and
 * converted where the result is wider; the product is converted where it is narrower than its sums,
 * and small integers are multiplied as larger ones, whose low bits are the same.
 */
final class DotTypes {
  private DotTypes() {}

  /** The product in other types; empty if it may stay as it is. */
  static Optional<Value> expand(ReductionOp.DotGeneral o, HloBuilder out) {
    DType from = o.lhs().dtype();
    DType product = product(from, o.dtype());
    DType operand = operand(from, product);
    if (operand == from && product == o.dtype() && o.algorithm().isEmpty()) {
      return Optional.empty();
    }
    Optional<DotAlgorithm> rounding = o.algorithm().filter(DotAlgorithm::isPlain);
    Value x = rounding.map(a -> rounded(o.lhs(), a.lhsPrecision(), out)).orElse(o.lhs());
    Value y = rounding.map(a -> rounded(o.rhs(), a.rhsPrecision(), out)).orElse(o.rhs());
    Value dot =
        out.add(
            new ReductionOp.DotGeneral(
                converted(x, operand, out),
                converted(y, operand, out),
                o.dims(),
                o.lhsPrecision(),
                o.rhsPrecision(),
                product));
    return Optional.of(o.dtype().isBool() ? anySet(dot, out) : converted(dot, o.dtype(), out));
  }

  /** The type of the sums that are written. */
  private static DType product(DType from, DType to) {
    return switch (to) {
      case BOOL, I8, I16, I32 -> DType.I32;
      case U8, U16, U32 -> DType.U32;
      case I64, U64 -> to;
      case F16, BF16, F32 -> from == DType.F64 ? from : from == DType.F32 ? from : sums(from, to);
      case F64 -> to;
      case C64, C128 -> from == DType.C128 ? from : to;
    };
  }

  private static DType sums(DType from, DType to) {
    return from.isFloat() && from != to ? DType.F32 : to;
  }

  /** The type in which operands are read. */
  private static DType operand(DType from, DType product) {
    boolean narrow = from == DType.F16 || from == DType.BF16;
    return narrow && product == DType.F32 ? from : product;
  }

  private static Value rounded(Value x, Format to, HloBuilder out) {
    if (x.dtype().isComplex() || to.holds(Format.of(x.dtype()))) {
      return x;
    }
    return switch (to) {
      case F16 -> through(x, DType.F16, out);
      case BF16 -> through(x, DType.BF16, out);
      case TF32 ->
          out.add(new ElementwiseOp.ReducePrecision(x, to.exponentBits(), to.mantissaBits()));
      case F32, F64 -> through(x, DType.F32, out);
    };
  }

  private static Value through(Value x, DType narrow, HloBuilder out) {
    return converted(converted(x, narrow, out), x.dtype(), out);
  }

  private static Value converted(Value x, DType to, HloBuilder out) {
    return x.dtype() == to ? x : out.add(new ElementwiseOp.Convert(x, to));
  }

  private static Value anySet(Value x, HloBuilder out) {
    return out.compare(ElementwiseOp.Direction.NE, x, out.full(x.dtype(), x.shape(), 0));
  }
}
