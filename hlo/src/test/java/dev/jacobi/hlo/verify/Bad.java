package dev.jacobi.hlo.verify;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A module that breaks one constraint: one instruction in {@code @main}.
 *
 * @param constraint the rule that the verifier must name
 * @param op makes the instruction's operation from new parameters
 * @param results the types that the instruction claims to have
 */
record Bad(String constraint, Function<Params, Op> op, List<TensorType> results) {
  static final Loc LINE = new Loc("Bad.java", 7);

  static Bad bad(String constraint, Function<Params, Op> op, TensorType... results) {
    return new Bad(constraint, op, List.of(results));
  }

  /** Adds parameters to {@code @main}. */
  record Params(HloBuilder block) {
    Value of(DType dtype, long... sizes) {
      return block.param(TensorType.of(dtype, sizes));
    }

    Value f32(long... sizes) {
      return of(DType.F32, sizes);
    }

    Value i32(long... sizes) {
      return of(DType.I32, sizes);
    }

    List<Value> starts(int n) {
      return Stream.generate(() -> i32()).limit(n).toList();
    }
  }

  HloModule module() {
    HloBuilder b = new HloBuilder();
    Op made = op.apply(new Params(b));
    b.append(new Instr(made, results.stream().map(Value::new).toList(), LINE));
    HloFunc main = new HloFunc("main", true, b.build());
    HloBuilder callee = new HloBuilder();
    callee.param(f32(2));
    HloFunc f = new HloFunc("f", false, callee.build(callee.param(f32(3))));
    return new HloModule("bad", Map.of("main", main, "f", f), Map.of());
  }

  @Override
  public String toString() {
    return constraint;
  }

  static TensorType f32(long... sizes) {
    return TensorType.of(DType.F32, sizes);
  }

  static TensorType i32(long... sizes) {
    return TensorType.of(DType.I32, sizes);
  }

  static TensorType bool(long... sizes) {
    return TensorType.of(DType.BOOL, sizes);
  }

  static Axes axes(int... dims) {
    return Axes.of(dims);
  }

  static Longs longs(long... values) {
    return Longs.of(values);
  }

  static Op pointwise(Fn fn, Value... operands) {
    return new ElementwiseOp.Pointwise(fn, List.of(operands));
  }

  /** A block that takes some types and returns zeros of others. */
  static Block block(List<TensorType> params, TensorType... results) {
    HloBuilder b = new HloBuilder();
    params.forEach(b::param);
    return b.build(Stream.of(results).map(t -> b.constant(zeros(t))).toList());
  }

  private static Literal zeros(TensorType type) {
    return Literal.wrap(type, Literal.allocate(type));
  }

  static Block add(DType dtype) {
    return HloBuilder.binaryBody(Fn.ADD, dtype);
  }
}
