package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.math.Convert;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Literal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Elementwise functions on registers, scalar or vector alike, so that the last, partial vector has
 * the bits of any other. The 16-bit floats are computed in binary32 and rounded after every
 * function.
 */
final class Pointwise {
  private final FnEmitter f;

  Pointwise(FnEmitter f) {
    this.f = f;
  }

  static HloTypeException undefined(Fn fn, DType dtype) {
    return new HloTypeException(fn.mnemonic() + " is not defined on " + dtype.mlir());
  }

  /** A scalar constant. */
  static Reg constant(Literal l) {
    DType t = l.dtype();
    return switch (t) {
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64 ->
          Reg.of(t, Val.integer(Reg.type(t, 0), l.getLong(0)));
      case F16, BF16 ->
          Reg.of(
              t,
              Val.integer(
                  LType.I16, l.data().get(java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED, 0)));
      case F32, C64 -> new Reg(t, part32(l, 0), t == DType.C64 ? part32(l, 4) : null);
      case F64, C128 -> new Reg(t, part64(l, 0), t == DType.C128 ? part64(l, 8) : null);
    };
  }

  private static Val part32(Literal l, long offset) {
    return Val.fpBits(
        LType.FLOAT,
        l.data().get(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, offset) & 0xFFFFFFFFL);
  }

  private static Val part64(Literal l, long offset) {
    return Val.fpBits(
        LType.DOUBLE, l.data().get(java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED, offset));
  }

  /** Applies a function; all operands have the same number of lanes. */
  Reg apply(Fn fn, DType result, List<Reg> a) {
    if (fn == Fn.SELECT) {
      return select(a.get(0), a.get(1), a.get(2));
    }
    DType dtype = a.getFirst().dtype();
    if (fn == Fn.COMPLEX) {
      return new Reg(result, a.get(0).re(), a.get(1).re());
    }
    return switch (dtype.kind()) {
      case BOOL, SIGNED, UNSIGNED -> {
        List<Val> v = a.stream().map(Reg::re).toList();
        yield Reg.of(result, new IntFns(f, dtype, v.getFirst().type()).apply(fn, v));
      }
      case FLOAT -> real(fn, result, dtype, a);
      case COMPLEX -> new ComplexFns(f, dtype).apply(fn, result, a);
    };
  }

  private Reg real(Fn fn, DType result, DType dtype, List<Reg> a) {
    List<Val> wide = a.stream().map(this::wide).toList();
    if (fn.gives() == Fn.Gives.BOOL) {
      return Reg.of(DType.BOOL, asks(fn, wide.getFirst()));
    }
    if (fn == Fn.NEXT_AFTER && dtype.bytes() == 2) {
      return Reg.of(dtype, nextAfter16(a, wide));
    }
    if (fn == Fn.NEG && dtype.bytes() == 2) {
      Val x = a.getFirst().re();
      return Reg.of(dtype, f.xor(x, Val.integer(x.type(), 0x8000)));
    }
    if (fn == Fn.ABS && dtype.bytes() == 2) {
      Val x = a.getFirst().re();
      return Reg.of(dtype, f.and(x, Val.integer(x.type(), 0x7FFF)));
    }
    return narrow(result, new RealFns(f, dtype).apply(fn, wide));
  }

  /** The functions whose result is a truth value. */
  private Val asks(Fn fn, Val x) {
    Val infinity = Val.fp(x.type(), Double.POSITIVE_INFINITY);
    return switch (fn) {
      case IS_FINITE -> f.cmp(Cmp.OLT, f.fabs(x), infinity);
      case IS_INF -> f.cmp(Cmp.OEQ, f.fabs(x), infinity);
      case IS_POS_INF -> f.cmp(Cmp.OEQ, x, infinity);
      case IS_NEG_INF -> f.cmp(Cmp.OEQ, x, f.neg(infinity));
      default -> throw new AssertionError(fn + " gives no truth value");
    };
  }

  private Val nextAfter16(List<Reg> a, List<Val> wide) {
    Val bits = a.getFirst().re();
    LType t = bits.type();
    Val x = wide.get(0);
    Val y = wide.get(1);
    Val zero = Val.zero(x.type());
    Val away = f.xor(f.cmp(Cmp.OGT, x, zero), f.cmp(Cmp.OGT, y, x));
    Val next = f.add(bits, f.select(away, Val.integer(t, -1), Val.integer(t, 1)));
    Val least = f.or(f.and(a.get(1).re(), Val.integer(t, 0x8000)), Val.integer(t, 1));
    Val moved = f.select(f.cmp(Cmp.OEQ, x, zero), least, next);
    Val same = f.select(f.cmp(Cmp.OEQ, x, y), a.get(1).re(), moved);
    Val nan = narrow(a.getFirst().dtype(), f.add(x, y)).re();
    return f.select(f.cmp(Cmp.UNO, x, y), nan, same);
  }

  /** A real value as binary32 or binary64. */
  private Val wide(Reg r) {
    return switch (r.dtype()) {
      case F16 -> Convert.toFloat(f, f.bitcast(r.re(), r.re().type().with(LType.HALF)));
      case BF16 -> Convert.toFloat(f, f.bitcast(r.re(), r.re().type().with(LType.BFLOAT)));
      case F32, F64, BOOL, I8, I16, I32, I64, U8, U16, U32, U64, C64, C128 -> r.re();
    };
  }

  private static LType small(DType to, LType from) {
    return from.with(to == DType.F16 ? LType.HALF : LType.BFLOAT);
  }

  /** Rounds binary32 (binary64 for F64) to the element type. */
  private Reg narrow(DType to, Val x) {
    if (to.bytes() != 2) {
      return Reg.of(to, x);
    }
    Val v =
        x.type().elem() == LType.Elem.DOUBLE
            ? Convert.fromDouble(f, x, small(to, x.type()))
            : Convert.fromFloat(f, x, small(to, x.type()));
    return Reg.of(to, f.bitcast(v, x.type().with(LType.I16)));
  }

  private Reg select(Reg condition, Reg yes, Reg no) {
    Val re = f.select(condition.re(), yes.re(), no.re());
    return new Reg(
        yes.dtype(), re, yes.im() == null ? null : f.select(condition.re(), yes.im(), no.im()));
  }

  Reg compare(ElementwiseOp.Direction direction, ElementwiseOp.Order order, Reg x, Reg y) {
    DType t = x.dtype();
    if (t.isComplex()) {
      return Reg.of(DType.BOOL, lexicographic(direction, x, y));
    }
    if (!t.isFloat()) {
      return Reg.of(DType.BOOL, f.cmp(integer(direction, t.isSigned()), x.re(), y.re()));
    }
    if (order == ElementwiseOp.Order.TOTALORDER) {
      return Reg.of(DType.BOOL, f.cmp(integer(direction, true), sortKey(x), sortKey(y)));
    }
    return Reg.of(DType.BOOL, f.cmp(floating(direction), wide(x), wide(y)));
  }

  private Val lexicographic(ElementwiseOp.Direction direction, Reg x, Reg y) {
    Val sameRe = f.cmp(Cmp.OEQ, x.re(), y.re());
    Val im = f.cmp(floating(direction), x.im(), y.im());
    return switch (direction) {
      case EQ -> f.and(sameRe, im);
      case NE -> f.or(f.not(sameRe), im);
      case GE, GT, LE, LT -> f.select(sameRe, im, f.cmp(floating(direction), x.re(), y.re()));
    };
  }

  /** Integers that order as IEEE 754's totalOrder does the floats. */
  private Val sortKey(Reg r) {
    Val bits = f.bitcast(r.re(), r.re().type().asInt());
    LType t = bits.type();
    Val sign = f.ashr(bits, Val.integer(t, t.bits() - 1));
    return f.xor(bits, f.lshr(sign, Val.integer(t, 1)));
  }

  private static Cmp integer(ElementwiseOp.Direction d, boolean signed) {
    return switch (d) {
      case EQ -> Cmp.EQ;
      case NE -> Cmp.NE;
      case GE -> signed ? Cmp.SGE : Cmp.UGE;
      case GT -> signed ? Cmp.SGT : Cmp.UGT;
      case LE -> signed ? Cmp.SLE : Cmp.ULE;
      case LT -> signed ? Cmp.SLT : Cmp.ULT;
    };
  }

  private static Cmp floating(ElementwiseOp.Direction d) {
    return switch (d) {
      case EQ -> Cmp.OEQ;
      case NE -> Cmp.UNE;
      case GE -> Cmp.OGE;
      case GT -> Cmp.OGT;
      case LE -> Cmp.OLE;
      case LT -> Cmp.OLT;
    };
  }

  Reg convert(Reg x, DType to) {
    DType from = x.dtype();
    if (from == to) {
      return x;
    }
    if (to.isComplex()) {
      Reg re = convert(Reg.of(from.real(), x.re()), to.real());
      Val im =
          x.im() == null
              ? Val.zero(re.re().type())
              : convert(Reg.of(from.real(), x.im()), to.real()).re();
      return new Reg(to, re.re(), im);
    }
    if (from.isComplex()) {
      return convert(Reg.of(from.real(), x.re()), to);
    }
    LType target = Reg.type(to, x.lanes());
    return switch (to.kind()) {
      case BOOL ->
          Reg.of(
              to,
              from.isFloat()
                  ? f.cmp(Cmp.UNE, wide(x), Val.zero(wide(x).type()))
                  : f.cmp(Cmp.NE, x.re(), Val.zero(x.re().type())));
      case SIGNED, UNSIGNED -> Reg.of(to, toInteger(x, to, target));
      case FLOAT -> toReal(x, to, target);
      case COMPLEX -> throw new AssertionError(to);
    };
  }

  private Val toInteger(Reg x, DType to, LType target) {
    if (x.dtype().isFloat()) {
      return to.isSigned() ? f.fptosiSat(wide(x), target) : f.fptouiSat(wide(x), target);
    }
    int have = x.re().type().bits();
    if (have >= target.bits()) {
      return have == target.bits() ? x.re() : f.trunc(x.re(), target);
    }
    return x.dtype().isSigned() ? f.sext(x.re(), target) : f.zext(x.re(), target);
  }

  private Reg toReal(Reg x, DType to, LType target) {
    DType from = x.dtype();
    if (from.isFloat()) {
      Val w = wide(x);
      if (to.bytes() == 2) {
        return narrow(to, w);
      }
      int have = w.type().bits();
      int want = target.bits();
      return Reg.of(to, have == want ? w : have < want ? f.fpext(w, target) : f.fptrunc(w, target));
    }
    boolean exact = to.bytes() == 2 && from.bits() > 16;
    LType t = to.bytes() == 2 ? target.with(exact ? LType.DOUBLE : LType.FLOAT) : target;
    Val v = from.isSigned() ? f.sitofp(x.re(), t) : f.uitofp(x.re(), t);
    return narrow(to, v);
  }

  Reg bitcast(Reg x, DType to) {
    LType target = Reg.type(to, x.lanes());
    Val v = x.re();
    if (x.dtype().isComplex()) {
      int n = Math.max(1, x.lanes());
      v =
          x.lanes() == 0
              ? f.vector(List.of(x.re(), x.im()))
              : f.shuffle(
                  x.re(),
                  x.im(),
                  IntStream.range(0, 2 * n).map(i -> i % 2 == 0 ? i / 2 : n + i / 2).toArray());
    }
    if (!to.isComplex()) {
      return Reg.of(
          to,
          to == DType.BOOL
              ? f.trunc(v, target)
              : x.dtype() == DType.BOOL ? f.zext(v, target) : f.bitcast(v, target));
    }
    int n = Math.max(1, x.lanes());
    Val pairs = f.bitcast(v, target.lanes(2 * n));
    if (x.lanes() == 0) {
      return new Reg(to, f.extract(pairs, 0), f.extract(pairs, 1));
    }
    return new Reg(
        to,
        f.shuffle(pairs, IntStream.range(0, n).map(i -> 2 * i).toArray()),
        f.shuffle(pairs, IntStream.range(0, n).map(i -> 2 * i + 1).toArray()));
  }

  /** Fewer mantissa bits by rounding to even, then fewer exponent bits by inf and zero. */
  Reg reducePrecision(Reg x, int exponentBits, int mantissaBits) {
    DType t = x.dtype();
    int mantissa =
        switch (t) {
          case F16 -> 10;
          case BF16 -> 7;
          case F32 -> 23;
          default -> 52;
        };
    int exponent =
        switch (t) {
          case F16 -> 5;
          case F64 -> 11;
          default -> 8;
        };
    LType ints = x.re().type().asInt();
    Val bits = f.bitcast(x.re(), ints);
    Val signBit = Val.integer(ints, 1L << (ints.bits() - 1));
    Val infinity = Val.integer(ints, ((1L << exponent) - 1) << mantissa);
    Val magnitude = f.and(bits, f.not(signBit));
    Val r = magnitude;
    if (mantissaBits < mantissa) {
      int drop = mantissa - mantissaBits;
      Val odd = f.and(f.lshr(r, Val.integer(ints, drop)), Val.integer(ints, 1));
      Val bias = f.add(odd, Val.integer(ints, (1L << (drop - 1)) - 1));
      r = f.and(f.add(r, bias), Val.integer(ints, -(1L << drop)));
    }
    if (exponentBits < exponent) {
      long bias = (1L << (exponent - 1)) - 1;
      long small = (1L << (exponentBits - 1)) - 1;
      Val top = Val.integer(ints, (bias + small + 1) << mantissa);
      Val bottom = Val.integer(ints, (bias - small + 1) << mantissa);
      Val low = f.cmp(Cmp.ULT, r, bottom);
      r = f.select(low, Val.zero(ints), f.select(f.cmp(Cmp.UGE, r, top), infinity, r));
    }
    Val nan = f.cmp(Cmp.UGT, magnitude, infinity);
    Val kept = mantissaBits > 0 ? magnitude : infinity;
    Val result = f.or(f.select(nan, kept, r), f.and(bits, signBit));
    return Reg.of(t, f.bitcast(result, x.re().type()));
  }
}
