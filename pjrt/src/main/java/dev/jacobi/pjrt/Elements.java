package dev.jacobi.pjrt;

import dev.jacobi.hlo.DType;

/** Element types as the PJRT C API numbers them ({@code PJRT_Buffer_Type}). */
final class Elements {
  private Elements() {}

  static int number(DType dtype) {
    return switch (dtype) {
      case BOOL -> 1;
      case I8 -> 2;
      case I16 -> 3;
      case I32 -> 4;
      case I64 -> 5;
      case U8 -> 6;
      case U16 -> 7;
      case U32 -> 8;
      case U64 -> 9;
      case F16 -> 10;
      case F32 -> 11;
      case F64 -> 12;
      case BF16 -> 13;
      case C64 -> 14;
      case C128 -> 15;
    };
  }
}
