package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.ConcretizationException;
import dev.jacobi.trace.ScalarArray;
import dev.jacobi.trace.UserCode;

/** Values on which the shape of a result depends. */
final class Concrete {
  private Concrete() {}

  /**
   * The array with its value.
   *
   * @param instead what to do where it has none
   */
  static Array value(String function, Array x, String instead) {
    Array value = x;
    while (value != value.underlying()) { // tracers of several derivatives
      value = value.underlying();
    }
    if (value instanceof ConcreteArray || value instanceof ScalarArray) {
      return value;
    }
    throw new ConcretizationException(
        function
            + " at "
            + UserCode.line()
            + ": the shape of the result depends on the values of an array, which has none while"
            + " a function is traced. "
            + instead);
  }
}
