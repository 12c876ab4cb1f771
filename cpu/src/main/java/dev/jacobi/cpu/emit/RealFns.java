package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.math.VecMath;
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
      case REAL, CONJ -> x;
      case IMAG -> Val.zero(x.type());
      case ROUND_AFZ -> roundAway(x);
      case SIGN -> sign(x);
      case SQRT -> f.sqrt(x);
      case SQUARE -> f.mul(x, x);
      case SUB -> f.sub(x, a.get(1));
      case CEIL -> VecMath.ceil(f, x);
      case FLOOR -> VecMath.floor(f, x);
      case ROUND_EVEN -> VecMath.roundEven(f, x);
      case ACOS -> VecMath.acos(f, x);
      case ACOSH -> VecMath.acosh(f, x);
      case ASIN -> VecMath.asin(f, x);
      case ASINH -> VecMath.asinh(f, x);
      case ATAN -> VecMath.atan(f, x);
      case ATAN2 -> VecMath.atan2(f, x, a.get(1));
      case ATANH -> VecMath.atanh(f, x);
      case BESSEL_I1E -> VecMath.besselI1e(f, x);
      case CBRT -> VecMath.cbrt(f, x);
      case COS -> VecMath.cos(f, x);
      case COSH -> VecMath.cosh(f, x);
      case DIGAMMA -> VecMath.digamma(f, x);
      case ERF -> VecMath.erf(f, x);
      case ERFC -> VecMath.erfc(f, x);
      case ERF_INV -> VecMath.erfInv(f, x);
      case EXP -> VecMath.exp(f, x);
      case EXPM1 -> VecMath.expm1(f, x);
      case LGAMMA -> VecMath.lgamma(f, x);
      case LOG -> VecMath.log(f, x);
      case LOG1P -> VecMath.log1p(f, x);
      case LOGISTIC -> VecMath.logistic(f, x);
      case POLYGAMMA -> VecMath.polygamma(f, x, a.get(1));
      case POW -> VecMath.pow(f, x, a.get(1));
      case REM -> VecMath.rem(f, x, a.get(1));
      case RSQRT -> VecMath.rsqrt(f, x);
      case SIN -> VecMath.sin(f, x);
      case SINH -> VecMath.sinh(f, x);
      case TAN -> VecMath.tan(f, x);
      case TANH -> VecMath.tanh(f, x);
      case ZETA -> VecMath.zeta(f, x, a.get(1));
      case AND,
          CLZ,
          COMPLEX,
          IS_FINITE,
          IS_INF,
          IS_NEG_INF,
          IS_POS_INF,
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
    Val whole = VecMath.floor(f, magnitude);
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
