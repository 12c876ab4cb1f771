package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Narrow;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import java.util.List;

/** Elements of narrow types as numbers of wide ones, and back. */
final class NarrowValues {
  private static final int MANTISSA = 52;
  private static final int BIAS = 1023;

  private NarrowValues() {}

  /** The type that elements are computed in: exact for every one of them. */
  static DType carrier(Narrow type) {
    return type.isFloat() ? DType.F32 : type.storage();
  }

  /** The numbers that bytes mean: integers are kept as themselves. */
  static Value decode(Value bytes, Narrow type, HloBuilder out) {
    if (!type.isFloat()) {
      return bytes;
    }
    return new Reading(out, type, bytes.shape()).value(to(DType.I32, bytes, out));
  }

  /** The bytes of the nearest elements. */
  static Value encode(Value x, Narrow type, HloBuilder out) {
    if (type.isFloat()) {
      return new Rounding(out, type, x.shape()).code(to(DType.F64, x, out));
    }
    Value bytes = to(type.storage(), x, out);
    if (x.dtype().isInexact()) {
      Value min = out.constant(Literal.scalar(type.storage(), type.minInteger()));
      Value max = out.constant(Literal.scalar(type.storage(), type.maxInteger()));
      return out.pointwise(Fn.CLAMP, min, bytes, max);
    }
    return lowBits(bytes, type, out);
  }

  private static Value to(DType dtype, Value x, HloBuilder out) {
    return x.dtype() == dtype ? x : out.add(new ElementwiseOp.Convert(x, dtype));
  }

  /** What the low bits of bytes mean; of a floating type they are kept. */
  static Value lowBits(Value bytes, Narrow type, HloBuilder out) {
    DType t = type.storage();
    if (type.isSigned()) {
      Value shift = out.full(t, bytes.shape(), 8 - type.bits());
      Value high = out.pointwise(Fn.SHIFT_LEFT, bytes, shift);
      return out.pointwise(Fn.SHIFT_RIGHT_ARITHMETIC, high, shift);
    }
    return type.bits() == 8 ? bytes : masked(bytes, type, out);
  }

  private static Value masked(Value bytes, Narrow type, HloBuilder out) {
    Value mask = out.full(type.storage(), bytes.shape(), (1 << type.bits()) - 1);
    return out.pointwise(Fn.AND, bytes, mask);
  }

  /** A function of wide numbers, as bytes where it gives the same type again. */
  static Value pointwise(
      ElementwiseOp.Pointwise op, List<Value> wide, Narrow type, HloBuilder out, Loc loc) {
    Fn fn = op.fn();
    boolean needsTheWidth =
        fn == Fn.MULHI
            || fn == Fn.NEXT_AFTER
            || fn == Fn.SHIFT_RIGHT_ARITHMETIC && type.isUnsigned();
    if (needsTheWidth) {
      throw NarrowTypes.unsupported(op, loc);
    }
    boolean onBits = fn == Fn.SHIFT_RIGHT_LOGICAL || fn == Fn.CLZ || fn == Fn.POPCNT;
    Value first = onBits ? masked(wide.getFirst(), type, out) : wide.getFirst();
    List<Value> operands =
        onBits && wide.size() == 2 ? List.of(first, wide.get(1)) : onBits ? List.of(first) : wide;
    Value y = out.add(new ElementwiseOp.Pointwise(fn, operands, op.accuracy()));
    if (fn == Fn.CLZ) {
      Value above = out.full(type.storage(), y.shape(), 8 - type.bits());
      return out.pointwise(Fn.SUB, y, above);
    }
    return switch (fn.gives()) {
      case SAME, REAL -> type.isFloat() ? encode(y, type, out) : lowBits(y, type, out);
      case BOOL -> y;
      case COMPLEX -> throw NarrowTypes.unsupported(op, loc);
    };
  }

  /** The single-precision numbers that the bits of a floating type mean. */
  private record Reading(HloBuilder out, Narrow type, Shape shape) {
    private Value whole(int value) {
      return out.broadcast(out.constant(Literal.scalar(DType.I32, (long) value)), shape);
    }

    private Value real(float value) {
      return out.full(DType.F32, shape, value);
    }

    private Value float32(Value bits) {
      return out.add(new ElementwiseOp.BitcastConvert(bits, bits.type().withDtype(DType.F32)));
    }

    private Value selected(Direction direction, Value x, int y, Value then, Value otherwise) {
      return out.pointwise(Fn.SELECT, out.compare(direction, x, whole(y)), then, otherwise);
    }

    Value value(Value code) {
      if (type.specials() == Narrow.Specials.POWERS) {
        Value bits = out.pointwise(Fn.SHIFT_LEFT, code, whole(23));
        Value power = float32(selected(Direction.EQ, code, 0, whole(1 << 22), bits));
        return selected(Direction.GT, code, type.maxCode(), real(Float.NaN), power);
      }
      Value magnitude = out.pointwise(Fn.AND, code, whole(type.signBit() - 1));
      Value finite = number(magnitude);
      Value special =
          type.specials() == Narrow.Specials.INFINITE ? infinite(magnitude) : real(Float.NaN);
      Value v = selected(Direction.GT, magnitude, type.maxCode(), special, finite);
      Value signed = selected(Direction.GE, code, type.signBit(), out.pointwise(Fn.NEG, v), v);
      return type.specials() == Narrow.Specials.ONE_NAN
          ? selected(Direction.EQ, code, type.nanCode(), real(Float.NaN), signed)
          : signed;
    }

    private Value infinite(Value magnitude) {
      Value infinity = real(Float.POSITIVE_INFINITY);
      return selected(Direction.EQ, magnitude, type.maxCode() + 1, infinity, real(Float.NaN));
    }

    /** Units of the last bit, times their size, which the exponent's bits give. */
    private Value number(Value magnitude) {
      int m = type.mantissaBits();
      Value field = out.pointwise(Fn.SHIFT_RIGHT_LOGICAL, magnitude, whole(m));
      Value above = out.pointwise(Fn.SUB, out.pointwise(Fn.MAX, field, whole(1)), whole(1));
      Value steps = out.pointwise(Fn.SUB, magnitude, out.pointwise(Fn.SHIFT_LEFT, above, whole(m)));
      Value exponent = out.pointwise(Fn.ADD, above, whole(type.minExponent() - m + 127));
      Value unit = float32(out.pointwise(Fn.SHIFT_LEFT, exponent, whole(23)));
      return out.pointwise(Fn.MUL, out.add(new ElementwiseOp.Convert(steps, DType.F32)), unit);
    }
  }

  /**
   * Rounds doubles to a floating type: in units of the last bit at their exponent, to even. The
   * bits of a number are its exponent's distance from the least one, shifted, plus these units.
   */
  private record Rounding(HloBuilder out, Narrow type, Shape shape) {
    private Value real(double value) {
      return out.full(DType.F64, shape, value);
    }

    private Value whole(long value) {
      return out.broadcast(out.constant(Literal.scalar(DType.I64, value)), shape);
    }

    private Value bits(Value x) {
      return out.add(new ElementwiseOp.BitcastConvert(x, x.type().withDtype(DType.I64)));
    }

    private Value shifted(Fn fn, Value x, int by) {
      return out.pointwise(fn, x, whole(by));
    }

    Value code(Value x) {
      Value raw = bits(x);
      Value a = out.pointwise(Fn.ABS, x);
      Value exponent =
          out.pointwise(Fn.SUB, shifted(Fn.SHIFT_RIGHT_LOGICAL, bits(a), MANTISSA), whole(BIAS));
      Value code =
          type.specials() == Narrow.Specials.POWERS ? power(a, exponent) : number(a, exponent);
      Value large = out.compare(Direction.GT, code, whole(type.maxCode()));
      code = out.pointwise(Fn.SELECT, large, whole(type.overflowCode()), code);
      Value nan = out.compare(Direction.NE, x, x);
      code = out.pointwise(Fn.SELECT, nan, whole(type.nanCode()), code);
      code = signed(code, shifted(Fn.SHIFT_RIGHT_LOGICAL, raw, 63));
      return out.add(new ElementwiseOp.Convert(code, DType.U8));
    }

    private Value number(Value a, Value exponent) {
      int m = type.mantissaBits();
      Value e = out.pointwise(Fn.MAX, exponent, whole(type.minExponent()));
      Value unit = shifted(Fn.SHIFT_LEFT, out.pointwise(Fn.ADD, e, whole(BIAS - m)), MANTISSA);
      Value scale = out.add(new ElementwiseOp.BitcastConvert(unit, a.type()));
      Value steps = out.pointwise(Fn.ROUND_EVEN, out.pointwise(Fn.DIV, a, scale));
      Value few = out.pointwise(Fn.MIN, steps, real(1 << 20));
      Value whole = out.add(new ElementwiseOp.Convert(few, DType.I64));
      Value above = shifted(Fn.SHIFT_LEFT, out.pointwise(Fn.SUB, e, whole(type.minExponent())), m);
      return out.pointwise(Fn.ADD, above, whole);
    }

    /** The nearest power of two, of two that are equally near the larger. */
    private Value power(Value a, Value exponent) {
      Value code = out.pointwise(Fn.SUB, exponent, whole(type.minExponent()));
      Value fraction = out.pointwise(Fn.AND, bits(a), whole((1L << MANTISSA) - 1));
      Value up = out.compare(Direction.GE, fraction, whole(1L << (MANTISSA - 1)));
      Value next = out.pointwise(Fn.ADD, code, whole(1));
      Value rounded = out.pointwise(Fn.MAX, out.pointwise(Fn.SELECT, up, next, code), whole(0));
      Value zero = out.compare(Direction.EQ, a, real(0));
      return out.pointwise(Fn.SELECT, zero, whole(type.nanCode()), rounded);
    }

    private Value signed(Value code, Value sign) {
      return switch (type.specials()) {
        case POWERS ->
            out.pointwise(
                Fn.SELECT, out.compare(Direction.NE, sign, whole(0)), whole(type.nanCode()), code);
        case NONE, INFINITE, NAN -> out.pointwise(Fn.OR, code, signBit(sign));
        case ONE_NAN -> {
          Value isZero = out.compare(Direction.EQ, code, whole(0));
          yield out.pointwise(
              Fn.SELECT, isZero, code, out.pointwise(Fn.OR, code, signOf(code, sign)));
        }
      };
    }

    private Value signBit(Value sign) {
      return shifted(Fn.SHIFT_LEFT, sign, type.bits() - 1);
    }

    /** NaN's bits contain the sign's already. */
    private Value signOf(Value code, Value sign) {
      Value nan = out.compare(Direction.EQ, code, whole(type.nanCode()));
      return out.pointwise(Fn.SELECT, nan, whole(0), signBit(sign));
    }
  }
}
