package dev.jacobi.pjrt.rewrite;

import static dev.jacobi.hlo.ElementwiseOp.Direction.EQ;
import static dev.jacobi.hlo.ElementwiseOp.Direction.GT;
import static dev.jacobi.hlo.ElementwiseOp.Direction.LT;
import static dev.jacobi.hlo.ElementwiseOp.Direction.NE;

import dev.jacobi.hlo.ElementwiseOp.Compare;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.ElementwiseOp.Pointwise;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.List;

/**
 * The order of complex numbers, first by their real and then by their imaginary parts, said in
 * comparisons of these: XLA compares the real parts alone.
 */
public final class ComplexOrder {
  private final HloBuilder b;

  private ComplexOrder(Instr old) {
    this.b = new HloBuilder().at(old.loc());
  }

  public static boolean isOrder(Compare op) {
    return op.lhs().dtype().isComplex() && op.direction() != EQ && op.direction() != NE;
  }

  /** In place of an ordered comparison. */
  public static List<Instr> compared(Compare op, Instr old) {
    var order = new ComplexOrder(old);
    Op last = order.lexicographic(op.direction(), op.lhs(), op.rhs());
    return order.end(last, old);
  }

  /** In place of a maximum or minimum, in which a NaN wins. */
  public static List<Instr> extreme(Pointwise op, Instr old) {
    var order = new ComplexOrder(old);
    HloBuilder b = order.b;
    Value x = op.operands().getFirst();
    Value y = op.operands().getLast();
    Value first = b.add(order.lexicographic(op.fn() == Fn.MAX ? GT : LT, x, y));
    Value isFirst = b.pointwise(Fn.AND, b.compare(EQ, y, y), first);
    Value takesX = b.pointwise(Fn.OR, b.compare(NE, x, x), isFirst);
    return order.end(new Pointwise(Fn.SELECT, List.of(takesX, x, y)), old);
  }

  private Op lexicographic(Direction direction, Value x, Value y) {
    Value re = b.pointwise(Fn.REAL, x);
    Value other = b.pointwise(Fn.REAL, y);
    Value byIm = b.compare(direction, b.pointwise(Fn.IMAG, x), b.pointwise(Fn.IMAG, y));
    Value byRe = b.compare(direction, re, other);
    return new Pointwise(Fn.SELECT, List.of(b.compare(EQ, re, other), byIm, byRe));
  }

  private List<Instr> end(Op op, Instr old) {
    b.append(new Instr(op, old.results(), old.loc()));
    return b.build(List.of()).instrs();
  }
}
