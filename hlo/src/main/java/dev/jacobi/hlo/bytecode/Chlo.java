package dev.jacobi.hlo.bytecode;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.ShorthandOp;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Operations of CHLO: VHLO has none of them, but since 1.11 a program may hold them as they are,
 * between casts from and to the types of VHLO.
 */
final class Chlo {
  private Chlo() {}

  static boolean is(Op op) {
    return op.mnemonic().startsWith("chlo.");
  }

  static IllegalStateException none(Op op) {
    return new IllegalStateException(op.mnemonic() + " is no operation of VHLO");
  }

  /** The set of the operation's properties, or -1 if it has none. */
  static int properties(Op op, Pool pool, BuiltinEncoder builtin) {
    return switch (op) {
      case OrderOp.TopK o -> {
        int k = builtin.attr(new dev.jacobi.hlo.text.Attribute.Int(o.k(), "i64"));
        yield pool.properties(s -> s.varint(k));
      }
      case ShorthandOp.RaggedDot o -> {
        List<Integer> precisions =
            List.of(precision(pool, o.lhsPrecision()), precision(pool, o.rhsPrecision()));
        int both = pool.attr("builtin", s -> s.varint(0).list(precisions));
        int dims = pool.textAttr("chlo", ragged(o.dims()));
        // The first may be left out, which its lowest bit says.
        yield pool.properties(s -> s.varint((long) both << 1 | 1).varint(dims));
      }
      case ElementwiseOp.Pointwise _ -> -1;
      default -> throw none(op);
    };
  }

  private static int precision(Pool pool, Precision precision) {
    return pool.textAttr("chlo", "#chlo<precision " + precision + ">");
  }

  private static String ragged(ShorthandOp.RaggedDims d) {
    return ("#chlo.ragged_dot<lhs_batching_dimensions = %s, rhs_batching_dimensions = %s, "
            + "lhs_contracting_dimensions = %s, rhs_contracting_dimensions = %s, "
            + "lhs_ragged_dimensions = %s, rhs_group_dimensions = %s>")
        .formatted(
            list(d.dot().lhsBatch()),
            list(d.dot().rhsBatch()),
            list(d.dot().lhsContract()),
            list(d.dot().rhsContract()),
            list(d.lhsRagged()),
            list(d.rhsGroup()));
  }

  private static String list(Axes axes) {
    return axes.stream().mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
