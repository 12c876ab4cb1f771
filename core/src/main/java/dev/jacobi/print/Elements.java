package dev.jacobi.print;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;

/** What the printer reads: elements by their row-major position. */
public interface Elements {
  DType dtype();

  Shape shape();

  /** An integer or boolean element as 64 bits. */
  long integer(long i);

  /** The real part of an element; every value of a narrower type is a double. */
  double real(long i);

  /** The imaginary part of a complex element. */
  double imaginary(long i);

  /** The elements of a literal. */
  static Elements of(Literal literal) {
    return new Elements() {
      @Override
      public DType dtype() {
        return literal.dtype();
      }

      @Override
      public Shape shape() {
        return literal.shape();
      }

      @Override
      public long integer(long i) {
        return literal.getLong(i);
      }

      @Override
      public double real(long i) {
        return literal.getDouble(i);
      }

      @Override
      public double imaginary(long i) {
        return literal.getImag(i);
      }
    };
  }
}
