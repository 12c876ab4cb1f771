package dev.jacobi.trace;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;

/**
 * The forms that an array has: with a value, a scalar of the program text, without a value, or
 * traced. Sealed here and not at {@link Array}, because on the class path a sealed class and its
 * subclasses must share a package.
 */
public abstract sealed class ArrayForm extends Array
    permits ConcreteArray, ScalarArray, AbstractArray, Tracer {
  ArrayForm(Aval aval) {
    super(aval);
  }

  /** Every array is one of the forms. */
  public static ArrayForm of(Array array) {
    return (ArrayForm) array;
  }
}
