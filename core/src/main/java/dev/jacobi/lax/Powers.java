package dev.jacobi.lax;

import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Elementary.log;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
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

  private Powers() {}

  /** {@code x^y}; the exponent may be an integer, which is converted to the type of {@code x}. */
  record Pow() implements Elementwise {
    @Override
    public String name() {
      return "pow";
    }

    @Override
    public DType resultType(List<Aval> operands) {
      DType dtype = operands.get(0).dtype();
      Domain.INEXACT.check(name(), dtype);
      return operands.get(1).dtype().isInteger() ? dtype : Elementwise.sameType(name(), operands);
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array x = primals.get(0);
      Array y = primals.get(1);
      Array z = pow(x, y);
      Array dx = tangents.get(0);
      Array dy = tangents.get(1);
      Array left = dx == null ? null : Dims.fill(mul(dx, slope(x, y)), z.shape());
      Array right = dy == null ? null : Dims.fill(mul(dy, mul(log(orOne(x)), z)), z.shape());
      return Jvp.of(z, Zeros.sum(left, right));
    }

    /** {@code y x^(y-1)}; where an integer y is 0 it is 0 at every x. */
    private static Array slope(Array x, Array exponent) {
      if (!exponent.dtype().isInteger()) {
        return mul(exponent, pow(x, sub(exponent, Scalars.like(exponent, 1))));
      }
      Array y = Convert.convertElementType(exponent, x.dtype());
      Array less = pow(x, sub(y, Scalars.like(y, 1)));
      Array full = mul(orOne(y), less);
      Array constant = Compare.eq(y, Scalars.like(y, 0));
      return Compare.select(Dims.fill(constant, full.shape()), Zeros.like(full), full);
    }

    /** One where {@code x} is zero: there the limit of {@code x^y log x} is 0. */
    static Array orOne(Array x) {
      Array one = Zeros.full(Scalars.like(x, 1), x.shape());
      return Compare.select(Compare.eq(x, Scalars.like(x, 0)), one, x);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      HloBuilder b = context.builder();
      Value y = operands.get(1);
      Value exponent =
          y.dtype() == out.dtype() ? y : b.add(new ElementwiseOp.Convert(y, out.dtype()));
      return b.pointwise(Fn.POW, operands.get(0), exponent);
    }
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
    return Bind.bind(new Pow(), x, y);
  }

  /** A whole power by repeated multiplication, in the order of JAX's lowering. */
  public static Array integerPow(Array x, int y) {
    return Bind.bind(new IntegerPow(y), x);
  }

  /** {@code 1 / x}. */
  public static Array reciprocal(Array x) {
    return integerPow(x, -1);
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
      Array z = Bind.bind(this, x);
      Array dx = tangents.getFirst();
      return Jvp.of(z, dx == null || exponent == 0 ? null : tangent(x, dx));
    }

    private Array tangent(Array x, Array dx) {
      return switch (exponent) {
        case 1 -> dx;
        case 2 -> mul(dx, mul(Scalars.like(x, 2), x));
        default -> mul(dx, mul(Scalars.like(x, exponent), integerPow(x, exponent - 1)));
      };
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
