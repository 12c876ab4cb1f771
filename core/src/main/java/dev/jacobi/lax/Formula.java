package dev.jacobi.lax;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.LowerContext;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The words in which a function is lowered that takes many operations: arithmetic on arrays of f32
 * or f64 of one shape, and loops until every element is done.
 */
record Formula(HloBuilder b, DType dtype, Shape shape) {

  /** Writes a function in f32 or f64; 16-bit operands are widened, and the result is rounded. */
  static Value write(
      LowerContext context, List<Value> x, BiFunction<Formula, List<Value>, Value> function) {
    HloBuilder b = context.builder();
    DType dtype = x.getFirst().dtype();
    DType wide = dtype == DType.F64 ? dtype : DType.F32;
    Formula f = new Formula(b, wide, x.getFirst().shape());
    Value y = function.apply(f, x.stream().map(v -> convert(b, v, wide)).toList());
    return convert(b, y, dtype);
  }

  private static Value convert(HloBuilder b, Value x, DType dtype) {
    return x.dtype() == dtype ? x : b.add(new ElementwiseOp.Convert(x, dtype));
  }

  /** A number everywhere. */
  Value c(double value) {
    return b.full(dtype, shape, value);
  }

  /** A scalar everywhere. */
  Value fill(Value scalar) {
    return b.broadcast(scalar, shape);
  }

  /** The distance from 1 to the next number. */
  double epsilon() {
    return dtype == DType.F64 ? 0x1p-52 : 0x1p-23;
  }

  double largest() {
    return dtype == DType.F64 ? Double.MAX_VALUE : Float.MAX_VALUE;
  }

  double smallestNormal() {
    return dtype == DType.F64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
  }

  Value add(Value x, Value y) {
    return b.pointwise(Fn.ADD, x, y);
  }

  Value sub(Value x, Value y) {
    return b.pointwise(Fn.SUB, x, y);
  }

  Value mul(Value x, Value y) {
    return b.pointwise(Fn.MUL, x, y);
  }

  Value div(Value x, Value y) {
    return b.pointwise(Fn.DIV, x, y);
  }

  Value neg(Value x) {
    return b.pointwise(Fn.NEG, x);
  }

  Value abs(Value x) {
    return b.pointwise(Fn.ABS, x);
  }

  Value exp(Value x) {
    return b.pointwise(Fn.EXP, x);
  }

  Value log(Value x) {
    return b.pointwise(Fn.LOG, x);
  }

  Value log1p(Value x) {
    return b.pointwise(Fn.LOG1P, x);
  }

  Value sqrt(Value x) {
    return b.pointwise(Fn.SQRT, x);
  }

  Value lgamma(Value x) {
    return b.pointwise(Fn.LGAMMA, x);
  }

  Value digamma(Value x) {
    return b.pointwise(Fn.DIGAMMA, x);
  }

  Value eq(Value x, Value y) {
    return b.compare(Direction.EQ, x, y);
  }

  Value ne(Value x, Value y) {
    return b.compare(Direction.NE, x, y);
  }

  Value lt(Value x, Value y) {
    return b.compare(Direction.LT, x, y);
  }

  Value le(Value x, Value y) {
    return b.compare(Direction.LE, x, y);
  }

  Value gt(Value x, Value y) {
    return b.compare(Direction.GT, x, y);
  }

  Value ge(Value x, Value y) {
    return b.compare(Direction.GE, x, y);
  }

  Value isNan(Value x) {
    return ne(x, x);
  }

  Value and(Value p, Value q) {
    return b.pointwise(Fn.AND, p, q);
  }

  Value or(Value p, Value... others) {
    Value any = p;
    for (Value q : others) {
      any = b.pointwise(Fn.OR, any, q);
    }
    return any;
  }

  Value not(Value p) {
    return b.pointwise(Fn.NOT, p);
  }

  Value select(Value p, Value yes, Value no) {
    return b.pointwise(Fn.SELECT, p, yes, no);
  }

  /** Whether a condition holds anywhere, as a scalar. */
  Value any(Value p) {
    if (shape.isScalar()) {
      return p;
    }
    Value none = b.constant(DType.BOOL, 0);
    Block or = HloBuilder.binaryBody(Fn.OR, DType.BOOL);
    return b.add(new ReductionOp.Reduce(List.of(p), List.of(none), Axes.range(shape.rank()), or));
  }

  /** What a loop does with its values; formulas of the loop's own block. */
  @FunctionalInterface
  interface Step<T> {
    T of(Formula f, List<Value> values);
  }

  /**
   * While the condition holds: the body; gives the last values. Regions see this block's values.
   */
  List<Value> loop(List<Value> inits, Step<Value> condition, Step<List<Value>> body) {
    Block test = block(inits, (f, values) -> List.of(condition.of(f, values)));
    return b.addAll(new ControlOp.While(inits, test, block(inits, body)));
  }

  private Block block(List<Value> inits, Step<List<Value>> step) {
    HloBuilder inner = new HloBuilder();
    Function<Value, Value> param = v -> inner.param(v.type());
    List<Value> params = inits.stream().map(param).toList();
    return inner.build(step.of(new Formula(inner, dtype, shape), params));
  }
}
