package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;

/**
 * Conversions of the 16-bit floats, to nearest even. LLVM would call a library for bfloat16
 * everywhere, for binary16 where the machine has no instruction, and for binary64 to binary16
 * always.
 */
public final class Convert {
  private Convert() {}

  /** half or bfloat to float, exact. */
  public static Val toFloat(FnEmitter f, Val x) {
    LType wide = x.type().with(LType.FLOAT);
    if (x.type().elem() == LType.Elem.BFLOAT) {
      Val bits = f.zext(f.bitcast(x, x.type().asInt()), wide.asInt());
      return f.bitcast(f.shl(bits, Val.integer(bits.type(), 16)), wide);
    }
    return f.module().target().f16() ? f.fpext(x, wide) : widenHalf(f, x);
  }

  /** The 16-bit types as float, the others as they are. */
  static Val atLeastFloat(FnEmitter f, Val x) {
    return x.type().bits() == 16 ? toFloat(f, x) : x;
  }

  /** float to half or bfloat, to nearest even. */
  public static Val fromFloat(FnEmitter f, Val x, LType to) {
    if (to.elem() == LType.Elem.BFLOAT) {
      return toBfloat(f, x, to);
    }
    return f.module().target().f16() ? f.fptrunc(x, to) : narrowToHalf(f, x, to);
  }

  /** double to half or bfloat with a single rounding, through a float rounded to odd. */
  public static Val fromDouble(FnEmitter f, Val x, LType to) {
    LType floats = x.type().with(LType.FLOAT);
    Val near = f.fptrunc(x, floats);
    Val back = f.fpext(near, x.type());
    LType ints = floats.asInt();
    Val word = f.bitcast(near, ints);
    // One step toward zero if rounding went away from it, then the sticky bit.
    Val away = f.cmp(Cmp.OGT, f.fabs(back), f.fabs(x));
    Val inward = f.add(word, f.sext(away, ints));
    Val inexact = f.cmp(Cmp.ONE, back, x);
    Val odd = f.or(inward, f.zext(inexact, ints));
    return fromFloat(f, f.bitcast(f.select(inexact, odd, word), floats), to);
  }

  private static Val toBfloat(FnEmitter f, Val x, LType to) {
    LType ints = x.type().asInt();
    Val bits = f.bitcast(x, ints);
    Val odd = f.and(f.lshr(bits, Val.integer(ints, 16)), Val.integer(ints, 1));
    Val rounded = f.add(f.add(bits, Val.integer(ints, 0x7FFF)), odd);
    Val quiet = f.or(bits, Val.integer(ints, 0x400000));
    Val chosen = f.select(f.isNan(x), quiet, rounded);
    Val high = f.lshr(chosen, Val.integer(ints, 16));
    return f.bitcast(f.trunc(high, ints.with(LType.I16)), to);
  }

  /** Rebiases the exponent; subnormals are normalised by a float subtraction. */
  private static Val widenHalf(FnEmitter f, Val x) {
    LType ints = x.type().with(LType.I32);
    LType wide = x.type().with(LType.FLOAT);
    Val bits = f.zext(f.bitcast(x, x.type().asInt()), ints);
    Val sign = f.shl(f.and(bits, Val.integer(ints, 0x8000)), Val.integer(ints, 16));
    Val body = f.shl(f.and(bits, Val.integer(ints, 0x7FFF)), Val.integer(ints, 13));
    Val normal = f.add(body, Val.integer(ints, 112L << 23));
    Val special = f.add(body, Val.integer(ints, 224L << 23));
    Val smallest = Val.fp(wide, 0x1p-14);
    Val shifted = f.bitcast(f.add(body, Val.integer(ints, 113L << 23)), wide);
    Val subnormal = f.bitcast(f.sub(shifted, smallest), ints);
    Val isSub = f.cmp(Cmp.ULT, body, Val.integer(ints, 1L << 23));
    Val isSpecial = f.cmp(Cmp.UGE, body, Val.integer(ints, 31L << 23));
    Val magnitude = f.select(isSub, subnormal, f.select(isSpecial, special, normal));
    return f.bitcast(f.or(magnitude, sign), wide);
  }

  /** Rounds in the integer domain; subnormal results by adding a float whose ulp is theirs. */
  private static Val narrowToHalf(FnEmitter f, Val x, LType to) {
    LType wide = x.type();
    LType ints = wide.asInt();
    Val bits = f.bitcast(x, ints);
    Val body = f.and(bits, Val.integer(ints, 0x7FFFFFFF));
    Val sign = f.lshr(f.and(bits, Val.integer(ints, 0x80000000L)), Val.integer(ints, 16));
    Val odd = f.and(f.lshr(body, Val.integer(ints, 13)), Val.integer(ints, 1));
    Val rounded = f.add(f.add(body, Val.integer(ints, 0xFFF - (112L << 23))), odd);
    Val normal = f.umin(f.lshr(rounded, Val.integer(ints, 13)), Val.integer(ints, 0x7C00));
    Val carrier = Val.fp(wide, 0.5); // its ulp is 2^-24, the least half
    Val added = f.bitcast(f.add(f.bitcast(body, wide), carrier), ints);
    Val subnormal = f.sub(added, f.bitcast(carrier, ints));
    Val isSub = f.cmp(Cmp.ULT, body, Val.integer(ints, 113L << 23));
    Val number = f.select(isSub, subnormal, normal);
    Val isNan = f.cmp(Cmp.UGT, body, Val.integer(ints, 255L << 23));
    Val payload = f.lshr(f.and(body, Val.integer(ints, 0x7FFFFF)), Val.integer(ints, 13));
    Val nan = f.or(payload, Val.integer(ints, 0x7E00));
    Val half = f.or(f.select(isNan, nan, number), sign);
    return f.bitcast(f.trunc(half, ints.with(LType.I16)), to);
  }
}
