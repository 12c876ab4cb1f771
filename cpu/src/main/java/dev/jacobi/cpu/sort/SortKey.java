package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.DType;

/**
 * A number of every element by which it is sorted, as an unsigned integer of the same order.
 *
 * @param operand the array that it is read from
 * @param dtype the array's element type
 * @param part which part of a complex element; 0 for others
 * @param order how numbers are compared
 * @param descending whether larger ones come first
 */
public record SortKey(int operand, DType dtype, int part, Order order, boolean descending) {
  /** Ways of comparing. */
  public enum Order {
    /** Integers and booleans. */
    INTEGER,
    /** IEEE's total order of floats. */
    TOTAL,
    /** The same with all NaNs equal and last, and zeros equal: JAX's. */
    CANONICAL
  }

  /** The element type of the number: that of the parts for complex elements. */
  private DType number() {
    return dtype.real();
  }

  /** Bits of the key. */
  int bits() {
    return number() == DType.BOOL ? 8 : number().bits();
  }

  /** Whether the key is the element, and not a part of it. */
  boolean isWhole() {
    return !dtype.isComplex();
  }

  /** The type of the number in memory, as an integer. */
  LType type() {
    return switch (bits()) {
      case 8 -> LType.I8;
      case 16 -> LType.I16;
      case 32 -> LType.I32;
      case 64 -> LType.I64;
      default -> throw new IllegalStateException("a number of " + bits() + " bits");
    };
  }

  /** The bits of element {@code i} of the array at {@code base}, and of those that follow it. */
  Val load(FnEmitter f, Val base, Val i, int lanes) {
    Val at = isWhole() ? i : f.addNsw(f.mulNsw(i, Val.i64(2)), Val.i64(part));
    return f.load(type().lanes(lanes), f.gep(type(), base, at));
  }

  /** The bits, with those that compare equal made equal. */
  Val canonical(FnEmitter f, Val bits) {
    if (order != Order.CANONICAL) {
      return bits;
    }
    LType t = bits.type();
    Val magnitude = f.and(bits, Val.integer(t, ~sign()));
    Val zero = f.cmp(Cmp.EQ, magnitude, Val.zero(t));
    Val signless = f.select(zero, Val.zero(t), bits);
    return f.select(
        f.cmp(Cmp.UGT, magnitude, Val.integer(t, infinity())),
        Val.integer(t, infinity() | infinity() >>> 1),
        signless);
  }

  /** The key of canonical bits. */
  Val encode(FnEmitter f, Val bits) {
    LType t = bits.type();
    Val up =
        switch (order) {
          case INTEGER ->
              number().kind() == DType.Kind.SIGNED ? f.xor(bits, Val.integer(t, sign())) : bits;
          case TOTAL, CANONICAL ->
              f.xor(bits, f.or(f.ashr(bits, Val.integer(t, bits() - 1)), Val.integer(t, sign())));
        };
    return descending ? f.not(up) : up;
  }

  /** The bits of a key. */
  Val decode(FnEmitter f, Val key) {
    LType t = key.type();
    Val up = descending ? f.not(key) : key;
    return switch (order) {
      case INTEGER -> number().kind() == DType.Kind.SIGNED ? f.xor(up, Val.integer(t, sign())) : up;
      case TOTAL, CANONICAL -> {
        Val negative = f.not(f.ashr(up, Val.integer(t, bits() - 1)));
        yield f.xor(up, f.or(negative, Val.integer(t, sign())));
      }
    };
  }

  /** The key of an element, in the low bits of {@code word}. */
  Val word(FnEmitter f, Val base, Val i, LType word, int lanes) {
    Val key = encode(f, canonical(f, load(f, base, i, lanes)));
    return bits() == word.bits() ? key : f.zext(key, word.lanes(lanes));
  }

  private long sign() {
    return 1L << bits() - 1;
  }

  private long infinity() {
    return switch (number()) {
      case F16 -> 0x7C00;
      case BF16 -> 0x7F80;
      case F32 -> 0x7F80_0000L;
      case F64 -> 0x7FF0_0000_0000_0000L;
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, C64, C128 ->
          throw new IllegalStateException("no infinity among " + dtype.mlir());
    };
  }
}
