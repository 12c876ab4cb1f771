package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Common divisors of integers. */
public final class Divisors {
  private Divisors() {}

  /** The greatest common divisor of two integers that are not negative: Euclid's algorithm. */
  record Gcd() implements Elementwise {
    @Override
    public String name() {
      return "gcd";
    }

    @Override
    public DType resultType(List<Aval> operands) {
      DType t = Elementwise.sameType(name(), operands);
      Domain.INTEGER.check(name(), t);
      return t;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      return Jvp.of(Bind.bind(this, primals).getFirst(), null);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    /** While any second number is not 0: (a, b) becomes (b, a rem b) where b is not 0. */
    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      TensorType type = operands.getFirst().type();
      return context
          .builder()
          .addAll(new ControlOp.While(operands, someLeft(type), step(type)))
          .getFirst();
    }

    private static Block someLeft(TensorType type) {
      HloBuilder b = new HloBuilder();
      b.param(type);
      Value left = nonzero(b, b.param(type));
      Value none = b.constant(DType.BOOL, 0);
      Axes all = Axes.range(type.rank());
      Block or = HloBuilder.binaryBody(Fn.OR, DType.BOOL);
      return b.build(
          all.isEmpty()
              ? left
              : b.add(new ReductionOp.Reduce(List.of(left), List.of(none), all, or)));
    }

    private static Block step(TensorType type) {
      HloBuilder b = new HloBuilder();
      Value x = b.param(type);
      Value y = b.param(type);
      Value left = nonzero(b, y);
      Value divisor = b.pointwise(Fn.SELECT, left, y, b.full(type.dtype(), type.shape(), 1));
      Value rest = b.pointwise(Fn.REM, x, divisor); // 0 where nothing is left
      return b.build(b.pointwise(Fn.SELECT, left, y, x), rest);
    }

    private static Value nonzero(HloBuilder b, Value x) {
      return b.compare(ElementwiseOp.Direction.NE, x, b.full(x.dtype(), x.shape(), 0));
    }
  }

  /** The greatest common divisor of integers that are not negative; 0 of two zeros. */
  public static Array gcd(Array x, Array y) {
    return Bind.bind(new Gcd(), x, y);
  }
}
