package dev.jacobi.lax;

import dev.jacobi.hlo.DType;
import java.util.function.Predicate;

/** The element types that a primitive takes. */
enum Domain {
  ALL("any element type", t -> true),
  NUMERIC("numbers", t -> !t.isBool()),
  ORDERED("real numbers or booleans", t -> !t.isComplex()),
  REAL("real numbers", t -> !t.isComplex() && !t.isBool()),
  SIGNED("signed numbers", t -> t.isSigned() || t.isInexact()),
  INEXACT("floating-point or complex numbers", DType::isInexact),
  FLOAT("floating-point numbers", DType::isFloat),
  COMPLEX("complex numbers", DType::isComplex),
  PARTS("f32 or f64", t -> t == DType.F32 || t == DType.F64),
  INTEGER("integers", DType::isInteger),
  BITS("integers or booleans", t -> t.isInteger() || t.isBool());

  private final String words;
  private final Predicate<DType> test;

  Domain(String words, Predicate<DType> test) {
    this.words = words;
    this.test = test;
  }

  boolean contains(DType dtype) {
    return test.test(dtype);
  }

  void check(String primitive, DType dtype) {
    if (!contains(dtype)) {
      throw new LaxTypeException(primitive, "takes " + words + ", not " + dtype.shortName());
    }
  }
}
