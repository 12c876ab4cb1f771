package dev.jacobi.hlo;

import java.util.Optional;

/**
 * What an array's elements are: a type that the engines compute in, or a narrow one that they keep
 * in such a type and compute wide.
 */
public sealed interface Element permits DType, Narrow {
  /** The type's name in MLIR text, such as {@code ui8} or {@code f8E4M3FN}. */
  String mlir();

  DType.Kind kind();

  /** Number of value bits; 1 for booleans. */
  int bits();

  /** The type that an element's bytes are of: the type itself, or what a narrow one is kept in. */
  DType storage();

  default boolean isBool() {
    return kind() == DType.Kind.BOOL;
  }

  default boolean isSigned() {
    return kind() == DType.Kind.SIGNED;
  }

  default boolean isUnsigned() {
    return kind() == DType.Kind.UNSIGNED;
  }

  /** Signed or unsigned integer (not boolean). */
  default boolean isInteger() {
    return isSigned() || isUnsigned();
  }

  default boolean isFloat() {
    return kind() == DType.Kind.FLOAT;
  }

  default boolean isComplex() {
    return kind() == DType.Kind.COMPLEX;
  }

  /** Floating or complex: the types a tangent can have. */
  default boolean isInexact() {
    return isFloat() || isComplex();
  }

  /** Smallest value of an integer type, as a signed 64-bit pattern. */
  default long minInteger() {
    return isSigned() ? -1L << (bits() - 1) : 0;
  }

  /** Largest value of an integer type, as a 64-bit pattern (all ones for {@code ui64}). */
  default long maxInteger() {
    return isSigned() ? ~(-1L << (bits() - 1)) : bits() == 64 ? -1L : (1L << bits()) - 1;
  }

  /** Finds a type by its MLIR name. */
  static Optional<Element> ofMlir(String name) {
    Optional<Element> narrow = Narrow.ofMlir(name).map(t -> t);
    return narrow.isPresent() ? narrow : DType.ofMlir(name).map(t -> t);
  }
}
