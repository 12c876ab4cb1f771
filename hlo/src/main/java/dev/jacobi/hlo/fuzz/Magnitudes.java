package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.interpret.Interpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Absolute values of an array's elements, for bounds of sums and products. */
final class Magnitudes {
  private Magnitudes() {}

  /** The operation on the absolute values of what it sums; what selects stays as it is. */
  static List<Literal> of(Instr instr, HloModule alone, List<Literal> operands) {
    List<Value> read = alone.main().body().params();
    List<Value> params = new ArrayList<>();
    List<Literal> arguments = new ArrayList<>();
    for (Value operand : instr.op().operands()) {
      Literal x = operands.get(read.indexOf(operand));
      boolean selects = params.isEmpty() && instr.op() instanceof WindowOp.SelectAndScatter;
      params.add(new Value(operand.type()));
      arguments.add(selects ? x : of(x));
    }
    var next = params.iterator();
    Op op = summed(instr.op().mapOperands(_ -> next.next()));
    List<Value> results = instr.results().stream().map(v -> new Value(v.type())).toList();
    Instr absolute = new Instr(op, results, instr.loc());
    return Interpreter.run(
        Programs.module(new Block(params, List.of(absolute), results), Map.of()), arguments);
  }

  private static Op summed(Op op) {
    return op instanceof ElementwiseOp.Pointwise p && p.fn() == Fn.SUB
        ? new ElementwiseOp.Pointwise(Fn.ADD, p.operands())
        : op;
  }

  /** |x|, or of a complex number |re| + |im|, in the array's own type. */
  static Literal of(Literal x) {
    DType t = x.dtype();
    if (!t.isInexact()) {
      return x;
    }
    var data = Literal.allocate(x.type());
    for (long i = 0; i < x.shape().size(); i++) {
      Literal.set(t, data, i, Math.abs(x.getDouble(i)) + Math.abs(x.getImag(i)), 0);
    }
    return Literal.wrap(x.type(), data);
  }

  /** The largest magnitude; NaN if there is one. */
  static double largest(Literal x) {
    double most = 0;
    for (long i = 0; i < x.shape().size(); i++) {
      most = Math.max(most, Math.hypot(x.getDouble(i), x.getImag(i)));
    }
    return most;
  }

  /** Whether no partial product, in whatever order, leaves the range of normal numbers. */
  static boolean productsAreSafe(Literal x) {
    double bits = 0;
    for (long i = 0; i < x.shape().size(); i++) {
      double a = Math.hypot(x.getDouble(i), x.getImag(i));
      if (!(a > 0) || !Double.isFinite(a)) {
        return false;
      }
      bits += Math.abs(Math.log(a));
    }
    return bits < Math.log(Closeness.most(x.dtype())) / 4;
  }
}
