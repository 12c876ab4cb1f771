package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.ScalarArray;

/** Scalars of the program text. */
public final class Scalars {
  private Scalars() {}

  /** A strongly typed scalar; integers and booleans are rounded toward zero. */
  public static Array of(DType dtype, double value) {
    Aval aval = Aval.of(dtype, Shape.scalar());
    return new ScalarArray(
        dtype.isInexact() ? Atom.Lit.of(aval, value) : new Atom.Lit(aval, (long) value));
  }

  /** A strongly typed integer, boolean or (rounded) floating scalar from a 64-bit pattern. */
  public static Array ofLong(DType dtype, long value) {
    Aval aval = Aval.of(dtype, Shape.scalar());
    return new ScalarArray(
        dtype.isInexact() ? Atom.Lit.of(aval, value) : new Atom.Lit(aval, value));
  }

  /** A scalar of the element type of {@code x}. */
  public static Array like(Array x, double value) {
    return of(x.dtype(), value);
  }
}
