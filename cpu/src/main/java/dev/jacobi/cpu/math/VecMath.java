package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;

/**
 * Mathematical functions of vectors (or scalars) of half, bfloat, float or double. The 16-bit types
 * are computed in float and rounded once at the end. NaN, infinities, signed zeros and subnormals
 * are exact; errors are listed in {@code docs/math.md}.
 */
public final class VecMath {
  private VecMath() {}

  private interface Unary {
    Val emit(Num m, Val x);
  }

  private static Val unary(FnEmitter f, Val x, Unary fn) {
    LType type = x.type();
    return switch (type.elem()) {
      case HALF, BFLOAT -> {
        Val wide = Convert.toFloat(f, x);
        yield Convert.fromFloat(f, fn.emit(new Num(f, wide.type()), wide), type);
      }
      case FLOAT, DOUBLE -> fn.emit(new Num(f, type), x);
      case VOID, I1, I8, I16, I32, I64, I128, PTR ->
          throw new IllegalArgumentException("not a floating type: " + type);
    };
  }

  /** e to the power x. */
  public static Val exp(FnEmitter f, Val x) {
    return unary(f, x, Exp::exp);
  }

  /** Natural logarithm; -inf at zero, NaN below. */
  public static Val log(FnEmitter f, Val x) {
    return unary(f, x, Log::log);
  }

  /** log(1 + x), exact near zero. */
  public static Val log1p(FnEmitter f, Val x) {
    return unary(f, x, Log::log1p);
  }

  /** Hyperbolic tangent. */
  public static Val tanh(FnEmitter f, Val x) {
    return unary(f, x, Hyperbolic::tanh);
  }

  /** Sine; the right value for arguments of any size. */
  public static Val sin(FnEmitter f, Val x) {
    return unary(f, x, Trig::sin);
  }

  /** Cosine; the right value for arguments of any size. */
  public static Val cos(FnEmitter f, Val x) {
    return unary(f, x, Trig::cos);
  }

  /** Tangent; the right value for arguments of any size. */
  public static Val tan(FnEmitter f, Val x) {
    return unary(f, x, Trig::tan);
  }

  /** The error function. */
  public static Val erf(FnEmitter f, Val x) {
    return unary(f, x, Erf::erf);
  }

  /** 1 - erf(x), with full relative precision in the tail. */
  public static Val erfc(FnEmitter f, Val x) {
    return unary(f, x, Erf::erfc);
  }
}
