package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/** Elementwise operations. */
final class ElementwiseRows {
  private static final List<Fn> SIMPLE =
      List.of(Fn.ADD, Fn.SUB, Fn.MUL, Fn.DIV, Fn.MAX, Fn.MIN, Fn.NEG, Fn.ABS, Fn.AND, Fn.NOT);

  private ElementwiseRows() {}

  /** Any function; the last rows keep programs from being all transcendental. */
  static final List<Programs.Row> ALL =
      List.of(
          p -> pointwise(p, p.draw.pick(Fn.values())),
          p -> pointwise(p, p.draw.pick(Fn.values())),
          p -> pointwise(p, p.draw.pick(SIMPLE)),
          p -> pointwise(p, p.draw.pick(SIMPLE)),
          p -> pointwise(p, Fn.SELECT),
          ElementwiseRows::compare,
          p -> p.add(new ElementwiseOp.Convert(p.any(_ -> true), p.draw.dtype(_ -> true))),
          ElementwiseRows::reducePrecision,
          ElementwiseRows::bitcast);

  private static void pointwise(Programs p, Fn fn) {
    Value data = p.any(fn::takes);
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < fn.arity(); i++) {
      operands.add(operand(p, fn, i, data));
    }
    p.add(new ElementwiseOp.Pointwise(fn, operands));
  }

  private static Value operand(Programs p, Fn fn, int i, Value data) {
    boolean scalar = p.draw.oneIn(3);
    return switch (fn) {
      case SELECT ->
          i == 0
              ? scalar ? p.scalar(DType.BOOL) : p.like(data.type().withDtype(DType.BOOL))
              : i == 1 ? data : p.like(data.type());
      // Of a negative number they are what large terms leave.
      case POLYGAMMA, ZETA -> i == 0 ? data : positive(p, data);
      case CLAMP -> i == 1 ? data : scalar ? p.scalar(data.dtype()) : p.like(data.type());
      default -> i == 0 ? data : p.like(data.type());
    };
  }

  private static Value positive(Programs p, Value data) {
    Value any = p.like(data.type());
    return p.add(new ElementwiseOp.Pointwise(Fn.ABS, List.of(any))).getFirst();
  }

  private static void compare(Programs p) {
    Value lhs = p.any(_ -> true);
    ElementwiseOp.Direction direction = p.draw.pick(ElementwiseOp.Direction.values());
    ElementwiseOp.Order order =
        lhs.dtype().isFloat() && p.draw.oneIn(3)
            ? ElementwiseOp.Order.TOTALORDER
            : HloBuilder.defaultOrder(lhs.dtype());
    p.add(new ElementwiseOp.Compare(direction, order, lhs, p.like(lhs.type())));
  }

  private static void reducePrecision(Programs p) {
    Value v = p.any(DType::isFloat);
    int exponent = (int) p.draw.between(1, 11);
    p.add(new ElementwiseOp.ReducePrecision(v, exponent, (int) p.draw.between(0, 52)));
  }

  /** To a type of equal width, or to parts, or of parts. */
  private static void bitcast(Programs p) {
    Value v = p.any(t -> !t.isBool() && !t.isComplex());
    Shape shape = v.shape();
    int rank = shape.rank();
    int bits = v.dtype().bits();
    DType to =
        p.draw.dtype(
            t -> {
              boolean joins = rank > 0 && shape.dim(rank - 1) * bits == t.bits();
              return !t.isBool() && !t.isComplex() && (t.bits() <= bits || joins);
            });
    Shape result =
        to.bits() == bits
            ? shape
            : to.bits() < bits
                ? shape.insert(rank, bits / to.bits())
                : shape.without(Axes.of(rank - 1));
    p.add(new ElementwiseOp.BitcastConvert(v, new TensorType(to, result)));
  }
}
