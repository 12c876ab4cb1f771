package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * Integer functions with StableHLO's answers where the machine traps or LLVM leaves them undefined:
 * {@code x / 0 = -1}, {@code x % 0 = x}, {@code MIN / -1 = MIN}, {@code MIN % -1 = 0}; shifts by
 * the width or more give 0 or the sign. Operands are i8 to i64 of any width.
 */
public final class IntMath {
  private IntMath() {}

  private static Val c(Val like, long value) {
    return Val.integer(like.type(), value);
  }

  private static Val eq(FnEmitter f, Val x, long value) {
    return f.cmp(Cmp.EQ, x, c(x, value));
  }

  /** Signed quotient, toward zero. */
  public static Val divide(FnEmitter f, Val x, Val y) {
    Val minusOne = eq(f, y, -1);
    Val zero = eq(f, y, 0);
    Val safe = f.select(f.or(minusOne, zero), c(y, 1), y);
    Val q = f.select(minusOne, f.neg(x), quotient(f, x, safe, true));
    return f.select(zero, c(x, -1), q);
  }

  /** Unsigned quotient. */
  public static Val divideUnsigned(FnEmitter f, Val x, Val y) {
    Val zero = eq(f, y, 0);
    Val q = quotient(f, x, f.select(zero, c(y, 1), y), false);
    return f.select(zero, c(x, -1), q);
  }

  /** Signed remainder, with the sign of x. */
  public static Val remainder(FnEmitter f, Val x, Val y) {
    return f.sub(x, f.mul(divide(f, x, y), y));
  }

  /** Unsigned remainder. */
  public static Val remainderUnsigned(FnEmitter f, Val x, Val y) {
    return f.sub(x, f.mul(divideUnsigned(f, x, y), y));
  }

  /**
   * The quotient of up to 32 bits is cut exactly from a float quotient of more than twice the bits:
   * it differs from an integer by 1/y or more, and is rounded by less.
   */
  private static Val quotient(FnEmitter f, Val x, Val y, boolean signed) {
    int bits = x.type().bits();
    if (bits > 32 || (!x.type().isVector() && bits == 32)) {
      return signed ? f.sdiv(x, y) : f.udiv(x, y);
    }
    LType floats = x.type().with(bits <= 8 ? LType.FLOAT : LType.DOUBLE);
    LType ints = x.type().with(bits == 32 && !signed ? LType.I64 : LType.I32);
    Val a = signed ? f.sext(x, ints) : f.zext(x, ints);
    Val b = signed ? f.sext(y, ints) : f.zext(y, ints);
    if (ints.bits() == 64) {
      return f.trunc(unsignedOfWord(f, floats, wordOfUnsigned(f, floats, a, b)), x.type());
    }
    Val q = f.fdiv(f.sitofp(a, floats), f.sitofp(b, floats));
    return f.trunc(f.fptosi(q, ints), x.type());
  }

  /** 32-bit numbers in i64 lanes as the low bits of {@code 2^52 + n}. */
  private static Val wordOfUnsigned(FnEmitter f, LType floats, Val a, Val b) {
    Val unit = Val.fp(floats, 0x1p52);
    Val unitBits = f.bitcast(unit, a.type());
    Val x = f.sub(f.bitcast(f.or(a, unitBits), floats), unit);
    Val y = f.sub(f.bitcast(f.or(b, unitBits), floats), unit);
    return f.fdiv(x, y);
  }

  private static Val unsignedOfWord(FnEmitter f, LType floats, Val q) {
    Val whole = Rounding.trunc(new Num(f, floats), q);
    return f.bitcast(f.add(whole, Val.fp(floats, 0x1p52)), floats.asInt());
  }

  /**
   * x to the power y by repeated squaring; a negative power is the reciprocal cut to an integer.
   */
  public static Val power(FnEmitter f, Val x, Val y, boolean signed) {
    Val one = c(x, 1);
    List<Val> result =
        f.whileLoop(
            List.of(one, x, y),
            v -> f.any(f.cmp(Cmp.NE, v.get(2), c(y, 0))),
            v -> {
              Val odd = f.cmp(Cmp.NE, f.and(v.get(2), one), c(y, 0));
              Val product = f.select(odd, f.mul(v.get(0), v.get(1)), v.get(0));
              return List.of(product, f.mul(v.get(1), v.get(1)), f.lshr(v.get(2), one));
            });
    if (!signed) {
      return result.getFirst();
    }
    Val unit = f.or(eq(f, x, 1), eq(f, x, -1)); // whose powers are their own reciprocals
    Val reciprocal = f.select(unit, result.getFirst(), c(x, 0));
    return f.select(f.cmp(Cmp.SLT, y, c(y, 0)), reciprocal, result.getFirst());
  }
}
