package dev.jacobi.hlo.verify;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The instruction under examination: names its constraints and says where an error is. */
record Site(Instr instr) {
  /** Throws unless a constraint of this operation, such as {@code c1}, holds. */
  void require(String id, boolean holds, String detail, Object... args) {
    if (!holds) {
      throw error(name() + "_" + id, detail.formatted(args));
    }
  }

  HloVerifyException error(String constraint, String detail) {
    return new HloVerifyException(constraint, detail, describe(), instr.loc());
  }

  /** The operation's name without its dialect. */
  private String name() {
    String mnemonic = instr.op().mnemonic();
    return mnemonic.substring(mnemonic.indexOf('.') + 1);
  }

  private String describe() {
    return instr.op().mnemonic() + types(instr.op().operands()) + " -> " + types(instr.results());
  }

  private static String types(List<Value> values) {
    return values.stream()
        .map(v -> v.type().toString())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Whether two sizes agree, as far as they are known. */
  static boolean agree(long a, long b) {
    return a == b || a == Shape.DYNAMIC || b == Shape.DYNAMIC;
  }

  static boolean agree(Shape a, Shape b) {
    boolean same = a.rank() == b.rank();
    for (int d = 0; same && d < a.rank(); d++) {
      same = agree(size(a, d), size(b, d));
    }
    return same;
  }

  static boolean agree(TensorType a, TensorType b) {
    return a.element() == b.element() && agree(a.shape(), b.shape());
  }

  static boolean agree(List<TensorType> a, List<TensorType> b) {
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same = agree(a.get(i), b.get(i));
    }
    return same;
  }

  /** Whether some shape agrees with all of these. */
  static boolean agreeAll(List<Shape> shapes) {
    boolean agree = true;
    for (int i = 0; i < shapes.size(); i++) {
      for (int j = 0; j < i; j++) {
        agree &= agree(shapes.get(i), shapes.get(j));
      }
    }
    return agree;
  }

  /** The shapes of the operands and then of the results. */
  List<Shape> shapes() {
    return Stream.concat(instr.op().operands().stream(), instr.results().stream())
        .map(Value::shape)
        .toList();
  }

  /** A size, {@link Shape#DYNAMIC} where unknown. */
  static long size(Shape shape, int d) {
    return shape.isStatic(d) ? shape.dim(d) : Shape.DYNAMIC;
  }

  static boolean unique(Axes axes) {
    return axes.stream().distinct().count() == axes.size();
  }

  static boolean sorted(Axes axes) {
    return axes.equals(axes.sorted());
  }

  /** Whether all are at least 0 and below {@code rank}. */
  static boolean within(Axes axes, int rank) {
    return axes.stream().allMatch(d -> 0 <= d && d < rank);
  }
}
