package dev.jacobi.cpu.llvm;

import java.util.Locale;

/**
 * Comparison predicates. EQ, NE and S.. are for integers, O.. is ordered (false on NaN); ULT, ULE,
 * UGT and UGE are unsigned on integers and unordered (true on NaN) on floats.
 */
public enum Cmp {
  EQ,
  NE,
  SLT,
  SLE,
  SGT,
  SGE,
  ULT,
  ULE,
  UGT,
  UGE,
  OEQ,
  /** Ordered and different; StableHLO's NE on floats is {@link #UNE}. */
  ONE,
  OLT,
  OLE,
  OGT,
  OGE,
  ORD,
  /** Either operand is NaN. */
  UNO,
  UEQ,
  UNE;

  /** Whether the predicate has a meaning on this type. */
  boolean fits(LType type) {
    return switch (this) {
      case EQ, NE, SLT, SLE, SGT, SGE -> !type.isFloat();
      case ULT, ULE, UGT, UGE -> true;
      case OEQ, ONE, OLT, OLE, OGT, OGE, ORD, UNO, UEQ, UNE -> type.isFloat();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
