package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule.Param;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * sin, cos and tan.
 *
 * <p>Source: {@code |x| = k pi/2 + r}, {@code |r| <= pi/4}, by three multiples of parts of pi/2,
 * each product exact inside a fused multiply-add (Cody and Waite); minimax polynomials for sin r
 * and cos r, chosen by the quadrant k. Where a lane is too large for that, which is rare, a helper
 * function does the lane over with {@link PayneHanek}. Measured errors: {@code docs/math.md}.
 */
final class Trig {
  private static final double[] HALF_PI_32 = {0x1.921fb6p0, -0x1.777a5cp-25, -0x1.ee59dap-50};
  private static final double[] HALF_PI_64 = {
    0x1.921fb54442d18p0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110
  };

  /** Up to here three parts of pi/2 are enough. */
  private static final double LIMIT_32 = 0x1p17;

  private static final double LIMIT_64 = 0x1p28;

  private Trig() {}

  private enum Fn {
    SIN,
    COS,
    TAN
  }

  /** {@code k pi/2 + (r + low)}, k in the low bits of {@code quadrant}. */
  record Angle(Val quadrant, Val r, Val low) {}

  static Val sin(Num m, Val x) {
    return emit(m, x, Fn.SIN);
  }

  static Val cos(Num m, Val x) {
    return emit(m, x, Fn.COS);
  }

  static Val tan(Num m, Val x) {
    return emit(m, x, Fn.TAN);
  }

  private static Val emit(Num m, Val x, Fn fn) {
    Val a = m.abs(x);
    Val usual = finish(m, reduce(m, a), x, fn);
    Val limit = m.c(LIMIT_32, LIMIT_64);
    return m.f.rarely(m.f.any(m.gt(a, limit)), usual, () -> redo(m, x, usual, fn));
  }

  private static Angle reduce(Num m, Val a) {
    double[] parts = m.wide() ? HALF_PI_64 : HALF_PI_32;
    Val magic = m.c(0x1.8p23, 0x1.8p52);
    Val word = m.mad(a, m.c(2 / Math.PI), magic);
    Val k = m.sub(word, magic);
    Val first = m.fma(k, m.c(-parts[0]), a); // exact
    Val product = m.mul(k, m.c(parts[1]));
    Val productLow = m.fma(k, m.c(parts[1]), m.f.neg(product));
    Val second = m.sub(first, product);
    Val lost = m.sub(m.sub(m.sub(first, second), product), productLow);
    return new Angle(m.bits(word), second, m.mad(k, m.c(-parts[2]), lost));
  }

  private static Val finish(Num m, Angle angle, Val x, Fn fn) {
    return switch (fn) {
      case SIN -> {
        Val y = m.select(odd(m, angle.quadrant), cosine(m, angle), sine(m, angle));
        Val half = m.f.shl(angle.quadrant, m.i(8 * m.type.elemBytes() - 2));
        yield m.flipSign(y, m.number(m.f.xor(half, m.bits(x))));
      }
      case COS -> {
        Val y = m.select(odd(m, angle.quadrant), sine(m, angle), cosine(m, angle));
        Val next = m.f.add(angle.quadrant, m.i(1));
        Val half = m.f.shl(next, m.i(8 * m.type.elemBytes() - 2));
        yield m.flipSign(y, m.number(half));
      }
      case TAN -> m.flipSign(tangent(m, angle), x);
    };
  }

  private static Val odd(Num m, Val quadrant) {
    Val sign = m.f.shl(quadrant, m.i(8 * m.type.elemBytes() - 1));
    return m.f.cmp(Cmp.SLT, sign, m.i(0));
  }

  static Val sine(Num m, Angle angle) {
    Val u = m.mul(angle.r, angle.r);
    Val p = m.poly(u, Coefficients.SIN32, Coefficients.SIN64);
    return m.add(angle.r, m.mad(m.mul(angle.r, u), p, angle.low));
  }

  /** Here {@code low} would matter for a third of the last place only. */
  static Val cosine(Num m, Angle angle) {
    Val u = m.mul(angle.r, angle.r);
    Val rest = m.mad(u, m.poly(u, Coefficients.COS32, Coefficients.COS64), m.c(-0.5));
    return m.mad(u, rest, m.c(1));
  }

  /** tan(r + low) = t + lost, and in odd quadrants -1 over that with one Newton step. */
  private static Val tangent(Num m, Angle angle) {
    Val r = angle.r;
    Val u = m.mul(r, r);
    Val slope = m.mad(u, m.c(1.4), m.c(1)); // 1 / cos^2, nearly
    Val p = m.poly(u, Coefficients.TAN32, Coefficients.TAN64);
    Val q = m.mad(m.mul(r, u), p, m.mul(angle.low, slope));
    Val t = m.add(r, q);
    Val lost = m.sub(q, m.sub(t, r));
    Val z = m.div(m.c(-1), t);
    Val error = m.mad(lost, z, m.fma(t, z, m.c(1)));
    Val inverse = m.select(m.eq(t, m.c(0)), z, m.mad(z, error, z));
    return m.select(odd(m, angle.quadrant), inverse, t);
  }

  /** Calls the helper that does large lanes over. */
  private static Val redo(Num m, Val x, Val usual, Fn fn) {
    String name = "math." + fn + "." + m.type.suffix();
    List<Param> params = List.of(new Param(m.type, "x"), new Param(m.type, "usual"));
    m.f.module().helper(name, m.type, params, g -> helper(g, m.type, fn));
    return m.f.call(name, m.type, x, usual);
  }

  private static void helper(FnEmitter g, LType type, Fn fn) {
    LType scalar = type.scalar();
    Val xs = g.alloca(type, 1, 64);
    Val ys = g.alloca(type, 1, 64);
    g.store(g.param(0), xs, Mem.aligned(64));
    g.store(g.param(1), ys, Mem.aligned(64));
    Val bound =
        type.elem() == LType.Elem.DOUBLE ? Val.fp(scalar, LIMIT_64) : Val.fp(scalar, LIMIT_32);
    g.forLoop(
        Val.i64(0),
        Val.i64(Math.max(1, type.lanes())),
        Val.i64(1),
        i -> {
          Val x = g.load(scalar, g.gep(scalar, xs, i));
          Val a = g.fabs(x);
          Val large = g.cmp(Cmp.OGT, a, bound);
          Val finite = g.cmp(Cmp.OLT, a, Val.fp(scalar, Double.POSITIVE_INFINITY));
          g.ifThen(g.and(large, finite), () -> g.store(exact(g, x, fn), g.gep(scalar, ys, i)));
        });
    g.ret(g.load(type, ys, Mem.aligned(64)));
  }

  /** One lane, in double. */
  private static Val exact(FnEmitter g, Val x, Fn fn) {
    Val wide = g.fpext(x, LType.DOUBLE);
    Num d = new Num(g, LType.DOUBLE);
    return g.fptrunc(finish(d, PayneHanek.reduce(d, d.abs(wide)), wide, fn), x.type());
  }
}
