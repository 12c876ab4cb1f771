package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The unary functions, each with a double-precision reference for float and its bounds. */
enum MathFn {
  EXP("exp", VecMath::exp, StrictMath::exp),
  EXP2("exp2", VecMath::exp2, x -> StrictMath.pow(2, x)),
  EXPM1("expm1", VecMath::expm1, StrictMath::expm1),
  LOGISTIC("logistic", VecMath::logistic, x -> 1 / (1 + StrictMath.exp(-x))),
  LOG("log", VecMath::log, StrictMath::log),
  LOG1P("log1p", VecMath::log1p, StrictMath::log1p),
  SQRT("sqrt", VecMath::sqrt, Math::sqrt),
  RSQRT("rsqrt", VecMath::rsqrt, x -> 1 / Math.sqrt(x)),
  CBRT("cbrt", VecMath::cbrt, StrictMath::cbrt),
  SIN("sin", VecMath::sin, StrictMath::sin),
  COS("cos", VecMath::cos, StrictMath::cos),
  TAN("tan", VecMath::tan, StrictMath::tan),
  ASIN("asin", VecMath::asin, StrictMath::asin),
  ACOS("acos", VecMath::acos, StrictMath::acos),
  ATAN("atan", VecMath::atan, StrictMath::atan),
  SINH("sinh", VecMath::sinh, StrictMath::sinh),
  COSH("cosh", VecMath::cosh, StrictMath::cosh),
  TANH("tanh", VecMath::tanh, StrictMath::tanh),
  ASINH("asinh", VecMath::asinh, MathReference::asinh),
  ACOSH("acosh", VecMath::acosh, MathReference::acosh),
  ATANH("atanh", VecMath::atanh, MathReference::atanh),
  ERF("erf", VecMath::erf, MathReference::erf),
  ERFC("erfc", VecMath::erfc, MathReference::erfc),
  ERF_INV("erfInv", VecMath::erfInv, MathReference::xlaErfInv);

  /** Writes the function. */
  interface Emit {
    Val emit(FnEmitter f, Val x);
  }

  /** Allowed errors in units in the last place; in practice see docs/math.md. */
  static final double FLOAT_ULP = 1.5;

  static final double DOUBLE_ULP = 2;

  /** The name in the reference table. */
  final String tableName;

  final DoubleUnaryOperator reference;
  private final Emit emit;

  MathFn(String tableName, Emit emit, DoubleUnaryOperator reference) {
    this.tableName = tableName;
    this.emit = emit;
    this.reference = reference;
  }

  Val emit(FnEmitter f, Val x) {
    return emit.emit(f, x);
  }

  Kernel kernel(LType element, int lanes) {
    return kernel(Target.host(), element, lanes);
  }

  Kernel kernel(Target target, LType element, int lanes) {
    return Kernel.of(
        target, List.of(element), element, lanes, (f, a) -> emit.emit(f, a.getFirst()));
  }

  /** Error bound for float; erf_inv is XLA's formula, not the best value. */
  double floatUlp() {
    return this == ERF_INV ? 4 : FLOAT_ULP;
  }
}
