package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import java.util.List;

/** Elementwise functions of binary32 and binary64 values. */
final class RealFns {
  private final FnEmitter f;
  private final DType dtype;

  RealFns(FnEmitter f, DType dtype) {
    this.f = f;
    this.dtype = dtype;
  }

  Val apply(Fn fn, List<Val> a) {
    Val x = a.getFirst();
    return switch (fn) {
      case ABS -> f.fabs(x);
      case ADD -> f.add(x, a.get(1));
      case CLAMP -> f.fmin(f.fmax(a.get(1), x), a.get(2));
      case DIV -> f.fdiv(x, a.get(1));
      case MAX -> f.fmax(x, a.get(1));
      case MIN -> f.fmin(x, a.get(1));
      case MUL -> f.mul(x, a.get(1));
      case NEG -> f.neg(x);
      case NEXT_AFTER -> nextAfter(x, a.get(1));
      case REAL -> x;
      case IMAG -> Val.zero(x.type());
      case ROUND_AFZ -> roundAway(x);
      case SIGN -> sign(x);
      case SQRT -> f.sqrt(x);
      case SQUARE -> f.mul(x, x);
      case SUB -> f.sub(x, a.get(1));
      case CEIL -> Vec.ceil(f, x);
      case FLOOR -> Vec.floor(f, x);
      case ROUND_EVEN -> Vec.roundEven(f, x);
      case ACOS -> Vec.acos(f, x);
      case ACOSH -> Vec.acosh(f, x);
      case ASIN -> Vec.asin(f, x);
      case ASINH -> Vec.asinh(f, x);
      case ATAN -> Vec.atan(f, x);
      case ATAN2 -> Vec.atan2(f, x, a.get(1));
      case ATANH -> Vec.atanh(f, x);
      case CBRT -> Vec.cbrt(f, x);
      case COS -> Vec.cos(f, x);
      case COSH -> Vec.cosh(f, x);
      case ERF -> Vec.erf(f, x);
      case ERFC -> Vec.erfc(f, x);
      case ERF_INV -> Vec.erfInv(f, x);
      case EXP -> Vec.exp(f, x);
      case EXPM1 -> Vec.expm1(f, x);
      case LOG -> Vec.log(f, x);
      case LOG1P -> Vec.log1p(f, x);
      case LOGISTIC -> Vec.logistic(f, x);
      case POW -> Vec.pow(f, x, a.get(1));
      case REM -> Vec.rem(f, x, a.get(1));
      case RSQRT -> Vec.rsqrt(f, x);
      case SIN -> Vec.sin(f, x);
      case SINH -> Vec.sinh(f, x);
      case TAN -> Vec.tan(f, x);
      case TANH -> Vec.tanh(f, x);
      case AND,
          CLZ,
          COMPLEX,
          IS_FINITE,
          MULHI,
          NOT,
          OR,
          POPCNT,
          SELECT,
          SHIFT_LEFT,
          SHIFT_RIGHT_ARITHMETIC,
          SHIFT_RIGHT_LOGICAL,
          XOR ->
          throw Pointwise.undefined(fn, dtype);
    };
  }

  /** -1, 0 or 1 as x; zeros and NaN stay. */
  private Val sign(Val x) {
    Val one = f.copysign(Val.fp(x.type(), 1), x);
    Val ordinary = f.cmp(Cmp.ONE, x, Val.zero(x.type()));
    return f.select(ordinary, one, x);
  }

  private Val roundAway(Val x) {
    Val magnitude = f.fabs(x);
    Val whole = Vec.floor(f, magnitude);
    Val up = f.cmp(Cmp.OGE, f.sub(magnitude, whole), Val.fp(x.type(), 0.5));
    Val rounded = f.select(up, f.add(whole, Val.fp(x.type(), 1)), whole);
    Val finite = f.cmp(Cmp.OLT, magnitude, Val.fp(x.type(), Double.POSITIVE_INFINITY));
    return f.select(finite, f.copysign(rounded, x), x);
  }

  private Val nextAfter(Val x, Val y) {
    LType ints = x.type().asInt();
    Val result = f.bitcast(nextAfter(f.bitcast(x, ints), x, y), x.type());
    Val equal = f.cmp(Cmp.OEQ, x, y);
    Val nan = f.cmp(Cmp.UNO, x, y);
    return f.select(nan, f.add(x, y), f.select(equal, y, result));
  }

  /** The neighbour's bits: one more or one less, or the least subnormal next to zero. */
  private Val nextAfter(Val bits, Val x, Val y) {
    LType ints = bits.type();
    Val zero = Val.zero(x.type());
    Val away = f.xor(f.cmp(Cmp.OGT, x, zero), f.cmp(Cmp.OGT, y, x));
    Val step = f.select(away, Val.integer(ints, -1), Val.integer(ints, 1));
    Val signBit = Val.integer(ints, 1L << (ints.bits() - 1));
    Val least = f.or(f.and(f.bitcast(y, ints), signBit), Val.integer(ints, 1));
    return f.select(f.cmp(Cmp.OEQ, x, zero), least, f.add(bits, step));
  }
}
