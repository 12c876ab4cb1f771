package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.math.Convert;
import java.util.stream.LongStream;

/**
 * Loads, stores and multiply-adds with the conversions between stored and summed types. An operand
 * i32 with sums in float is a pair of bfloat16: that of the smaller k in the upper half.
 */
public record Lanes(LType operand, LType sum, LType result) {

  public static Lanes of(GemmSpec spec) {
    return new Lanes(spec.operand(), spec.sum(), spec.result());
  }

  /** An operand's element as the sums' type. */
  Val load(FnEmitter f, Val pointer) {
    return widen(f, f.load(operand, pointer));
  }

  /** {@code lanes} adjacent elements; those from {@code used} on are not read, and zero. */
  public Val load(FnEmitter f, Val pointer, int lanes, int used) {
    LType type = operand.lanes(lanes);
    if (used == lanes) {
      return widen(f, f.load(type, pointer));
    }
    return widen(f, maskedLoad(f, pointer, type, mask(lanes, used)));
  }

  /** The elements whose mask is set; the others are not read, and zero. */
  Val load(FnEmitter f, Val pointer, int lanes, Val mask) {
    return widen(f, maskedLoad(f, pointer, operand.lanes(lanes), mask));
  }

  /** As integers: LLVM would convert 16-bit floats to and fro for a mask. */
  private static Val maskedLoad(FnEmitter f, Val pointer, LType type, Val mask) {
    LType bits = type.isFloat() ? type.asInt() : type;
    return f.bitcast(f.maskedLoad(pointer, mask, Val.zero(bits), Mem.PLAIN), type);
  }

  public static void maskedStore(FnEmitter f, Val x, Val pointer, Val mask) {
    LType bits = x.type().isFloat() ? x.type().asInt() : x.type();
    f.maskedStore(f.bitcast(x, bits), pointer, mask, Mem.PLAIN);
  }

  private Val widen(FnEmitter f, Val x) {
    return switch (operand.elem()) {
      case HALF, BFLOAT -> Convert.toFloat(f, x);
      case FLOAT, DOUBLE, I32, I64 -> x;
      case VOID, I1, I8, I16, I128, PTR -> throw new AssertionError(operand);
    };
  }

  /** A sum as a result. */
  public Val narrow(FnEmitter f, Val x) {
    LType to = result.lanes(x.type().lanes());
    if (x.type().equals(to)) {
      return x;
    }
    return switch (result.elem()) {
      case HALF, BFLOAT ->
          sum.equals(LType.DOUBLE) ? Convert.fromDouble(f, x, to) : Convert.fromFloat(f, x, to);
      case FLOAT -> f.fptrunc(x, to);
      case DOUBLE -> f.fpext(x, to);
      case I64 -> f.sext(x, to);
      case I32 -> f.trunc(x, to);
      case VOID, I1, I8, I16, I128, PTR -> throw new AssertionError(result);
    };
  }

  /** The same when operands have been packed. */
  Lanes packed() {
    return new Lanes(sum, sum, result);
  }

  /** The same when pairs of operands have been packed. */
  Lanes paired() {
    return new Lanes(LType.I32, sum, result);
  }

  /** Whether results can be read back as sums without loss. */
  boolean resultHoldsSum() {
    return result.equals(sum);
  }

  /** {@code a * b + c}, in one rounding where the machine can; of pairs, first the upper halves. */
  public Val multiplyAdd(FnEmitter f, Val a, Val b, Val c) {
    if (operand.equals(LType.I32) && sum.isFloat()) {
      return f.module().target().pairs()
          ? f.addPairs(c, a, b)
          : f.fma(lower(f, a), lower(f, b), f.fma(upper(f, a), upper(f, b), c));
    }
    return sum.isFloat() && f.module().target().fma() ? f.fma(a, b, c) : f.add(f.mul(a, b), c);
  }

  private Val upper(FnEmitter f, Val pair) {
    return f.bitcast(
        f.and(pair, Val.integer(pair.type(), 0xFFFF0000L)), pair.type().with(LType.FLOAT));
  }

  private Val lower(FnEmitter f, Val pair) {
    return f.bitcast(f.shl(pair, Val.integer(pair.type(), 16)), pair.type().with(LType.FLOAT));
  }

  public static Val mask(int lanes, int used) {
    return Val.integers(LType.I1, LongStream.range(0, lanes).map(i -> i < used ? 1 : 0).toArray());
  }
}
