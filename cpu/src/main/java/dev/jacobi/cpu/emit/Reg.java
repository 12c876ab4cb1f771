package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.DType;
import java.util.function.UnaryOperator;

/**
 * A value in registers: one element, or one per lane. Booleans are {@code i1}, the 16-bit floats
 * their bits as {@code i16}, complex numbers two values.
 *
 * @param im the imaginary part; null unless complex
 */
record Reg(DType dtype, Val re, Val im) {
  static Reg of(DType dtype, Val value) {
    return new Reg(dtype, value, null);
  }

  /** The LLVM type of a (part of a) value in registers; 0 lanes for a scalar. */
  static LType type(DType dtype, int lanes) {
    LType scalar =
        switch (dtype) {
          case BOOL -> LType.I1;
          case I8, U8 -> LType.I8;
          case I16, U16, F16, BF16 -> LType.I16;
          case I32, U32 -> LType.I32;
          case I64, U64 -> LType.I64;
          case F32, C64 -> LType.FLOAT;
          case F64, C128 -> LType.DOUBLE;
        };
    return scalar.lanes(lanes);
  }

  /** The LLVM type of a (part of a) value in memory. */
  static LType memoryType(DType dtype, int lanes) {
    return dtype == DType.BOOL ? LType.I8.lanes(lanes) : type(dtype, lanes);
  }

  int lanes() {
    return re.type().lanes();
  }

  Reg map(UnaryOperator<Val> f) {
    return new Reg(dtype, f.apply(re), im == null ? null : f.apply(im));
  }

  /** The scalar in every lane. */
  Reg splat(FnEmitter f, int lanes) {
    return lanes == lanes() ? this : map(v -> f.splat(v, lanes));
  }
}
