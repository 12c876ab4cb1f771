package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import java.util.List;
import java.util.OptionalLong;

/**
 * Elementwise functions of integers and booleans. Division by zero gives -1 (all ones) and leaves
 * the dividend as remainder; shifts by the width or more leave nothing.
 */
final class IntFns {
  private final FnEmitter f;
  private final DType dtype;
  private final LType type;

  IntFns(FnEmitter f, DType dtype, LType type) {
    this.f = f;
    this.dtype = dtype;
    this.type = type;
  }

  private Val number(long value) {
    return Val.integer(type, value);
  }

  Val apply(Fn fn, List<Val> a) {
    Val x = a.getFirst();
    return switch (fn) {
      case ABS -> f.select(f.cmp(Cmp.SLT, x, number(0)), f.neg(x), x);
      case ADD -> dtype.isBool() ? f.or(x, a.get(1)) : f.add(x, a.get(1));
      case AND -> f.and(x, a.get(1));
      case CLAMP -> min(max(a.get(1), x), a.get(2));
      case CLZ -> f.pureCall("llvm.ctlz." + type.suffix(), type, List.of(x, Val.bool(false)));
      case DIV -> divide(x, a.get(1));
      case MAX -> max(x, a.get(1));
      case MIN -> min(x, a.get(1));
      case MUL -> dtype.isBool() ? f.and(x, a.get(1)) : f.mul(x, a.get(1));
      case MULHI -> multiplyHigh(x, a.get(1));
      case NEG -> f.neg(x);
      case NOT -> f.not(x);
      case OR -> f.or(x, a.get(1));
      case POPCNT -> f.intrinsic("ctpop", x);
      case POW -> power(x, a.get(1));
      case REM -> remainder(x, a.get(1));
      case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> shift(fn, x, a.get(1));
      case SIGN ->
          f.sub(
              f.zext(f.cmp(Cmp.SGT, x, number(0)), type),
              f.zext(f.cmp(Cmp.SLT, x, number(0)), type));
      case SQUARE -> f.mul(x, x);
      case SUB -> f.sub(x, a.get(1));
      case XOR -> f.xor(x, a.get(1));
      case ACOS,
          ACOSH,
          ASIN,
          ASINH,
          ATAN,
          ATAN2,
          ATANH,
          CBRT,
          CEIL,
          COMPLEX,
          COSH,
          COS,
          ERF,
          ERFC,
          ERF_INV,
          EXP,
          EXPM1,
          FLOOR,
          IMAG,
          BESSEL_I1E,
          CONJ,
          DIGAMMA,
          IS_INF,
          IS_NEG_INF,
          IS_POS_INF,
          LGAMMA,
          POLYGAMMA,
          ZETA,
          IS_FINITE,
          LOG,
          LOG1P,
          LOGISTIC,
          NEXT_AFTER,
          REAL,
          ROUND_AFZ,
          ROUND_EVEN,
          RSQRT,
          SELECT,
          SIN,
          SINH,
          SQRT,
          TAN,
          TANH ->
          throw Pointwise.undefined(fn, dtype);
    };
  }

  private Val max(Val x, Val y) {
    return dtype.isBool() ? f.or(x, y) : dtype.isSigned() ? f.smax(x, y) : f.umax(x, y);
  }

  private Val min(Val x, Val y) {
    return dtype.isBool() ? f.and(x, y) : dtype.isSigned() ? f.smin(x, y) : f.umin(x, y);
  }

  private Val divide(Val x, Val y) {
    Val zero = f.cmp(Cmp.EQ, y, number(0));
    if (!dtype.isSigned()) {
      return f.select(zero, number(-1), f.udiv(x, f.select(zero, number(1), y)));
    }
    Val minus = f.cmp(Cmp.EQ, y, number(-1));
    Val safe = f.select(f.or(zero, minus), number(1), y);
    Val q = f.select(minus, f.neg(x), f.sdiv(x, safe));
    return f.select(zero, number(-1), q);
  }

  private Val remainder(Val x, Val y) {
    Val zero = f.cmp(Cmp.EQ, y, number(0));
    if (!dtype.isSigned()) {
      return f.select(zero, x, f.urem(x, f.select(zero, number(1), y)));
    }
    Val minus = f.cmp(Cmp.EQ, y, number(-1));
    Val safe = f.select(f.or(zero, minus), number(1), y);
    return f.select(zero, x, f.select(minus, number(0), f.srem(x, safe)));
  }

  private Val shift(Fn fn, Val x, Val amount) {
    int bits = dtype.bits();
    boolean arithmetic = fn == Fn.SHIFT_RIGHT_ARITHMETIC;
    OptionalLong known = amount.asLong();
    if (known.isPresent()) {
      long n = known.getAsLong();
      boolean inside = n >= 0 && n < bits;
      return inside ? shifted(fn, x, amount) : arithmetic ? f.ashr(x, number(bits - 1)) : number(0);
    }
    if (arithmetic) {
      return f.ashr(x, f.umin(amount, number(bits - 1)));
    }
    Val inside = f.cmp(Cmp.ULT, amount, number(bits));
    Val safe = f.and(amount, number(bits - 1));
    return f.select(inside, shifted(fn, x, safe), number(0));
  }

  private Val shifted(Fn fn, Val x, Val amount) {
    return fn == Fn.SHIFT_LEFT
        ? f.shl(x, amount)
        : fn == Fn.SHIFT_RIGHT_LOGICAL ? f.lshr(x, amount) : f.ashr(x, amount);
  }

  private Val multiplyHigh(Val x, Val y) {
    int bits = dtype.bits();
    if (bits < 64) {
      LType wide = type.with(bits == 32 ? LType.I64 : LType.I32);
      boolean signed = dtype.isSigned();
      Val a = signed ? f.sext(x, wide) : f.zext(x, wide);
      Val b = signed ? f.sext(y, wide) : f.zext(y, wide);
      return f.trunc(f.lshr(f.mul(a, b), Val.integer(wide, bits)), type);
    }
    Val high = unsignedHigh(x, y);
    if (!dtype.isSigned()) {
      return high;
    }
    Val fix = f.add(f.and(f.ashr(x, number(63)), y), f.and(f.ashr(y, number(63)), x));
    return f.sub(high, fix);
  }

  /** Schoolbook multiplication of 32-bit halves. */
  private Val unsignedHigh(Val x, Val y) {
    Val low = number(0xFFFFFFFFL);
    Val half = number(32);
    Val xl = f.and(x, low);
    Val yl = f.and(y, low);
    Val xh = f.lshr(x, half);
    Val yh = f.lshr(y, half);
    Val mid = f.add(f.mul(xh, yl), f.lshr(f.mul(xl, yl), half));
    Val cross = f.add(f.mul(xl, yh), f.and(mid, low));
    return f.add(f.add(f.mul(xh, yh), f.lshr(mid, half)), f.lshr(cross, half));
  }

  /** By squaring; a negative exponent leaves 0 unless the base is 1 or -1. */
  private Val power(Val x, Val y) {
    Val result = number(1);
    Val base = x;
    for (int b = 0; b < dtype.bits(); b++) {
      Val bit = f.and(f.lshr(y, number(b)), number(1));
      result = f.select(f.cmp(Cmp.NE, bit, number(0)), f.mul(result, base), result);
      base = f.mul(base, base);
    }
    if (!dtype.isSigned()) {
      return result;
    }
    Val odd = f.cmp(Cmp.NE, f.and(y, number(1)), number(0));
    Val minusOne = f.cmp(Cmp.EQ, x, number(-1));
    Val inverse =
        f.select(
            f.cmp(Cmp.EQ, x, number(1)),
            number(1),
            f.select(minusOne, f.select(odd, number(-1), number(1)), number(0)));
    return f.select(f.cmp(Cmp.SLT, y, number(0)), inverse, result);
  }
}
