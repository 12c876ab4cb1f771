package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.math.VecMath;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import java.util.List;

/**
 * Elementwise functions of complex numbers. Sums and products are computed in the parts' type, all
 * else in binary64 (so that complex64 neither overflows on the way nor loses digits) by the
 * formulas of W. Kahan, Branch Cuts for Complex Elementary Functions, 1987.
 */
final class ComplexFns {
  /** A complex value while it is computed. */
  private record Cx(Val re, Val im) {}

  private final FnEmitter f;
  private final DType dtype;

  ComplexFns(FnEmitter f, DType dtype) {
    this.f = f;
    this.dtype = dtype;
  }

  Reg apply(Fn fn, DType result, List<Reg> a) {
    Reg x = a.getFirst();
    Reg y = a.size() > 1 ? a.get(1) : null;
    return switch (fn) {
      case REAL -> Reg.of(result, x.re());
      case IMAG -> Reg.of(result, x.im());
      case NEG -> x.map(f::neg);
      case CONJ -> new Reg(dtype, x.re(), f.neg(x.im()));
      case ADD -> new Reg(dtype, f.add(x.re(), y.re()), f.add(x.im(), y.im()));
      case SUB -> new Reg(dtype, f.sub(x.re(), y.re()), f.sub(x.im(), y.im()));
      case MUL -> reg(times(new Cx(x.re(), x.im()), new Cx(y.re(), y.im())));
      case MAX, MIN -> extreme(fn, x, y);
      case CLAMP -> extreme(Fn.MIN, extreme(Fn.MAX, y, x), a.get(2));
      case ABS -> Reg.of(result, narrow(hypot(wide(x.re()), wide(x.im()))));
      default -> {
        Cx z = new Cx(wide(x.re()), wide(x.im()));
        Cx w = y == null ? null : new Cx(wide(y.re()), wide(y.im()));
        Cx r = compute(fn, z, w);
        yield new Reg(dtype, narrow(r.re), narrow(r.im));
      }
    };
  }

  private Cx compute(Fn fn, Cx z, Cx w) {
    return switch (fn) {
      case ACOS -> acos(z);
      case ACOSH -> acosh(z);
      case ASIN -> asin(z);
      case ASINH -> overI(asin(timesI(z)));
      case ATAN -> overI(atanh(timesI(z)));
      case ATAN2 -> {
        Cx norm = sqrt(plus(times(w, w), times(z, z)));
        yield overI(log(divide(plus(w, timesI(z)), norm)));
      }
      case ATANH -> atanh(z);
      case CBRT -> select(isZero(z), z, cbrt(z));
      case COS -> cosh(timesI(z));
      case COSH -> cosh(z);
      case DIV -> divide(z, w);
      case EXP -> exp(z);
      case EXPM1 -> expm1(z);
      case LOG -> log(z);
      case LOG1P -> log1p(z);
      case LOGISTIC -> divide(one(z), plus(one(z), exp(new Cx(f.neg(z.re), f.neg(z.im)))));
      case POW -> power(z, w);
      case RSQRT -> rsqrt(z);
      case SIGN -> sign(z);
      case SIN -> overI(sinh(timesI(z)));
      case SINH -> sinh(z);
      case SQRT -> sqrt(z);
      case SQUARE ->
          new Cx(f.mul(f.sub(z.re, z.im), f.add(z.re, z.im)), f.mul(f.mul(num(z, 2), z.re), z.im));
      case TAN -> overI(tanh(timesI(z)));
      case TANH -> tanh(z);
      case ABS,
          ADD,
          AND,
          CEIL,
          CLAMP,
          CLZ,
          COMPLEX,
          ERF,
          ERFC,
          ERF_INV,
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
          MAX,
          MIN,
          MUL,
          MULHI,
          NEG,
          NEXT_AFTER,
          NOT,
          OR,
          POPCNT,
          REAL,
          REM,
          ROUND_AFZ,
          ROUND_EVEN,
          SELECT,
          SHIFT_LEFT,
          SHIFT_RIGHT_ARITHMETIC,
          SHIFT_RIGHT_LOGICAL,
          SUB,
          XOR ->
          throw Pointwise.undefined(fn, dtype);
    };
  }

  private Val wide(Val v) {
    return dtype == DType.C64 ? f.fpext(v, v.type().with(LType.DOUBLE)) : v;
  }

  private Val narrow(Val v) {
    return dtype == DType.C64 ? f.fptrunc(v, v.type().with(LType.FLOAT)) : v;
  }

  private Reg reg(Cx z) {
    return new Reg(dtype, z.re, z.im);
  }

  private static Val num(Cx like, double value) {
    return Val.fp(like.re.type(), value);
  }

  private static Val num(Val like, double value) {
    return Val.fp(like.type(), value);
  }

  private Cx one(Cx like) {
    return new Cx(num(like, 1), num(like, 0));
  }

  private Cx plus(Cx a, Cx b) {
    return new Cx(f.add(a.re, b.re), f.add(a.im, b.im));
  }

  private Cx times(Cx a, Cx b) {
    return new Cx(
        f.sub(f.mul(a.re, b.re), f.mul(a.im, b.im)), f.add(f.mul(a.re, b.im), f.mul(a.im, b.re)));
  }

  private Cx scaled(Cx a, double s) {
    return new Cx(f.mul(a.re, num(a, s)), f.mul(a.im, num(a, s)));
  }

  private Cx timesI(Cx z) {
    return new Cx(f.neg(z.im), z.re);
  }

  private Cx overI(Cx z) {
    return new Cx(z.im, f.neg(z.re));
  }

  private Cx select(Val c, Cx a, Cx b) {
    return new Cx(f.select(c, a.re, b.re), f.select(c, a.im, b.im));
  }

  private Val isZero(Cx z) {
    return f.and(f.cmp(Cmp.OEQ, z.re, num(z, 0)), f.cmp(Cmp.OEQ, z.im, num(z, 0)));
  }

  private Val isInf(Val v) {
    return f.cmp(Cmp.OEQ, f.fabs(v), num(v, Double.POSITIVE_INFINITY));
  }

  private Val isFinite(Val v) {
    return f.cmp(Cmp.OLT, f.fabs(v), num(v, Double.POSITIVE_INFINITY));
  }

  /** Lexicographic; a NaN wins. */
  private Reg extreme(Fn fn, Reg x, Reg y) {
    Cmp strict = fn == Fn.MAX ? Cmp.OGT : Cmp.OLT;
    Val tie = f.cmp(Cmp.OEQ, x.re(), y.re());
    Val first = f.select(tie, f.cmp(strict, x.im(), y.im()), f.cmp(strict, x.re(), y.re()));
    Val xNan = f.or(f.isNan(x.re()), f.isNan(x.im()));
    Val yNan = f.or(f.isNan(y.re()), f.isNan(y.im()));
    Val takeX = f.or(xNan, f.and(f.not(yNan), first));
    return new Reg(dtype, f.select(takeX, x.re(), y.re()), f.select(takeX, x.im(), y.im()));
  }

  /** A power of two near 1 / max(|a|, |b|), or 1 where that is not finite and normal. */
  private Val scale(Val a, Val b) {
    LType ints = a.type().asInt();
    Val big = f.maxFast(f.fabs(a), f.fabs(b));
    Val exponent = f.and(f.bitcast(big, ints), Val.integer(ints, 0x7FFL << 52));
    Val flipped = f.sub(Val.integer(ints, 2046L << 52), exponent);
    Val top = f.cmp(Cmp.UGE, exponent, Val.integer(ints, 2046L << 52));
    Val bottom = f.cmp(Cmp.EQ, exponent, Val.zero(ints));
    Val s = f.bitcast(flipped, a.type());
    return f.select(top, num(a, 0x1p-1022), f.select(bottom, num(a, 0x1p1022), s));
  }

  /** Scaled against overflow, unless both come from single precision: then squares always fit. */
  private Val hypot(Val a, Val b) {
    Val s = dtype == DType.C64 ? num(a, 1) : scale(a, b);
    Val x = f.mul(a, s);
    Val y = f.mul(b, s);
    Val root = f.sqrt(f.add(f.mul(x, x), f.mul(y, y)));
    Val r = dtype == DType.C64 ? root : f.fdiv(root, s);
    Val inf = f.or(isInf(a), isInf(b));
    return f.select(inf, num(a, Double.POSITIVE_INFINITY), r);
  }

  /** Scaled against overflow, with infinities recovered as in C's Annex G. */
  private Cx divide(Cx n, Cx z) {
    Val s = scale(z.re, z.im);
    Val c = f.mul(z.re, s);
    Val d = f.mul(z.im, s);
    Val norm = f.add(f.mul(c, c), f.mul(d, d));
    Val tiny = f.cmp(Cmp.OGT, s, num(z, 1)); // then n may be too, and is scaled first
    Val large = f.cmp(Cmp.OGE, f.maxFast(f.fabs(n.re), f.fabs(n.im)), num(z, 0x1p1020));
    Val spare = f.select(large, num(z, 16), num(z, 1)); // a sum of products up to twice n
    Val down = f.mul(f.select(tiny, num(z, 2), s), spare);
    Val less = f.select(large, num(z, 0x1p-4), num(z, 1));
    Val up = f.mul(f.select(tiny, f.mul(s, num(z, 0.5)), num(z, 1)), less);
    Val x = f.mul(n.re, up);
    Val y = f.mul(n.im, up);
    Val re = f.mul(f.fdiv(f.add(f.mul(x, c), f.mul(y, d)), norm), down);
    Val im = f.mul(f.fdiv(f.sub(f.mul(y, c), f.mul(x, d)), norm), down);
    Val lost = f.and(f.isNan(re), f.isNan(im));
    Val inf = f.copysign(num(z, Double.POSITIVE_INFINITY), z.re);
    Cx byZero = new Cx(f.mul(inf, n.re), f.mul(inf, n.im));
    Val numbers = f.not(f.and(f.isNan(n.re), f.isNan(n.im)));
    Val zInf = f.or(isInf(z.re), isInf(z.im));
    Val nFinite = f.and(isFinite(n.re), isFinite(n.im));
    Cx small = boxed(z);
    Cx zero =
        new Cx(
            f.mul(num(z, 0), f.add(f.mul(n.re, small.re), f.mul(n.im, small.im))),
            f.mul(num(z, 0), f.sub(f.mul(n.im, small.re), f.mul(n.re, small.im))));
    Cx r = select(f.and(lost, f.and(zInf, nFinite)), zero, new Cx(re, im));
    Val nInf = f.or(isInf(n.re), isInf(n.im));
    Val zFinite = f.and(isFinite(z.re), isFinite(z.im));
    Cx big = boxed(n);
    Val infinity = f.fabs(inf);
    Cx infinite =
        new Cx(
            f.mul(infinity, f.add(f.mul(big.re, z.re), f.mul(big.im, z.im))),
            f.mul(infinity, f.sub(f.mul(big.im, z.re), f.mul(big.re, z.im))));
    r = select(f.and(lost, f.and(nInf, zFinite)), infinite, r);
    return select(f.and(lost, f.and(isZero(z), numbers)), byZero, r);
  }

  /** Infinities become 1, everything else 0, signs kept. */
  private Cx boxed(Cx z) {
    Val re = f.select(isInf(z.re), num(z, 1), num(z, 0));
    Val im = f.select(isInf(z.im), num(z, 1), num(z, 0));
    return new Cx(f.copysign(re, z.re), f.copysign(im, z.im));
  }

  private Cx exp(Cx z) {
    Val e = VecMath.exp(f, z.re);
    Val big = f.cmp(Cmp.OGT, z.re, num(z, 700));
    Val half = VecMath.exp(f, f.select(big, f.mul(z.re, num(z, 0.5)), num(z, 0)));
    Val factor = f.select(big, half, e);
    Val last = f.select(big, half, num(z, 1));
    Val re = f.mul(f.mul(factor, VecMath.cos(f, z.im)), last);
    Val im = f.mul(f.mul(factor, VecMath.sin(f, z.im)), last);
    Val flat = f.cmp(Cmp.OEQ, z.im, num(z, 0));
    Val vanishes =
        f.and(f.cmp(Cmp.OEQ, z.re, num(z, Double.NEGATIVE_INFINITY)), f.not(isFinite(z.im)));
    Cx r = select(flat, new Cx(e, z.im), new Cx(re, im));
    return select(vanishes, new Cx(num(z, 0), num(z, 0)), r);
  }

  /** expm1(x) cos y - 2 sin(y/2)^2 + i exp(x) sin y. */
  private Cx expm1(Cx z) {
    Cx e = exp(z);
    Val sin = VecMath.sin(f, f.mul(z.im, num(z, 0.5)));
    Val m = VecMath.expm1(f, z.re);
    Val near = f.sub(f.mul(m, VecMath.cos(f, z.im)), f.mul(num(z, 2), f.mul(sin, sin)));
    Val flat = f.cmp(Cmp.OEQ, z.im, num(z, 0));
    Val big = f.cmp(Cmp.OGT, z.re, num(z, 700));
    return new Cx(f.select(flat, m, f.select(big, e.re, near)), e.im);
  }

  private Cx log(Cx z) {
    return new Cx(logAbs(z.re, z.im), VecMath.atan2(f, z.im, z.re));
  }

  /** log |x + iy|; near modulus 1 by log1p of the exactly computed |z|^2 - 1. */
  private Val logAbs(Val x, Val y) {
    Val s = scale(x, y);
    Val a = f.mul(x, s);
    Val b = f.mul(y, s);
    Val scaledLog = f.mul(num(x, 0.5), VecMath.log(f, f.add(f.mul(a, a), f.mul(b, b))));
    Val far = f.sub(scaledLog, VecMath.log(f, s));
    Val abs = hypot(x, y);
    Val far2 = f.select(f.or(isInf(x), isInf(y)), num(x, Double.POSITIVE_INFINITY), far);
    Val near = f.mul(num(x, 0.5), VecMath.log1p(f, excess(num(x, -1), x, y)));
    Val close = f.and(f.cmp(Cmp.OGT, abs, num(x, 0.5)), f.cmp(Cmp.OLT, abs, num(x, 2)));
    Val zero = f.cmp(Cmp.OEQ, abs, num(x, 0));
    return f.select(zero, num(x, Double.NEGATIVE_INFINITY), f.select(close, near, far2));
  }

  /** {@code start + x^2 + y^2} with the squares' rounding errors added back. */
  private Val excess(Val start, Val x, Val y) {
    Val xx = f.mul(x, x);
    Val yy = f.mul(y, y);
    Val dx = f.fma(x, x, f.neg(xx));
    Val dy = f.fma(y, y, f.neg(yy));
    Val big = f.maxFast(xx, yy);
    Val little = f.minFast(xx, yy);
    Val s = f.add(start, big);
    Val bb = f.sub(s, start);
    Val e = f.add(f.sub(start, f.sub(s, bb)), f.sub(big, bb));
    Val t = f.add(s, little);
    Val tb = f.sub(t, s);
    Val e2 = f.add(f.sub(s, f.sub(t, tb)), f.sub(little, tb));
    return f.add(t, f.add(f.add(e, e2), f.add(dx, dy)));
  }

  private Cx log1p(Cx z) {
    Val angle = VecMath.atan2(f, z.im, f.add(num(z, 1), z.re));
    Val near = f.mul(num(z, 0.5), VecMath.log1p(f, excess(f.mul(num(z, 2), z.re), z.re, z.im)));
    Val far = logAbs(f.add(num(z, 1), z.re), z.im);
    Val wide =
        f.and( // below, 1 + z is exact, and its square might underflow
            f.cmp(Cmp.OGT, z.re, num(z, -0.5)), f.cmp(Cmp.OLT, z.re, num(z, 2)));
    Val close = f.and(wide, f.cmp(Cmp.OLT, f.fabs(z.im), num(z, 2)));
    return new Cx(f.select(close, near, far), angle);
  }

  private Cx sqrt(Cx z) {
    Val s = scale(z.re, z.im);
    // An even power of two, whose root is exact.
    LType ints = s.type().asInt();
    Val even = f.and(f.bitcast(s, ints), Val.integer(ints, ~(1L << 52)));
    Val root = f.bitcast(f.or(even, Val.integer(ints, 1L << 52)), s.type());
    Val x = f.mul(z.re, root);
    Val y = f.mul(z.im, root);
    Val back = f.fdiv(num(z, 1), f.sqrt(root));
    Val abs = f.sqrt(f.add(f.mul(x, x), f.mul(y, y)));
    Val t = f.sqrt(f.mul(f.add(f.fabs(x), abs), num(z, 0.5)));
    Val other = f.fdiv(f.fabs(y), f.mul(num(z, 2), t));
    Val right = f.cmp(Cmp.OGE, x, num(z, 0));
    Val re = f.mul(f.select(right, t, other), back);
    Val im = f.mul(f.select(right, other, t), back);
    Cx r = new Cx(re, f.copysign(im, z.im));
    Val nan = f.or(f.isNan(z.re), f.isNan(z.im));
    r = select(nan, new Cx(num(z, Double.NaN), num(z, Double.NaN)), r);
    r = select(isInf(z.re), infiniteReal(z), r);
    r = select(isInf(z.im), new Cx(num(z, Double.POSITIVE_INFINITY), z.im), r);
    return select(isZero(z), new Cx(num(z, 0), z.im), r);
  }

  /** By modulus and angle: exp of a third of the logarithm would lose what the logarithm has. */
  private Cx cbrt(Cx z) {
    Val large = f.cmp(Cmp.OGE, f.maxFast(f.fabs(z.re), f.fabs(z.im)), num(z, 0x1p1020));
    Cx less = select(large, scaled(z, 0.125), z);
    Val root = VecMath.cbrt(f, hypot(less.re, less.im));
    Val r = f.mul(root, f.select(large, num(z, 2), num(z, 1)));
    Val angle = f.fdiv(VecMath.atan2(f, z.im, z.re), num(z, 3));
    return new Cx(f.mul(r, VecMath.cos(f, angle)), zeroTimes(VecMath.sin(f, angle), r));
  }

  private Cx infiniteReal(Cx z) {
    Val other = f.select(f.isNan(z.im), z.im, num(z, 0));
    Val inf = num(z, Double.POSITIVE_INFINITY);
    Val positive = f.cmp(Cmp.OGT, z.re, num(z, 0));
    return new Cx(f.select(positive, inf, other), f.copysign(f.select(positive, other, inf), z.im));
  }

  private Cx rsqrt(Cx z) {
    Cx root = sqrt(z);
    Val abs = hypot(z.re, z.im);
    Val ordinary = f.and(isFinite(abs), f.cmp(Cmp.OGT, abs, num(z, 0)));
    Cx direct = new Cx(f.fdiv(root.re, abs), f.neg(f.fdiv(root.im, abs)));
    return select(ordinary, direct, divide(one(z), root));
  }

  private Cx sign(Cx z) {
    Val abs = hypot(z.re, z.im);
    Val nan = f.or(f.isNan(z.re), f.isNan(z.im));
    Cx r = new Cx(f.fdiv(z.re, abs), f.fdiv(z.im, abs));
    Val notNumber = num(z, Double.NaN);
    r = select(nan, new Cx(notNumber, notNumber), r);
    return select(isZero(z), new Cx(num(z, 0), num(z, 0)), r);
  }

  /** A product in which an exact 0 wins over infinity and NaN. */
  private Val zeroTimes(Val zeroWins, Val x) {
    return f.select(f.cmp(Cmp.OEQ, zeroWins, num(x, 0)), zeroWins, f.mul(zeroWins, x));
  }

  private Cx sinh(Cx z) {
    Val sin = VecMath.sin(f, z.im);
    Val cos = VecMath.cos(f, z.im);
    Cx e = exp(new Cx(f.fabs(z.re), z.im));
    Cx big = new Cx(f.mul(f.copysign(num(z, 0.5), z.re), e.re), f.mul(num(z, 0.5), e.im));
    Cx near = new Cx(zeroTimes(VecMath.sinh(f, z.re), cos), zeroTimes(sin, VecMath.cosh(f, z.re)));
    return select(f.cmp(Cmp.OGT, f.fabs(z.re), num(z, 700)), big, near);
  }

  private Cx cosh(Cx z) {
    Val sin = VecMath.sin(f, z.im);
    Val cos = VecMath.cos(f, z.im);
    Cx e = exp(new Cx(f.fabs(z.re), z.im));
    Cx big = new Cx(f.mul(num(z, 0.5), e.re), f.mul(f.copysign(num(z, 0.5), z.re), e.im));
    Val signed = f.select(f.cmp(Cmp.OEQ, z.re, num(z, 0)), z.re, f.copysign(num(z, 1), z.re));
    Val im =
        f.select(
            f.cmp(Cmp.OEQ, sin, num(z, 0)),
            f.mul(sin, signed),
            zeroTimes(VecMath.sinh(f, z.re), sin));
    Cx near = new Cx(f.mul(VecMath.cosh(f, z.re), cos), im);
    return select(f.cmp(Cmp.OGT, f.fabs(z.re), num(z, 700)), big, near);
  }

  private Cx tanh(Cx z) {
    Val free = f.and(isInf(z.re), f.not(isFinite(z.im)));
    Val angle = f.select(free, num(z, 0), z.im);
    Val wave = f.mul(f.mul(num(z, 4), VecMath.sin(f, angle)), VecMath.cos(f, angle));
    Val fade = VecMath.exp(f, f.mul(num(z, -2), f.fabs(z.re)));
    Cx far = new Cx(f.select(f.isNan(wave), wave, f.copysign(num(z, 1), z.re)), f.mul(wave, fade));
    Val t = VecMath.tan(f, z.im);
    Val beta = f.add(num(z, 1), f.mul(t, t));
    Val s = VecMath.sinh(f, z.re);
    Val ss = f.mul(s, s);
    Val rho = f.sqrt(f.add(num(z, 1), ss));
    Val norm = f.add(num(z, 1), f.mul(beta, ss));
    Cx near = new Cx(f.fdiv(f.mul(f.mul(beta, rho), s), norm), f.fdiv(t, norm));
    return select(f.cmp(Cmp.OGT, f.fabs(z.re), num(z, 22)), far, near);
  }

  private Cx root(Cx z, double sign) {
    return sqrt(
        sign > 0
            ? new Cx(f.add(num(z, 1), z.re), z.im)
            : new Cx(f.sub(num(z, 1), z.re), f.neg(z.im)));
  }

  /** Where the square roots of 1 - z and 1 + z would lose z's smaller part, or meet infinities. */
  private Val isHuge(Cx z) {
    Val limit = num(z, 0x1p30);
    return f.or(f.cmp(Cmp.OGT, f.fabs(z.re), limit), f.cmp(Cmp.OGT, f.fabs(z.im), limit));
  }

  /** log(2 (x + iy)). */
  private Cx logTwice(Val x, Val y) {
    return new Cx(f.add(logAbs(x, y), num(x, Math.log(2))), VecMath.atan2(f, y, x));
  }

  private Cx asin(Cx z) {
    Cx minus = root(z, -1);
    Cx plus = root(z, 1);
    Val product = f.sub(f.mul(minus.re, plus.re), f.mul(minus.im, plus.im));
    Val cross = f.sub(f.mul(minus.re, plus.im), f.mul(minus.im, plus.re));
    Cx near = new Cx(VecMath.atan2(f, z.re, product), VecMath.asinh(f, cross));
    Cx log = logTwice(f.fabs(z.im), z.re);
    return select(isHuge(z), new Cx(log.im, f.copysign(log.re, z.im)), near);
  }

  private Cx acos(Cx z) {
    Cx minus = root(z, -1);
    Cx plus = root(z, 1);
    Val angle = VecMath.atan2(f, minus.re, plus.re);
    Val cross = f.sub(f.mul(plus.re, minus.im), f.mul(plus.im, minus.re));
    Cx near = new Cx(f.mul(num(z, 2), angle), VecMath.asinh(f, cross));
    Cx log = logTwice(z.re, f.fabs(z.im));
    return select(isHuge(z), new Cx(log.im, f.copysign(log.re, f.neg(z.im))), near);
  }

  private Cx acosh(Cx z) {
    Cx minus = sqrt(new Cx(f.sub(z.re, num(z, 1)), z.im));
    Cx plus = sqrt(new Cx(f.add(z.re, num(z, 1)), z.im));
    Val re = VecMath.asinh(f, f.add(f.mul(minus.re, plus.re), f.mul(minus.im, plus.im)));
    Cx near = new Cx(re, f.mul(num(z, 2), VecMath.atan2(f, minus.im, plus.re)));
    return select(isHuge(z), logTwice(z.re, z.im), near);
  }

  /** Re = log1p(4x / ((1 - x)^2 + y^2)) / 4, Im = atan2(2y, (1 - x)(1 + x) - y^2) / 2. */
  private Cx atanh(Cx z) {
    Val x = f.fabs(z.re);
    Val y = z.im;
    Val down = f.sub(num(z, 1), x);
    Val yy = f.mul(y, y);
    Val q = f.fdiv(f.mul(num(z, 4), x), f.add(f.mul(down, down), yy));
    Val re = f.mul(num(z, 0.25), VecMath.log1p(f, q));
    Val den = f.sub(f.mul(down, f.add(num(z, 1), x)), yy);
    Val im = f.mul(num(z, 0.5), VecMath.atan2(f, f.mul(num(z, 2), y), den));
    Cx near = new Cx(f.copysign(re, z.re), im);
    Val inverse = divide(one(z), z).re;
    Val small = f.select(f.isNan(inverse), num(z, 0), inverse);
    Cx outside = new Cx(f.copysign(small, z.re), f.copysign(num(z, Math.PI / 2), y));
    return select(isFar(z), outside, near);
  }

  private Val isFar(Cx z) {
    Val limit = num(z, 0x1p500);
    return f.or(f.cmp(Cmp.OGT, f.fabs(z.re), limit), f.cmp(Cmp.OGT, f.fabs(z.im), limit));
  }

  /** A power of 0 has a value for positive real exponents and for 0 only, as in XLA. */
  private Cx power(Cx z, Cx w) {
    Cx r = exp(times(log(z), w));
    Val zero = num(w, 0);
    Val grows = f.and(f.cmp(Cmp.OGT, w.re, zero), f.cmp(Cmp.OEQ, w.im, zero));
    Cx none = new Cx(num(z, Double.NaN), num(z, Double.NaN));
    r = select(isZero(z), select(grows, new Cx(zero, zero), none), r);
    return select(isZero(w), one(z), r);
  }
}
