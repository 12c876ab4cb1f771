package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * Reduction of a large angle, one scalar double at a time.
 *
 * <p>Source: Payne and Hanek, "Radian reduction for trigonometric functions" (1983): with {@code x
 * = M 2^e} only the bits of 1/(2 pi) from weight {@code 2^-e} on matter; 192 of them times M give
 * the fraction of a turn to 128 bits, of which no double cancels more than 63.
 */
final class PayneHanek {
  /** The binary digits of 1/(2 pi) after 64 zeros, 64 to a word (mpmath). */
  private static final long[] TURN = {
    0L,
    0x28be60db9391054aL,
    0x7f09d5f47d4d3770L,
    0x36d8a5664f10e410L,
    0x7f9458eaf7aef158L,
    0x6dc91b8e909374b8L,
    0x01924bba82746487L,
    0x3f877ac72c4a69cfL,
    0xba208d7d4baed121L,
    0x3a671c09ad17df90L,
    0x4e64758e60d4ce7dL,
    0x272117e2ef7e4a0eL,
    0xc7fe25fff7816603L,
    0xfbcbc462d6829b47L,
    0xdb4d9fb3c9f2c26dL,
    0xd3d18fd9a797fa8bL,
    0x5d49eeb1faf97c5eL,
    0xcf41ce7de294a4baL,
    0x9afed7ec47e35742L,
    0x1580cc11bf1edaeaL,
    0xfc33ef0826bd0d87L,
  };

  private PayneHanek() {}

  /** For finite {@code a >= 2^-11}. */
  static Trig.Angle reduce(Num m, Val a) {
    FnEmitter f = m.f;
    Val turn = fractionOfTurn(m, a); // 128 bits
    Val high = f.trunc(f.lshr(turn, wide(64)), LType.I64);
    Val quadrant = f.lshr(f.add(high, Val.i64(1L << 61)), Val.i64(62));
    Val left = f.sub(turn, f.shl(f.zext(quadrant, LType.I128), wide(126)));
    Val negative = f.cmp(Cmp.SLT, left, wide(0));
    Val size = f.select(negative, f.neg(left), left);
    Val top = f.trunc(f.lshr(size, wide(64)), LType.I64);
    Val zeros =
        f.umin(f.pureCall("llvm.ctlz.i64", LType.I64, List.of(top, Val.bool(false))), Val.i64(63));
    Val digits = f.intrinsic("fshl", top, f.trunc(size, LType.I64), zeros);
    return radians(m, quadrant, digits, zeros, negative);
  }

  private static Val wide(long value) {
    return Val.integer(LType.I128, value);
  }

  /** {@code a / (2 pi)} without its integer part, times 2^128. */
  private static Val fractionOfTurn(Num m, Val a) {
    FnEmitter f = m.f;
    Val bits = m.bits(a);
    Val mantissa = f.or(f.and(bits, Val.i64((1L << 52) - 1)), Val.i64(1L << 52));
    Val start = f.sub(f.lshr(bits, Val.i64(52)), Val.i64(1011)); // of the first bit that counts
    Val word =
        f.gep(LType.I64, f.module().integerTable(LType.I64, TURN), f.lshr(start, Val.i64(6)));
    Val shift = f.and(start, Val.i64(63));
    Val[] w = new Val[4];
    for (int i = 0; i < 4; i++) {
      w[i] = f.load(LType.I64, f.gep(LType.I64, word, i));
    }
    Val first = f.zext(f.intrinsic("fshl", w[0], w[1], shift), LType.I128);
    Val second = f.zext(f.intrinsic("fshl", w[1], w[2], shift), LType.I128);
    Val third = f.zext(f.intrinsic("fshl", w[2], w[3], shift), LType.I128);
    Val factor = f.zext(mantissa, LType.I128);
    Val upper = f.mul(factor, f.or(f.shl(first, wide(64)), second));
    return f.add(upper, f.lshr(f.mul(factor, third), wide(64)));
  }

  /** The fraction {@code digits 2^(-64 - zeros)} of a turn as an angle in two doubles. */
  private static Trig.Angle radians(Num m, Val quadrant, Val digits, Val zeros, Val negative) {
    FnEmitter f = m.f;
    Val scale = m.number(f.shl(f.sub(Val.i64(1023 - 64), zeros), Val.i64(52)));
    Val upper = f.and(digits, Val.i64(-2048));
    Val high = m.mul(f.uitofp(upper, LType.DOUBLE), scale);
    Val low = m.mul(f.uitofp(f.and(digits, Val.i64(2047)), LType.DOUBLE), scale);
    Val turn = m.c(0x1.921fb54442d18p2);
    Val r = m.mul(high, turn);
    Val error = m.fma(high, turn, m.f.neg(r));
    Val rest = m.mad(low, turn, m.mad(high, m.c(0x1.1a62633145c07p-52), error));
    return new Trig.Angle(
        quadrant, f.select(negative, f.neg(r), r), f.select(negative, f.neg(rest), rest));
  }
}
