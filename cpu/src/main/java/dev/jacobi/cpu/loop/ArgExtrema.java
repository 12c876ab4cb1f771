package dev.jacobi.cpu.loop;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The greatest or least element and its index, as JAX writes argmax. Its body takes the left of two
 * NaNs and the right of two equal values, so it does not commute, and would have to run element by
 * element. Where the indices count up, the index says which is left: then a body that commutes
 * gives the same index. It gives the same value too, except that of two zeros it may take the
 * other; so nobody may read the value of a floating type.
 */
final class ArgExtrema {
  private ArgExtrema() {}

  /**
   * The combiner of a reduction; if it is one of these, in the form that commutes.
   *
   * @param reads whether somebody reads a value
   */
  static Combiner combiner(Instr instr, Map<Value, Instr> defs, Predicate<Value> reads) {
    ReductionOp.Reduce o = (ReductionOp.Reduce) instr.op();
    Combiner c = Combiner.of(o.body());
    if (o.inputs().size() != 2 || !countsUp(o, defs) || !c.types().getLast().isInteger()) {
      return c;
    }
    DType value = c.types().getFirst();
    DType index = c.types().getLast();
    if (value.isFloat() && reads.test(instr.results().getFirst())) {
      return c;
    }
    for (Direction better : List.of(Direction.GT, Direction.LT)) {
      for (boolean checksNan : value.isFloat() ? List.of(true) : List.of(true, false)) {
        if (c.matches(Combiner.of(asJax(value, index, better, checksNan)))) {
          return Combiner.of(commuting(value, index, better)).commuting();
        }
      }
    }
    return c;
  }

  private static boolean countsUp(ReductionOp.Reduce o, Map<Value, Instr> defs) {
    Instr def = defs.get(o.inputs().getLast());
    return def != null
        && def.op() instanceof ElementwiseOp.Iota iota
        && o.dims().size() == 1
        && o.dims().get(0) == iota.dim();
  }

  private record Params(HloBuilder b, Value x, Value i, Value y, Value j) {
    static Params of(DType value, DType index) {
      HloBuilder b = new HloBuilder();
      Value x = b.param(TensorType.scalar(value));
      Value i = b.param(TensorType.scalar(index));
      return new Params(
          b, x, i, b.param(TensorType.scalar(value)), b.param(TensorType.scalar(index)));
    }

    Block select(Value takesValue, Value takesIndex) {
      return b.build(
          b.pointwise(Fn.SELECT, takesValue, x, y), b.pointwise(Fn.SELECT, takesIndex, i, j));
    }
  }

  private static Block asJax(DType value, DType index, Direction better, boolean checksNan) {
    Params p = Params.of(value, index);
    HloBuilder b = p.b;
    Value takes = b.compare(better, p.x, p.y);
    if (checksNan) {
      takes = b.pointwise(Fn.OR, takes, b.compare(Direction.NE, p.x, p.x));
    }
    Value equal = b.compare(Direction.EQ, p.x, p.y);
    Value first = b.compare(Direction.LT, p.i, p.j);
    return p.select(takes, b.pointwise(Fn.OR, takes, b.pointwise(Fn.AND, equal, first)));
  }

  /** Of two NaNs or equal values the first index. */
  private static Block commuting(DType value, DType index, Direction better) {
    Params p = Params.of(value, index);
    HloBuilder b = p.b;
    Value takes = b.compare(better, p.x, p.y);
    Value equal = b.compare(Direction.EQ, p.x, p.y);
    Value first = b.compare(Direction.LT, p.i, p.j);
    if (!value.isFloat()) {
      return p.select(takes, b.pointwise(Fn.OR, takes, b.pointwise(Fn.AND, equal, first)));
    }
    Value xNan = b.compare(Direction.NE, p.x, p.x);
    Value yNan = b.compare(Direction.NE, p.y, p.y);
    Value firstNan =
        b.pointwise(Fn.AND, xNan, b.pointwise(Fn.OR, b.pointwise(Fn.NOT, yNan), first));
    Value wins = b.pointwise(Fn.OR, takes, firstNan);
    return p.select(wins, b.pointwise(Fn.OR, wins, b.pointwise(Fn.AND, equal, first)));
  }
}
