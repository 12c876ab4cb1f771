package dev.jacobi.pjrt;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.Narrow;

/** Element types as the PJRT C API numbers them ({@code PJRT_Buffer_Type}). */
final class Elements {
  private Elements() {}

  /** Whether the interface has a type; over a program with another, XLA ends the process. */
  static boolean has(Element element) {
    return element != Narrow.F6E2M3FN && element != Narrow.F6E3M2FN;
  }

  /** The number of a type, or if the interface lacks it, of the bytes that it is kept in. */
  static int number(Element element) {
    return switch (element) {
      case DType t -> number(t);
      case Narrow t -> number(t);
    };
  }

  private static int number(DType dtype) {
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

  private static int number(Narrow narrow) {
    return switch (narrow) {
      case F8E5M2 -> 16;
      case F8E4M3FN -> 17;
      case F8E4M3B11FNUZ -> 18;
      case F8E5M2FNUZ -> 19;
      case F8E4M3FNUZ -> 20;
      case I4 -> 21;
      case U4 -> 22;
      case I2 -> 24;
      case U2 -> 25;
      case F8E4M3 -> 26;
      case F8E3M4 -> 27;
      case F8E8M0FNU -> 28;
      case F4E2M1FN -> 29;
      case F6E2M3FN, F6E3M2FN -> number(narrow.storage());
    };
  }
}
