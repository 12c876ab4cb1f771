package dev.jacobi.lax;

import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;

import dev.jacobi.Array;
import dev.jacobi.hlo.Accuracy;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Elementary functions of which an accuracy is asked; {@link ResultAccuracy} names them. */
final class Accurate {
  private Accurate() {}

  /** The functions that can be asked, with what they are without that. */
  enum Function {
    CBRT(Powers.CBRT, Fn.CBRT),
    COS(Elementary.COS, Fn.COS),
    EXP(Elementary.EXP, Fn.EXP),
    EXP2(Elementary.EXP2, Fn.EXP),
    EXPM1(Elementary.EXPM1, Fn.EXPM1),
    LOG(Elementary.LOG, Fn.LOG),
    LOG1P(Elementary.LOG1P, Fn.LOG1P),
    LOGISTIC(Elementary.LOGISTIC, Fn.LOGISTIC),
    RSQRT(Powers.RSQRT, Fn.RSQRT),
    SIN(Elementary.SIN, Fn.SIN),
    SQRT(Powers.SQRT, Fn.SQRT),
    TAN(Elementary.TAN, Fn.TAN),
    TANH(Elementary.TANH, Fn.TANH);

    private final Unary plain;
    private final Fn fn;

    Function(Unary plain, Fn fn) {
      this.plain = plain;
      this.fn = fn;
    }
  }

  /** One of them; at the highest accuracy some derivatives have formulas of their own. */
  record WithAccuracy(Function function, ResultAccuracy accuracy) implements Elementwise {
    @Override
    public String name() {
      return function.plain.name();
    }

    @Override
    public Map<String, Object> params() {
      return Map.of("accuracy", accuracy);
    }

    @Override
    public DType resultType(List<Aval> operands) {
      return function.plain.resultType(operands);
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array x = primals.getFirst();
      Array y = Bind.bind(this, x);
      Array dx = tangents.getFirst();
      return Jvp.of(y, dx == null ? null : tangent(x, y, dx));
    }

    private @Nullable Array tangent(Array x, Array y, Array dx) {
      boolean highest = accuracy == AccuracyMode.HIGHEST;
      return switch (function) {
        case SIN -> mul(dx, accuracy.cos(x));
        case COS -> neg(mul(dx, accuracy.sin(x)));
        case EXPM1 -> highest ? mul(dx, accuracy.exp(x)) : function.plain.tangent(x, y, dx);
        case TANH -> highest ? mul(dx, tanhSlope(x)) : function.plain.tangent(x, y, dx);
        case LOGISTIC ->
            highest
                ? mul(dx, mul(y, Elementary.logistic(neg(x))))
                : function.plain.tangent(x, y, dx);
        case CBRT, EXP, EXP2, LOG, LOG1P, RSQRT, SQRT, TAN -> function.plain.tangent(x, y, dx);
      };
    }

    /** {@code 4 logistic(2 x) logistic(-2 x)}, exact also where tanh is 1. */
    private Array tanhSlope(Array x) {
      Array up = accuracy.logistic(mul(Scalars.like(x, 2), x));
      Array down = accuracy.logistic(mul(Scalars.like(x, -2), x));
      return mul(Scalars.like(x, 4), mul(up, down));
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
      if (function == Function.EXP2) { // exp(x ln 2)
        x = b.pointwise(Fn.MUL, b.full(x.dtype(), x.shape(), Math.log(2)), x);
      }
      Accuracy asked = function.fn.hasAccuracy() ? hlo() : Accuracy.DEFAULT;
      return b.add(new ElementwiseOp.Pointwise(function.fn, List.of(x), asked));
    }

    private Accuracy hlo() {
      return switch (accuracy) {
        case Tolerance t -> new Accuracy(Accuracy.Mode.TOLERANCE, t.atol(), t.rtol(), t.ulps());
        case AccuracyMode m ->
            switch (m) {
              case HIGHEST -> Accuracy.HIGHEST;
              case DEFAULT -> Accuracy.DEFAULT;
            };
      };
    }
  }
}
