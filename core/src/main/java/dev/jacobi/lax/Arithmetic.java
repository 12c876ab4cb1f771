package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic on numbers. Gradients of max and min are shared where the operands tie, as in JAX. */
public final class Arithmetic {
  static final Unary NEG = Unary.linear("neg", Fn.NEG, Domain.NUMERIC, ct -> neg(ct));

  static final Unary ABS =
      Unary.smooth(
          "abs",
          Fn.ABS,
          Domain.SIGNED,
          (x, y, dx) ->
              x.dtype().isComplex()
                  ? Complexes.real(mul(dx, Complexes.direction(x, y)))
                  : Compare.select(Compare.ge(x, Scalars.like(x, 0)), dx, neg(dx)));

  static final Unary SIGN =
      Unary.smooth("sign", Arithmetic::lowerSign, Domain.NUMERIC, (x, y, dx) -> null);

  static final Unary SQUARE =
      Unary.smooth(
          "square",
          Arithmetic::lowerSquare,
          Domain.NUMERIC,
          (x, y, dx) -> mul(dx, mul(Scalars.like(x, 2), x)));

  static final Binary ADD =
      Binary.linear("add", Fn.ADD, Domain.NUMERIC, (x, y, z, t) -> t, (x, y, z, t) -> t)
          .transposed((ct, y) -> ct, (ct, x) -> ct);

  static final Binary SUB =
      Binary.linear("sub", Fn.SUB, Domain.NUMERIC, (x, y, z, t) -> t, (x, y, z, t) -> neg(t))
          .transposed((ct, y) -> ct, (ct, x) -> neg(ct));

  static final Binary MUL = // product rule
      Binary.smooth(
              "mul", Fn.MUL, Domain.NUMERIC, (x, y, z, t) -> mul(t, y), (x, y, z, t) -> mul(x, t))
          .transposed((ct, y) -> mul(ct, y), (ct, x) -> mul(x, ct));

  static final Binary DIV = // quotient rule
      Binary.smooth(
              "div",
              Fn.DIV,
              Domain.NUMERIC,
              (x, y, z, t) -> div(t, y),
              (x, y, z, t) -> mul(mul(neg(t), x), Powers.integerPow(y, -2)))
          .transposed((ct, y) -> div(ct, y), null);

  static final Binary REM =
      Binary.smooth(
          "rem",
          Fn.REM,
          Domain.REAL,
          (x, y, z, t) -> t,
          (x, y, z, t) -> mul(neg(t), Elementary.truncate(div(x, y))));

  static final Binary MAX =
      Binary.smooth(
          "max",
          Fn.MAX,
          Domain.ALL,
          (x, y, z, t) -> mul(t, Compare.balancedEq(x, z, y)),
          (x, y, z, t) -> mul(t, Compare.balancedEq(y, z, x)));

  static final Binary MIN =
      Binary.smooth(
          "min",
          Fn.MIN,
          Domain.ALL,
          (x, y, z, t) -> mul(t, Compare.balancedEq(x, z, y)),
          (x, y, z, t) -> mul(t, Compare.balancedEq(y, z, x)));

  /** Products in another element type, to which both operands are converted first. */
  record ProductIn(DType outDtype) implements Elementwise {
    @Override
    public String name() {
      return "mul";
    }

    @Override
    public DType resultType(List<Aval> operands) {
      operands.forEach(x -> Domain.NUMERIC.check(name(), x.dtype()));
      Domain.NUMERIC.check(name(), outDtype);
      return outDtype;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) { // product rule
      Array z = Bind.bind(this, primals).getFirst();
      Array left = part(tangents.get(0), primals.get(1), z);
      Array right = part(primals.get(0), tangents.get(1), z);
      return Jvp.of(z, z.aval().isDifferentiable() ? Zeros.sum(left, right) : null);
    }

    private @Nullable Array part(@Nullable Array x, @Nullable Array y, Array z) {
      return x == null || y == null ? null : Dims.fill(Bind.bind(this, x, y), z.shape());
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      return Arrays.asList(pull(ct, operands, 0), pull(ct, operands, 1));
    }

    private static @Nullable Array pull(Array ct, List<Operand> operands, int i) {
      Operand operand = operands.get(i);
      return operand.isLinear()
          ? Dims.unfill(
              mul(ct, operands.get(1 - i).known(), operand.aval().dtype()), operand.aval().shape())
          : null;
    }

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      HloBuilder b = context.builder();
      List<Value> wide =
          operands.stream()
              .map(v -> v.dtype() == outDtype ? v : b.add(new ElementwiseOp.Convert(v, outDtype)))
              .toList();
      return b.pointwise(Fn.MUL, wide.get(0), wide.get(1));
    }
  }

  private Arithmetic() {}

  /** StableHLO has no sign of unsigned numbers: it is whether they are not zero. */
  private static Value lowerSign(LowerContext context, Value x) {
    if (!x.dtype().isUnsigned()) {
      return context.builder().pointwise(Fn.SIGN, x);
    }
    Value one = context.builder().full(x.dtype(), x.shape(), 1);
    return context.builder().pointwise(Fn.MIN, x, one);
  }

  /** CHLO squares no integers, as in JAX. */
  private static Value lowerSquare(LowerContext context, Value x) {
    return x.dtype().isInteger()
        ? context.builder().pointwise(Fn.MUL, x, x)
        : context.builder().pointwise(Fn.SQUARE, x);
  }

  public static Array neg(Array x) {
    return NEG.of(x);
  }

  public static Array abs(Array x) {
    return ABS.of(x);
  }

  public static Array sign(Array x) {
    return SIGN.of(x);
  }

  public static Array square(Array x) {
    return SQUARE.of(x);
  }

  public static Array add(Array x, Array y) {
    return ADD.of(x, y);
  }

  public static Array sub(Array x, Array y) {
    return SUB.of(x, y);
  }

  public static Array mul(Array x, Array y) {
    return MUL.of(x, y);
  }

  /** The product of the operands converted to {@code outDtype}. */
  public static Array mul(Array x, Array y, DType outDtype) {
    return Bind.bind(new ProductIn(outDtype), x, y);
  }

  /** Times a constant. */
  public static Array mul(Array x, double c) {
    return MUL.of(x, Scalars.like(x, c));
  }

  /** Division; integers round toward zero, and by zero give -1 as in XLA. */
  public static Array div(Array x, Array y) {
    return DIV.of(x, y);
  }

  /** Remainder with the sign of {@code x}. */
  public static Array rem(Array x, Array y) {
    return REM.of(x, y);
  }

  public static Array max(Array x, Array y) {
    return MAX.of(x, y);
  }

  public static Array min(Array x, Array y) {
    return MIN.of(x, y);
  }
}
