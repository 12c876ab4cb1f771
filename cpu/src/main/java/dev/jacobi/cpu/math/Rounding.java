package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;

/**
 * Rounding to integers and steps between neighbouring numbers; all exact. Without rounding
 * instructions (SSE2) an addition of {@code 2^m} rounds.
 */
final class Rounding {
  private Rounding() {}

  private static boolean hardware(Num m) {
    return m.f.module().target().rounding();
  }

  static Val roundEven(Num m, Val x) {
    if (hardware(m)) {
      return m.f.intrinsic("roundeven", x);
    }
    Val unit = m.c(0x1p23, 0x1p52);
    Val a = m.abs(x);
    Val rounded = m.sub(m.add(a, unit), unit);
    return m.withSign(m.select(m.lt(a, unit), rounded, a), x);
  }

  static Val floor(Num m, Val x) {
    if (hardware(m)) {
      return m.f.intrinsic("floor", x);
    }
    Val r = roundEven(m, x);
    return m.withSignOf(m.select(m.gt(r, x), m.sub(r, m.c(1)), r), x);
  }

  static Val ceil(Num m, Val x) {
    if (hardware(m)) {
      return m.f.intrinsic("ceil", x);
    }
    Val r = roundEven(m, x);
    return m.withSignOf(m.select(m.lt(r, x), m.add(r, m.c(1)), r), x);
  }

  static Val trunc(Num m, Val x) {
    return hardware(m) ? m.f.intrinsic("trunc", x) : m.withSignOf(floor(m, m.abs(x)), x);
  }

  /** To nearest, halves away from zero. */
  static Val roundAway(Num m, Val x) {
    Val a = m.abs(x);
    Val whole = floor(m, a);
    Val up = m.f.cmp(Cmp.OGE, m.sub(a, whole), m.c(0.5));
    return m.withSign(m.select(up, m.add(whole, m.c(1)), whole), x);
  }

  /** -1, 1, or the zero or NaN itself. */
  static Val sign(Num m, Val x) {
    return m.select(m.f.cmp(Cmp.ONE, x, m.c(0)), m.withSign(m.c(1), x), x);
  }

  /** The next number after {@code x} toward {@code y}, of any float type; the bits count up. */
  static Val nextAfter(FnEmitter f, Val x, Val y) {
    Val a = Convert.atLeastFloat(f, x);
    Val b = Convert.atLeastFloat(f, y);
    LType ints = x.type().asInt();
    Val bits = f.bitcast(x, ints);
    Val zero = Val.zero(a.type());
    Val negative = f.cmp(Cmp.SLT, bits, Val.integer(ints, 0));
    Val larger = f.xor(f.cmp(Cmp.OGT, b, a), negative); // in magnitude
    Val step = f.select(larger, Val.integer(ints, 1), Val.integer(ints, -1));
    Val sign = f.and(f.bitcast(y, ints), Val.integer(ints, 1L << (ints.bits() - 1)));
    Val least = f.or(sign, Val.integer(ints, 1));
    Val next = f.select(f.cmp(Cmp.OEQ, a, zero), least, f.add(bits, step));
    Val same = f.select(f.cmp(Cmp.OEQ, a, b), y, f.bitcast(next, x.type()));
    return f.select(f.cmp(Cmp.UNO, a, b), Val.fp(x.type(), Double.NaN), same);
  }
}
