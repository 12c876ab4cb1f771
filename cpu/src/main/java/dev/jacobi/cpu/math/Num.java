package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;

/**
 * The words in which the functions of this package are written: arithmetic on one floating type,
 * float or double, of any width. Where a constant depends on the precision, both are given, single
 * first.
 */
final class Num {
  final FnEmitter f;
  final LType type;
  final LType bitsType;
  private final boolean wide;
  private final boolean fused;

  Num(FnEmitter f, LType type) {
    this.f = f;
    this.type = type;
    this.bitsType = type.asInt();
    this.wide = type.elem() == LType.Elem.DOUBLE;
    this.fused = f.module().target().fma();
    if (!wide && type.elem() != LType.Elem.FLOAT) {
      throw new IllegalArgumentException("mathematics on " + type);
    }
  }

  /** Whether the type is double. */
  boolean wide() {
    return wide;
  }

  /** Whether tables of 16 floats can be looked up in registers. */
  boolean tables() {
    return !wide && f.module().target().avx512();
  }

  /** Whether the machine has fused multiply-add. */
  boolean fused() {
    return fused;
  }

  /** Bits of the mantissa field: 23 or 52. */
  int mantissa() {
    return wide ? 52 : 23;
  }

  int bias() {
    return wide ? 1023 : 127;
  }

  Val c(double value) {
    return Val.fp(type, value);
  }

  Val c(double single, double wideValue) {
    return Val.fp(type, wide ? wideValue : single);
  }

  /** An integer constant of the type's width. */
  Val i(long value) {
    return Val.integer(bitsType, value);
  }

  Val i(long single, long wideValue) {
    return Val.integer(bitsType, wide ? wideValue : single);
  }

  Val nan() {
    return c(Double.NaN);
  }

  Val inf() {
    return c(Double.POSITIVE_INFINITY);
  }

  /** The smallest normal number. */
  Val minNormal() {
    return c(Float.MIN_NORMAL, Double.MIN_NORMAL);
  }

  Val bits(Val x) {
    return f.bitcast(x, bitsType);
  }

  Val number(Val bits) {
    return f.bitcast(bits, type);
  }

  Val add(Val a, Val b) {
    return f.add(a, b);
  }

  Val sub(Val a, Val b) {
    return f.sub(a, b);
  }

  Val mul(Val a, Val b) {
    return f.mul(a, b);
  }

  Val div(Val a, Val b) {
    return f.fdiv(a, b);
  }

  /** {@code a * b + c}: fused where the machine can, else rounded twice. */
  Val mad(Val a, Val b, Val c) {
    return fused ? f.fma(a, b, c) : f.add(f.mul(a, b), c);
  }

  /** {@code c - a * b}, likewise. */
  Val nmad(Val a, Val b, Val c) {
    return fused ? f.fma(f.neg(a), b, c) : f.sub(c, f.mul(a, b));
  }

  /** {@code a * b - c}, likewise. */
  Val mads(Val a, Val b, Val c) {
    return fused ? f.fma(a, b, f.neg(c)) : f.sub(f.mul(a, b), c);
  }

  /** {@code a * b + c} as if rounded once, on every machine, for numbers of moderate size. */
  Val fma(Val a, Val b, Val c) {
    if (fused) {
      return f.fma(a, b, c);
    }
    return wide ? dekkerFma(a, b, c) : doubleFma(a, b, c);
  }

  /** The product of floats is exact in double; rounding twice goes wrong once in 2^29. */
  private Val doubleFma(Val a, Val b, Val c) {
    LType w = type.with(LType.DOUBLE);
    Val product = f.mul(f.fpext(a, w), f.fpext(b, w));
    return f.fptrunc(f.add(product, f.fpext(c, w)), type);
  }

  /** Veltkamp's split, Dekker's product, Knuth's sum. */
  private Val dekkerFma(Val a, Val b, Val c) {
    Val[] x = split(a);
    Val[] y = split(b);
    Val p = mul(a, b);
    Val error = add(sub(mul(x[0], y[0]), p), mul(x[0], y[1]));
    error = add(add(error, mul(x[1], y[0])), mul(x[1], y[1]));
    Val s = add(p, c);
    Val seen = sub(s, p);
    Val lost = add(sub(p, sub(s, seen)), sub(c, seen));
    return add(s, add(lost, error));
  }

  private Val[] split(Val a) {
    Val spread = mul(a, c(0x1p27 + 1));
    Val high = sub(spread, sub(spread, a));
    return new Val[] {high, sub(a, high)};
  }

  /**
   * The polynomial with these coefficients, lowest power first: by Horner's rule, but the small
   * high terms of a long one in two or four interleaved chains, because latency is what it costs.
   */
  Val poly(Val x, double[] single, double[] wideCoefficients) {
    double[] k = wide ? wideCoefficients : single;
    if (k.length < 8) {
      return chain(x, k, 0, 1);
    }
    Val square = mul(x, x);
    Val tail;
    if (k.length < 14) {
      tail = mad(chain(square, k, 3, 2), x, chain(square, k, 2, 2));
    } else {
      Val fourth = mul(square, square);
      Val low = mad(chain(fourth, k, 3, 4), x, chain(fourth, k, 2, 4));
      Val high = mad(chain(fourth, k, 5, 4), x, chain(fourth, k, 4, 4));
      tail = mad(high, square, low);
    }
    return mad(mad(tail, x, c(k[1])), x, c(k[0]));
  }

  /**
   * The same by Horner's rule in {@code x^2} over pairs of coefficients: half the latency for one
   * more rounding of the first term.
   */
  Val pairs(Val x, double[] single, double[] wideCoefficients) {
    double[] k = wide ? wideCoefficients : single;
    Val square = mul(x, x);
    int last = k.length - 1 & -2;
    Val sum = pair(x, k, last);
    for (int i = last - 2; i >= 0; i -= 2) {
      sum = mad(sum, square, pair(x, k, i));
    }
    return sum;
  }

  private Val pair(Val x, double[] k, int i) {
    return i + 1 < k.length ? mad(x, c(k[i + 1]), c(k[i])) : c(k[i]);
  }

  /** Horner's rule over every {@code step}-th coefficient from {@code first} on. */
  private Val chain(Val x, double[] k, int first, int step) {
    int last = first + (k.length - 1 - first) / step * step;
    Val sum = c(k[last]);
    for (int i = last - step; i >= first; i -= step) {
      sum = mad(sum, x, c(k[i]));
    }
    return sum;
  }

  Val lt(Val a, Val b) {
    return f.cmp(Cmp.OLT, a, b);
  }

  Val gt(Val a, Val b) {
    return f.cmp(Cmp.OGT, a, b);
  }

  Val eq(Val a, Val b) {
    return f.cmp(Cmp.OEQ, a, b);
  }

  /** Whether the sign bit is set. */
  Val negative(Val x) {
    return f.cmp(Cmp.SLT, bits(x), i(0));
  }

  Val isNan(Val x) {
    return f.isNan(x);
  }

  Val select(Val condition, Val yes, Val no) {
    return f.select(condition, yes, no);
  }

  Val abs(Val x) {
    return f.fabs(x);
  }

  /** {@code magnitude}, which is positive, with the sign of {@code sign}. */
  Val withSign(Val magnitude, Val sign) {
    Val signBit = f.and(bits(sign), i(Integer.MIN_VALUE, Long.MIN_VALUE));
    return number(f.or(bits(magnitude), signBit));
  }

  /** {@code x}, of any sign, with the sign of {@code sign}. */
  Val withSignOf(Val x, Val sign) {
    return withSign(abs(x), sign);
  }

  /** {@code x} with its sign flipped where {@code sign} is negative. */
  Val flipSign(Val x, Val sign) {
    Val signBit = f.and(bits(sign), i(Integer.MIN_VALUE, Long.MIN_VALUE));
    return number(f.xor(bits(x), signBit));
  }

  /** The lesser of {@code x} and a constant; NaN passes. */
  Val atMost(Val x, Val limit) {
    return f.minFast(limit, x);
  }

  /** The greater of {@code x} and a constant; NaN passes. */
  Val atLeast(Val x, Val limit) {
    return f.maxFast(limit, x);
  }
}
