package dev.jacobi.lax;

import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.sub;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Powers and roots. */
public final class Powers {
  static final Unary SQRT =
      Unary.smooth(
          "sqrt", Fn.SQRT, Domain.INEXACT, (x, y, dx) -> mul(dx, div(Scalars.like(x, 0.5), y)));

  static final Unary RSQRT =
      Unary.smooth(
          "rsqrt",
          Fn.RSQRT,
          Domain.INEXACT,
          (x, y, dx) -> mul(dx, mul(Scalars.like(x, -0.5), div(y, x))));

  static final Unary CBRT =
      Unary.smooth(
          "cbrt",
          Fn.CBRT,
          Domain.FLOAT,
          (x, y, dx) -> mul(dx, mul(Scalars.like(x, 1 / 3.0), integerPow(y, -2))));

  static final Binary POW =
      Binary.smooth(
          "pow",
          Fn.POW,
          Domain.INEXACT,
          (x, y, z, t) -> mul(t, mul(y, powOneLess(x, y))),
          (x, y, z, t) -> mul(t, mul(logOrZero(x, y), z)));

  private Powers() {}

  /** {@code x^(y-1)}, with 1 where y is 0, so that the product with y is 0 and not NaN. */
  private static Array powOneLess(Array x, Array y) {
    Array zero = Scalars.like(y, 0);
    Array one = Zeros.full(Scalars.like(y, 1), y.shape());
    Array exponent = Compare.select(Compare.eq(y, zero), one, sub(y, Scalars.like(y, 1)));
    return pow(x, exponent);
  }

  /** {@code log x}, but 0 where x = 0 and y is not negative: there the limit of z log x is 0. */
  private static Array logOrZero(Array x, Array y) {
    if (x.dtype().isComplex()) {
      return Elementary.log(x);
    }
    Array full = Dims.fill(x, y.shape());
    Array one = Zeros.full(Scalars.like(x, 1), full.shape());
    return Elementary.log(Compare.select(Compare.eq(full, Scalars.like(x, 0)), one, full));
  }

  public static Array sqrt(Array x) {
    return SQRT.of(x);
  }

  public static Array rsqrt(Array x) {
    return RSQRT.of(x);
  }

  public static Array cbrt(Array x) {
    return CBRT.of(x);
  }

  public static Array pow(Array x, Array y) {
    return POW.of(x, y);
  }

  /** A whole power by repeated multiplication, in the order of JAX's lowering. */
  public static Array integerPow(Array x, int y) {
    return Bind.bind(new IntegerPow(y), x);
  }

  /** The whole power {@code y} of every element. */
  record IntegerPow(int exponent) implements Elementwise {
    @Override
    public String name() {
      return "integer_pow";
    }

    @Override
    public java.util.Map<String, Object> params() {
      return java.util.Map.of("y", exponent);
    }

    @Override
    public DType resultType(List<Aval> operands) {
      Domain.NUMERIC.check(name(), operands.getFirst().dtype());
      return operands.getFirst().dtype();
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array x = primals.getFirst();
      Array slope =
          exponent == 0
              ? Zeros.like(x)
              : mul(Scalars.like(x, exponent), integerPow(x, exponent - 1));
      Array dx = tangents.getFirst();
      return Jvp.of(Bind.bind(this, x), dx == null ? null : mul(dx, slope));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      HloBuilder b = context.builder();
      Value x = operands.getFirst();
      Value power = null;
      for (int n = Math.abs(exponent); n > 0; n >>= 1) {
        if ((n & 1) != 0) {
          power = power == null ? x : b.pointwise(Fn.MUL, power, x);
        }
        x = n > 1 ? b.pointwise(Fn.MUL, x, x) : x;
      }
      Value one = power == null || exponent < 0 ? b.full(x.dtype(), x.shape(), 1) : null;
      return power == null ? one : exponent < 0 ? b.pointwise(Fn.DIV, one, power) : power;
    }
  }
}
