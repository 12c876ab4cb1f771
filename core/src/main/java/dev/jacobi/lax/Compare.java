package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons and choices between arrays. */
public final class Compare {
  private Compare() {}

  /** An elementwise comparison; complex numbers have only eq and ne. */
  record Comparison(Direction direction) implements Elementwise {
    @Override
    public String name() {
      return direction.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public java.util.Map<String, Object> params() {
      return java.util.Map.of();
    }

    @Override
    public DType resultType(List<Aval> operands) {
      DType dtype = Elementwise.sameType(name(), operands);
      boolean equality = direction == Direction.EQ || direction == Direction.NE;
      (equality ? Domain.ALL : Domain.ORDERED).check(name(), dtype);
      return DType.BOOL;
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

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      return context.builder().compare(direction, operands.get(0), operands.get(1));
    }
  }

  /** Chooses elementwise: the first case where {@code which} is false, the second where true. */
  record SelectN() implements Elementwise {
    @Override
    public String name() {
      return "select_n";
    }

    @Override
    public DType resultType(List<Aval> operands) {
      Domain.BITS.check(name(), operands.getFirst().dtype());
      if (operands.size() != 3 || !operands.getFirst().dtype().isBool()) {
        throw new LaxTypeException(name(), "takes a boolean array and two cases");
      }
      return Elementwise.sameType(name(), operands.subList(1, 3));
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval out = Elementwise.super.abstractEval(operands).getFirst();
      boolean weak = operands.get(1).weak() && operands.get(2).weak();
      return List.of(new Aval(out.dtype(), out.shape(), weak, operands.get(1).key()));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array out = Bind.bind(this, primals).getFirst();
      Array off = orZero(tangents.get(1), out);
      Array on = orZero(tangents.get(2), out);
      return Jvp.of(out, off == null || on == null ? null : select(primals.getFirst(), on, off));
    }

    private static @Nullable Array orZero(@Nullable Array tangent, Array out) {
      return !out.aval().isDifferentiable()
          ? null
          : tangent == null ? Zeros.like(out) : Dims.fill(tangent, out.shape());
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array which = operands.getFirst().known();
      Array ct = cotangents.getFirst();
      Array zero = Zeros.like(ct);
      Array off = operands.get(1).isLinear() ? select(which, zero, ct) : null;
      Array on = operands.get(2).isLinear() ? select(which, ct, zero) : null;
      return Arrays.asList(null, off, on);
    }

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      return context
          .builder()
          .pointwise(Fn.SELECT, operands.get(0), operands.get(2), operands.get(1));
    }
  }

  /** Limits elements to an interval whose bounds are scalars or of the operand's shape. */
  record Clamp() implements Elementwise {
    @Override
    public String name() {
      return "clamp";
    }

    @Override
    public DType resultType(List<Aval> operands) {
      DType dtype = Elementwise.sameType(name(), operands);
      Domain.ORDERED.check(name(), dtype);
      return dtype;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array low = primals.get(0);
      Array x = primals.get(1);
      Array high = primals.get(2);
      Array out = Bind.bind(this, primals).getFirst();
      Array inside = Bits.and(gt(x, low), lt(x, high));
      Array middle = masked(inside, tangents.get(1));
      Array lower = masked(lt(x, low), fill(tangents.get(0), out));
      Array upper = masked(gt(x, high), fill(tangents.get(2), out));
      return Jvp.of(out, Zeros.sum(Zeros.sum(lower, middle), upper));
    }

    private static @Nullable Array fill(@Nullable Array tangent, Array out) {
      return tangent == null ? null : Dims.fill(tangent, out.shape());
    }

    private static @Nullable Array masked(Array mask, @Nullable Array tangent) {
      return tangent == null
          ? null
          : select(Dims.fill(mask, tangent.shape()), tangent, Zeros.like(tangent));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      HloBuilder b = context.builder();
      return b.pointwise(Fn.CLAMP, operands.get(0), operands.get(1), operands.get(2));
    }
  }

  private static Array compare(Direction direction, Array x, Array y) {
    return Bind.bind(new Comparison(direction), x, y);
  }

  public static Array eq(Array x, Array y) {
    return compare(Direction.EQ, x, y);
  }

  public static Array ne(Array x, Array y) {
    return compare(Direction.NE, x, y);
  }

  public static Array ge(Array x, Array y) {
    return compare(Direction.GE, x, y);
  }

  public static Array gt(Array x, Array y) {
    return compare(Direction.GT, x, y);
  }

  public static Array le(Array x, Array y) {
    return compare(Direction.LE, x, y);
  }

  public static Array lt(Array x, Array y) {
    return compare(Direction.LT, x, y);
  }

  /** {@code onTrue} where the mask is set, else {@code onFalse}. */
  public static Array select(Array mask, Array onTrue, Array onFalse) {
    return Bind.bind(new SelectN(), mask, onFalse, onTrue);
  }

  public static Array clamp(Array low, Array x, Array high) {
    return Bind.bind(new Clamp(), low, x, high);
  }

  /** 1 where {@code x} is the chosen {@code z}, but a half where {@code y} ties with it, else 0. */
  static Array balancedEq(Array x, Array z, Array y) {
    Array one = Zeros.full(Scalars.like(z, 1), z.shape());
    Array zero = Zeros.full(Scalars.like(z, 0), z.shape());
    Array two = Zeros.full(Scalars.like(z, 2), z.shape());
    Array chosen = select(Dims.fill(eq(x, z), z.shape()), one, zero);
    Array ties = select(Dims.fill(eq(y, z), z.shape()), two, one);
    return Arithmetic.div(chosen, ties);
  }
}
