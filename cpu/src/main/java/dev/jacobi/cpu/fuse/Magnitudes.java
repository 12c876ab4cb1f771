package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A magnitude of single precision that is only compared with a constant needs no square root: the
 * engine takes the root of a sum of squares in double precision and rounds it, which is monotone,
 * so that a bound for the root is one for the sum.
 */
final class Magnitudes {
  private final Function<Value, Op> defs;
  private final Function<Value, OptionalDouble> constant;

  /**
   * The rule, given what is known of values.
   *
   * @param constant the element that an array consists of
   */
  Magnitudes(Function<Value, Op> defs, Function<Value, OptionalDouble> constant) {
    this.defs = defs;
    this.constant = constant;
  }

  /** The same comparison of sums of squares. */
  Optional<Value> compare(ElementwiseOp.Compare o, HloBuilder out) {
    boolean swapped = o.direction() == Direction.GT || o.direction() == Direction.GE;
    Value magnitude = swapped ? o.rhs() : o.lhs();
    OptionalDouble bound = constant.apply(swapped ? o.lhs() : o.rhs());
    boolean orEqual = o.direction() == Direction.LE || o.direction() == Direction.GE;
    boolean isBelow = orEqual || o.direction() == Direction.LT || o.direction() == Direction.GT;
    boolean applies =
        isBelow
            && o.order() == ElementwiseOp.Order.FLOAT
            && bound.isPresent()
            && Double.isFinite(bound.getAsDouble())
            && defs.apply(magnitude) instanceof ElementwiseOp.Pointwise p
            && p.fn() == Fn.ABS
            && p.operands().getFirst().dtype() == DType.C64;
    if (!applies) {
      return Optional.empty();
    }
    Value z = ((ElementwiseOp.Pointwise) defs.apply(magnitude)).operands().getFirst();
    Value sum = out.pointwise(Fn.ADD, square(z, Fn.REAL, out), square(z, Fn.IMAG, out));
    double first = threshold((float) bound.getAsDouble(), orEqual);
    Value limit = out.full(DType.F64, z.shape(), first);
    return Optional.of(out.compare(Direction.LT, sum, limit));
  }

  private static Value square(Value z, Fn part, HloBuilder out) {
    Value x = out.add(new ElementwiseOp.Pointwise(part, List.of(z)));
    Value wide = out.add(new ElementwiseOp.Convert(x, DType.F64));
    return out.pointwise(Fn.MUL, wide, wide);
  }

  /** The least sum of squares whose root is not below (or not at most) the bound. */
  static double threshold(float bound, boolean orEqual) {
    long low = 0;
    long high = Double.doubleToLongBits(Double.POSITIVE_INFINITY);
    while (low < high) {
      long middle = low + (high - low) / 2;
      float root = (float) Math.sqrt(Double.longBitsToDouble(middle));
      if (orEqual ? root > bound : root >= bound) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Double.longBitsToDouble(low);
  }
}
