package dev.jacobi.hlo.verify;

import dev.jacobi.hlo.Accuracy;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;

/**
 * Constraints of operations that treat every element alike. Every method returns the constraint
 * that fixes the result types.
 */
final class ElementwiseRules {
  private ElementwiseRules() {}

  static String pointwise(ElementwiseOp.Pointwise op, Site at) {
    List<Value> x = op.operands();
    at.require(
        "arity",
        x.size() == op.fn().arity(),
        "takes %s operands, not %s",
        op.fn().arity(),
        x.size());
    if (op.fn() == Fn.CLAMP) {
      return clamp(x.get(0).type(), x.get(1).type(), x.get(2).type(), at);
    }
    if (op.fn() == Fn.SELECT) {
      return select(x.get(0).type(), x.get(1).type(), x.get(2).type(), at);
    }
    operands(op, at);
    at.require(
        "accuracy",
        op.accuracy().isWellFormed()
            && (op.fn().hasAccuracy() || op.accuracy().equals(Accuracy.DEFAULT)),
        "cannot be asked for %s",
        op.accuracy());
    boolean changesType = op.fn() == Fn.ABS || op.fn() == Fn.REAL || op.fn() == Fn.IMAG;
    return changesType ? "c2" : op.fn() == Fn.COMPLEX ? "c3" : "c1";
  }

  private static void operands(ElementwiseOp.Pointwise op, Site at) {
    TensorType first = op.operands().getFirst().type();
    at.require(
        "i1", op.fn().takes(first.element()), "is not defined on %s", first.element().mlir());
    for (Value other : op.operands()) {
      at.require(
          "c1", Site.agree(first, other.type()), "operands differ: %s and %s", first, other.type());
    }
    boolean result =
        at.instr().results().stream().allMatch(v -> Site.agree(first.shape(), v.shape()));
    at.require("c1", !result || Site.agreeAll(at.shapes()), "shapes differ: %s", at.shapes());
  }

  private static String clamp(TensorType min, TensorType x, TensorType max, Site at) {
    at.require("i2", Fn.CLAMP.takes(x.element()), "is not defined on %s", x.element().mlir());
    at.require("c1", scalarOr(min.shape(), x.shape()), "min is %s, operand %s", min, x);
    at.require("c2", scalarOr(max.shape(), x.shape()), "max is %s, operand %s", max, x);
    at.require(
        "c3",
        min.element() == x.element() && max.element() == x.element(),
        "element types differ: %s, %s, %s",
        min,
        x,
        max);
    return "c4";
  }

  private static String select(TensorType pred, TensorType a, TensorType b, Site at) {
    at.require("i1", pred.element() == DType.BOOL, "pred is %s, not boolean", pred);
    at.require("c1", scalarOr(pred.shape(), a.shape()), "pred is %s, on_true %s", pred, a);
    at.require("c2", Site.agree(a, b), "on_true is %s, on_false %s", a, b);
    return "c2";
  }

  private static boolean scalarOr(Shape shape, Shape other) {
    return shape.isScalar() || Site.agree(shape, other);
  }

  static String compare(ElementwiseOp.Compare op, Site at) {
    TensorType a = op.lhs().type();
    TensorType b = op.rhs().type();
    at.require("c1", a.element() == b.element(), "compares %s with %s", a, b);
    at.require("c2", Site.agreeAll(at.shapes()), "compares %s with %s", a, b);
    boolean fits =
        switch (a.element().kind()) {
          case SIGNED -> op.order() == ElementwiseOp.Order.SIGNED;
          case UNSIGNED, BOOL -> op.order() == ElementwiseOp.Order.UNSIGNED;
          case FLOAT ->
              op.order() == ElementwiseOp.Order.FLOAT
                  || op.order() == ElementwiseOp.Order.TOTALORDER;
          case COMPLEX -> op.order() == ElementwiseOp.Order.FLOAT;
        };
    at.require("c3", fits, "cannot order %s as %s", a.element().mlir(), op.order());
    return "c2";
  }

  static String reducePrecision(ElementwiseOp.ReducePrecision op, Site at) {
    Element t = op.operand().element();
    at.require("i1", t.isFloat(), "is not defined on %s", t.mlir());
    at.require("c2", op.exponentBits() >= 1, "%s exponent bits", op.exponentBits());
    at.require("c3", op.mantissaBits() >= 0, "%s mantissa bits", op.mantissaBits());
    return "c1";
  }

  static String bitcastConvert(ElementwiseOp.BitcastConvert op, Site at) {
    TensorType from = op.operand().type();
    TensorType to = op.type();
    at.require(
        "c2",
        from.element().isComplex() == to.element().isComplex(),
        "only one is complex: %s and %s",
        from,
        to);
    int a = from.element().bits();
    int b = to.element().bits();
    boolean holds =
        a == b
            ? Site.agree(from.shape(), to.shape())
            : a > b
                ? splits(from.shape(), to.shape(), a / b)
                : splits(to.shape(), from.shape(), b / a);
    boolean divides = Math.max(a, b) % Math.min(a, b) == 0;
    at.require("c1", divides && holds, "cannot read %s as %s", from, to);
    return "c1";
  }

  /** Whether {@code narrow} is {@code wide} with a last dimension of {@code ratio}. */
  private static boolean splits(Shape wide, Shape narrow, int ratio) {
    return Site.agree(wide.insert(wide.rank(), ratio), narrow);
  }
}
