package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule.Param;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * The floating remainder, C's fmod; exact.
 *
 * <p>Source: where the quotient is small enough, {@code x - trunc(x/y) y} is exact in one fused
 * multiply-add and off by one y at most; else, rarely, a helper function divides the mantissas by
 * long division, eleven bits a step.
 */
final class Remainder {
  private Remainder() {}

  static Val rem(Num m, Val x, Val y) {
    Val a = m.abs(x);
    Val b = m.abs(y);
    Val ratio = m.div(a, b);
    Val q = Rounding.trunc(m, ratio);
    Val r = m.fma(m.f.neg(q), b, a);
    Val low = m.select(m.lt(r, m.c(0)), m.add(r, b), r);
    Val fit = m.select(m.f.cmp(Cmp.OGE, low, b), m.sub(low, b), low);
    Val size = m.select(m.lt(a, b), a, fit); // b may be infinite
    Val usual = m.withSignOf(size, x);
    return m.f.rarely(m.f.any(hard(m, a, b, ratio)), usual, () -> redo(m, x, y, usual));
  }

  /** Where the multiply-add is not exact: a large quotient, or what an emulated one loses. */
  private static Val hard(Num m, Val a, Val b, Val ratio) {
    Val far = m.gt(ratio, m.c(0x1p23, 0x1p52));
    if (m.fused()) {
      return far;
    }
    Val tiny = m.lt(b, m.c(0x1p-100, 0x1p-960));
    return m.f.or(far, m.f.or(tiny, m.gt(a, m.c(0x1p100, 0x1p900))));
  }

  private static Val redo(Num m, Val x, Val y, Val usual) {
    String name = "math.rem." + m.type.suffix();
    List<Param> params =
        List.of(new Param(m.type, "x"), new Param(m.type, "y"), new Param(m.type, "usual"));
    m.f.module().helper(name, m.type, params, g -> helper(g, m.type));
    return m.f.call(name, m.type, x, y, usual);
  }

  private static void helper(FnEmitter g, LType type) {
    LType scalar = type.scalar();
    Val[] memory = new Val[3];
    for (int i = 0; i < 3; i++) {
      memory[i] = g.alloca(type, 1, 64);
      g.store(g.param(i), memory[i], Mem.aligned(64));
    }
    Val lanes = Val.i64(Math.max(1, type.lanes()));
    g.forLoop(
        Val.i64(0),
        lanes,
        Val.i64(1),
        i -> {
          Val x = g.load(scalar, g.gep(scalar, memory[0], i));
          Val y = g.load(scalar, g.gep(scalar, memory[1], i));
          Num d = new Num(g, LType.DOUBLE);
          Val a = d.abs(g.fpext(x, LType.DOUBLE));
          Val b = d.abs(g.fpext(y, LType.DOUBLE));
          Val divides = g.and(g.cmp(Cmp.OGE, a, b), d.lt(a, d.inf()));
          Val wanted = g.and(divides, d.gt(b, d.c(0)));
          g.ifThen(
              wanted,
              () -> {
                Val size = g.fptrunc(longDivision(d, a, b), scalar);
                Val r = g.copysign(size, x);
                g.store(r, g.gep(scalar, memory[2], i));
              });
        });
    g.ret(g.load(type, memory[2], Mem.aligned(64)));
  }

  /** For {@code a >= b > 0}: mantissas as integers, the exponents' difference worked off. */
  private static Val longDivision(Num d, Val a, Val b) {
    FnEmitter f = d.f;
    Val[] x = integer(d, a);
    Val[] y = integer(d, b);
    Val first = f.urem(x[0], y[0]);
    Val left = f.sub(x[1], y[1]); // x >= y, so this is not negative but for subnormal b
    List<Val> done =
        f.whileLoop(
            List.of(first, left),
            v -> f.cmp(Cmp.SGT, v.get(1), Val.i64(0)),
            v -> {
              Val step = f.smin(v.get(1), Val.i64(11));
              return List.of(f.urem(f.shl(v.get(0), step), y[0]), f.sub(v.get(1), step));
            });
    Val mantissa = f.sitofp(done.getFirst(), LType.DOUBLE);
    return scale(d, mantissa, y[1]);
  }

  /** {@code x = mantissa 2^(exponent - 1075)} with the exponent at least 1. */
  private static Val[] integer(Num d, Val x) {
    FnEmitter f = d.f;
    Val bits = d.bits(x);
    Val field = f.lshr(bits, Val.i64(52));
    Val fraction = f.and(bits, Val.i64((1L << 52) - 1));
    Val normal = f.cmp(Cmp.NE, field, Val.i64(0));
    Val mantissa = f.select(normal, f.or(fraction, Val.i64(1L << 52)), fraction);
    return new Val[] {mantissa, f.smax(field, Val.i64(1))};
  }

  /** {@code n 2^(exponent - 1075)}, exact, by two factors. */
  private static Val scale(Num d, Val n, Val exponent) {
    FnEmitter f = d.f;
    Val half = f.lshr(exponent, Val.i64(1));
    Val rest = f.sub(exponent, half);
    Val one = f.shl(f.add(half, Val.i64(1023 - 537)), Val.i64(52));
    Val two = f.shl(f.add(rest, Val.i64(1023 - 538)), Val.i64(52));
    return d.mul(d.mul(n, d.number(one)), d.number(two));
  }
}
