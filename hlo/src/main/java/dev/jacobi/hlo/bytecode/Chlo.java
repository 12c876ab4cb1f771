package dev.jacobi.hlo.bytecode;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.text.Attribute;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /**
   * The operation's attributes by name: not as properties, whose number is not the same in all of
   * CHLO's versions.
   */
  static SortedMap<String, Integer> attributes(Op op, Pool pool, BuiltinEncoder builtin) {
    SortedMap<String, Integer> attributes = new TreeMap<>();
    switch (op) {
      case OrderOp.TopK o -> attributes.put("k", builtin.attr(new Attribute.Int(o.k(), "i64")));
      case ShorthandOp.RaggedDot o -> {
        List<Integer> precisions =
            List.of(precision(pool, o.lhsPrecision()), precision(pool, o.rhsPrecision()));
        attributes.put("precision_config", pool.attr("builtin", s -> s.varint(0).list(precisions)));
        attributes.put("ragged_dot_dimension_numbers", pool.textAttr("chlo", ragged(o.dims())));
      }
      case ElementwiseOp.Pointwise _ -> {
        // Functions have none.
      }
      default -> throw none(op);
    }
    return attributes;
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
