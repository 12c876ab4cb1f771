package dev.jacobi.numpy;

import dev.jacobi.hlo.DType;

/** Classes of element types, as in NumPy's hierarchy and the array API's kinds. */
public enum DTypeClass {
  GENERIC,
  BOOL,
  /** All but booleans. */
  NUMBER,
  INTEGER,
  SIGNED_INTEGER,
  UNSIGNED_INTEGER,
  /** Floating and complex. */
  INEXACT,
  FLOATING,
  COMPLEX_FLOATING;

  boolean contains(DType t) {
    return switch (this) {
      case GENERIC -> true;
      case BOOL -> t.isBool();
      case NUMBER -> !t.isBool();
      case INTEGER -> t.isInteger();
      case SIGNED_INTEGER -> t.isInteger() && !t.isUnsigned();
      case UNSIGNED_INTEGER -> t.isUnsigned();
      case INEXACT -> t.isInexact();
      case FLOATING -> t.isFloat();
      case COMPLEX_FLOATING -> t.isComplex();
    };
  }
}
