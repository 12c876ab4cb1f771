package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
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

  /**
   * Chooses elementwise among cases, numbers or keys: by a boolean one of two, by an integer the
   * case of that number.
   */
  record SelectN() implements Elementwise {
    @Override
    public String name() {
      return "select_n";
    }

    @Override
    public DType resultType(List<Aval> operands) {
      DType which = operands.getFirst().dtype();
      int cases = operands.size() - 1;
      if (cases < 1 || !(which.isInteger() || (which.isBool() && cases <= 2))) {
        throw new LaxTypeException(
            name(), "takes integers and cases, or booleans and at most two cases");
      }
      List<Aval> all = operands.subList(1, operands.size());
      return all.stream().allMatch(Aval::key)
          ? all.getFirst().dtype()
          : Elementwise.sameType(name(), all);
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval out = Elementwise.super.abstractEval(operands).getFirst();
      boolean weak = operands.stream().skip(1).allMatch(Aval::weak);
      return List.of(new Aval(out.dtype(), out.shape(), weak, operands.getLast().key()));
    }

    /** Tangents are chosen as the cases are. */
    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array out = Bind.bind(this, primals).getFirst();
      if (!out.aval().isDifferentiable()) {
        return Jvp.of(out, null);
      }
      List<Array> cases = new ArrayList<>();
      for (Array t : tangents.subList(1, tangents.size())) {
        cases.add(t == null ? Zeros.like(out) : Dims.fill(t, out.shape()));
      }
      return Jvp.of(out, selectN(primals.getFirst(), cases));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      List<@Nullable Array> all = new ArrayList<>();
      all.add(null);
      for (int i = 1; i < operands.size(); i++) {
        List<Array> cases =
            new ArrayList<>(Collections.nCopies(operands.size() - 1, Zeros.like(ct)));
        cases.set(i - 1, ct);
        all.add(operands.get(i).isLinear() ? selectN(operands.getFirst().known(), cases) : null);
      }
      return all;
    }

    /** Both words of a key are chosen alike. */
    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      Aval out = outs.getFirst();
      if (!out.key()) {
        return Elementwise.super.lower(context, operands, outs);
      }
      Shape words = out.physical().shape();
      List<Value> equal = new ArrayList<>();
      for (Value v : operands) {
        boolean isWhich = equal.isEmpty();
        int rank = v.shape().rank();
        Axes dims = isWhich || rank > 1 ? Axes.range(rank) : Axes.of(words.rank() - 1);
        equal.add(
            v.shape().equals(words)
                ? v
                : context.builder().add(new ShapeOp.BroadcastInDim(v, dims, words)));
      }
      return List.of(lowerEqual(context, equal, out));
    }

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      List<Value> cases = operands.subList(1, operands.size());
      Value which = operands.getFirst();
      HloBuilder b = context.builder();
      return which.type().dtype().isBool() && cases.size() == 2
          ? b.pointwise(Fn.SELECT, which, cases.get(1), cases.get(0))
          : choose(b, which, cases, 0);
    }

    /** By halves; a number below the first case's or above the last's takes that case. */
    private static Value choose(HloBuilder b, Value which, List<Value> cases, int first) {
      if (cases.size() == 1) {
        return cases.getFirst();
      }
      int half = cases.size() / 2;
      Value middle = b.full(which.type().dtype(), which.shape(), first + half);
      Value low = choose(b, which, cases.subList(0, half), first);
      Value high = choose(b, which, cases.subList(half, cases.size()), first + half);
      return b.pointwise(Fn.SELECT, b.compare(Direction.LT, which, middle), low, high);
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
      Array bound = Bits.and(gt(low, x), lt(low, high)); // the upper one wins over a larger lower
      Array lower = masked(bound, fill(tangents.get(0), out));
      Array upper = masked(lt(high, x), fill(tangents.get(2), out));
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

  /** Case number {@code which} for each element; a boolean {@code which} counts as 0 and 1. */
  public static Array selectN(Array which, List<Array> cases) {
    List<Array> all = new ArrayList<>();
    all.add(which);
    all.addAll(cases);
    return Bind.bind(new SelectN(), all).getFirst();
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
